import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder } from '../../shared/qr/live.ts';
import { sight, type Sighting } from '../../shared/qr/sight.ts';
import type { FromQrWorker, ToQrWorker } from './messages.ts';

// Without this the package fetches its program from a public host, which a kiosk has no way to reach.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

const read: ReadQr = (picture, options) => readBarcodes(picture.file, options);
const decoder = createLiveDecoder(read);
const say = (message: FromQrWorker): void => self.postMessage(message);
const now = (): number => performance.timeOrigin + performance.now();

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
let sighting: Sighting | null = null;

async function look(picture: VideoFrame | ImageBitmap, width: number, height: number): Promise<void> {
  if (context === null || width === 0 || height === 0) return;
  const capturedAt = now();
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  const { found } = await decoder.decode({ data: data as Uint8ClampedArray<ArrayBuffer>, width, height }, capturedAt);
  // A code without UTF-8 text is of no use here; it counts as found so that no dear step is spent on it.
  if (found?.text === null || found?.text === undefined) return;
  const decodedAt = now();
  const seen = sight(sighting, found.text, decodedAt);
  sighting = seen.sighting;
  if (seen.report) say({ kind: 'text', text: found.text, capturedAt, decodedAt });
}

async function empty(frames: ReadableStream<VideoFrame>): Promise<void> {
  const reader = frames.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    await look(next.value, next.value.displayWidth, next.value.displayHeight);
  }
}

self.addEventListener('message', (event: MessageEvent<ToQrWorker>) => {
  const message = event.data;
  if (message.kind === 'stream') {
    // Only a reported error reaches the page, which then starts a new worker; a rejection would end here unseen.
    empty(message.frames).catch(reportError);
    return;
  }
  const { width, height } = message.picture;
  look(message.picture, width, height).then(() => say({ kind: 'ready' })).catch(reportError);
});
