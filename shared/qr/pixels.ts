/** One colour picture: RGBA, 8 bits a channel, rows from the top, no padding. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

/**
 * One grey picture: `data` is a byte a pixel, rows from the top, no padding. `file` is the same memory with the head
 * of a portable grey map (PGM, "P5") before it: the form in which zxing-wasm takes a picture without turning RGBA
 * to grey on every call.
 */
export interface Grey {
  data: Uint8Array<ArrayBuffer>;
  file: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** A black picture, with the head of a PGM file before its brightness: one buffer for both uses. */
export function newGrey(width: number, height: number): Grey {
  const head = `P5\n${width} ${height}\n255\n`;
  const file = new Uint8Array(head.length + width * height);
  for (let i = 0; i < head.length; i++) file[i] = head.charCodeAt(i);
  return { data: file.subarray(head.length), file, width, height };
}

/** Pictures that are used again from frame to frame, by name and size: a camera's frame is a megabyte a step. */
export class Darkroom {
  readonly #greys = new Map<string, Grey>();

  grey(name: string, width: number, height: number): Grey {
    const kept = this.#greys.get(name);
    if (kept !== undefined && kept.width === width && kept.height === height) return kept;
    const fresh = newGrey(width, height);
    this.#greys.set(name, fresh);
    return fresh;
  }
}

/** Brightness as the eye weighs it (the weights of zxing-wasm itself, in 1/1024). */
export function greyOf({ data, width, height }: Pixels, into = newGrey(width, height)): Grey {
  const grey = into.data;
  if (data.byteOffset % 4 !== 0) {
    for (let i = 0, k = 0; i < grey.length; i++, k += 4) grey[i] = (306 * data[k]! + 601 * data[k + 1]! + 117 * data[k + 2]! + 512) >> 10;
    return into;
  }
  // One load a pixel where memory allows it; every machine that runs this keeps the red byte lowest.
  const words = new Int32Array(data.buffer, data.byteOffset, grey.length);
  for (let i = 0; i < grey.length; i++) {
    const word = words[i]!;
    grey[i] = (306 * (word & 255) + 601 * ((word >> 8) & 255) + 117 * ((word >> 16) & 255) + 512) >> 10;
  }
  return into;
}

/** As `greyOf`, for the part inside a box (in whole pixels, inside the picture). */
export function greyPartOf({ data, width }: Pixels, box: Box, into = newGrey(box.width, box.height)): Grey {
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * width + box.x) * 4;
    const row = { data: data.subarray(from, from + box.width * 4), width: box.width, height: 1 };
    greyOf(row, { ...into, data: into.data.subarray(y * box.width, (y + 1) * box.width) });
  }
  return into;
}

/** The picture after a 3x3 binomial blur (1-2-1 both ways): takes sensor noise and sharpening halos away. */
export function blurred({ data, width, height }: Grey, into = newGrey(width, height)): Grey {
  const out = into.data;
  if (out.length === 0) return into;
  // Row sums of the rows above, at and below: three short rows stay in the cache, a whole picture would not.
  let [above, here, below] = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
  sumRow(data, 0, width, here);
  above.set(here);
  for (let y = 0; y < height; y++) {
    if (y + 1 < height) sumRow(data, (y + 1) * width, width, below);
    else below.set(here);
    for (let x = 0, i = y * width; x < width; x++, i++) out[i] = (above[x]! + 2 * here[x]! + below[x]! + 8) >> 4;
    [above, here, below] = [here, below, above];
  }
  return into;
}

function sumRow(data: Uint8Array, from: number, width: number, sums: Uint16Array): void {
  let left = data[from]!;
  let here = left;
  for (let x = 0; x < width; x++) {
    const right = x + 1 < width ? data[from + x + 1]! : here;
    sums[x] = left + 2 * here + right;
    left = here;
    here = right;
  }
}

/** The picture one and a half times as large, bilinear: modules of 2 to 3 pixels become readable. */
export function enlarged({ data, width, height }: Grey, into = newGrey(enlargedSide(width), enlargedSide(height))): Grey {
  const { data: out, width: wide, height: high } = into;
  if (out.length === 0) return into;
  const across = places(wide, width);
  const down = places(high, height);
  // Rows are widened once each (values times 256), then mixed downwards.
  let [upper, lower] = [new Int32Array(wide), new Int32Array(wide)];
  let [upperRow, lowerRow] = [-1, -1];
  for (let y = 0, i = 0; y < high; y++) {
    const [top, bottom, weight] = [down.at[y]!, down.next[y]!, down.weight[y]!];
    if (top !== upperRow) {
      if (top === lowerRow) [upper, lower, lowerRow] = [lower, upper, upperRow];
      else widenRow(data, top * width, across, upper);
      upperRow = top;
    }
    if (bottom !== lowerRow) {
      widenRow(data, bottom * width, across, lower);
      lowerRow = bottom;
    }
    const other = 256 - weight;
    for (let x = 0; x < wide; x++, i++) out[i] = (upper[x]! * other + lower[x]! * weight + 32768) >> 16;
  }
  return into;
}

/** Length of a side after `enlarged`. */
export function enlargedSide(side: number): number {
  return Math.floor(side * 1.5);
}

/** The picture at a whole fraction of its size, each pixel the mean of those it stands for. */
export function shrunk({ data, width, height }: Grey, by: number, into = newGrey(Math.floor(width / by), Math.floor(height / by))): Grey {
  const { data: out, width: narrow, height: low } = into;
  const area = by * by;
  for (let y = 0, i = 0; y < low; y++) {
    for (let x = 0; x < narrow; x++, i++) {
      let sum = area >> 1;
      for (let dy = 0, from = y * by * width + x * by; dy < by; dy++, from += width) for (let dx = 0; dx < by; dx++) sum += data[from + dx]!;
      out[i] = sum / area;
    }
  }
  return into;
}

interface Places {
  at: Int32Array;
  next: Int32Array;
  weight: Int32Array;
}

function widenRow(data: Uint8Array, from: number, { at, next, weight }: Places, row: Int32Array): void {
  for (let x = 0; x < row.length; x++) {
    const share = weight[x]!;
    row[x] = data[from + at[x]!]! * (256 - share) + data[from + next[x]!]! * share;
  }
}

function places(size: number, from: number): Places {
  const at = new Int32Array(size);
  const next = new Int32Array(size);
  const weight = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const place = Math.min(Math.max((i + 0.5) / 1.5 - 0.5, 0), from - 1);
    at[i] = Math.floor(place);
    next[i] = Math.min(at[i]! + 1, from - 1);
    weight[i] = Math.round((place - at[i]!) * 256);
  }
  return { at, next, weight };
}

/** A rectangle in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A rectangle in whole pixels, cut to the picture's edges. */
export function fitted(box: Box, picture: { width: number; height: number }): Box {
  const x = Math.min(Math.max(Math.round(box.x), 0), picture.width);
  const y = Math.min(Math.max(Math.round(box.y), 0), picture.height);
  const right = Math.min(Math.max(Math.round(box.x + box.width), x), picture.width);
  const bottom = Math.min(Math.max(Math.round(box.y + box.height), y), picture.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** The part of a picture inside a rectangle, cut to the picture's edges. */
export function cropped(picture: Grey, box: Box, darkroom?: Darkroom): Grey {
  const { x, y, width, height } = fitted(box, picture);
  const part = darkroom?.grey('crop', width, height) ?? newGrey(width, height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * picture.width + x;
    part.data.set(picture.data.subarray(from, from + width), row * width);
  }
  return part;
}
