import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KioskBridge } from '../../shared/contracts/requests/index.ts';
import { problems } from '../../shared/contracts/problems.ts';
import { common } from '../../renderer/texts/common.ts';
import { login } from '../../renderer/texts/login.ts';
import { people } from '../../renderer/texts/people.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
const text = people.pad;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const faults = async (): Promise<string[]> => [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' '))];

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `pin-${name}.png`) });
}
async function press(keys: string): Promise<void> {
  for (const key of keys) await button(key).click();
}

beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(10_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }],
    admin: testAdmin, hub: null, demo: false,
  });
  await page.evaluate(async ({ loginName, secret }) => {
    const bridge = (window as unknown as { kiosk: KioskBridge }).kiosk;
    const csv = 'workerId,fullName\nNV7,Nguyễn Thị Mai';
    await bridge.request('auth/login', { loginName, secret });
    await bridge.request('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode(csv), dryRun: false });
    await bridge.request('credential/set', { workerId: 'NV7', change: { kind: 'pin', pin: '482915' } });
    await bridge.request('auth/logout', {});
  }, testAdmin);
  await page.reload();
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
});
afterAll(() => kiosk?.close());

describe('the pad for code and PIN', () => {
  it('takes a code of letters and digits on keys for gloves', async () => {
    await button(text.open).first().click();
    await button(text.letters).click();
    await picture('letters');
    expect(await faults()).toEqual([]);
    await press('NV');
    await button(text.digits).click();
    await press('7');
    expect(await seen(page.getByText('NV7', { exact: true }))).toBe(true);
    await picture('code');
    expect(await faults()).toEqual([]);
    await button(text.next).click();
  });

  it('never shows the PIN, and says of a wrong one only that something was', async () => {
    await press('482916');
    expect(await page.locator('.gate-pin-typed').innerText()).toBe('●●●●●●');
    await picture('pin');
    expect(await faults()).toEqual([]);
    await button(text.go).click();
    expect(await seen(page.getByText(problems['pin-wrong'].vi))).toBe(true);
    expect(await page.locator('.answer').count()).toBe(0);
    await picture('wrong');
    expect(await faults()).toEqual([]);
  });

  it('lets the worker in like any other scan and goes away', async () => {
    await press('482915');
    await button(text.go).click();
    expect(await seen(page.locator('.answer[data-outcome=recorded]'))).toBe(true);
    expect(await gone(page.locator('.gate-pin'))).toBe(true);
  });
});

describe('the supervisor at a gate', () => {
  const texts = login.change;
  const field = (name: string) => page.getByLabel(name, { exact: true });

  it('changes the own PIN in the drawer: the old one is asked for, both new ones must be the same, and it is noted', async () => {
    await button('Giám sát').click();
    await page.getByLabel(login.secret).fill(testAdmin.secret);
    await page.keyboard.press('Enter');
    await button(common.changeSecret).click();
    await field(texts.old).fill('999999');
    await field(texts.fresh).fill('739154');
    await field(texts.again).fill('739155');
    expect(await seen(page.getByText(texts.different))).toBe(true);
    expect(await button(texts.go).isDisabled()).toBe(true);
    await field(texts.again).fill('739154');
    await button(texts.go).click();
    expect(await seen(page.getByText(texts.wrong))).toBe(true);
    await picture('change');
    expect([...await axeProblems(page), ...await cutTexts(page)]).toEqual([]);
    await field(texts.old).fill(testAdmin.secret);
    await button(texts.go).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    const noted = await page.evaluate(async () => {
      const bridge = (window as unknown as { kiosk: KioskBridge }).kiosk;
      return (await bridge.request('audit/list', { beforeSeq: null, limit: 20, type: null })).events.map(({ type }) => type);
    });
    expect(noted).toContain('user-changed');
  });
});
