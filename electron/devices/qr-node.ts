import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import type { ReadQr } from '../../shared/qr/decode.ts';
import { allSteps, decodeFrame, type DecodedQr, type Step } from '../../shared/qr/decode.ts';
import type { Pixels } from '../../shared/qr/pixels.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';

const MAX_PIXELS = 40_000_000;
const MAX_BYTES = 50_000_000;
// A picture full of noise costs seconds: after this much no further size is tried.
const PATIENCE_MS = 3000;
// The dear steps cost by the pixel and a photograph far larger than its code is read better small. The largest size
// keeps an 11 mm code on an A4 page of 600 dpi at 3 pixels a module.
const tries: readonly { side: number; effort: readonly Step[] }[] = [
  { side: 2560, effort: allSteps }, { side: 1280, effort: allSteps }, { side: 4200, effort: ['plain'] },
];
// No SVG and no PDF: what is asked for is a picture, not a document to render.
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

/** The decoder port over zxing-wasm with the `.wasm` of its own package: nothing is fetched. */
export async function loadQrReader(): Promise<ReadQr> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const wasmPath = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const file = await readFile(wasmPath);
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true });
  return (picture, options) => readBarcodes(picture.file, options);
}

/**
 * Finds a QR code in an image file; null where there is none.
 * Problems: `file-unreadable`, `image-too-large` (50 MB, 40 million pixels), `image-unreadable`.
 */
export async function decodeImageFile(path: string, read: ReadQr): Promise<DecodedQr | null> {
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile()) throw new ProblemError('file-unreadable');
  if (info.size > MAX_BYTES) throw new ProblemError('image-too-large');
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) throw new ProblemError('file-unreadable');
  return decodeImage(bytes, read);
}

/** As `decodeImageFile`, for the bytes of an image. */
export async function decodeImage(bytes: Uint8Array, read: ReadQr): Promise<DecodedQr | null> {
  if (bytes.length > MAX_BYTES) throw new ProblemError('image-too-large');
  const start = performance.now();
  // A picture below the size of a try comes out as it is: the same one is not looked at twice.
  const seen = new Set<number>();
  for (const { side, effort } of tries) {
    const pixels = await pixelsOf(bytes, side);
    if (seen.has(pixels.width)) continue;
    seen.add(pixels.width);
    const found = await decodeFrame(pixels, read, { effort });
    if (found !== null || performance.now() - start > PATIENCE_MS) return found;
  }
  return null;
}

/** The picture, made smaller where its longer side is above `side`. */
async function pixelsOf(bytes: Uint8Array, side: number): Promise<Pixels> {
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, width, height } = await image.metadata();
    if (!FORMATS.has(format)) throw new ProblemError('image-unreadable');
    if (width * height > MAX_PIXELS) throw new ProblemError('image-too-large');
    // Transparent parts become white: a code saved without background is black on nothing.
    const flat = image.flatten({ background: '#fff' }).toColourspace('srgb');
    const sized = flat.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await sized.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { data: new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length), width: info.width, height: info.height };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const tooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new ProblemError(tooLarge ? 'image-too-large' : 'image-unreadable');
  }
}
