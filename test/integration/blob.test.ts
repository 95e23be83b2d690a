import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inspectScan } from '../../electron/service/counter/scan-file.ts';
import { blobFile, getBlob, openStore, putBlob, readEvents, sha256, writeSettings } from '../../electron/store/index.ts';
import { intakeOf, pdfScan, qrOfAn, startCounter } from './counter-service.ts';
import { temporaryFolder } from './temporary.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));
const problemOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { code: string }) => error.code);
const openTestStore = () => {
  const store = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
  onTestFinished(() => store.close());
  return store;
};

describe('blobs on the disk', () => {
  it('come back as they were, lie encrypted under their hash, once', async () => {
    const store = openTestStore();
    const content = bytesOf('Giấy chứng sinh của một người tưởng tượng '.repeat(100));
    const hash = await putBlob(store, content);
    expect(hash).toBe(sha256(content));
    expect(await putBlob(store, content)).toBe(hash);
    expect(Buffer.from(await getBlob(store, hash))).toEqual(Buffer.from(content));
    expect(await readdir(join(store.blobDir, hash.slice(0, 2)))).toEqual([hash]);
    expect(readFileSync(blobFile(store, hash)).includes('Giấy chứng sinh')).toBe(false);
  });
  it('a changed, cut or swapped file is told and never given out', async () => {
    const store = openTestStore();
    const hash = await putBlob(store, bytesOf('một'));
    const other = await putBlob(store, bytesOf('hai'));
    const file = blobFile(store, hash);
    const sealed = readFileSync(file);
    for (const broken of [sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte)), sealed.subarray(0, 10), readFileSync(blobFile(store, other)), Buffer.alloc(0)]) {
      writeFileSync(file, broken);
      expect(await problemOf(getBlob(store, hash))).toBe('store-damaged');
    }
  });
  it.each([['half written', (sealed: Buffer) => sealed.subarray(0, 4)], ['with one bit turned', (sealed: Buffer) => sealed.map((byte, at) => (at === 40 ? byte ^ 1 : byte))]])(
    'a file that the disk has %s is mended by the same scan again', async (_, damage) => {
      const store = openTestStore();
      const content = bytesOf('đủ cả trang giấy');
      const hash = await putBlob(store, content);
      writeFileSync(blobFile(store, hash), damage(readFileSync(blobFile(store, hash))));
      await putBlob(store, content);
      expect(Buffer.from(await getBlob(store, hash)).toString()).toBe('đủ cả trang giấy');
    });
  it.each(['a'.repeat(64), '../../store.db', ''])('there is no blob %s', async (hash) => {
    expect(await problemOf(getBlob(openTestStore(), hash))).toBe('not-found');
  });
  it('the same put many times at once is one file', async () => {
    const store = openTestStore();
    const content = bytesOf('cùng lúc');
    const hashes = await Promise.all(Array.from({ length: 10 }, () => putBlob(store, content)));
    expect(new Set(hashes).size).toBe(1);
    expect(await readdir(join(store.blobDir, hashes[0]!.slice(0, 2)))).toEqual([hashes[0]]);
  });
});

const picture = (width = 60, height = 80) => sharp({ create: { width, height, channels: 3, background: '#eee', noise: { type: 'gaussian', mean: 200, sigma: 20 } } });

