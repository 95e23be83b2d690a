/** One picture: RGBA, 8 bits a channel, rows from the top, no padding. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

function greyOf({ data, width, height }: Pixels): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let i = 0, k = 0; i < grey.length; i++, k += 4) {
    grey[i] = (306 * data[k]! + 601 * data[k + 1]! + 117 * data[k + 2]! + 512) >> 10;
  }
  return grey;
}

// One 32-bit store a pixel; grey has the same byte in all places, so only the opaque byte depends on byte order.
function fromGrey(grey: Uint8Array, width: number, height: number): Pixels {
  const words = new Uint32Array(width * height);
  for (let i = 0; i < words.length; i++) words[i] = 0xff00_0000 | (grey[i]! * 0x01_0101);
  return { data: new Uint8ClampedArray(words.buffer), width, height };
}

/** Grey picture after a 3x3 binomial blur (1-2-1 both ways): takes sensor noise and sharpening halos away. */
export function blurred(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const grey = greyOf(pixels);
  const rows = new Uint16Array(grey.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const left = grey[x > 0 ? i - 1 : i]!;
      const right = grey[x < width - 1 ? i + 1 : i]!;
      rows[i] = left + 2 * grey[i]! + right;
    }
  }
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) grey[i] = (rows[i + up]! + 2 * rows[i]! + rows[i + down]! + 8) >> 4;
  }
  return fromGrey(grey, width, height);
}

/** Grey picture, one and a half times as large, bilinear: modules of 2 to 3 pixels become readable. */
export function enlarged(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const grey = greyOf(pixels);
  const wide = Math.floor(width * 1.5);
  const high = Math.floor(height * 1.5);
  const across = places(wide, width);
  const down = places(high, height);
  const out = new Uint8Array(wide * high);
  for (let y = 0, i = 0; y < high; y++) {
    const top = down.at[y]! * width;
    const bottom = down.next[y]! * width;
    const weightDown = down.weight[y]!;
    for (let x = 0; x < wide; x++, i++) {
      const [a, b, weight] = [across.at[x]!, across.next[x]!, across.weight[x]!];
      const upper = grey[top + a]! * (256 - weight) + grey[top + b]! * weight;
      const lower = grey[bottom + a]! * (256 - weight) + grey[bottom + b]! * weight;
      out[i] = (upper * (256 - weightDown) + lower * weightDown + 32768) >> 16;
    }
  }
  return fromGrey(out, wide, high);
}

function places(size: number, from: number): { at: Uint32Array; next: Uint32Array; weight: Uint16Array } {
  const at = new Uint32Array(size);
  const next = new Uint32Array(size);
  const weight = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    const place = Math.min(Math.max((i + 0.5) / 1.5 - 0.5, 0), from - 1);
    at[i] = Math.floor(place);
    next[i] = Math.min(at[i]! + 1, from - 1);
    weight[i] = Math.round((place - at[i]!) * 256);
  }
  return { at, next, weight };
}

/** The part of a picture inside a rectangle, cut to the picture's edges. */
export function cropped(pixels: Pixels, box: { x: number; y: number; width: number; height: number }): Pixels {
  const x = Math.min(Math.max(Math.round(box.x), 0), pixels.width);
  const y = Math.min(Math.max(Math.round(box.y), 0), pixels.height);
  const width = Math.min(Math.round(box.width), pixels.width - x);
  const height = Math.min(Math.round(box.height), pixels.height - y);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * pixels.width + x) * 4;
    data.set(pixels.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { data, width, height };
}
