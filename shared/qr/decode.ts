import { decodeUtf8 } from '../domain/utf8.ts';
import { nfc } from '../domain/vietnamese.ts';
import { blurred, Darkroom, enlarged, enlargedSide, greyOf, type Grey, type Pixels } from './pixels.ts';
import type { Place, Point } from './place.ts';
import { gridOf, type Grid, type Seen } from './symbol/grid.ts';
import { layoutOf } from './symbol/layout.ts';
import { drawn, recoverTogether } from './symbol/recover.ts';

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

/**
 * The steps, by rising cost: the picture as it is; blurred; the symbol's grid laid over the picture and each module
 * weighed; enlarged; the grid after a fine search.
 */
export type Step = 'plain' | 'blur' | 'grid' | 'enlarge' | 'fine-grid';
export const allSteps: readonly Step[] = ['plain', 'blur', 'grid', 'enlarge', 'fine-grid'];

/** What was found. `text` is NFC; null where the code holds no well-formed UTF-8. */
export interface DecodedQr {
  text: string | null;
  /** The step that read it; `frames` where none did but several frames together. */
  step: Step | 'frames';
  /** Where in the frame. */
  place: Place;
}

/** What a look at one frame gave: a read code, or the place of one that could not be read, or neither. */
export interface Look {
  found: DecodedQr | null;
  unread: Place | null;
  /** The grid of a symbol that was seen module by module and still not read; frames can be put together by it. */
  grid: Grid | null;
}

export interface LookOptions {
  effort?: readonly Step[];
  /** Pictures to use again; one look at a time may use it. */
  darkroom?: Darkroom;
  /** Where an earlier look at this frame saw a symbol. */
  unread?: Place | null;
  /** Where it was in the frame before. */
  before?: Place | null;
}

/**
 * Looks for one QR code in a frame, step by step until the first hit.
 * Text comes from the bytes as strict UTF-8 and never from the decoder's guess of a code page: decoders that guess
 * take short Vietnamese for Shift-JIS.
 */
export async function lookAt(frame: Grey, read: ReadQr, { effort = allSteps, darkroom = new Darkroom(), unread = null, before = null }: LookOptions = {}): Promise<Look> {
  let grid: Grid | null = null;
  if (frame.data.length === 0) return { found: null, unread, grid };
  for (const step of effort) {
    if (step === 'grid' || step === 'fine-grid') {
      // A grid that did not give a text gives none after a finer search either.
      if (grid !== null) continue;
      grid = gridOf(frame, { unread, before, fine: step === 'fine-grid', darkroom });
      const text = grid === null ? undefined : await textOf(grid, read);
      if (grid !== null && text !== undefined) return { found: { text, step, place: grid.place }, unread: null, grid: null };
      unread = grid?.place ?? unread;
      continue;
    }
    const readings = await read(prepared(frame, step, darkroom), options);
    const scale = step === 'enlarge' ? 1.5 : 1;
    const hit = nearestOf(readings, frame.width * scale, frame.height * scale);
    if (hit !== undefined) return { found: { text: textFrom(hit), step, place: placeOf(hit, scale) }, unread: null, grid: null };
    // An unreadable picture is told as an error without a symbol.
    const error = readings.find(({ symbol }) => symbol.width >= 21);
    if (unread === null && error !== undefined) unread = placeOf(error, scale);
  }
  return { found: null, unread, grid };
}

/**
 * Text of a grid: undefined where its modules mean no symbol, null where the symbol holds no UTF-8. Of several frames each
 * must bear the symbol out: two cards that lay in one place must never make a third.
 */
export async function textOf({ place: { modules }, soft, frames = [] }: Seen, read: ReadQr): Promise<string | null | undefined> {
  const layout = layoutOf(modules);
  const symbol = layout === null ? null : recoverTogether(layout, soft, frames) ?? recoverTogether(layout, mirrored(soft, modules), frames.map((frame) => mirrored(frame, modules)));
  if (symbol === null) return undefined;
  // Drawn clean for the decoder: one reader of segments, so that a text is the same whichever way it was seen.
  const hit = (await read(drawn(symbol, modules), options)).find(({ isValid, bytes }) => isValid && bytes.length > 0);
  return hit === undefined ? undefined : textFrom(hit);
}

/** Rows for columns: what a mirror makes of a symbol, whose finder patterns look the same in it. */
function mirrored(soft: Float32Array, size: number): Float32Array {
  return soft.map((_, i) => soft[(i % size) * size + Math.floor(i / size)]!);
}

function textFrom({ bytes }: Reading): string | null {
  const text = decodeUtf8(bytes);
  return text === null ? null : nfc(text);
}

/** As `lookAt`, for a colour picture; null where nothing was read. */
export async function decodeFrame(frame: Pixels, read: ReadQr, { effort = allSteps }: { effort?: readonly Step[] } = {}): Promise<DecodedQr | null> {
  return (await lookAt(greyOf(frame), read, { effort })).found;
}

/** The read symbol nearest the middle, which is the middle of the guide box too: the card held there, not one that lies beside. */
function nearestOf(readings: readonly Reading[], width: number, height: number): Reading | undefined {
  const away = ({ position: { topLeft, bottomRight } }: Reading): number => Math.hypot(topLeft.x + bottomRight.x - width, topLeft.y + bottomRight.y - height);
  return readings.filter(({ isValid }) => isValid).sort((a, b) => away(a) - away(b))[0];
}

function prepared(frame: Grey, step: 'plain' | 'blur' | 'enlarge', darkroom: Darkroom): Grey {
  const { width, height } = frame;
  if (step === 'blur') return blurred(frame, darkroom.grey('blur', width, height));
  if (step === 'enlarge') return enlarged(frame, darkroom.grey('enlarge', enlargedSide(width), enlargedSide(height)));
  return frame;
}

function placeOf({ position: { topLeft, topRight, bottomRight, bottomLeft }, symbol }: Reading, scale: number): Place {
  const at = ({ x, y }: Point): Point => ({ x: x / scale, y: y / scale });
  return { corners: [at(topLeft), at(topRight), at(bottomRight), at(bottomLeft)], modules: symbol.width };
}
