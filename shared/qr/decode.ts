import { decodeUtf8 } from '../domain/utf8.ts';
import { nfc } from '../domain/vietnamese.ts';
import { blurred, Darkroom, enlarged, enlargedSide, greyOf, type Grey, type Pixels } from './pixels.ts';
import type { Place, Point } from './place.ts';

/** How the decoder is asked; the names are those of zxing-wasm, which is passed in as the port. */
export interface ReadOptions {
  formats: ['QRCodeModel2'];
  maxNumberOfSymbols: number;
  textMode: 'Plain';
  tryHarder: boolean;
  tryRotate: boolean;
  tryInvert: boolean;
  tryDownscale: boolean;
  returnErrors: boolean;
}

/** One symbol of a picture. Where `isValid` is false it was located but not read, and `bytes` mean nothing. */
export interface Reading {
  isValid: boolean;
  bytes: Uint8Array;
  position: { topLeft: Point; topRight: Point; bottomRight: Point; bottomLeft: Point };
  symbol: { width: number };
}

/** Port: finds QR codes in a picture. True form: `readBarcodes(picture.file, options)` of zxing-wasm. */
export type ReadQr = (picture: Grey, options: ReadOptions) => Promise<readonly Reading[]>;

// tryDownscale stays on: without it QR on phone screens (VNeID) are not read at all. No card is printed inverted, and
// Micro QR, which "QRCode" would include, costs time for nothing. Errors tell where an unread symbol lies.
const options: ReadOptions = {
  formats: ['QRCodeModel2'], maxNumberOfSymbols: 8, textMode: 'Plain', tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true, returnErrors: true,
};

/** The three steps, by rising cost: as it is, blurred, enlarged. */
export type Step = 'plain' | 'blur' | 'enlarge';
export const allSteps: readonly Step[] = ['plain', 'blur', 'enlarge'];

/** What was found. `text` is NFC; null where the code holds no well-formed UTF-8. */
export interface DecodedQr {
  text: string | null;
  step: Step;
  /** Where in the frame. */
  place: Place;
}

/** What a look at one frame gave: a read code, or the place of one that could not be read, or neither. */
export interface Look {
  found: DecodedQr | null;
  unread: Place | null;
}

/**
 * Looks for one QR code in a frame, step by step until the first hit.
 * Text comes from the bytes as strict UTF-8 and never from the decoder's guess of a code page: decoders that guess
 * take short Vietnamese for Shift-JIS.
 */
export async function lookAt(frame: Grey, read: ReadQr, { effort = allSteps, darkroom = new Darkroom() }: { effort?: readonly Step[]; darkroom?: Darkroom } = {}): Promise<Look> {
  let unread: Place | null = null;
  if (frame.data.length === 0) return { found: null, unread };
  for (const step of effort) {
    const readings = await read(prepared(frame, step, darkroom), options);
    const scale = step === 'enlarge' ? 1.5 : 1;
    const hit = readings.find(({ isValid }) => isValid);
    if (hit !== undefined) {
      const text = decodeUtf8(hit.bytes);
      return { found: { text: text === null ? null : nfc(text), step, place: placeOf(hit, scale) }, unread: null };
    }
    // Symbols below version 1 are no QR codes: an unreadable picture is told as an error without a symbol.
    const error = readings.find(({ symbol }) => symbol.width >= 21);
    if (unread === null && error !== undefined) unread = placeOf(error, scale);
  }
  return { found: null, unread };
}

/** As `lookAt`, for a colour picture; null where nothing was read. */
export async function decodeFrame(frame: Pixels, read: ReadQr, { effort = allSteps }: { effort?: readonly Step[] } = {}): Promise<DecodedQr | null> {
  return (await lookAt(greyOf(frame), read, { effort })).found;
}

function prepared(frame: Grey, step: Step, darkroom: Darkroom): Grey {
  const { width, height } = frame;
  if (step === 'blur') return blurred(frame, darkroom.grey('blur', width, height));
  if (step === 'enlarge') return enlarged(frame, darkroom.grey('enlarge', enlargedSide(width), enlargedSide(height)));
  return frame;
}

function placeOf({ position: { topLeft, topRight, bottomRight, bottomLeft }, symbol }: Reading, scale: number): Place {
  const at = ({ x, y }: Point): Point => ({ x: x / scale, y: y / scale });
  return { corners: [at(topLeft), at(topRight), at(bottomRight), at(bottomLeft)], modules: symbol.width };
}
