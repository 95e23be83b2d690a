import type { Place } from '../place.ts';
import type { Grid, Seen } from './grid.ts';
import { layoutOf } from './layout.ts';

const MOST = 5;
const KEEP_MS = 1500;
// Of one card's frames the least alike had 0.74, of two cards 95 of 100 pairs less than 0.16 and the most alike 0.64: those
// two together read as neither, which costs a second and is no wrong text.
const LEAST_LIKENESS = 0.5;

/**
 * The grids of one symbol from the last frames, module on module: light that hides a part moves, noise changes, and what one
 * frame cannot tell another can. A grid of another symbol begins anew.
 */
export class GridStack {
  #grids: { grid: Grid; weight: number; at: number }[] = [];

  /** @param at milliseconds of a clock that only rises */
  add(grid: Grid, at: number): void {
    this.forget(at);
    this.#grids = this.#grids.slice(1 - MOST);
    if (this.#grids.some((kept) => !isSame(kept.grid, grid))) this.#grids = [];
    this.#grids.push({ grid, weight: weightOf(grid), at });
  }

  clear(): void {
    this.#grids = [];
  }

  /** Drops what is too old: a card that has left the picture leaves nothing of itself behind. */
  forget(at: number): void {
    this.#grids = this.#grids.filter((kept) => at - kept.at <= KEEP_MS);
  }

  /** Where the symbol was last seen; null where too long ago. */
  placeAt(at: number): Place | null {
    this.forget(at);
    return this.#grids.at(-1)?.grid.place ?? null;
  }

  /** All together, each as much as it is to be trusted; null while there is one only. */
  together(): Seen | null {
    const last = this.#grids.at(-1);
    if (last === undefined || this.#grids.length < 2) return null;
    const soft = new Float32Array(last.grid.soft.length);
    for (const { grid, weight } of this.#grids) for (let i = 0; i < soft.length; i++) soft[i]! += weight * bounded(grid.soft[i]!);
    return { place: last.grid.place, soft, frames: this.#grids.map(({ grid }) => grid.soft) };
  }
}

const bounded = (value: number): number => Math.max(-1.3, Math.min(1.3, value));

function isSame(a: Grid, b: Grid): boolean {
  if (a.soft.length !== b.soft.length) return false;
  let [both, ofA, ofB] = [0, 0, 0];
  const fixed = layoutOf(a.place.modules)!.fixed;
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] !== 0) continue;
    both += a.soft[i]! * b.soft[i]!;
    ofA += a.soft[i]! ** 2;
    ofB += b.soft[i]! ** 2;
  }
  return both > LEAST_LIKENESS * Math.sqrt(ofA * ofB);
}

// Keeps a frame that light hides in part from counting for nothing in the part that it shows.
const LEAST_VARIANCE = 0.1;

/** One over the variance by which modules of known colour were missed. */
function weightOf({ place, soft }: Grid): number {
  const fixed = layoutOf(place.modules)!.fixed;
  let [error, count] = [0, 0];
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] === 0) continue;
    error += (bounded(soft[i]!) - fixed[i]!) ** 2;
    count += 1;
  }
  return 1 / (error / count + LEAST_VARIANCE);
}
