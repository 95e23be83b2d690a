import type { Grey } from '../../../shared/qr/pixels.ts';

/** The box around one connected mark of ink, in pixels; `right` and `bottom` lie outside. */
export interface Mark { left: number; right: number; top: number; bottom: number }

// Print is darker than the mean around it by this share; pattern and noise of the card's ground are not.
const DARKER = 0.82;
const MOST_MARKS = 4000;

/** The marks of ink on a lighter ground: dark against what lies around them, whatever the light. */
export function inkMarks(picture: Grey, around: number): Mark[] {
  const { width, height } = picture;
  const ink = inkOf(picture, around);
  const marks: Mark[] = [];
  const open: number[] = [];
  for (let start = 0; start < ink.length && marks.length < MOST_MARKS; start++) {
    if (ink[start] === 0) continue;
    const mark = { left: width, right: 0, top: height, bottom: 0 };
    ink[start] = 0;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      mark.left = Math.min(mark.left, x);
      mark.right = Math.max(mark.right, x + 1);
      mark.top = Math.min(mark.top, y);
      mark.bottom = Math.max(mark.bottom, y + 1);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (ink[next] === 0) continue;
          ink[next] = 0;
          open.push(next);
        }
      }
    }
    marks.push(mark);
  }
  return marks;
}

function inkOf({ data, width, height }: Grey, around: number): Uint8Array {
  const across = width + 1;
  const sums = new Uint32Array(across * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, row = 0; x < width; x++) {
      row += data[y * width + x]!;
      sums[(y + 1) * across + x + 1] = sums[y * across + x + 1]! + row;
    }
  }
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - around), Math.min(height, y + around + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - around), Math.min(width, x + around + 1)];
      const sum = sums[bottom * across + right]! - sums[top * across + right]! - sums[bottom * across + left]! + sums[top * across + left]!;
      if (data[y * width + x]! * (right - left) * (bottom - top) < DARKER * sum) ink[y * width + x] = 1;
    }
  }
  return ink;
}
