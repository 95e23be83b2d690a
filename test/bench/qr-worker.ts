import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { launchKiosk } from '../e2e/harness.ts';
import type { Frame } from '../fixtures/qr/make-frames.ts';
import { percentile, rounded, type Figure } from './figure.ts';

/**
 * The app's built worker in the real Electron: from a picture on the page to the worker's answer, first step. That is
 * making the bitmap, handing it over, drawing it, decoding, answering; the page's own share is measured beside it.
 * @param frames 1280 x 720, such as the first step reads: after a miss the next look would be a dear one
 */
export async function bench({ small, frames }: { small: boolean; frames: readonly Frame[] }): Promise<Figure[]> {
  const kiosk = await launchKiosk();
  try {
    const assets = path.resolve(import.meta.dirname, '..', '..', 'out', 'renderer', 'assets');
    const worker = readdirSync(assets).find((name) => /^qr-worker-.*\.js$/.test(name));
    if (worker === undefined) throw new Error('the built app has no QR worker');
    const pictures = frames.map(({ file }) => readFileSync(file).toString('base64'));
    const { trips, blocked } = await kiosk.page.evaluate(measured, { address: `/assets/${worker}`, pictures, rounds: small ? 2 : 4 });
    const figure = (name: string, samples: readonly number[], p: number, limit: number): Figure => {
      const value = rounded(percentile(samples, p));
      return { name: `${name} p${p}`, value, unit: 'ms', peer: null, ratio: null, ...(small ? { goal: null, met: null } : { goal: `<= ${limit} ms`, met: value <= limit }) };
    };
    return [
      figure('qr worker round trip of step 1 in Electron', trips, 50, 20), figure('qr worker round trip of step 1 in Electron', trips, 95, 30),
      figure('qr page blocked per frame in Electron', blocked, 95, 6),
    ];
  } finally {
    await kiosk.close();
  }
}

/** Runs in the page. */
async function measured({ address, pictures, rounds }: { address: string; pictures: string[]; rounds: number }): Promise<{ trips: number[]; blocked: number[] }> {
  const worker = new Worker(address, { type: 'module' });
  const look = async (source: HTMLCanvasElement): Promise<{ ms: number; page: number }> => {
    const start = performance.now();
    const bitmap = await createImageBitmap(source);
    const answered = new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<{ kind: string }>) => {
        if (data.kind === 'ready') resolve();
      };
      worker.onerror = () => reject(new Error('the QR worker failed'));
    });
    worker.postMessage({ kind: 'picture', picture: bitmap }, [bitmap]);
    const posted = performance.now();
    await answered;
    return { ms: performance.now() - start, page: posted - start };
  };
  const trips: number[] = [];
  const blocked: number[] = [];
  for (const picture of pictures) {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.width, height: image.height });
    canvas.getContext('2d')!.drawImage(image, 0, 0);
    for (let round = 0; round < rounds; round++) {
      const { ms, page } = await look(canvas);
      trips.push(ms);
      blocked.push(page);
    }
  }
  worker.terminate();
  return { trips, blocked };
}
