import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import { loadQrReader } from '../../electron/devices/qr-node.ts';
import { decodeUtf8 } from '../../shared/domain/utf8.ts';
import { lookAt, textOf, type ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder } from '../../shared/qr/live.ts';
import { Darkroom, greyOf, type Pixels } from '../../shared/qr/pixels.ts';
import { GridStack } from '../../shared/qr/symbol/stack.ts';
import { makeFrames, makeScenes, type Frame } from '../fixtures/qr/make-frames.ts';
import { percentile, rounded, type Figure } from './figure.ts';
import { loadOldReader } from './qr-old.ts';

type Decode = (pixels: Pixels) => Promise<string | null> | string | null;

interface Tally {
  right: number;
  wrong: number;
  /** Milliseconds a frame of 1280 x 720. */
  ms: number[];
}

const CHAIN = 'our chain';
const PLAIN = 'zxing-wasm, one plain call';
const OLD = '@zxing/library';

/**
 * Our chain beside one plain call of zxing-wasm (its own defaults, QR only) and @zxing/library, on camera frames of the
 * seed that served to choose the steps and of one that served no choice; three frames of one scene put together beside the
 * best single one; 1080p; the worker in the real Electron. Frames are decoded from JPEG before the clock starts, as a
 * camera would give them.
 */
