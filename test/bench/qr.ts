import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import { loadQrReader } from '../../electron/devices/qr-node.ts';
import { decodeUtf8 } from '../../shared/domain/utf8.ts';
import { decodeFrame } from '../../shared/qr/decode.ts';
import type { Pixels } from '../../shared/qr/pixels.ts';
import { makeFrames } from '../fixtures/qr/make-frames.ts';
import { percentile, rounded, type Figure } from './figure.ts';

interface Tally {
  ms: number[];
  right: number;
  wrong: number;
}

/**
 * Our three steps beside one plain call of zxing-wasm (its own defaults, QR only), on camera frames of a seed that
 * served no choice of steps. Frames are decoded from JPEG before the clock starts, as a camera would give them.
 */
export async function bench({ small }: { small: boolean }): Promise<Figure[]> {
  const frames = await makeFrames({ seed: 99, count: small ? 10 : 120 });
  const ours = await loadQrReader();
  const { readBarcodes } = await import('zxing-wasm/reader');
  const decoders = {
    chain: async (pixels: Pixels) => (await decodeFrame(pixels, ours))?.text ?? null,
    plain: async (pixels: Pixels) => {
      const [found] = await readBarcodes(pixels as ImageData, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
      return found === undefined ? null : decodeUtf8(found.bytes);
    },
  };
  const tallies: Record<keyof typeof decoders, Tally> = { chain: { ms: [], right: 0, wrong: 0 }, plain: { ms: [], right: 0, wrong: 0 } };
  const first = await pixelsOf(frames[0]!.file);
  for (const decode of Object.values(decoders)) for (let i = 0; i < 5; i++) await decode(first);

  for (const { file, text } of frames) {
    const pixels = await pixelsOf(file);
    for (const name of ['chain', 'plain'] as const) {
      const start = performance.now();
      const read = await decoders[name](pixels);
      const tally = tallies[name];
      tally.ms.push(performance.now() - start);
      if (read === text) tally.right += 1;
      else if (read !== null) tally.wrong += 1;
    }
  }
  const { chain, plain } = tallies;
  const time = (name: string, p: number, limit: number): Figure => {
    const value = percentile(chain.ms, p);
    const peer = percentile(plain.ms, p);
    return {
      name, value: rounded(value), unit: 'ms', peer: { name: 'zxing-wasm, one plain call', value: rounded(peer) }, ratio: rounded(value / peer),
      // Of ten frames the 95th percentile is the worst one, which says nothing.
      ...(small ? { goal: null, met: null } : { goal: `<= ${limit} ms`, met: value <= limit }),
    };
  };
  return [
    time('qr decode a frame p50', 50, 10),
    time('qr decode a frame p95', 95, 40),
    {
      name: `qr exact texts of ${frames.length} frames`, value: chain.right, unit: 'frames', peer: { name: 'zxing-wasm, one plain call', value: plain.right },
      ratio: rounded(chain.right / plain.right), ...(small ? { goal: null, met: null } : { goal: '>= 109', met: chain.right >= 109 }),
    },
    { name: 'qr wrong texts', value: chain.wrong, unit: 'frames', peer: { name: 'zxing-wasm, one plain call', value: plain.wrong }, ratio: null, goal: '0', met: chain.wrong === 0 },
  ];
}

async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
