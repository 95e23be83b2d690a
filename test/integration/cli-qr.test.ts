import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFrames, type Frame } from '../fixtures/qr/make-frames.ts';

const root = path.join(import.meta.dirname, '..', '..');
const node = path.join(root, 'node_modules', 'node', 'bin', 'node');
const cli = path.join(root, 'electron', 'cli', 'main.ts');
const card = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';

type Line = Record<string, unknown> & { problem: { code: string; retry: boolean; vi: string } | null };
let folder: string;
const at = (name: string) => path.join(folder, name);

function motcua(args: string[], input: string | Buffer = '') {
  const { status, stdout, stderr } = spawnSync(node, [cli, ...args], { input, cwd: root, env: { ...process.env, INIT_CWD: folder }, encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
  return { status, lines, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-qr-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('parse-qr', () => {
  it('answers a line a line, in order, whatever is in them', () => {
    const input = Buffer.concat([`${card}\r\n`, 'x\n', '\n', `${card}${card}\n`, `${'y'.repeat(100_000)}\n`].map((line) => Buffer.from(line)));
    const withBroken = Buffer.concat([input, Buffer.from('001090012345||Nguy'), Buffer.from([0xff]), Buffer.from('n Van An|17091990|Nam|X|10052021')]);
    const { status, lines, stderr } = motcua(['parse-qr', '--json'], withBroken);
    expect(lines.map(({ problem }) => problem?.code ?? null)).toEqual([null, 'qr-not-identity', 'qr-not-identity', 'scan-merged', 'code-too-long', 'qr-garbled']);
    expect(lines[0]).toMatchObject({
      ok: true, kind: 'cccd-2021', warnings: [], problem: null, values: { fullName: { source: 'qr', confidence: 'high' } },
      citizen: { personalId: '001090012345', oldId: '012345678', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', issuedOn: '2021-05-10' },
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });
  it('all well is exit 0, no input is exit 0', () => {
    expect(motcua(['parse-qr'], card)).toMatchObject({ status: 0, lines: [{ ok: true }] });
    expect(motcua(['parse-qr'])).toMatchObject({ status: 0, lines: [] });
  });
  it('a reader that goes away early is no failure', async () => {
    const child = spawn(node, [cli, 'parse-qr'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let words = '';
    child.stderr.on('data', (bytes: Buffer) => { words += String(bytes); });
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end(`${card}\n`.repeat(20_000));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect({ code, words }).toEqual({ code: 0, words: '' });
  });
});

describe('mrz', () => {
  const lines = 'IDVNM0900123450001090012345<<1\r\n9009176M3009174VNM<<<<<<<<<<<2\r\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<\r\n';
  it('answers one object for the lines of one zone, exit 0', () => {
    expect(motcua(['mrz', '--json'], lines)).toEqual({ status: 0, stderr: '', lines: [{
      ok: true, format: 'TD1', documentNumber: '090012345', personalId: '001090012345', birthDate: '1990-09-17', sex: 'Nam', expiryDate: '2030-09-17',
      issuer: 'VNM', nationality: 'VNM', surname: 'NGUYEN', givenNames: 'VAN AN',
      checks: { documentNumber: true, birthDate: true, expiryDate: true, composite: true, personalId: true }, warnings: [], problem: null,
    }] });
  });
  it.each([['mrz-check-digit', lines.replace('9009176M', '9009177M')], ['mrz-not-found', ''], ['mrz-not-found', 'x'.repeat(100_000)]])('%s is exit 1', (code, input) => {
    expect(motcua(['mrz'], input)).toMatchObject({ status: 1, lines: [{ ok: false, problem: { code } }] });
  });
});

describe('qr', () => {
  let frames: Frame[];
  beforeAll(async () => {
    frames = await makeFrames({ count: 10 });
  }, 120_000);

  it('reads camera frames, good and hard, without one wrong text', () => {
    const { lines } = motcua(['qr', ...frames.map(({ file }) => file)]);
    const read = lines.filter(({ ok }) => ok);
    for (const line of read) expect(line.text).toBe(frames.find(({ file }) => file === line.file)?.text);
    const hard = (file: unknown): boolean => String(file).includes('hard');
    expect(read.filter(({ file }) => !hard(file))).toHaveLength(6);
    expect(read.filter(({ file }) => hard(file)).length).toBeGreaterThanOrEqual(2);
    for (const { ok, problem } of lines) expect(problem?.code ?? null).toBe(ok ? null : 'qr-not-found');
  });
  it('reads a code without background, a rotated one, one in a large photograph; relative paths start where the user is', async () => {
    const svg = await QRCode.toString(card, { type: 'svg', margin: 4 });
    const clear = await sharp(Buffer.from(svg.replace(/<path fill="#ffffff"[^>]*>/, ''))).resize(400).png().toBuffer();
    writeFileSync(at('clear.png'), clear);
    const solid = await sharp(clear).flatten({ background: '#fff' }).resize(700).toBuffer();
    await sharp(solid).rotate(33, { background: '#fff' }).webp().toFile(at('rotated.webp'));
    await sharp({ create: { width: 5000, height: 4000, channels: 3, background: '#777' } }).composite([{ input: solid, left: 3000, top: 1500 }]).jpeg().toFile(at('photo.jpg'));
    const { status, lines } = motcua(['qr', 'clear.png', 'rotated.webp', 'photo.jpg']);
    expect(lines.map(({ file, ok, text }) => ({ file, ok, text }))).toEqual(['clear.png', 'rotated.webp', 'photo.jpg'].map((file) => ({ file, ok: true, text: card })));
    expect(status).toBe(0);
  });
  it('a code that is no identity card is read and has no citizen', async () => {
    await QRCode.toFile(at('pass.png'), 'NV-00017');
    expect(motcua(['qr', 'pass.png'])).toMatchObject({ status: 0, lines: [{ ok: true, text: 'NV-00017', citizen: null, problem: null }] });
  });
  it('each hostile file is a coded problem and the next is still read', async () => {
    await QRCode.toFile(at('good.png'), card);
    copyFileSync(frames[0]!.file, at('cut.jpg'));
    truncateSync(at('cut.jpg'), 2000);
    writeFileSync(at('cut.png'), readFileSync(at('good.png')).subarray(0, 200));
    writeFileSync(at('noise.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3000, 0xa5)]));
    writeFileSync(at('empty.png'), '');
    writeFileSync(at('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await sharp({ create: { width: 7000, height: 6000, channels: 3, background: '#fff' } }).png().toFile(at('bomb.png'));
    writeFileSync(at('huge.jpg'), '');
    truncateSync(at('huge.jpg'), 51_000_000);
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } }).png().toFile(at('dot.png'));
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#99a' } }).jpeg().toFile(at('blank.jpg'));
    const expected = {
      'cut.jpg': 'image-unreadable', 'cut.png': 'image-unreadable', 'noise.jpg': 'image-unreadable', 'empty.png': 'image-unreadable', 'drawing.svg': 'image-unreadable',
      'bomb.png': 'image-too-large', 'huge.jpg': 'image-too-large', 'dot.png': 'qr-not-found', 'blank.jpg': 'qr-not-found', 'none.png': 'file-unreadable', '.': 'file-unreadable',
    };
    const { status, lines } = motcua(['qr', ...Object.keys(expected), 'good.png']);
    expect(Object.fromEntries(lines.map(({ file, problem }) => [file, problem?.code]))).toEqual({ ...expected, 'good.png': undefined });
    expect(status).toBe(1);
  });
});

describe('usage', () => {
  it.each([[['qr']], [['parse-qr', '--what']], [['doctor', '--hub', 'x']], [['doctor', 'x']], [['nothing']], [[]]])(
    '%j is exit 2 with words on standard error', (args) => {
      const { status, stderr } = motcua(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/usage|unknown command|one JSON object/);
    });
  it('--help names every command', () => {
    const { status, lines } = motcua(['--help']);
    expect(status).toBe(0);
    expect(lines.map(({ command }) => command)).toEqual(expect.arrayContaining(['doctor', 'qr', 'parse-qr', 'card', 'roster', 'scan', 'outbox', 'audit', 'hub']));
  });
});

describe('doctor', () => {
  it('answers every check, says what to do where something is amiss, and its exit code fits', () => {
    const { status, lines } = motcua(['doctor', '--store', 'no-store-here', '--hub', 'http://127.0.0.1:9']);
    expect(lines.map(({ check }) => check)).toEqual(['version', 'pcscd', 'readers', 'cameras', 'serial', 'hid', 'store', 'trust', 'clock', 'hub', 'disk']);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['check', 'state', 'detail', 'do']);
      expect(line.do === null).toBe(line.state === 'ok');
    }
    expect(lines.filter(({ check }) => check === 'store' || check === 'hub')).toMatchObject([{ state: 'fail' }, { state: 'fail' }]);
    expect(status).toBe(1);
  });
  it('a machine without readers, cameras or hub is warned of, never failed', () => {
    const { status, lines } = motcua(['doctor', '--json']);
    const without = lines.filter(({ check }) => ['pcscd', 'readers', 'cameras', 'serial', 'hub'].includes(String(check)));
    expect(without).toHaveLength(5);
    expect(without.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(status).toBe(lines.some(({ state }) => state === 'fail') ? 1 : 0);
  });
});
