import type { FaceImage } from '../../shared/contracts/identity.ts';

export type ImageFormat = FaceImage['format'];

/** What the first bytes of an image say by themselves. Pixels. */
export interface ImageHeader {
  format: ImageFormat;
  width: number;
  height: number;
}

const jpegStart = [0xff, 0xd8, 0xff];
const jp2Start = [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20];
const j2kStart = [0xff, 0x4f, 0xff, 0x51];
// A face on a card has under one megapixel; more is a fault or an attack on the decoder.
const maxSide = 8_192;
const maxBoxes = 64;
const maxSegments = 1_000;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65_536 + u16(bytes, at + 2);

/** JPEG, JP2 or bare JPEG 2000 codestream, by its first bytes; null for anything else. */
function imageFormat(bytes: Uint8Array): ImageFormat | null {
  if (startsWith(bytes, jpegStart)) return 'jpeg';
  if (startsWith(bytes, jp2Start)) return 'jp2';
  return startsWith(bytes, j2kStart) ? 'j2k' : null;
}

/** Where an image begins inside other bytes; -1 when there is none. */
export function findImage(bytes: Uint8Array): number {
  for (let at = 0; at + 8 < bytes.length; at += 1) {
    const first = bytes[at];
    if ((first === 0xff || first === 0) && imageFormat(bytes.subarray(at)) !== null) return at;
  }
  return -1;
}

/** Format and size from the image's own header; null when there is none that can be read. */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const format = imageFormat(bytes);
  const size = format === 'jpeg' ? jpegSize(bytes) : format === 'jp2' ? jp2Size(bytes) : format === 'j2k' ? j2kSize(bytes) : null;
  if (!format || !size || size.width < 1 || size.height < 1 || size.width > maxSide || size.height > maxSide) return null;
  return { format, width: size.width, height: size.height };
}

interface Size {
  width: number;
  height: number;
}

/** Start of frame (ITU-T T.81 clause B.2.2): any SOF but the tables DHT, JPG and DAC of the same row. */
function jpegSize(bytes: Uint8Array): Size | null {
  let at = 2;
  for (let i = 0; i < maxSegments && at + 9 < bytes.length; i += 1) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: u16(bytes, at + 7), height: u16(bytes, at + 5) };
    }
    // Start of scan, end of image and restarts come after the frame header: there was none.
    if (marker === 0xda || marker === 0xd9 || u16(bytes, at + 2) < 2) return null;
    at += 2 + u16(bytes, at + 2);
  }
  return null;
}

/** The image header box inside the JP2 header box (ISO/IEC 15444-1 annex I.5.3.1). */
function jp2Size(bytes: Uint8Array): Size | null {
  const header = findBox(bytes, 'jp2h');
  const image = header && findBox(header, 'ihdr');
  return image && image.length >= 8 ? { height: u32(image, 0), width: u32(image, 4) } : null;
}

/** Content of the first box of this type. */
function findBox(bytes: Uint8Array, type: string): Uint8Array | null {
  let at = 0;
  for (let i = 0; i < maxBoxes && at + 8 <= bytes.length; i += 1) {
    const declared = u32(bytes, at);
    // 0: to the end; 1 and 8-byte lengths are for files far greater than a card holds.
    const length = declared === 0 ? bytes.length - at : declared;
    if (length < 8 || at + length > bytes.length) return null;
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === type) return bytes.subarray(at + 8, at + length);
    at += length;
  }
  return null;
}

/** SIZ marker segment (ISO/IEC 15444-1 annex A.5.1): reference grid less the offset of the image. */
function j2kSize(bytes: Uint8Array): Size | null {
  return bytes.length < 24 ? null : { width: u32(bytes, 8) - u32(bytes, 16), height: u32(bytes, 12) - u32(bytes, 20) };
}

/** What a decoder of a JPEG 2000 codestream will have to make. */
export interface Codestream extends Size {
  tiles: number;
  components: number;
}

/** The codestream's own measures, which the JP2 boxes round it need not agree with; null when there is none. */
export function codestreamOf(bytes: Uint8Array): Codestream | null {
  const stream = imageFormat(bytes) === 'jp2' ? findBox(bytes, 'jp2c') : bytes;
  const size = stream && startsWith(stream, j2kStart) && stream.length > 42 ? j2kSize(stream) : null;
  if (!stream || !size || size.width < 1 || size.height < 1) return null;
  const across = Math.ceil((u32(stream, 8) - u32(stream, 32)) / u32(stream, 24));
  const down = Math.ceil((u32(stream, 12) - u32(stream, 36)) / u32(stream, 28));
  return { ...size, tiles: across * down, components: u16(stream, 40) };
}
