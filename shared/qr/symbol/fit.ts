import type { Place, Point } from '../place.ts';
import { modulePixels } from '../place.ts';
import { layoutOf, type Layout } from './layout.ts';
import { projectionOf, reliefAt, type Relief } from './relief.ts';

/** A symbol laid over a picture: how well what every symbol shows is seen there, -1 to 1. */
export interface Fit {
  place: Place;
  score: number;
}

const HOPELESS = 0.5;
// Steps uphill that one fit may take, so that no picture leads it on for ever.
const MOST_CLIMBS = 1000;

interface Marks {
  u: Float32Array;
  v: Float32Array;
  sign: Float32Array;
}

const kept = new Map<number, Marks>();

/** The middles of the fixed modules, and what brightness they have: finders, timing, alignment, version, and the light ring around. */
function marksOf(layout: Layout): Marks {
  const before = kept.get(layout.size);
  if (before !== undefined) return before;
  const { size, fixed } = layout;
  const marks: [number, number, number][] = [];
  for (let i = 0; i < fixed.length; i++) if (fixed[i] !== 0) marks.push([(i % size) + 0.5, Math.floor(i / size) + 0.5, -fixed[i]!]);
  for (let i = 0; i < size; i++) for (const [u, v] of [[i, -1], [i, size], [-1, i], [size, i]] as const) marks.push([u + 0.5, v + 0.5, 0.5]);
  const made = { u: Float32Array.from(marks, ([u]) => u), v: Float32Array.from(marks, ([, v]) => v), sign: Float32Array.from(marks, ([, , sign]) => sign) };
  kept.set(size, made);
  return made;
}

/** Sum of the relief where light is due less where dark is due; beside it the sum without signs, in `total`. */
function agreement(relief: Relief, marks: Marks, place: Place, total: { value: number }): number {
  const [xu, xv, x0, yu, yv, y0, g, h] = projectionOf(place) as unknown as [number, number, number, number, number, number, number, number];
  const { u, v, sign } = marks;
  let sum = 0;
  let all = 0;
  for (let i = 0; i < u.length; i++) {
    const a = u[i]!;
    const b = v[i]!;
    const w = 1 / (g * a + h * b + 1);
    const value = reliefAt(relief, (xu * a + xv * b + x0) * w, (yu * a + yv * b + y0) * w) * sign[i]!;
    sum += value;
    all += value < 0 ? -value : value;
  }
  total.value = all;
  return sum;
}

/**
 * Moves a symbol's corners until its fixed modules fall best on the picture: shifts, turns and swells it as a whole and
 * each corner alone, in steps from `reach` modules down to a sixteenth. Null where there is no symbol of such a size.
 */
export function fit(relief: Relief, start: Place, reach: number): Fit | null {
  const layout = layoutOf(start.modules);
  if (layout === null) return null;
  const marks = marksOf(layout);
  const total = { value: 0 };
  const unit = modulePixels(start);
  let place = start;
  let climbs = 0;
  let best = agreement(relief, marks, place, total);
  let share = total.value === 0 ? -1 : best / total.value;
  for (let step = reach; step >= 0.06 && climbs < MOST_CLIMBS; step /= 2) {
    for (let sweep = 0; sweep < 4; sweep++) {
      let moved = false;
      for (const next of moves(place, step * unit)) {
        for (const sign of [1, -1]) {
          let candidate = next(place, sign);
          let value = agreement(relief, marks, candidate, total);
          // On the way up, on.
          while (value > best && climbs++ < MOST_CLIMBS) {
            [place, best, moved] = [candidate, value, true];
            share = best / total.value;
            candidate = next(place, sign);
            value = agreement(relief, marks, candidate, total);
          }
        }
      }
      if (!moved) break;
    }
    // What is no symbol shows by now; the finer steps are the dear ones.
    if (step <= 0.5 && share < HOPELESS) break;
  }
  return { place, score: share };
}

/** How well a symbol at a place is seen as it stands, -1 to 1, without moving it. */
export function scoreAt(relief: Relief, place: Place): number {
  const layout = layoutOf(place.modules);
  if (layout === null) return -1;
  const total = { value: 0 };
  const sum = agreement(relief, marksOf(layout), place, total);
  return total.value === 0 ? -1 : sum / total.value;
}

type Move = (place: Place, sign: number) => Place;

function moves({ corners }: Place, step: number): Move[] {
  const middle = { x: (corners[0].x + corners[1].x + corners[2].x + corners[3].x) / 4, y: (corners[0].y + corners[1].y + corners[2].y + corners[3].y) / 4 };
  const radius = Math.hypot(corners[0].x - middle.x, corners[0].y - middle.y);
  const whole = (change: (point: Point, amount: number) => Point): Move => (place, sign) => withCorners(place, (point) => change(point, sign * step));
  const turned = whole(({ x, y }, amount) => ({ x: x - ((y - middle.y) * amount) / radius, y: y + ((x - middle.x) * amount) / radius }));
  const swollen = whole(({ x, y }, amount) => ({ x: x + ((x - middle.x) * amount) / radius, y: y + ((y - middle.y) * amount) / radius }));
  const alone = [0, 1, 2, 3].flatMap((corner): Move[] => [
    (place, sign) => withCorners(place, (point, i) => (i === corner ? { x: point.x + sign * step, y: point.y } : point)),
    (place, sign) => withCorners(place, (point, i) => (i === corner ? { x: point.x, y: point.y + sign * step } : point)),
  ]);
  return [whole(({ x, y }, amount) => ({ x: x + amount, y })), whole(({ x, y }, amount) => ({ x, y: y + amount })), turned, swollen, ...alone];
}

function withCorners({ corners: [a, b, c, d], modules }: Place, change: (point: Point, i: number) => Point): Place {
  return { corners: [change(a, 0), change(b, 1), change(c, 2), change(d, 3)], modules };
}
