import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KioskBridge } from '../../shared/contracts/requests/index.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { gate } from '../../renderer/texts/gate.ts';
import { noticeText } from '../../renderer/texts/gate-notices.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, faintWords, gone, seen, setUpKiosk, smallTargets, strangeWords, testAdmin, typeAsScanner } from './screen-checks.ts';

const today = workDateOf(Date.now());
/** The permits of NV12 and NV13 have run out: only the personnel office is to know. */
const roster = [
  'Mã NV,Họ và tên,Ngôn ngữ,Quốc tịch,Ngày bắt đầu,Ngày kết thúc,Cấm vào',
  'NV11,Nguyễn Thị Phương Thảo,vi,,2020-01-01,,', 'NV12,김민수,ko,Hàn Quốc,2020-01-01,,', 'NV13,王小明,zh,Trung Quốc,2020-01-01,,', 'NV14,山田太郎,ja,Nhật Bản,2020-01-01,,',
  'NV15,Maria Magdalena Santos,en,Philippines,2020-01-01,,', 'NV21,Trần Văn Hết,vi,,2020-01-01,2024-01-31,', `NV22,Lê Thị Mới,vi,,2099-01-01,,`, 'NV23,Phạm Văn Cấm,vi,,2020-01-01,,x',
].join('\n');
const looks = ['light', 'dark', 'sun'] as const;
const sizes = [{ width: 1280, height: 800 }, { width: 1366, height: 768 }, { width: 1920, height: 1080 }] as const;

let kiosk: KioskUnderTest;
let page: Page;

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `${name}.png`) });
}

/** Fonts in which the page draws an element's letters. */
async function fontsOf(selector: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(({ familyName }) => familyName.replace(/( Thin)? (Medium|SemiBold|Bold)$/, ''));
  } finally {
    await session.detach();
  }
}

/** What bystanders could not read, or what should not stand there. */
async function answerFaults(shown: Locator): Promise<string[]> {
  const beyond = await shown.evaluateAll((all) => all.flatMap((e) => [e, ...e.querySelectorAll('p')])
    .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 8 && e.classList.contains('answer')).map((e) => `beyond: ${e.textContent}`));
  return [...beyond, ...await cutTexts(page), ...await faintWords(shown.locator('p'), 7), ...await strangeWords(page)];
}

beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(20_000);
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'in', input: 'any' }], admin: testAdmin, hub: null, demo: false,
  });
  await page.evaluate(async ({ csv, loginName, secret }) => {
    const bridge = (window as unknown as { kiosk: KioskBridge }).kiosk;
    await bridge.request('auth/login', { loginName, secret });
    await bridge.request('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode(csv), dryRun: false });
    await bridge.request('credential/set', { workerId: 'NV11', change: { kind: 'pin', pin: '482915' } });
    await bridge.request('auth/logout', {});
  }, { csv: roster, ...testAdmin });
  await page.reload();
  await page.getByText(gate.withoutCamera).waitFor({ timeout: 30_000 });
});
afterAll(() => kiosk?.close());

describe('the gate to whoever stands before it', () => {
  it.each(sizes)('waits whole on a screen of $width × $height in each of its looks, with buttons for gloves', async (size) => {
    await page.setViewportSize(size);
    for (const look of looks) {
      await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, look);
      await picture(`waiting-${size.width}-${look}`);
      expect([...await axeProblems(page), ...await smallTargets(page, 56), ...await cutTexts(page), ...await strangeWords(page)]).toEqual([]);
    }
  });

  const answers = [
    { code: 'NV11', word: 'VÀO CA', name: 'Phương Thảo' }, { code: 'NV11', word: 'ĐÃ QUẸT RỒI', name: 'Phương Thảo' }, { code: 'NV99', word: 'CHƯA CÓ TÊN' },
    { code: 'NV21', word: 'HẾT THỜI HẠN' }, { code: 'NV22', word: 'CHƯA ĐẾN NGÀY' }, { code: 'NV23', word: 'GẶP BẢO VỆ' },
  ];
  it.each(answers)('$code is answered “$word”: whole, and seven to one against its ground in each look and size', async ({ code, word, name }) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const look of looks) {
        await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, look);
        await typeAsScanner(page, code);
        const shown = page.locator('.answer').filter({ hasText: word === 'VÀO CA' ? /VÀO CA|ĐÃ QUẸT RỒI/ : word });
        expect(await seen(shown.first())).toBe(true);
        expect(await shown.first().innerText()).toContain(name ?? word);
        await picture(`${word}-${size.width}-${look}`);
        expect(await answerFaults(shown)).toEqual([]);
      }
    }
    expect(await gone(page.locator('.answer'))).toBe(true);
  });

  it.each([
    { code: 'NV12', language: 'ko', font: 'Noto Sans KR' }, { code: 'NV13', language: 'zh', font: 'Noto Sans SC' }, { code: 'NV14', language: 'ja', font: 'Noto Sans JP' }, { code: 'NV15', language: 'en', font: 'Be Vietnam Pro' },
  ] as const)('$code is greeted in $language, name and sentence in the letters of $font', async ({ code, language, font }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    // Once before, so that the letters are loaded when they are looked at.
    for (const word of ['VÀO CA', 'ĐÃ QUẸT RỒI']) {
      await typeAsScanner(page, code);
      const shown = page.locator('.answer').filter({ hasText: word });
      expect(await seen(shown)).toBe(true);
      await page.evaluate(() => document.fonts.ready);
      await picture(`${language}-${word}`);
      expect({ name: await fontsOf('.answer-name'), said: await fontsOf(`.answer-help[lang=${language}]`) }).toEqual({ name: [font], said: expect.arrayContaining([font]) as string[] });
      expect(await answerFaults(shown)).toEqual([]);
    }
  });

  it('a paper that runs out is told to its holder as “see the personnel office”, and to nobody else', () => {
    expect(noticeText({ kind: 'permit-expires', date: today, what: 'permit' }, 'ko')).toBe('인사팀에 문의해 주세요.');
  });
});

describe('the keyboard', () => {
  it('Escape leaves the pad for the PIN, and the focus returns to the button that opened it', async () => {
    const open = page.locator('.gate-head .button');
    await open.click();
    await page.locator('.gate-pin').waitFor();
    expect(await smallTargets(page, 56)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await gone(page.locator('.gate-pin'))).toBe(true);
    expect(await open.evaluate((e) => e === document.activeElement)).toBe(true);
  });

  it('the focus returns to “Giám sát” from the drawer', async () => {
    const open = page.getByRole('button', { name: gate.supervisor });
    await open.click();
    await page.locator('.drawer').getByRole('button', { name: 'Đóng' }).click();
    expect(await gone(page.locator('.drawer'))).toBe(true);
    expect(await open.evaluate((e) => e === document.activeElement)).toBe(true);
  });

  it('no screen complained', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
