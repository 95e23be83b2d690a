import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const css = readFileSync(path.resolve(import.meta.dirname, '..', '..', 'shared', 'look', 'tokens.css'), 'utf8');

/** The colours of one block of declarations. */
function coloursIn(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name!, colour!]));
}

const light = coloursIn(css.slice(0, css.indexOf('@media')));
const blockOf = (selector: string): Record<string, string> => ({ ...light, ...coloursIn(css.slice(css.indexOf(selector)).split('}')[0]!) });
const looks = { light, dark: blockOf(":root[data-theme='dark']"), 'dark by the system': blockOf(':root:not([data-theme])'), sun: blockOf(":root[data-theme='sun']") };

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

it.each(Object.entries(looks))('%s: the words of a gate’s answer stand out seven to one from its ground', (_look, colours) => {
  for (const tone of ['passed', 'attention', 'stopped', 'info']) expect.soft(contrast(colours[`${tone}-fill`]!, colours[`on-${tone}`]!), tone).toBeGreaterThanOrEqual(7);
});

it.each(Object.entries(looks))('%s: every word stands out 4.5 to one from paper, ground and its own soft ground', (_look, colours) => {
  for (const word of ['ink', 'ink-soft', 'passed', 'attention', 'stopped', 'info', 'waiting']) {
    for (const ground of ['paper', 'ground', `${word}-ground`].filter((name) => colours[name] !== undefined)) {
      expect.soft(contrast(colours[word]!, colours[ground]!), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});
