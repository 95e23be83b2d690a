import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { shortName } from '../../shared/domain/vietnamese.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, typeAsScanner } from './screen-checks.ts';

const today = workDateOf(Date.now());
const workers = Array.from({ length: 200 }, (_, n) => demoWorker(n, today));
const admitted = workers.filter((w) => w.startDate! <= today && w.endDate === null && !w.barred);
const [first, second, third, fourth] = admitted;
const ended = workers.find((w) => w.endDate !== null);
if (!first || !second || !third || !fourth || !ended) throw new Error('the invented workers lack one of the kinds that are needed');

let kiosk: KioskUnderTest;
let page: Page;
beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'in', input: 'any' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor();
});
afterAll(async () => { await kiosk?.close(); });

const answer = (outcome: string) => page.locator(`.answer[data-outcome=${outcome}]`);

describe('the gate screen', () => {
  it('waits without a log-in, whole and readable', async () => {
    expect(await axeProblems(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    expect(await cutTexts(page)).toEqual([]);
  });

  it('answers a known worker with way, short name and the time to the painted answer', async () => {
    await typeAsScanner(page, first.workerId);
    expect(await seen(answer('recorded').getByText('VÀO CA'))).toBe(true);
    expect(await seen(answer('recorded').getByText(shortName(first.fullName)))).toBe(true);
    await page.locator('[data-latency-ms]').first().waitFor({ state: 'attached' });
    const marks = await page.locator('.last-answer').first().evaluate((e) => ({ ...(e as HTMLElement).dataset }));
    expect(marks).toMatchObject({ outcome: 'recorded', direction: 'in', via: 'wedge' });
    expect(Number(marks['seq'])).toBeGreaterThan(0);
    expect(Number(marks['latencyMs'])).toBeGreaterThan(0);
    expect(await axeProblems(page)).toEqual([]);
  });

  it('says at once that a second scan of the same worker is a repeat', async () => {
    await typeAsScanner(page, first.workerId);
    expect(await seen(answer('repeat').getByText('ĐÃ QUẸT RỒI'))).toBe(true);
  });

  it('answers the next person while the last answer still stands', async () => {
    await typeAsScanner(page, second.workerId);
    await typeAsScanner(page, third.workerId);
    expect(await seen(answer('recorded').getByText(shortName(third.fullName)))).toBe(true);
    expect(await page.locator('.last-answer[data-outcome=recorded]').count()).toBe(2);
  });

  it('sends away who is unknown or no longer employed, without their name', async () => {
    await typeAsScanner(page, 'NV99999');
    expect(await seen(answer('unknown').getByText('CHƯA CÓ TÊN'))).toBe(true);
    await typeAsScanner(page, ended.workerId);
    expect(await seen(answer('expired').getByText('HẾT THỜI HẠN'))).toBe(true);
    expect(await answer('expired').textContent()).not.toContain(shortName(ended.fullName));
    expect(await gone(answer('expired'))).toBe(true);
  });

  it('counts what was recorded', async () => {
    expect(await seen(page.locator('[data-count=in] dd', { hasText: '3' }))).toBe(true);
  });

  it('says so while the service is away, comes back by itself and answers again', async () => {
    process.kill(await kiosk.servicePid(), 'SIGKILL');
    expect(await seen(page.getByText('Phần mềm đang khởi động lại, vui lòng chờ…'))).toBe(true);
    expect(await gone(page.locator('.restart'))).toBe(true);
    await typeAsScanner(page, fourth.workerId);
    expect(await seen(answer('recorded').getByText(shortName(fourth.fullName)))).toBe(true);
  });
});

describe('the supervisor at the gate', () => {
  it('logs in by keyboard alone while the gate goes on', async () => {
    await page.getByRole('button', { name: 'Giám sát' }).focus();
    await page.keyboard.press('Enter');
    expect(await seen(page.getByRole('heading', { name: testAdmin.displayName }))).toBe(true);
    await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
    await page.keyboard.press('Enter');
    expect(await seen(page.getByRole('tab', { name: 'Nhật ký' }))).toBe(true);
    await typeAsScanner(page, second.workerId);
    expect(await seen(answer('repeat'))).toBe(true);
  });

  it('sees every column of the lists beside the gate on a screen of 1280 × 800', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const tooWide: string[] = [];
    const beyond = () => page.locator('.table-scroll').evaluate((e) => e.scrollWidth - e.clientWidth);
    for (const tab of ['Nhật ký', 'Đang trong khu vực', 'Công nhân']) {
      await openSection(page, tab);
      expect(await seen(page.locator('.table-row').first())).toBe(true);
      if (await beyond() > 0) tooWide.push(tab);
    }
    expect(tooWide).toEqual([]);
    await openSection(page, 'Nhật ký');
  });

  it('sees today’s scans, who is inside and the roster', async () => {
    expect(await seen(page.getByRole('cell', { name: first.fullName }).first())).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    await openSection(page, 'Đang trong khu vực');
    expect(await seen(page.getByText('4 người đang trong khu vực'))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    await openSection(page, 'Công nhân');
    expect(await seen(page.getByText('5.000 công nhân'))).toBe(true);
    await page.getByPlaceholder('Tìm theo tên hoặc mã số').fill(first.workerId);
    expect(await seen(page.getByRole('cell', { name: first.fullName }).first())).toBe(true);
    expect(await smallTargets(page)).toEqual([]);
  });

  it('imports a list only after a dry run, and sees why rows were refused', async () => {
    const csv = 'Mã NV,Họ và tên,Số CCCD\nTV001,Lê Thị Mới,\nTV002,,\n';
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Nhập danh sách' }).click()]);
    await chooser.setFiles({ name: 'moi.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    expect(await seen(page.getByText('Kết quả kiểm tra, chưa ghi vào máy'))).toBe(true);
    expect(await seen(page.getByText('Các dòng bị từ chối'))).toBe(true);
    await typeAsScanner(page, 'TV001');
    expect(await seen(answer('unknown'))).toBe(true);
    await page.getByRole('button', { name: 'Nhập 1 dòng' }).click();
    expect(await seen(page.getByText('Đã nhập xong'))).toBe(true);
    await page.getByRole('button', { name: 'Đóng' }).click();
    await page.getByPlaceholder('Tìm theo tên hoặc mã số').fill('');
    expect(await seen(page.getByText('5.001 công nhân'))).toBe(true);
  });

  it('verifies the chain and changes the theme', async () => {
    await openSection(page, 'Kiểm tra hệ thống');
    await page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
    expect(await seen(page.getByText('Chuỗi nguyên vẹn'))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    await openSection(page, 'Cài đặt');
    await page.getByText('Ngoài nắng').click();
    expect(await seen(page.locator('html[data-theme=sun]'))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
  });

  it('locks the drawer behind them', async () => {
    await page.getByRole('button', { name: 'Khóa', exact: true }).first().click();
    expect(await gone(page.locator('.drawer'))).toBe(true);
    await page.getByRole('button', { name: 'Giám sát' }).click();
    expect(await seen(page.getByLabel('Mã PIN hoặc mật khẩu'))).toBe(true);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
