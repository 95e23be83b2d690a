import type { Grey } from '../pixels.ts';
import type { Point } from '../place.ts';

/** What looks like one of the three finder patterns; `unit` is its pixels a module, `likeness` at most 1. */
export interface Finder extends Point {
  unit: number;
  likeness: number;
}

const LEAST_UNIT = 1.7;
const LARGEST_UNIT = 9;
const GROWTH = 1.16;
// In the coarse steps of the search, and at the best place near one.
const LEAST_SEEN = 0.2;
const LEAST_LIKENESS = 0.34;
const MOST = 20;

/** The pattern at one size: half sides in pixels of its four squares, and what the likeness needs of their areas. */
interface Template {
  core: number;
  white: number;
  black: number;
  quiet: number;
  coreArea: number;
  ringArea: number;
  blackArea: number;
  all: number;
  bias: number;
  norm: number;
}

function templateOf(unit: number): Template {
  const [core, white, black, quiet] = [3, 5, 7, 9].map((modules) => Math.round((modules * unit - 1) / 2)) as [number, number, number, number];
  const area = (reach: number): number => (2 * reach + 1) ** 2;
  const light = area(white) - area(core) + area(quiet) - area(black);
  const all = area(quiet);
  const bias = (2 * light - all) / all;
  return { core, white, black, quiet, coreArea: area(core), ringArea: area(white) - area(core), blackArea: area(black) - area(white), all, bias, norm: Math.sqrt(all * (1 - bias * bias)) };
}

/**
 * Finder patterns by their likeness to the pattern as a picture (dark square, light ring, dark ring, light ring), which
 * holds where blur and noise have broken the run lengths 1:1:3:1:1 that decoders look for.
 */
export class FinderSearch {
  readonly #width: number;
  readonly #height: number;
  readonly #sums: Int32Array;
  readonly #squares: Float64Array;

  constructor({ data, width, height }: Grey) {
    const stride = width + 1;
    this.#width = width;
    this.#height = height;
    this.#sums = new Int32Array(stride * (height + 1));
    this.#squares = new Float64Array(stride * (height + 1));
    for (let y = 0, i = 0; y < height; y++) {
      let [row, rowSquares] = [0, 0];
      for (let x = 0, k = (y + 1) * stride + 1; x < width; x++, i++, k++) {
        const value = data[i]!;
        row += value;
        rowSquares += value * value;
        this.#sums[k] = this.#sums[k - stride]! + row;
        this.#squares[k] = this.#squares[k - stride]! + rowSquares;
      }
    }
  }

  /**
   * The likeliest of the whole picture, best first.
   * @param fine looks at every place: some three times as long, and the weakest are found too
   */
  all(fine: boolean): Finder[] {
    const seen = new Apart(this.#width);
    for (let unit = LEAST_UNIT; unit <= LARGEST_UNIT; unit *= GROWTH) {
      const template = templateOf(unit);
      const { quiet } = template;
      const step = stepAt(unit, fine);
      for (let y = quiet; y < this.#height - quiet; y += step) {
        for (let x = quiet; x < this.#width - quiet; x += step) {
          const likeness = this.#likeness(template, x, y);
          if (likeness > LEAST_SEEN) seen.keep({ x: x + 0.5, y: y + 0.5, unit, likeness });
        }
      }
    }
    const found = new Apart(this.#width);
    for (const finder of seen.best(4 * MOST)) {
      const best = this.#nearby(finder, fine);
      if (best.likeness > LEAST_LIKENESS) found.keep(best);
    }
    return found.best(MOST);
  }

  /** The best place and size within one coarse step. */
  #nearby(finder: Finder, fine: boolean): Finder {
    let best = finder;
    const reach = stepAt(finder.unit, fine) - 1;
    for (const unit of [finder.unit / Math.sqrt(GROWTH), finder.unit, finder.unit * Math.sqrt(GROWTH)]) {
      const template = templateOf(unit);
      const [middleX, middleY] = [Math.floor(finder.x), Math.floor(finder.y)];
      for (let y = Math.max(middleY - reach, template.quiet); y <= Math.min(middleY + reach, this.#height - template.quiet - 1); y++) {
        for (let x = Math.max(middleX - reach, template.quiet); x <= Math.min(middleX + reach, this.#width - template.quiet - 1); x++) {
          const likeness = this.#likeness(template, x, y);
          if (likeness > best.likeness) best = { x: x + 0.5, y: y + 0.5, unit, likeness };
        }
      }
    }
    return best;
  }

  #likeness({ core, white, black, quiet, coreArea, ringArea, blackArea, all, bias, norm }: Template, x: number, y: number): number {
    const inner = this.#square(this.#sums, x, y, core);
    const ring = this.#square(this.#sums, x, y, white);
    // Cheap refusals first: the core is darker than the ring around it, and so is the ring around that.
    const dark = inner / coreArea;
    const light = (ring - inner) / ringArea;
    if (light - dark < 5) return 0;
    const outer = this.#square(this.#sums, x, y, black);
    if ((outer - ring) / blackArea > (light * 3 + dark) / 4) return 0;
    const sum = this.#square(this.#sums, x, y, quiet);
    const spread = this.#square(this.#squares, x, y, quiet) - (sum * sum) / all;
    return spread <= 0 ? 0 : (sum - 2 * (outer - ring + inner) - bias * sum) / (norm * Math.sqrt(spread));
  }

  #square(sums: Int32Array | Float64Array, x: number, y: number, reach: number): number {
    const stride = this.#width + 1;
    const top = (y - reach) * stride + x;
    const bottom = (y + reach + 1) * stride + x;
    return sums[bottom + reach + 1]! - sums[bottom - reach]! - sums[top + reach + 1]! + sums[top - reach]!;
  }
}

/** Pixels from one looked-at place to the next. */
function stepAt(unit: number, fine: boolean): number {
  return fine ? (unit < 2.5 ? 1 : 2) : Math.max(2, Math.floor(unit * 0.7));
}

/**
 * Finders of which overlapping ones are one, the likeliest. Kept by tiles: a page full of what looks like them would cost
 * the square of their number in a list.
 */
class Apart {
  readonly #tiles = new Map<number, Finder[]>();
  readonly #across: number;
  readonly #side = 3 * LARGEST_UNIT * GROWTH;

  constructor(width: number) {
    this.#across = Math.ceil(width / this.#side) + 2;
  }

  keep(finder: Finder): void {
    const [column, row] = [Math.floor(finder.x / this.#side) + 1, Math.floor(finder.y / this.#side) + 1];
    for (let y = row - 1; y <= row + 1; y++) {
      for (let x = column - 1; x <= column + 1; x++) {
        const tile = this.#tiles.get(y * this.#across + x);
        if (tile !== undefined && isTold(tile, finder)) return;
      }
    }
    const here = row * this.#across + column;
    const tile = this.#tiles.get(here);
    if (tile === undefined) this.#tiles.set(here, [finder]);
    else tile.push(finder);
  }

  /** The likeliest, best first. */
  best(count: number): Finder[] {
    return [...this.#tiles.values()].flat().sort((a, b) => b.likeness - a.likeness).slice(0, count);
  }
}

/** Whether one of a tile lies over the finder; the likelier of both stays. */
function isTold(tile: Finder[], finder: Finder): boolean {
  for (let i = 0; i < tile.length; i++) {
    const other = tile[i]!;
    const near = 3 * Math.max(other.unit, finder.unit);
    if (Math.abs(other.x - finder.x) > near || Math.abs(other.y - finder.y) > near) continue;
    if (other.likeness < finder.likeness) tile[i] = finder;
    return true;
  }
  return false;
}
