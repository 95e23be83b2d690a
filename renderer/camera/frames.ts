import { greyOf, type Grey } from '../../shared/qr/pixels.ts';
import { FrameGrey } from './frame-grey.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
const frameGrey = new FrameGrey();

/** The clock of both worker and page: milliseconds since 1970 with fractions. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Worker: hands each frame that the page sends to `look`, one at a time; the next is the newest then. */
export function lookAtFrames(look: (picture: Grey, capturedAt: number) => Promise<void>): void {
  self.addEventListener('message', ({ data: message }: MessageEvent<ToWorker>) => {
    // Only a reported error reaches the page, which then starts a new worker; a rejection would end here unseen.
    (message.kind === 'stream' ? empty(message.frames, look) : single(message.picture, look)).catch(reportError);
  });
}

async function empty(frames: ReadableStream<VideoFrame>, look: (picture: Grey, capturedAt: number) => Promise<void>): Promise<void> {
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

async function single(bitmap: ImageBitmap, look: (picture: Grey, capturedAt: number) => Promise<void>): Promise<void> {
  const capturedAt = now();
  const picture = drawn(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  if (picture !== null) await look(picture, capturedAt);
  self.postMessage({ kind: 'ready' } satisfies FromWorker);
}

function drawn(picture: VideoFrame | ImageBitmap, width: number, height: number): Grey | null {
  if (context === null) return null;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return greyOf({ data: data as Uint8ClampedArray<ArrayBuffer>, width, height });
}