describe('what a scan is', () => {
  it.each([
    ['image/jpeg', () => picture().jpeg().toBuffer()], ['image/png', () => picture().png().toBuffer()], ['image/tiff', () => picture().tiff().toBuffer()],
  ] as const)('%s has one page', async (mime, make) => expect(await inspectScan(await make())).toEqual({ mime, pages: 1 }));
  it('a PDF has its pages', async () => expect(await inspectScan(await pdfScan('x', 7))).toEqual({ mime: 'application/pdf', pages: 7 }));
  it.each([['text', 'Xin chào'], ['nothing', ''], ['a web page', '<html>%PDF-1.4'], ['a program', 'MZ\u0000\u0000']])('%s is no scan', async (_, text) => {
    expect(await problemOf(inspectScan(bytesOf(text)))).toBe('file-type-unknown');
  });
  it.each(['jpeg', 'png', 'tiff'] as const)('a %s that was cut off is refused', async (format) => {
    const whole = await picture(300, 300).toFormat(format).toBuffer();
    expect(await problemOf(inspectScan(whole.subarray(0, Math.floor(whole.length * 0.6))))).toBe('image-unreadable');
  });
  it('a PDF that was cut off is refused', async () => {
    const whole = await pdfScan('x', 3);
    expect(await problemOf(inspectScan(whole.subarray(0, Math.floor(whole.length * 0.6))))).toBe('image-unreadable');
  });
  it('a PDF of rubbish between its marks is refused', async () => {
    expect(await problemOf(inspectScan(bytesOf(`%PDF-1.7\n${'\u0001rác'.repeat(500)}\n%%EOF`)))).toBe('image-unreadable');
  });
  it('a picture of too many pixels is refused before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: '#fff' } }).png({ compressionLevel: 9 }).toBuffer();
    expect(await problemOf(inspectScan(bomb))).toBe('image-too-large');
  });
  it('more than 30 MB and more than 500 pages are too large', async () => {
    expect(await problemOf(inspectScan(new Uint8Array(30 * 1024 * 1024 + 1)))).toBe('file-too-large');
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 501; page++) pdf.addPage([10, 10]);
    expect(await problemOf(inspectScan(await pdf.save()))).toBe('file-too-large');
  });
});

describe('scans at the counter', () => {
  it('the same bytes twice are one blob and one event', async () => {
    const { ask, service } = await startCounter();
    const content = await pdfScan('một');
    const add = () => ask('scan/add', { fileName: 'a.pdf', content, origin: 'camera' });
    expect(await add()).toEqual(await add());
    const events = readEvents(service.context.store, { afterSeq: 0, limit: 100 }).filter(({ type }) => type === 'scan-attached');
    expect(events.map(({ blobs, payload }) => [blobs.length, payload])).toEqual([[1, { origin: 'camera', pages: 1, mime: 'application/pdf' }]]);
  });
  it('a fresh one is shown; one of a dossier only with it or to who looked its person up', async () => {
    const counter = await startCounter();
    const { sha256: hash } = await counter.ask('scan/add', { fileName: 'a.pdf', content: await pdfScan('một'), origin: 'file' });
    expect((await counter.ask('scan/get', { sha256: hash, dossierId: null })).mime).toBe('application/pdf');
    const input = await intakeOf(counter, 'Đăng ký khai sinh');
    input.components[0]!.scans = [hash];
    await counter.ask('dossier/receive', input);
    counter.service.clock.pass(2 * 3_600_000);
    await counter.service.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await counter.problemOf('scan/get', { sha256: hash, dossierId: null })).toBe('not-found');
    expect(await counter.problemOf('scan/get', { sha256: hash, dossierId: crypto.randomUUID() })).toBe('not-found');
    expect(await counter.problemOf('scan/get', { sha256: hash, dossierId: input.dossierId })).toBe('none');
    await counter.ask('citizen/from-qr', { text: qrOfAn, purpose: 'intake' });
    expect(await counter.problemOf('scan/get', { sha256: hash, dossierId: null })).toBe('none');
  });
  it('what a scanner saves into the watched folder waits in the inbox until it is used', async () => {
    const counter = await startCounter();
    const folder = await mkdtemp(join(tmpdir(), 'motcua-inbox-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { context } = counter.service;
    const settings = writeSettings(context.store, { watchedFolder: folder });
    context.settingsChanged(settings);
    writeFileSync(join(folder, 'hỏng.pdf'), 'không phải pdf');
    writeFileSync(join(folder, 'to-khai.pdf'), await pdfScan('từ máy quét', 2));
    const files = () => counter.ask('scan/inbox', {}).then((answer) => answer.files);
    await vi.waitFor(async () => expect(await files()).toMatchObject([{ fileName: 'to-khai.pdf', pages: 2, mime: 'application/pdf' }]), { timeout: 20_000, interval: 100 });
    const [file] = await files();
    expect(counter.service.told).toContainEqual({ name: 'inbox/file', data: { fileName: 'to-khai.pdf', sha256: file!.sha256 } });
    const input = await intakeOf(counter, 'Đăng ký khai sinh');
    input.components[0]!.scans = [file!.sha256];
    await counter.ask('dossier/receive', input);
    expect(await files()).toEqual([]);
  }, 30_000);
});
