import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder } from '../../shared/qr/live.ts';
import { greyOf, type Grey } from '../../shared/qr/pixels.ts';
import { sight, type Sighting } from '../../shared/qr/sight.ts';
import { FrameGrey } from './frame-grey.ts';
import { LiveHint } from './live-hint.ts';
import type { FromQrWorker, ShownHint, ToQrWorker } from './messages.ts';

// Without this the package fetches its program from a public host, which a kiosk has no way to reach.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

const read: ReadQr = (picture, options) => readBarcodes(picture.file, options);
const decoder = createLiveDecoder(read);
const say = (message: FromQrWorker): void => self.postMessage(message);
const now = (): number => performance.timeOrigin + performance.now();

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
const frameGrey = new FrameGrey();
let sighting: Sighting | null = null;

function drawn(picture: VideoFrame | ImageBitmap, width: number, height: number): Grey | null {
  if (context === null) return null;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return greyOf({ data: data as Uint8ClampedArray<ArrayBuffer>, width, height });
}

async function look(picture: Grey, capturedAt: number): Promise<void> {
  const { found, hint } = await decoder.decode(picture, capturedAt);
  const decodedAt = now();
  tellView(liveHint.next(picture, found === null ? hint : 'ok', decodedAt), decodedAt);
  // A code without UTF-8 text is of no use here; it counts as found so that no dear step is spent on it.
  if (found?.text === null || found?.text === undefined) return;
  const seen = sight(sighting, found.text, decodedAt);
  sighting = seen.sighting;
  if (seen.report) say({ kind: 'text', text: found.text, capturedAt, decodedAt });
}

const TELL_EVERY_MS = 500;
const liveHint = new LiveHint();
let told: ShownHint | null = null;
let toldAt = Number.NEGATIVE_INFINITY;

function tellView(hint: ShownHint | null, at: number): void {
  if (hint === told && at - toldAt < TELL_EVERY_MS) return;
  [told, toldAt] = [hint, at];
  say({ kind: 'view', hint });
}

async function empty(frames: ReadableStream<VideoFrame>): Promise<void> {
  const reader = frames.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const frame = next.value;
    const capturedAt = now();
    let picture: Grey | null;
    try {
      const { displayWidth, displayHeight } = frame;
      picture = await frameGrey.read(frame) ?? drawn(frame, displayWidth, displayHeight);
    } finally {
      // A camera has few frames to lend: one that is not given back stops it.
      frame.close();
    }
    if (picture !== null) await look(picture, capturedAt);
  }
}

async function single(bitmap: ImageBitmap): Promise<void> {
  const capturedAt = now();
  const picture = drawn(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  if (picture !== null) await look(picture, capturedAt);
  say({ kind: 'ready' });
}

self.addEventListener('message', ({ data: message }: MessageEvent<ToQrWorker>) => {
  // Only a reported error reaches the page, which then starts a new worker; a rejection would end here unseen.
  (message.kind === 'stream' ? empty(message.frames) : single(message.picture)).catch(reportError);
});
