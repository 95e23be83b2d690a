import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gate } from '../../renderer/texts/gate.ts';
import { login } from '../../renderer/texts/login.ts';
import { readerTexts } from '../../renderer/texts/reader.ts';
import { issueCard } from '../virtual-card/issue.ts';
import { startPcscd, type Pcscd } from '../virtual-card/pcscd.ts';
import { insertVirtualCard, vpcdPorts, type InsertedCard } from '../virtual-card/vpcd.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

const texts = readerTexts.spot;
const card = issueCard();
const roster = `workerId,fullName,personalId,department,employer\nCN-7,${card.profile.person.fullName},${card.profile.person.personalId},Xưởng may 1,Công ty Mẫu`;

let pcscd: Pcscd;
let kiosk: KioskUnderTest;
let page: Page;
let inserted: InsertedCard | undefined;

async function request(name: string, input: unknown): Promise<unknown> {
  return page.evaluate(([what, given]) => (window as unknown as { kiosk: { request(n: unknown, i: unknown): Promise<unknown> } }).kiosk.request(what, given), [name, input]);
}

async function faults(name: string): Promise<string[]> {
  const shots = process.env['MOTCUA_SHOTS'];
  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: path.join(shots, `${name}.png`) });
  }
  return [...await axeProblems(page), ...await smallTargets(page), ...await cutTexts(page), ...await wordFaults(page)];
}

beforeAll(async () => {
  pcscd = await startPcscd();
  kiosk = await launchKiosk({ readers: true });
  page = kiosk.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'KCN-01', name: 'Khu công nghiệp mẫu' }, lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }], hub: null, demo: false, admin: testAdmin,
  });
  await page.getByRole('button', { name: gate.supervisor }).click();
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: texts.tab }).waitFor({ timeout: 20_000 });
  await page.evaluate(async (csv) => {
    const { kiosk: bridge } = window as unknown as { kiosk: { request(n: string, i: unknown): Promise<unknown> } };
    await bridge.request('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode(csv), dryRun: false });
  }, roster);
});
afterAll(async () => {
  await inserted?.remove();
  await kiosk?.close();
  await pcscd?.stop();
});

describe('a guard compares a worker with the card', () => {
  it('the chip is read in the drawer: worker, name and face, and nobody is let in by it', async () => {
    await page.getByRole('tab', { name: texts.tab }).click();
    await page.getByLabel(texts.can).fill(card.can);
    expect(await faults('spot-ask')).toEqual([]);
    await page.getByRole('button', { name: texts.go, exact: true }).click();
    inserted = await insertVirtualCard({ port: vpcdPorts[1], card });
    await page.getByText(texts.outcome.registered).waitFor({ timeout: 30_000 });
    await page.getByRole('img', { name: readerTexts.face.label }).waitFor();
    expect(await faults('spot-found')).toEqual([]);
    expect(await page.locator('.answer').count()).toBe(0);
    expect(await request('gate/summary', {})).toMatchObject({ in: 0, out: 0, refused: 0 });
  });

  it('the guard turns away: the face is on no screen any more', async () => {
    await page.getByRole('button', { name: texts.clear, exact: true }).click();
    expect(await gone(page.getByRole('img', { name: readerTexts.face.label }))).toBe(true);
  });

  it('no screen complained', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
