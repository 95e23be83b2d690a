import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { common } from '../../renderer/texts/common.ts';
import { login } from '../../renderer/texts/login.ts';
import { trust as text } from '../../renderer/texts/trust.ts';
import { problems } from '../../shared/contracts/problems.ts';
import { makeTrustFiles, type TrustFiles } from '../fixtures/trust-files.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
let files: TrustFiles;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const preview = () => page.getByRole('dialog', { name: text.preview.title });
const rows = () => page.locator('.trust .table-row');

/** What axe finds, targets too small for a finger, texts that do not fit. The nameless button that each dialog has for those who hear the screen is for no finger. */
async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page)];
}

async function choose(...chosen: string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(chosen);
  expect(await seen(preview().locator('.counts-row, [role=alert]').first())).toBe(true);
}
async function leave(): Promise<void> {
  await page.keyboard.press('Escape');
  expect(await gone(preview())).toBe(true);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-trust-'));
  files = makeTrustFiles(folder);
  kiosk = await launchKiosk();
  page = kiosk.page;
  await page.setViewportSize({ width: 1366, height: 768 });
  await setUpKiosk(page, { mode: 'counter', unit: { code: 'H25.18', name: 'Trung tâm Phục vụ hành chính công phường Mẫu' }, lanes: [], admin: testAdmin, hub: null, demo: false });
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await button(common.administration).click();
  await page.getByRole('tab', { name: text.tab }).click();
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the trust store on the screen', () => {
  it('says, while it is empty, what that means and what to do first', async () => {
    expect(await seen(page.getByText(text.empty))).toBe(true);
    expect(await seen(page.getByText(text.emptyHint))).toBe(true);
    expect(await faults()).toEqual([]);
  });

  it('shows a certificate with its whole fingerprint before it comes in', async () => {
    await choose(files.utopia);
    expect(await seen(preview().getByText(text.preview.compare))).toBe(true);
    expect(await seen(preview().getByText(/^([0-9A-F]{4} ){15}[0-9A-F]{4}$/))).toBe(true);
    expect(await rows().count()).toBe(0);
    expect(await faults()).toEqual([]);
    await button(text.preview.go('1')).click();
    expect(await seen(preview().getByText(text.preview.done('1')))).toBe(true);
    await leave();
    expect(await seen(rows().getByText('CSCA Utopia'))).toBe(true);
  });

  it('a changed list cannot be brought in', async () => {
    await choose(files.forged);
    expect(await seen(preview().getByText(text.preview.listForged))).toBe(true);
    expect(await button(text.preview.go('1')).count()).toBe(0);
    expect(await faults()).toEqual([]);
    await leave();
  });

  it('a list of an unknown signer asks who answers for it', async () => {
    await choose(files.unchained);
    expect(await seen(preview().getByText(text.preview.listUnknown))).toBe(true);
    expect(await button(text.preview.go('1')).isDisabled()).toBe(true);
    await preview().getByText(text.preview.confirm).click();
    expect(await button(text.preview.go('1')).isEnabled()).toBe(true);
    expect(await faults()).toEqual([]);
    await leave();
    expect(await rows().count()).toBe(1);
  });

  it('files dropped onto it are taken one after the other, those that are no good told with their reason', async () => {
    const dropped = [files.other, files.crlForged, files.list, files.crlJanuary].map((file) => ({ name: path.basename(file), bytes: [...readFileSync(file)] }));
    const data = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of given) transfer.items.add(new File([new Uint8Array(bytes)], name));
      return transfer;
    }, dropped);
    await page.locator('.trust').dispatchEvent('drop', { dataTransfer: data });
    expect(await seen(preview().getByText(problems['trust-file-invalid'].vi))).toBe(true);
    await button(text.preview.next).click();
    expect(await seen(preview().getByText('Chữ ký sai: không phải do nơi ký ghi trong đó ký.'))).toBe(true);
    expect(await faults()).toEqual([]);
    await button(text.preview.next).click();
    expect(await seen(preview().getByText(text.preview.listRight))).toBe(true);
    await button(text.preview.go('1')).click();
    await button(text.preview.next).click();
    await button(text.preview.go('1')).click();
    expect(await seen(preview().getByText(text.preview.done('1')))).toBe(true);
    await leave();
    expect(await seen(rows().getByText('CSCA Atlantis'))).toBe(true);
  });

  it('marks what has ended, finds by words, and copies a fingerprint', async () => {
    expect(await seen(rows().filter({ hasText: 'CSCA Atlantis' }).getByText(text.state.ended))).toBe(true);
    expect(await rows().filter({ hasText: 'CSCA Utopia' }).locator('.tag').count()).toBe(0);
    expect(await faults()).toEqual([]);
    await page.getByRole('textbox', { name: text.search }).fill('atlantis');
    expect(await gone(rows().getByText('CSCA Utopia'))).toBe(true);
    await button(text.copy).click();
    expect(await kiosk.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^[0-9a-f]{64}$/);
    await page.getByRole('textbox', { name: text.search }).fill('');
    expect(await seen(rows().getByText('CSCA Utopia'))).toBe(true);
  });

  it('shows CRLs with the one that is overdue', async () => {
    await button(new RegExp(`${text.show}$`)).click();
    await page.getByRole('option', { name: text.kinds.crls('1') }).click();
    expect(await seen(rows().getByText(text.overdue))).toBe(true);
    expect(await faults()).toEqual([]);
    await button(new RegExp(`${text.show}$`)).click();
    await page.getByRole('option', { name: text.kinds.certificates('2') }).click();
  });

  it('takes a certificate out by keyboard after a question that says what follows', async () => {
    await rows().filter({ hasText: 'CSCA Atlantis' }).locator('.table-press').focus();
    await page.keyboard.press('Enter');
    expect(await seen(page.getByRole('dialog', { name: text.details.certificate }).getByText('C=XT, O=Atlantis, CN=CSCA Atlantis').first())).toBe(true);
    expect(await faults()).toEqual([]);
    await button(text.details.remove).focus();
    await page.keyboard.press('Enter');
    expect(await seen(page.getByText(text.details.removeEffect.certificate))).toBe(true);
    expect(await faults()).toEqual([]);
    await button(text.details.removeNow).focus();
    await page.keyboard.press('Enter');
    expect(await gone(rows().getByText('CSCA Atlantis'))).toBe(true);
    expect(await seen(rows().getByText('CSCA Utopia'))).toBe(true);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
