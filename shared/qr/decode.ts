import { decodeUtf8 } from '../domain/utf8.ts';
import { nfc } from '../domain/vietnamese.ts';
import { blurred, enlarged, type Pixels } from './pixels.ts';

/** How the decoder is asked; the names are those of zxing-wasm, which is passed in as the port. */
export interface ReadOptions {
  formats: ['QRCode'];
  maxNumberOfSymbols: number;
  textMode: 'Plain';
  tryHarder: boolean;
  tryRotate: boolean;
  tryInvert: boolean;
  tryDownscale: boolean;
}

/** Port: finds QR codes in a picture and gives their raw bytes. True form: `readBarcodes` of zxing-wasm. */
export type ReadQr = (pixels: Pixels, options: ReadOptions) => Promise<readonly { bytes: Uint8Array }[]>;

// tryDownscale stays on: without it QR on phone screens (VNeID) are not read at all. No card is printed inverted.
const options: ReadOptions = {
  formats: ['QRCode'], maxNumberOfSymbols: 1, textMode: 'Plain', tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true,
};

/** The three steps, by rising cost: as it is, grey and blurred, grey and enlarged. */
export type Step = 'plain' | 'blur' | 'enlarge';
export const allSteps: readonly Step[] = ['plain', 'blur', 'enlarge'];

/** What was found. `text` is NFC; null where the code holds no well-formed UTF-8. */
export interface DecodedQr {
  text: string | null;
  step: Step;
}

/**
 * Looks for one QR code in a frame, step by step until the first hit; null where there is none.
 * Text comes from the bytes as strict UTF-8 and never from the decoder's guess of a code page: decoders that guess
 * take short Vietnamese for Shift-JIS.
 */
export async function decodeFrame(frame: Pixels, read: ReadQr, { effort = allSteps }: { effort?: readonly Step[] } = {}): Promise<DecodedQr | null> {
  for (const step of effort) {
    const pixels = step === 'plain' ? frame : step === 'blur' ? blurred(frame) : enlarged(frame);
    const [found] = await read(pixels, options);
    if (found !== undefined) {
      const text = decodeUtf8(found.bytes);
      return { text: text === null ? null : nfc(text), step };
    }
  }
  return null;
}

/**
 * Steps for the next frame of live video after so many frames without a hit: the first step on every frame, the
 * two dear ones on alternate frames, so that no frame costs all three.
 */
export function liveEffort(missedFrames: number): readonly [Step, Step?] {
  if (missedFrames === 0) return ['plain'];
  return missedFrames % 2 === 1 ? ['plain', 'blur'] : ['plain', 'enlarge'];
}
