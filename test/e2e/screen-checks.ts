import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { errors, type Locator, type Page } from 'playwright';
import type { Input } from '../../shared/contracts/requests/index.ts';

const patienceMs = 20_000;

async function reaches(what: Locator, state: 'visible' | 'detached'): Promise<boolean> {
  try {
    await what.waitFor({ state, timeout: patienceMs });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

/** True as soon as it can be seen; false when that does not come. */
export function seen(what: Locator): Promise<boolean> {
  return reaches(what, 'visible');
}

/** True as soon as it is gone from the page; false when it stays. */
export function gone(what: Locator): Promise<boolean> {
  return reaches(what, 'detached');
}

/** Opens a section of the supervisor's drawer, and before it the group in which it stands. */
export async function openSection(page: Page, name: string | RegExp): Promise<void> {
  const list = page.locator('.section-list');
  const section = list.getByRole('tab', { name, exact: true });
  await list.getByRole('tab').first().waitFor();
  for (const group of await list.locator('.section-group').all()) {
    if (await section.isVisible()) break;
    await group.click();
    await group.and(page.locator('[aria-expanded=true]')).waitFor();
  }
  await section.click();
}

/** Opens every section of the drawer in turn and gives its id. */
export async function* eachSection(page: Page): AsyncGenerator<string> {
  const list = page.locator('.section-list');
  await list.getByRole('tab').first().waitFor();
  for (const group of await list.locator('.section-group').all()) {
    await group.click();
    await group.and(page.locator('[aria-expanded=true]')).waitFor();
    for (const section of await list.getByRole('tab').all()) {
      await section.click();
      await page.locator('.section-panel').waitFor();
      yield await section.getAttribute('data-key') ?? await section.innerText();
    }
  }
}

/** What axe finds on the page as it stands: rule and place of each violation. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Legacy mode: Electron cannot open the further page in which axe would otherwise finish its run.
  // React Aria's announcer holds for seconds what a button said that may be gone by now; nobody can look at it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]').analyze();
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`));
}

/** Buttons, tabs and fields in sight that are too small for a finger, in pixels; a finger in a glove needs 56. */
export function smallTargets(page: Page, least = 44): Promise<string[]> {
  return page.locator('button:visible, [role=tab]:visible, [role=option]:visible, .choice:visible, .tick:visible, .field-box:visible').evaluateAll((all, px) => all
    .filter((e) => !e.classList.contains('table-press') && e.closest('.only-heard') === null)
    // Those with which React Aria lets a screen reader close a dialog.
    .filter((e) => e.parentElement === null || getComputedStyle(e.parentElement).clipPath !== 'inset(50%)')
    .map((e) => ({ name: e.textContent || e.className, ...e.getBoundingClientRect().toJSON() as { width: number; height: number } }))
    .filter((e) => e.width > 1 && (e.width < px || e.height < px))
    .map((e) => `${e.name} ${Math.round(e.width)}×${Math.round(e.height)}`), least);
}

/** Texts that do not fit into their box. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.locator('button:visible, .tag:visible, .tab:visible, .strip-state:visible, h1:visible, h2:visible, h3:visible, .answer-word:visible, .answer-help:visible, .prompt-main:visible')
    .evaluateAll((all) => all
      .filter((e) => !e.classList.contains('only-heard') && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 2)
      .map((e) => e.textContent));
}

/** Hints in fields that do not fit into them. */
export function cutHints(page: Page): Promise<string[]> {
  return page.locator('input[placeholder]:visible').evaluateAll((all) => {
    const pen = document.createElement('canvas').getContext('2d')!;
    return (all as HTMLInputElement[]).filter((e) => {
      const style = getComputedStyle(e);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      return pen.measureText(e.placeholder).width > e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    }).map((e) => `hint cut: ${e.placeholder}`);
  });
}

/** Lists that have to be pushed sideways to be read. */
export function wideLists(page: Page): Promise<string[]> {
  return page.locator('.table-scroll:visible, .section-list:visible').evaluateAll((all) => all
    .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `list ${e.scrollWidth} in ${e.clientWidth}`));
}

/** Words on the page that are for programmers or technicians, or are English. */
export async function strangeWords(page: Page): Promise<string[]> {
  // The path of a device is its name: a folder in it may be named by chance.
  const text = (await page.locator('body').innerText()).replaceAll(/(?<!\S)\/\S+/g, '');
  return text.match(/\b(undefined|null|NaN|Invalid Date|\[object \w+\]|true|false|pcscd|error|failed|loading|unknown|timeout|server|settings|search|save|cancel|close|Mã lỗi|[a-z]+(?:-[a-z]+){2,})\b/gi)
    // One-time codes may hold no digit: those are no words.
    ?.filter((word) => !/^ki-ốt/i.test(word) && !/^[A-Z]{4}(-[A-Z]{4}){2}$/.test(word)) ?? [];
}

/** Buttons of a dialog that are out of sight, so that nobody finds how it ends. */
export function lostActions(page: Page): Promise<string[]> {
  return page.locator('[role=dialog] .dialog-actions .button').evaluateAll((all) => all
    .filter((e) => { const box = e.getBoundingClientRect(); return box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth; })
    .map((e) => `out of sight: ${e.textContent}`));
}

/** Dates, hours, numbers and names in lists of which the end is not seen without a sign for it, or not at all. */
export function cutCells(page: Page): Promise<string[]> {
  return page.locator('.table-cell:visible').evaluateAll((cells) => cells.flatMap((cell) => [cell, ...cell.querySelectorAll<HTMLElement>('*')]
    .filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
    .filter((e) => /^\S*[\d/:.,]+( [\d/:]+)?$/.test(e.textContent.trim()) || getComputedStyle(e).textOverflow !== 'ellipsis' && getComputedStyle(e).overflowX === 'hidden')
    .map((e) => `cell cut: ${e.textContent}`)));
}

/** Words of which the contrast with what is behind them is less than so many to one. */
export function faintWords(words: Locator, least: number): Promise<string[]> {
  return words.evaluateAll((all, to1) => {
    const light = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (e: Element | null): string => {
      const colour = e === null ? 'rgb(255, 255, 255)' : getComputedStyle(e).backgroundColor;
      return e !== null && colour.endsWith(', 0)') ? behind(e.parentElement) : colour;
    };
    return all.map((e) => ({ text: e.textContent, pair: [light(getComputedStyle(e).color), light(behind(e))].toSorted((x, y) => y - x) as [number, number] }))
      .map(({ text, pair: [high, low] }) => ({ text, ratio: (high + 0.05) / (low + 0.05) })).filter(({ ratio }) => ratio < to1).map(({ text, ratio }) => `${text} ${ratio.toFixed(2)}:1`);
  }, least);
}

let shots = 0;

/** What the sizes of targets and the rules of axe do not find: hints, cells and lists that are cut, words that are not for people, a dialog without an end. */
export async function wordFaults(page: Page): Promise<string[]> {
  const folder = process.env['MOTCUA_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `screen-${String(++shots).padStart(3, '0')}.png`) });
  return (await Promise.all([cutHints, cutCells, wideLists, strangeWords, lostActions].map((look) => look(page)))).flat();
}

/** What is too small, cut, sideways or not for people at the size that the screen has. */
export async function sizeFaults(page: Page): Promise<string[]> {
  return [...await smallTargets(page), ...await cutTexts(page), ...await wordFaults(page)];
}

/** All that can be wrong with a screen that works. */
export async function screenFaults(page: Page): Promise<string[]> {
  return [...await axeProblems(page), ...await sizeFaults(page)];
}

/** Plays a scanner that types: the key presses of an ASCII code and Enter, faster than a hand. */
export async function typeAsScanner(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const press = (key: string, keyCode: string, shiftKey = false): void => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: keyCode, shiftKey, bubbles: true, cancelable: true }));
    };
    for (const sign of text) {
      const other = ({ '|': 'Backslash', ',': 'Comma', ' ': 'Space', '-': 'Minus' } as Record<string, string>)[sign];
      if (other !== undefined) press(sign, other, sign === '|');
      else if (/\d/.test(sign)) press(sign, `Digit${sign}`);
      else press(sign, `Key${sign.toUpperCase()}`, sign !== sign.toLowerCase());
    }
    press('Enter', 'Enter');
  }, code);
}

/** Sets a fresh kiosk up as the wizard would, without its clicks; nobody is logged in afterwards. */
export async function setUpKiosk(page: Page, input: Input<'setup/complete'>): Promise<void> {
  await page.evaluate(async (given) => {
    const { kiosk } = window as unknown as { kiosk: { request(name: string, input: unknown): Promise<unknown> } };
    await kiosk.request('setup/complete', given);
    await kiosk.request('auth/logout', {});
  }, input);
  await page.reload();
}

/** The administrator of every kiosk under test. */
export const testAdmin = { loginName: 'an.nv', displayName: 'Nguyễn Văn An', secret: '246813' } as const;
