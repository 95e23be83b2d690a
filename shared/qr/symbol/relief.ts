import { fitted, type Box, type Grey } from '../pixels.ts';
import type { Place, Point } from '../place.ts';

/** Brightness less the mean around it, in a part of a frame: light that falls off or shines on one side is taken away. */
export interface Relief {
  data: Float32Array;
  box: Box;
}

/** @param radius of the mean's square, pixels */
export function reliefOf({ data, width, height }: Grey, wanted: Box, radius: number): Relief {
  const box = fitted(wanted, { width, height });
  const stride = box.width + 1;
  const sums = new Int32Array(stride * (box.height + 1));
  for (let y = 0; y < box.height; y++) {
    let row = 0;
    for (let x = 0, i = (box.y + y) * width + box.x; x < box.width; x++, i++) {
      row += data[i]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  const relief = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const [top, bottom] = [Math.max(y - radius, 0), Math.min(y + radius + 1, box.height)];
    for (let x = 0; x < box.width; x++) {
      const [left, right] = [Math.max(x - radius, 0), Math.min(x + radius + 1, box.width)];
      const sum = sums[bottom * stride + right]! - sums[top * stride + right]! - sums[bottom * stride + left]! + sums[top * stride + left]!;
      relief[y * box.width + x] = data[(box.y + y) * width + box.x + x]! - sum / ((bottom - top) * (right - left));
    }
  }
  return { data: relief, box };
}

/** Relief at a place between pixels (pixel 0 has its middle at 0.5); 0 outside. */
export function reliefAt({ data, box }: Relief, x: number, y: number): number {
  const [left, top] = [x - box.x - 0.5, y - box.y - 0.5];
  const column = Math.floor(left);
  const row = Math.floor(top);
  if (!(column >= 0 && row >= 0 && column < box.width - 1 && row < box.height - 1)) return 0;
  const i = row * box.width + column;
  const [a, b] = [left - column, top - row];
  return (data[i]! * (1 - a) + data[i + 1]! * a) * (1 - b) + (data[i + box.width]! * (1 - a) + data[i + box.width + 1]! * a) * b;
}

/** Nine numbers that take a module's column and row to pixels: x = (0·u + 1·v + 2) / (6·u + 7·v + 1), y with 3 to 5. */
export type Projection = Float64Array;

/** The projection that puts a symbol's square on its four corners. */
export function projectionOf({ corners: [a, b, c, d], modules }: Place): Projection {
  const [dx1, dx2, sx] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, sy] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const n = modules;
  return Float64Array.of((b.x - a.x + g * b.x) / n, (d.x - a.x + h * d.x) / n, a.x, (b.y - a.y + g * b.y) / n, (d.y - a.y + h * d.y) / n, a.y, g / n, h / n, 1);
}

/** Where a place of the symbol, in modules, lies in the picture, in pixels. */
export function project(p: Projection, u: number, v: number): Point {
  const w = p[6]! * u + p[7]! * v + 1;
  return { x: (p[0]! * u + p[1]! * v + p[2]!) / w, y: (p[3]! * u + p[4]! * v + p[5]!) / w };
}

/** The box around a symbol with so many modules of room on each side. */
export function boxAround({ corners }: Place, room: number): Box {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - room, Math.min(...ys) - room];
  return { x, y, width: Math.max(...xs) + room - x, height: Math.max(...ys) + room - y };
}
