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

/** What axe finds on the page as it stands: rule and place of each violation. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Legacy mode: Electron cannot open the further page in which axe would otherwise finish its run.
  // React Aria's announcer holds for seconds what a button said that may be gone by now; nobody can look at it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]').analyze();
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`));
}

/** Buttons, tabs and fields in sight that are too small for a finger (under 44 px). */
export function smallTargets(page: Page): Promise<string[]> {
  return page.locator('button:visible, [role=tab]:visible, [role=option]:visible, .choice:visible, .tick:visible, .field-box:visible').evaluateAll((all) => all
    .filter((e) => !e.classList.contains('table-press') && e.closest('.only-heard') === null)
    // Those with which React Aria lets a screen reader close a dialog.
    .filter((e) => e.parentElement === null || getComputedStyle(e.parentElement).clipPath !== 'inset(50%)')
    .map((e) => ({ name: e.textContent || e.className, ...e.getBoundingClientRect().toJSON() as { width: number; height: number } }))
    .filter((e) => e.width > 1 && (e.width < 44 || e.height < 44))
    .map((e) => `${e.name} ${Math.round(e.width)}×${Math.round(e.height)}`));
}

/** Texts that do not fit into their box. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.locator('button:visible, .tag:visible, .tab:visible, .strip-state:visible, h1:visible, h2:visible, h3:visible, .answer-word:visible, .answer-help:visible, .prompt-main:visible')
    .evaluateAll((all) => all
      .filter((e) => !e.classList.contains('only-heard') && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 2)
      .map((e) => e.textContent));
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
