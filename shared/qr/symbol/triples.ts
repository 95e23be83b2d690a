import type { Place, Point } from '../place.ts';
import type { Finder } from './finders.ts';

/** Three finder patterns that may belong to one symbol: the corner first, then the two that it sees. */
interface Triple {
  corner: Finder;
  right: Finder;
  down: Finder;
  likeness: number;
}

// Versions 1 to 20: more modules than 97 a side no card has, and no camera here could show.
const MOST_MODULES = 97;
// The true one was among the first three in every frame measured.
const MOST_TRIED = 6;

/** Where symbols may lie by their finder patterns, the likeliest first; for each the places of every size that fits. */
export function placesOf(finders: readonly Finder[]): Place[][] {
  const triples: Triple[] = [];
  for (let a = 0; a < finders.length; a++) {
    for (let b = a + 1; b < finders.length; b++) {
      for (let c = b + 1; c < finders.length; c++) {
        const triple = tripleOf(finders[a]!, finders[b]!, finders[c]!);
        if (triple !== null) triples.push(triple);
      }
    }
  }
  triples.sort((a, b) => b.likeness - a.likeness);
  return triples.slice(0, MOST_TRIED).map(placesOfTriple);
}

function tripleOf(a: Finder, b: Finder, c: Finder): Triple | null {
  const units = [a.unit, b.unit, c.unit];
  if (Math.max(...units) > 1.5 * Math.min(...units)) return null;
  const away = (p: Point, q: Point): number => Math.hypot(p.x - q.x, p.y - q.y);
  const sides = [{ corner: a, p: b, q: c, far: away(b, c) }, { corner: b, p: a, q: c, far: away(a, c) }, { corner: c, p: a, q: b, far: away(a, b) }];
  const { corner, p, q } = sides.reduce((longest, side) => (side.far > longest.far ? side : longest));
  const [toP, toQ] = [away(corner, p), away(corner, q)];
  if (Math.max(toP, toQ) > 1.5 * Math.min(toP, toQ)) return null;
  const cosine = ((p.x - corner.x) * (q.x - corner.x) + (p.y - corner.y) * (q.y - corner.y)) / (toP * toQ);
  if (Math.abs(cosine) > 0.45) return null;
  const unit = (units[0]! + units[1]! + units[2]!) / 3;
  const modules = (toP + toQ) / 2 / unit + 7;
  if (modules < 18 || modules > MOST_MODULES * 1.2) return null;
  // Downwards lies clockwise of rightwards on a screen.
  const turn = (p.x - corner.x) * (q.y - corner.y) - (p.y - corner.y) * (q.x - corner.x);
  const [right, down] = turn > 0 ? [p, q] : [q, p];
  const likeness = a.likeness + b.likeness + c.likeness - 0.5 * Math.abs(cosine) - 0.3 * Math.abs(Math.log(toP / toQ)) - 0.3 * Math.log(Math.max(...units) / Math.min(...units));
  return { corner, right, down, likeness };
}

function placesOfTriple({ corner, right, down }: Triple): Place[] {
  const unit = (corner.unit + right.unit + down.unit) / 3;
  const legs = (Math.hypot(right.x - corner.x, right.y - corner.y) + Math.hypot(down.x - corner.x, down.y - corner.y)) / 2;
  const estimate = legs / unit + 7;
  const places: Place[] = [];
  for (let modules = 21; modules <= MOST_MODULES; modules += 4) {
    if (Math.abs(modules / estimate - 1) > 0.2) continue;
    const between = modules - 7;
    const at = (u: number, v: number): Point => ({
      x: corner.x + ((right.x - corner.x) * (u - 3.5) + (down.x - corner.x) * (v - 3.5)) / between,
      y: corner.y + ((right.y - corner.y) * (u - 3.5) + (down.y - corner.y) * (v - 3.5)) / between,
    });
    places.push({ corners: [at(0, 0), at(modules, 0), at(modules, modules), at(0, modules)], modules });
  }
  return places;
}
