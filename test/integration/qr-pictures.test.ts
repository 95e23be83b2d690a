import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, loadQrReader } from '../../electron/devices/qr-node.ts';
import { decodeFrame, lookAt, type ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder } from '../../shared/qr/live.ts';
import { greyOf, newGrey, type Grey, type Pixels } from '../../shared/qr/pixels.ts';
import { layoutOf } from '../../shared/qr/symbol/layout.ts';
import { makeFrames, makeKinds, makeScenes, type Frame } from '../fixtures/qr/make-frames.ts';
import { Random } from '../fixtures/qr/random.ts';

let read: ReadQr;
beforeAll(async () => {
  read = await loadQrReader();
});

async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}

function painted(level: (x: number, y: number) => number): Grey {
  const picture = newGrey(640, 480);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = level(i % 640, Math.floor(i / 640));
  return picture;
}

const words = (family: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#fff"/>${
  Array.from({ length: 24 }, (_, i) => `<text x="8" y="${20 + i * 19}" font-family="${family}" font-size="${10 + (i % 9)}">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM 0123456789 ■□▣ 回国困 ||||| ${i}</text>`).join('')}</svg>`;

describe('pictures without a code', () => {
  const random = new Random(8);
  const squares = Array.from({ length: 60 }, () => ({ x: random.whole(0, 600), y: random.whole(0, 440), side: random.whole(8, 60) }));
  const pictures: [string, () => Promise<Grey> | Grey][] = [
    ['white noise', () => painted(() => random.whole(0, 255))],
    ['black and white noise', () => painted(() => (random.chance(0.5) ? 255 : 0))],
    ['noise of three pixels', () => {
      const coarse = Array.from({ length: 214 * 160 }, () => random.whole(0, 255));
      return painted((x, y) => coarse[Math.floor(y / 3) * 214 + Math.floor(x / 3)]!);
    }],
    ['modules at random, as a symbol without a pattern', () => {
      const modules = Array.from({ length: 160 * 120 }, () => (random.chance(0.5) ? 30 : 220));
      return painted((x, y) => modules[Math.floor(y / 4) * 160 + Math.floor(x / 4)]!);
    }],
    ['stripes', () => painted((x) => (x % 14 < 7 ? 20 : 230))],
    ['slanted stripes', () => painted((x, y) => 128 + 120 * Math.sin((x + y * 0.6) / 3))],
    ['a checkerboard', () => painted((x, y) => (((x >> 3) + (y >> 3)) % 2 ? 240 : 15))],
    ['squares in squares, which finders are', () => painted((x, y) => {
      const square = squares.find((one) => x >= one.x && y >= one.y && x < one.x + one.side && y < one.y + one.side);
      if (square === undefined) return 235;
      const ring = Math.min(x - square.x, y - square.y, square.x + square.side - 1 - x, square.y + square.side - 1 - y) / (square.side / 7);
      return ring < 1 || ring >= 2 ? 25 : 235;
    })],
    ['three finders and nothing else', () => painted((x, y) => {
      for (const [left, top] of [[200, 100], [368, 100], [200, 268]] as const) {
        const ring = Math.min(x - left, y - top, left + 27 - x, top + 27 - y) / 4;
        if (ring >= 0) return ring < 1 || ring >= 2 ? 20 : 235;
      }
      return 235;
    })],
    ['a page of finders, each with room for a thousand symbols', () => painted((x, y) => {
      const ring = Math.min((x >> 1) % 9, (y >> 1) % 9, 6 - ((x >> 1) % 9), 6 - ((y >> 1) % 9));
      return ring < 0 || ring === 1 ? 235 : 20;
    })],
    ['a page of symbols with nothing true but their patterns', () => {
      const { size } = layoutOf(25)!;
      const modules = layoutOf(25)!.fixed.map((due) => (due === 0 ? (random.chance(0.5) ? 1 : -1) : due));
      return painted((x, y) => {
        const [column, row] = [Math.floor(x / 3) % 33 - 4, Math.floor(y / 3) % 33 - 4];
        return column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column]! > 0 ? 20 : 235;
      });
    }],
    ['rings', () => painted((x, y) => (Math.floor(Math.hypot(x - 320, y - 240) / 9) % 2 ? 20 : 235))],
    ['printed words', async () => greyOf(await pixelsOfSvg(words('DejaVu Sans')))],
    ['black', () => painted(() => 0)], ['white', () => painted(() => 255)],
  ];
  async function pixelsOfSvg(svg: string): Promise<Pixels> {
    const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
  }
  it.each(pictures)('%s: nothing is read, by every step and over several frames', async (_, make) => {
    const picture = await make();
    expect((await lookAt(picture, read)).found).toBeNull();
    const decoder = createLiveDecoder(read);
    for (let i = 0; i < 8; i++) expect((await decoder.decode(picture, i * 60)).found).toBeNull();
  });
});

describe('turned and mirrored', () => {
  const text = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
  it.each([[0, false], [30, false], [45, true], [90, true], [180, false], [233, true]])('a card turned by %i degrees, mirrored %s, is read by the decoder', async (angle, mirror) => {
    const code = sharp(await QRCode.toBuffer(text, { scale: 5 })).flop(mirror);
    const { data, info } = await sharp(await code.png().toBuffer()).rotate(angle, { background: '#fff' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const frame = { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
    expect(await decodeFrame(frame, read, { effort: ['plain'] })).toMatchObject({ text });
  });
  it.each([[0, false], [90, true], [180, true], [270, false]])('a card turned by %i degrees, mirrored %s, is read by the grid', async (angle, mirror) => {
    const code = sharp(await QRCode.toBuffer(text, { scale: 5 })).flop(mirror);
    const { data, info } = await sharp(await code.png().toBuffer()).rotate(angle).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const frame = { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
    expect(await decodeFrame(frame, read, { effort: ['grid'] })).toMatchObject({ text });
  });
});

describe('texts of hostile symbols', () => {
  type Segment = { data: string | Buffer; mode: 'byte' | 'numeric' | 'alphanumeric' | 'kanji' };
  const text = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
  const toShiftJis = (letter: string): number => ({ 日: 0x93fa, 本: 0x967b })[letter] ?? 0;
  async function textOf(segments: Segment[] | string): Promise<string | null | undefined> {
    const svg = await QRCode.toString(segments as never, { type: 'svg', margin: 4, errorCorrectionLevel: 'M', toSJISFunc: toShiftJis });
    const found = await decodeImage(await sharp(Buffer.from(svg)).resize(400, 400, { kernel: 'nearest' }).png().toBuffer(), read);
    return found === null ? undefined : found.text;
  }
  it.each<[string, Segment[] | string, string | null]>([
    ['UTF-8 bytes without a code page', [{ data: Buffer.from(text), mode: 'byte' }], text],
    ['numbers, letters and bytes mixed by the encoder', text, text],
    ['numbers and bytes mixed on purpose', [{ data: '001090012345', mode: 'numeric' }, { data: Buffer.from('|Nữ|'), mode: 'byte' }, { data: 'A B', mode: 'alphanumeric' }], '001090012345|Nữ|A B'],
    ['marks apart from their letters', [{ data: Buffer.from(text.normalize('NFD')), mode: 'byte' }], text],
    ['a letter cut over two segments', [{ data: Buffer.from('Nữ').subarray(0, 2), mode: 'byte' }, { data: Buffer.from('Nữ').subarray(2), mode: 'byte' }], 'Nữ'],
    ['short Vietnamese that looks like Shift-JIS', [{ data: Buffer.from('Huỳnh Trọng'), mode: 'byte' }], 'Huỳnh Trọng'],
    ['Latin-1 bytes', [{ data: Buffer.from('Nguyễn', 'latin1'), mode: 'byte' }], null],
    ['an overlong form of a slash', [{ data: Buffer.from([0x41, 0xc0, 0xaf]), mode: 'byte' }], null],
    ['half a letter at the end', [{ data: Buffer.from('Nữ').subarray(0, 3), mode: 'byte' }], null],
    ['Shift-JIS bytes', [{ data: Buffer.from([0x93, 0xfa, 0x96, 0x7b]), mode: 'byte' }], null],
    ['characters of the Kanji mode', [{ data: '日本', mode: 'kanji' }], null],
  ])('%s', async (_, segments, expected) => {
    expect(await textOf(segments)).toBe(expected);
  });
  it('UTF-8 under the mark that says so (ECI 26), by another author\'s encoder', async () => {
    const { prepareZXingModule, writeBarcode } = await import('zxing-wasm/writer');
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
    const { image } = await writeBarcode(text, { format: 'QRCode', scale: 5 });
    const bytes = new Uint8Array(await image!.arrayBuffer());
    const { readBarcodes } = await import('zxing-wasm/reader');
    expect((await readBarcodes(bytes))[0]!.hasECI).toBe(true);
    expect((await decodeImage(bytes, read))?.text).toBe(text);
  });
});

describe('camera frames', () => {
  let frames: Frame[];
  let scenes: Frame[][];
  let kinds: Awaited<ReturnType<typeof makeKinds>>;
  beforeAll(async () => {
    frames = await makeFrames({ count: 10 });
    scenes = await makeScenes({ count: 2 });
    kinds = await makeKinds();
  }, 240_000);

  it('single frames, good and hard, read without one wrong text', async () => {
    const answers: unknown[] = [];
    for (const { file } of frames) answers.push((await decodeFrame(await pixelsOf(file), read))?.text);
    expect(answers).toEqual(frames.map(({ text }) => text));
  });
  it('the place of a read symbol is where it lies, to two modules', async () => {
    for (const { file, place, pxPerModule } of frames) {
      const found = await decodeFrame(await pixelsOf(file), read);
      for (const [i, corner] of found!.place.corners.entries()) {
        const near = place.corners.map(({ x, y }) => Math.hypot(corner.x - x, corner.y - y));
        expect(Math.min(...near), `${file} corner ${i}`).toBeLessThan(2 * pxPerModule);
      }
    }
  });
  it.each([['good', 'ok'], ['small', 'closer'], ['blurred', 'steady'], ['dark', 'dark'], ['lit', 'glare'], ['empty', 'none']] as const)(
    'a frame of the kind "%s" gets the hint %s once it has been before the camera for a second', async (kind, hint) => {
      const picture = greyOf(await pixelsOf(kinds[kind].file));
      // A decoder that reads nothing, as of a code that is damaged: what is said must not depend on luck.
      const { place } = kinds[kind];
      const [topLeft, topRight, bottomRight, bottomLeft] = place.corners;
      const located = { isValid: false, bytes: new Uint8Array(), position: { topLeft, topRight, bottomRight, bottomLeft }, symbol: { width: place.modules } };
      const decoder = createLiveDecoder(() => Promise.resolve(kind === 'empty' || kind === 'blurred' ? [] : [located]));
      let shown = '';
      for (let at = 0; at <= 1000; at += 200) shown = (await decoder.decode(picture, at)).hint;
      expect(shown).toBe(hint);
    });
  it('a live decoder gives no wrong text of three frames of a scene, and hints only what fits them', async () => {
    for (const scene of scenes) {
      const decoder = createLiveDecoder(read);
      for (let i = 0; i < 9; i++) {
        const { file, text } = scene[i % 3]!;
        const { found, hint } = await decoder.decode(await pixelsOf(file), i * 200);
        expect([undefined, text]).toContain(found?.text);
        expect(['none', 'closer', 'steady', 'glare', 'ok']).toContain(hint);
      }
    }
  });
});
