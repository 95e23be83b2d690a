import type { J2kDecoder } from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { FacePicture } from './dg2.ts';
import { codestreamOf, imageHeader } from './image-header.ts';

/** Pixels of a face, four bytes each (red, green, blue, opacity), row by row. */
export interface DecodedFace {
  width: number;
  height: number;
  rgba: Uint8Array;
}

// Bounds of what a decoder written in C is given to work on.
const maxBytes = 200_000;
const maxPixels = 2_000_000;
const maxTiles = 256;
const maxComponents = 4;
const maxBits = 16;

/**
 * The pixels of a JPEG 2000 face (JP2 or bare codestream), which no browser shows. A JPEG needs none of this.
 * The decoder is made anew for each picture: a damaged one leaves nothing behind, nor does a person.
 * @throws ProblemError `card-file-invalid` for a picture that is damaged, too large, or no JPEG 2000
 */
export async function decodeFace({ bytes }: Pick<FacePicture, 'bytes'>): Promise<DecodedFace> {
  checkBounds(bytes);
  const { default: load } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
  const quiet = (): void => undefined;
  const library = await load({ print: quiet, printErr: quiet });
  try {
    return decode(new library.J2KDecoder(), bytes);
  } catch (error) {
    // The library throws numbers, strings and errors of its own.
    throw error instanceof ProblemError ? error : new ProblemError('card-file-invalid', 'face: not decoded');
  }
}

function checkBounds(bytes: Uint8Array): void {
  const header = imageHeader(bytes);
  const stream = header && header.format !== 'jpeg' ? codestreamOf(bytes) : null;
  const good = stream !== null && bytes.length <= maxBytes && stream.width * stream.height <= maxPixels
    && stream.tiles <= maxTiles && stream.components <= maxComponents;
  if (!good) throw new ProblemError('card-file-invalid', 'face: bounds');
}

function decode(decoder: J2kDecoder, bytes: Uint8Array): DecodedFace {
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo();
  const samples = decoder.getDecodedBuffer();
  const wide = bitsPerSample > 8;
  const expected = width * height * componentCount * (wide ? 2 : 1);
  if (width < 1 || height < 1 || componentCount < 1 || componentCount > maxComponents || bitsPerSample > maxBits || samples.length !== expected) {
    throw new ProblemError('card-file-invalid', 'face: frame');
  }
  const at = (i: number): number => (wide ? (samples[2 * i]! + 256 * samples[2 * i + 1]!) >> (bitsPerSample - 8) : samples[i]! << (8 - bitsPerSample));
  return { width, height, rgba: toRgba(width * height, componentCount, at) };
}

/** One or two components are grey and opacity, three or four colour and opacity. */
function toRgba(pixels: number, components: number, at: (i: number) => number): Uint8Array {
  const rgba = new Uint8Array(pixels * 4);
  const colours = components >= 3 ? 3 : 1;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const from = pixel * components;
    for (let i = 0; i < 3; i += 1) rgba[pixel * 4 + i] = at(from + (colours === 3 ? i : 0));
    rgba[pixel * 4 + 3] = components > colours ? at(from + colours) : 255;
  }
  return rgba;
}
