import { ascii, concat } from '../../electron/card/bytes.ts';
import { drawnFace, drawnFaceJp2 } from './face.ts';

export type FaceFormat = 'jpeg' | 'jp2' | 'j2k' | 'unknown';

export interface DrawnImage {
  bytes: Uint8Array;
  width: number;
  height: number;
}

const u16 = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 0xff);
const u32 = (n: number): Uint8Array => Uint8Array.of(n >>> 24, (n >> 16) & 0xff, (n >> 8) & 0xff, n & 0xff);
const largestSegment = 60_000;
/** Bytes that a JP2's codestream begins after: the box in front of it ends with its name. */
const boxName = 'jp2c';
const boxHeader = 8;
/** SOI or SOC is two bytes; SIZ must be the first segment of a codestream and is 49 bytes with its marker here. */
const afterStart = 2;
const afterSize = 2 + 2 + 0x2f;

/** Comment segments (marker, length, `head`, zeros) of so many bytes in all. */
function comments(marker: number, head: Uint8Array, bytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const smallest = 4 + head.length;
  for (let left = bytes; left >= smallest;) {
    const rest = left - Math.min(left, largestSegment);
    // What is left must be nothing or a whole segment again.
    const size = rest > 0 && rest < smallest ? left - smallest : Math.min(left, largestSegment);
    parts.push(concat(u16(marker), u16(size - 2), head, new Uint8Array(size - smallest)));
    left -= size;
  }
  return concat(...parts);
}

function insert(image: Uint8Array, at: number, filling: Uint8Array): Uint8Array {
  return concat(image.subarray(0, at), filling, image.subarray(at));
}

/** The drawn face as a whole, valid image of that format, filled up to `bytes` by comments that decoders skip. */
export function drawnImage(format: FaceFormat, bytes: number | null): DrawnImage {
  const missing = (image: Uint8Array): number => Math.max(0, (bytes ?? 0) - image.length);
  if (format === 'jpeg') {
    return { bytes: insert(drawnFace, afterStart, comments(0xfffe, new Uint8Array(0), missing(drawnFace))), width: 240, height: 320 };
  }
  const size = { width: 120, height: 160 };
  if (format === 'unknown') return { ...size, bytes: concat(ascii('no image '), new Uint8Array(Math.max(200, bytes ?? 0))) };
  const start = drawnFaceJp2.indexOf(boxName) + boxName.length;
  if (format === 'j2k') {
    const codestream = drawnFaceJp2.subarray(start);
    return { ...size, bytes: insert(codestream, afterSize, comments(0xff64, u16(0), missing(codestream))) };
  }
  const more = missing(drawnFaceJp2);
  const filling = more < boxHeader ? new Uint8Array(0) : concat(u32(more), ascii('free'), new Uint8Array(more - boxHeader));
  return { ...size, bytes: insert(drawnFaceJp2, start - boxHeader, filling) };
}