export async function bench({ small, frames = 300, scenes = 60 }: { small: boolean; frames?: number; scenes?: number }): Promise<Figure[]> {
  const read = await loadQrReader();
  const { readBarcodes } = await import('zxing-wasm/reader');
  const darkroom = new Darkroom();
  const decoders: Record<string, Decode> = {
    [CHAIN]: async (pixels) => (await lookAt(greyOf(pixels, darkroom.grey('frame', pixels.width, pixels.height)), read, { darkroom })).found?.text ?? null,
    [PLAIN]: async (pixels) => {
      const [found] = await readBarcodes(pixels as ImageData, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
      return found === undefined ? null : decodeUtf8(found.bytes);
    },
    [OLD]: loadOldReader(),
  };
  const chosen = await makeFrames({ count: small ? 10 : frames });
  const unseen = await makeFrames({ seed: 99, count: small ? 10 : Math.min(frames, 120) });
  const ofChosen = await tallied(chosen, decoders);
  const ofUnseen = await tallied(unseen, decoders);
  return [
    ...texts('seed 20261122', ofChosen, chosen.length, chosen.length === 300 ? 272 : null),
    ...texts('seed 99', ofUnseen, unseen.length, unseen.length === 120 ? 107 : null),
    ...[50, 95].flatMap((p): Figure[] => {
      const of = (name: string): number => rounded(percentile([...ofChosen[name]!.ms, ...ofUnseen[name]!.ms], p));
      const limit = p === 50 ? 10 : 40;
      return [PLAIN, OLD].map((peer, i): Figure => ({
        name: `qr decode a 720p frame p${p}`, value: of(CHAIN), unit: 'ms', peer: { name: peer, value: of(peer) }, ratio: rounded(of(CHAIN) / of(peer)),
        // Of a handful of frames the 95th percentile is the worst one, which says nothing.
        ...(small || i > 0 ? { goal: null, met: null } : { goal: `<= ${limit} ms`, met: of(CHAIN) <= limit }),
      }));
    }),
    ...await largeFrames(chosen, read),
    ...await threeFrames(await makeScenes({ count: small ? 2 : scenes }), read, small),
    ...await (await import('./qr-worker.ts')).bench({ small, frames: (await easy(unseen, read)).slice(0, 36) }),
  ];
}

async function tallied(frames: readonly Frame[], decoders: Record<string, Decode>): Promise<Record<string, Tally>> {
  const tallies = Object.fromEntries(Object.keys(decoders).map((name): [string, Tally] => [name, { right: 0, wrong: 0, ms: [] }]));
  // Warmed with frames good and hard: a kiosk has been running for hours.
  for (const { file } of frames.slice(0, 20)) for (const decode of Object.values(decoders)) await decode(await pixelsOf(file));
  const named = Object.entries(decoders);
  for (const [i, { file, text }] of frames.entries()) {
    const pixels = await pixelsOf(file);
    // In turn: whoever comes first pays for bringing the picture into the cache.
    for (const k of named.keys()) {
      const [name, decode] = named[(i + k) % named.length]!;
      const start = performance.now();
      const answer = await decode(pixels);
      const tally = tallies[name]!;
      if (pixels.width === 1280) tally.ms.push(performance.now() - start);
      if (answer === text) tally.right += 1;
      else if (answer !== null) tally.wrong += 1;
    }
  }
  return tallies;
}

function texts(seed: string, tallies: Record<string, Tally>, count: number, goal: number | null): Figure[] {
  const ours = tallies[CHAIN]!;
  return [PLAIN, OLD].flatMap((name, i): Figure[] => {
    const peer = tallies[name]!;
    return [
      {
        name: `qr exact texts of ${count} frames, ${seed}`, value: ours.right, unit: 'frames', peer: { name, value: peer.right }, ratio: rounded(ours.right / peer.right),
        ...(goal === null || i > 0 ? { goal: null, met: null } : { goal: `>= ${goal}`, met: ours.right >= goal }),
      },
      { name: `qr wrong texts of ${count} frames, ${seed}`, value: ours.wrong, unit: 'frames', peer: { name, value: peer.wrong }, ratio: null, goal: i > 0 ? null : '0', met: i > 0 ? null : ours.wrong === 0 },
    ];
  });
}

/** What the live decoder does first with a 1080p frame (the guide box of it, grey and first step) beside the whole of it. */
async function largeFrames(frames: readonly Frame[], read: ReadQr): Promise<Figure[]> {
  const box: number[] = [];
  const whole: number[] = [];
  const darkroom = new Darkroom();
  for (const { file } of frames.filter(({ condition }) => condition.includes('720p')).slice(0, 60)) {
    const pixels = await pixelsOf(file, { width: 1920, height: 1080 });
    // A new one each time: it begins with the box, and what it missed before would add a dear step.
    const decoder = createLiveDecoder(read);
    const start = performance.now();
    await decoder.decode(pixels, 0);
    const middle = performance.now();
    await lookAt(greyOf(pixels, darkroom.grey('frame', 1920, 1080)), read, { effort: ['plain'], darkroom });
    box.push(middle - start);
    whole.push(performance.now() - middle);
  }
  return [50, 95].map((p): Figure => {
    const [value, peer] = [rounded(percentile(box, p)), rounded(percentile(whole, p))];
    return { name: `qr first look at a 1080p frame, guide box p${p}`, value, unit: 'ms', peer: { name: 'first look at the whole frame', value: peer }, ratio: rounded(value / peer), goal: null, met: null };
  });
}

/** Cards read from three frames: by any one of them alone with every step, and with their grids put together. */
async function threeFrames(scenes: readonly (readonly Frame[])[], read: ReadQr, small: boolean): Promise<Figure[]> {
  const singles = [0, 0, 0];
  let [any, together, wrong] = [0, 0, 0];
  const darkroom = new Darkroom();
  for (const scene of scenes) {
    const stack = new GridStack();
    let [single, read3]: [boolean, string | null | undefined] = [false, null];
    for (const [i, { file, text }] of scene.entries()) {
      const { found, grid } = await lookAt(greyOf(await pixelsOf(file)), read, { darkroom, before: stack.placeAt(i * 50) });
      if (found?.text === text) {
        single = true;
        singles[i]! += 1;
      } else if (found !== null) wrong += 1;
      if (grid !== null) stack.add(grid, i * 50);
    }
    const grids = stack.together();
    if (grids !== null) read3 = await textOf(grids, read);
    if (single) any += 1;
    if (single || read3 === scene[0]!.text) together += 1;
    if (typeof read3 === 'string' && read3 !== scene[0]!.text) wrong += 1;
  }
  const best = Math.max(...singles);
  return [
    {
      name: `qr cards of ${scenes.length} read from three jittered frames together`, value: together, unit: 'cards', peer: { name: 'best single frame of the three', value: any }, ratio: rounded(together / any),
      ...(small ? { goal: null, met: null } : { goal: `> ${any}`, met: together > any }),
    },
    { name: `qr cards of ${scenes.length} read from three jittered frames together`, value: together, unit: 'cards', peer: { name: 'one frame of each (the best place of the three)', value: best }, ratio: rounded(together / best), goal: null, met: null },
    { name: 'qr wrong texts of jittered frames', value: wrong, unit: 'frames', peer: null, ratio: null, goal: '0', met: wrong === 0 },
  ];
}

/** Frames of 1280 x 720 that the first step reads. */
async function easy(frames: readonly Frame[], read: ReadQr): Promise<Frame[]> {
  const read1: Frame[] = [];
  for (const frame of frames) {
    if (frame.condition.includes('720p') && (await lookAt(greyOf(await pixelsOf(frame.file)), read, { effort: ['plain'] })).found !== null) read1.push(frame);
  }
  return read1;
}

async function pixelsOf(file: string, size?: { width: number; height: number }): Promise<Pixels> {
  const image = sharp(file);
  const { data, info } = await (size === undefined ? image : image.resize({ ...size, kernel: 'cubic' })).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
