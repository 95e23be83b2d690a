import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  await setUpKiosk(page, { mode: 'counter', unit: { code: 'H25.18', name: 'Trung tâm Phục vụ hành chính công phường Mẫu' }, lanes: [], admin: testAdmin, hub: null, demo: false });
  await page.getByLabel('Mã PIN hoặc mật khẩu').waitFor();
});
afterAll(async () => { await kiosk?.close(); });

const lock = () => page.getByRole('button', { name: 'Khóa', exact: true });

describe('the log-in at a counter', () => {
  it('stands before everything else and is fit for touch', async () => {
    expect(await lock().count()).toBe(0);
    expect(await axeProblems(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    expect(await cutTexts(page)).toEqual([]);
  });

  it('refuses a wrong PIN in words and empties the field', async () => {
    await page.keyboard.type('111222');
    await page.keyboard.press('Enter');
    expect(await seen(page.getByRole('status').getByText('Sai tên đăng nhập hoặc mã PIN.'))).toBe(true);
    expect(await page.getByLabel('Mã PIN hoặc mật khẩu').inputValue()).toBe('');
  });

  it('lets in by touch on the number pad', async () => {
    for (const digit of testAdmin.secret) await page.getByRole('group', { name: 'Bàn phím số' }).getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    expect(await seen(lock())).toBe(true);
  });

  it('stands there again after a lock, and says that the open work is kept', async () => {
    await lock().click();
    expect(await seen(page.getByText(`Công việc đang làm dở được giữ đến khi ${testAdmin.displayName} đăng nhập lại`))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
  });

  it('closes the account for a while after too many wrong tries', async () => {
    const locked = page.getByText('Tài khoản tạm khóa do nhập sai nhiều lần.');
    const failed = page.getByText('Sai tên đăng nhập hoặc mã PIN.');
    for (let tries = 0; tries < 10 && !(await locked.isVisible()); tries += 1) {
      await page.getByLabel('Mã PIN hoặc mật khẩu').fill(`99990${tries}`);
      await page.keyboard.press('Enter');
      expect(await seen(page.locator('.login-form [data-tone]'))).toBe(true);
      expect(await seen(page.getByRole('button', { name: 'Đăng nhập', disabled: true }))).toBe(true);
    }
    expect(await seen(locked)).toBe(true);
    expect(await failed.count()).toBe(0);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
