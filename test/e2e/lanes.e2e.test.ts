import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { common } from '../../renderer/texts/common.ts';
import { gate } from '../../renderer/texts/gate.ts';
import { lanes as texts } from '../../renderer/texts/lanes.ts';
import { modbusBoard, type ModbusBoard } from '../fixtures/modbus-board.ts';
import { openSerialPair, type SerialPair } from '../fixtures/serial-pair.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

const today = workDateOf(Date.now());
const [worker, second] = Array.from({ length: 100 }, (_, n) => demoWorker(n, today)).filter((w) => w.startDate! <= today && w.endDate === null && !w.barred && w.cardNumber !== null);
if (!worker || !second) throw new Error('the invented workers lack two with a card who may pass');

/** The list of lanes is asked for anew after so long (renderer/views/admin/device/lanes-tab.tsx). */
const listRefreshMs = 5_000;

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
let reader: SerialPair;
let board: ModbusBoard;
let port: number;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const card = (name: string) => page.locator('.lane-card').filter({ hasText: name });
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 20_000, interval: 20 });
const entry = (label: string) => dialog().getByRole('textbox', { name: label, exact: true });
const part = (name: string) => dialog().getByRole('tab', { name }).click();
const tick = (name: string) => dialog().locator('.tick').filter({ hasText: name }).click();
async function choose(label: string, option: string): Promise<void> {
  await dialog().locator('.field').filter({ hasText: label }).first().getByRole('button').click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`) });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-lanes-'));
  reader = await openSerialPair(folder);
  board = modbusBoard();
  port = await board.listen('tcp');
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(15_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, texts.tab);
});
afterAll(async () => {
  await kiosk?.close();
  await board?.goAway();
  await reader?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the lanes of a gate', () => {
  it('stand in a list with what serves them', async () => {
    expect(await seen(card('Làn 1').getByText(texts.inputs.any))).toBe(true);
    expect(await seen(card('Làn 1').getByText(texts.noTurnstile))).toBe(true);
    await picture('lanes');
    expect(await faults()).toEqual([]);
  });

  it('a new one says what is wrong before anything is stored, in the part where it stands', async () => {
    await button(texts.add).click();
    await part(texts.form.tabs.signal);
    await tick(texts.form.hasSignal);
    await picture('lane-turnstile');
    expect(await faults()).toEqual([]);
    await dialog().getByRole('button', { name: texts.form.save, exact: true }).click();
    expect(await seen(dialog().getByText(texts.form.error.missing).first())).toBe(true);
    await picture('lane-way');
    expect(await faults()).toEqual([]);
  });

  it('is added with its scanner, its turnstile and its contacts, and works without a restart', async () => {
    await entry(texts.form.name).fill('Cổng xưởng A');
    await dialog().getByText(texts.direction.in, { exact: true }).click();
    await part(texts.form.tabs.reader);
    await choose(texts.form.input, texts.inputs.serialOther);
    await entry(texts.form.path).fill(reader.kiosk);
    await picture('lane-reader');
    expect(await faults()).toEqual([]);
    await part(texts.form.tabs.signal);
    await entry(texts.form.host).fill('127.0.0.1');
    await entry(texts.form.port).fill(`${port}`);
    await tick(texts.form.timed);
    await part(texts.form.tabs.contact);
    await tick(texts.form.passage);
    await tick(texts.form.fire);
    await picture('lane-contacts');
    expect(await faults()).toEqual([]);
    board.closed.add(7);
    await dialog().getByRole('button', { name: texts.form.save, exact: true }).click();
    expect(await gone(dialog())).toBe(true);
    expect(await seen(card('Cổng xưởng A').getByText(texts.board.ready))).toBe(true);
    expect(await seen(card('Cổng xưởng A').getByText(common.strip.ready))).toBe(true);
    expect(board.orders).toEqual(['coil 0 off']);
    expect(await seen(page.locator('[data-strip=lanes]').getByText(common.strip.ready))).toBe(true);
  });

  it('a scan is told with its reader and its lane while they are tried out, counts, and opens the turnstile', async () => {
    await button(texts.test.start).click();
    expect(await seen(page.getByText(texts.test.empty))).toBe(true);
    await reader.scan(worker.cardNumber!);
    const line = page.locator('.lane-scans li').first();
    expect(await seen(line.getByText('Cổng xưởng A'))).toBe(true);
    expect(await seen(line.getByText(texts.test.outcome.recorded))).toBe(true);
    await until(() => board.orders.includes('flash 0 5'));
    await picture('lanes-test');
    expect(await faults()).toEqual([]);
    await button(texts.test.stop).click();
  });

  it('contacts are shown as they are, and the lane is opened by hand', async () => {
    board.closed.add(0);
    expect(await seen(card('Cổng xưởng A').getByText(texts.contact(1, true)))).toBe(true);
    board.closed.delete(0);
    expect(await seen(card('Cổng xưởng A').getByText(texts.contact(1, false)))).toBe(true);
    board.orders.length = 0;
    await button(texts.open.in).click();
    await until(() => board.orders.length === 1);
    expect(board.orders).toEqual(['flash 0 5']);
  });

  it('a fire input opens the lane and shows it to everybody', async () => {
    board.closed.delete(7);
    await until(() => board.on.has(0) && board.orders.includes('coil 0 on'));
    expect(await seen(page.locator('.fire-screen'))).toBe(true);
    await picture('lanes-fire');
    board.closed.add(7);
    await until(() => board.orders.at(-1) === 'coil 0 off');
    expect(await gone(page.locator('.fire-screen'))).toBe(true);
  });

  it('a board that goes away is told with what to do, in the list and in the strip', async () => {
    await board.goAway();
    expect(await seen(card('Cổng xưởng A').getByText(texts.boardHelp.missing))).toBe(true);
    expect(await seen(page.locator('[data-strip=lanes]').getByText(common.strip.amiss('1')))).toBe(true);
    await picture('lanes-missing');
    expect(await faults()).toEqual([]);
  });

  it('whoever is recorded and stands before a shut turnstile is told so, and the guard too', async () => {
    await reader.scan(second.cardNumber!);
    const answer = page.locator('.answer', { hasText: gate.notOpened[second.language] });
    expect(await seen(answer)).toBe(true);
    expect(await answer.getAttribute('data-tone')).toBe('attention');
    await picture('lanes-not-opened');
    expect(await gone(answer)).toBe(true);
  });

  it('is taken out after a second press, also by whoever takes longer than the list stays as it was', async () => {
    await button(texts.editOne('Cổng xưởng A')).click();
    await page.waitForTimeout(listRefreshMs + 2_000);
    await dialog().getByRole('button', { name: texts.form.remove, exact: true }).click();
    await dialog().getByRole('button', { name: texts.form.removeGo, exact: true }).click();
    expect(await gone(card('Cổng xưởng A'))).toBe(true);
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
