import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

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
    expect(await wordFaults(page)).toEqual([]);
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

  it('lets a person change the own PIN: the old one must be right, the new one typed twice', async () => {
    await page.getByRole('button', { name: 'Đổi mã PIN' }).click();
    const dialog = page.getByRole('dialog', { name: 'Đổi mã PIN hoặc mật khẩu' });
    const fill = async (old: string, fresh: string, again: string): Promise<void> => {
      await dialog.getByLabel('Mã đang dùng').fill(old);
      await dialog.getByLabel('Mã mới', { exact: true }).fill(fresh);
      await dialog.getByLabel('Nhập lại mã mới').fill(again);
    };
    const change = dialog.getByRole('button', { name: 'Đổi mã', exact: true });
    await fill(testAdmin.secret, '864209', '864200');
    expect(await seen(dialog.getByText('Hai lần nhập chưa giống nhau.'))).toBe(true);
    expect(await change.isDisabled()).toBe(true);
    await fill('111222', '864209', '864209');
    await change.click();
    expect(await seen(dialog.getByText('Mã đang dùng chưa đúng. Vui lòng nhập lại.'))).toBe(true);
    expect([...await axeProblems(page), ...await smallTargets(page), ...await cutTexts(page), ...await wordFaults(page)]).toEqual([]);
    await fill(testAdmin.secret, '864209', '864209');
    await change.click();
    expect(await seen(page.getByText('Đã đổi mã. Lần đăng nhập sau dùng mã mới.'))).toBe(true);
    await lock().click();
    await page.getByLabel('Mã PIN hoặc mật khẩu').fill('864209');
    await page.keyboard.press('Enter');
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
    expect(await seen(page.getByText('Làm lại được sau 1 phút.'))).toBe(true);
    expect(await failed.count()).toBe(0);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
