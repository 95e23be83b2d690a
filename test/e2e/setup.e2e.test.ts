import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, seen, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
});
afterAll(async () => { await kiosk?.close(); });

const goOn = (): Promise<void> => page.getByRole('button', { name: 'Tiếp tục' }).click();
const heading = (name: string) => page.getByRole('heading', { level: 1, name });
async function expectGoodScreen(): Promise<void> {
  expect(await axeProblems(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await cutTexts(page)).toEqual([]);
  expect(await wordFaults(page)).toEqual([]);
}

describe('the first run', () => {
  it('begins with the wizard, which lets nobody on without a choice', async () => {
    expect(await seen(heading('Ki-ốt này đặt ở đâu?'))).toBe(true);
    expect(await page.getByRole('button', { name: 'Tiếp tục' }).isDisabled()).toBe(true);
    await expectGoodScreen();
  });

  it('takes the place by keyboard alone', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await seen(page.getByRole('radio', { name: 'Cổng nhà máy', checked: true }))).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await seen(heading('Đơn vị sử dụng'))).toBe(true);
  });

  it('asks for address and code where the hub is chosen, and fills in an invented unit for a trial', async () => {
    await page.getByText('Kết nối máy chủ tỉnh').click();
    expect(await seen(page.getByRole('textbox', { name: 'Mã ghi danh' }))).toBe(true);
    await expectGoodScreen();
    await page.getByText('Dùng thử với dữ liệu mẫu').click();
    expect(await page.getByLabel('Mã đơn vị').inputValue()).toBe('DEMO-01');
    await goOn();
    expect(await seen(heading('Các làn của cổng'))).toBe(true);
  });

  it('says which lane names clash', async () => {
    await page.getByRole('button', { name: 'Thêm làn' }).click();
    await page.getByLabel('Mã làn').nth(1).fill('L1');
    expect(await seen(page.getByText('Mã làn bị trùng').first())).toBe(true);
    expect(await page.getByRole('button', { name: 'Tiếp tục' }).isDisabled()).toBe(true);
    await expectGoodScreen();
  });

  it('lets a lane have a HID-POS scanner, which needs no name', async () => {
    await page.getByLabel('Mã làn').nth(1).fill('L2');
    await page.getByRole('button', { name: 'Thiết bị quét' }).nth(1).click();
    await page.getByRole('option', { name: 'Đầu đọc HID-POS' }).click();
    expect(await seen(page.getByText('Để trống nếu ki-ốt chỉ có một đầu đọc HID-POS.'))).toBe(true);
    expect(await page.getByRole('button', { name: 'Tiếp tục' }).isDisabled()).toBe(false);
    await expectGoodScreen();
    await page.getByRole('button', { name: 'Bỏ Làn 2' }).click();
    await goOn();
  });

  it('warns of a PIN that is easy to guess and of two that differ', async () => {
    await page.getByLabel('Họ và tên').fill(testAdmin.displayName);
    expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe(testAdmin.loginName);
    await page.getByLabel('Mã PIN hoặc mật khẩu').fill('123456');
    expect(await seen(page.getByText('Dễ đoán'))).toBe(true);
    await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
    await page.getByLabel('Nhập lại').fill('9999');
    expect(await seen(page.getByText('Hai lần nhập chưa giống nhau.'))).toBe(true);
    await expectGoodScreen();
    await page.getByLabel('Nhập lại').fill(testAdmin.secret);
    await goOn();
  });

  it('shows what was chosen, writes it with the invented data, and the gate opens', async () => {
    expect(await seen(heading('Kiểm tra lại và hoàn tất'))).toBe(true);
    await expectGoodScreen();
    await page.getByRole('button', { name: 'Hoàn tất' }).click();
    await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 60_000 });
    expect(await seen(page.getByText('Dữ liệu mẫu'))).toBe(true);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
