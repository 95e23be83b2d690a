import type { Grey } from '../../../shared/qr/pixels.ts';
import type { SignLine } from './lines.ts';
import shapes from './ocr-b.json' with { type: 'json' };

const [WIDE, HIGH] = [16, 20];
// Of the box in which a shape is kept: its width is the pitch, its height 1.25 pitches, its base line lies so far down.
const BOX_HEIGHT = 1.25;
const BASE_AT = 0.894;
const LEAST_LIKENESS = 0.55;
const LEAST_LEAD = 0.004;
const shifts = [-0.06, 0, 0.06];

const templates = new Map(Object.entries(shapes).map(([sign, hex]) => [sign, evened(Float32Array.from(hex, (digit) => Number.parseInt(digit, 16)))] as const));

/** Mean 0, length 1, so that likeness does not depend on light and contrast; null where there is nothing in it. */
function evened(patch: Float32Array): Float32Array | null {
  const mean = patch.reduce((a, b) => a + b, 0) / patch.length;
  for (let i = 0; i < patch.length; i++) patch[i]! -= mean;
  const length = Math.sqrt(patch.reduce((a, b) => a + b * b, 0));
  if (length < 1e-3) return null;
  for (let i = 0; i < patch.length; i++) patch[i]! /= length;
  return patch;
}

/** The sign at a place of a line that looks most like one of `allowed`; null where none does clearly. */
export function signAt(picture: Grey, line: SignLine, place: number, allowed: string): string | null {
  const best: { sign: string; likeness: number }[] = [];
  for (const dy of shifts) {
    for (const dx of shifts) {
      const patch = evened(patchAt(picture, line, place + dx, dy));
      if (patch === null) continue;
      for (const sign of allowed) {
        const template = templates.get(sign);
        if (template === undefined || template === null) continue;
        let likeness = 0;
        for (let i = 0; i < patch.length; i++) likeness += patch[i]! * template[i]!;
        const known = best.find((b) => b.sign === sign);
        if (known === undefined) best.push({ sign, likeness });
        else known.likeness = Math.max(known.likeness, likeness);
      }
    }
  }
  const [first, second] = best.toSorted((a, b) => b.likeness - a.likeness);
  if (first === undefined || first.likeness < LEAST_LIKENESS) return null;
  return second === undefined || first.likeness - second.likeness >= LEAST_LEAD ? first.sign : null;
}

/** Darkness of the box around a sign, turned with the line, at the size of the shapes. */
function patchAt({ data, width, height }: Grey, { x0, pitch, base, slope }: SignLine, place: number, down: number): Float32Array {
  const patch = new Float32Array(WIDE * HIGH);
  const middle = x0 + place * pitch;
  // Each point is the mean of what it covers: single pixels of a large sign would be a matter of luck.
  const fine = Math.max(1, Math.round(pitch / WIDE));
  for (let row = 0; row < HIGH * fine; row++) {
    const v = ((row + 0.5) / (HIGH * fine) - BASE_AT) * BOX_HEIGHT * pitch + down * pitch;
    const into = Math.floor(row / fine) * WIDE;
    for (let column = 0; column < WIDE * fine; column++) {
      const u = ((column + 0.5) / (WIDE * fine) - 0.5) * pitch;
      // A small turn: along the line by its slope, and across it the other way.
      const x = Math.min(width - 2, Math.max(0, middle + u - slope * v));
      const y = Math.min(height - 2, Math.max(0, base + slope * (middle + u) + v));
      const [fx, fy] = [Math.floor(x), Math.floor(y)];
      const at = fy * width + fx;
      const [wx, wy] = [x - fx, y - fy];
      const above = data[at]! * (1 - wx) + data[at + 1]! * wx;
      const below = data[at + width]! * (1 - wx) + data[at + width + 1]! * wx;
      patch[into + Math.floor(column / fine)]! += 255 - (above * (1 - wy) + below * wy);
    }
  }
  return patch;
}
