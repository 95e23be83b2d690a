import type { Mark } from './marks.ts';

/** A printed line of equally spaced signs: sign k has its middle at x0 + k·pitch and stands on the base line there. */
export interface SignLine {
  x0: number;
  pitch: number;
  /** Height of the base line at x: base + slope·x. */
  base: number;
  slope: number;
  /** Signs from the first mark to the last. */
  signs: number;
}

const LEAST_MARKS = 12;
const middleX = ({ left, right }: Mark): number => (left + right) / 2;
const heightOf = ({ top, bottom }: Mark): number => bottom - top;

/** Lines of print in the order from the top, longest first among what overlaps; each of at least a dozen signs. */
export function signLines(marks: readonly Mark[]): SignLine[] {
  const lines: SignLine[] = [];
  const signs = marks.filter((m) => heightOf(m) >= 8 && heightOf(m) >= 0.8 * (m.right - m.left) && heightOf(m) <= 90).toSorted((a, b) => a.left - b.left);
  const used = new Set<Mark>();
  for (const first of signs) {
    if (used.has(first)) continue;
    const chain = chainFrom(first, signs, used);
    if (chain.length < LEAST_MARKS) continue;
    for (const mark of chain) used.add(mark);
    const line = fitted(chain);
    if (line !== null) lines.push(line);
  }
  return lines.toSorted((a, b) => a.base + a.slope * a.x0 - b.base - b.slope * b.x0);
}

/** Goes on to the right, sign by sign of about one height and level; a sign or two may be missing between. */
function chainFrom(first: Mark, signs: readonly Mark[], used: ReadonlySet<Mark>): Mark[] {
  const chain = [first];
  for (let last = first; ;) {
    const height = heightOf(last);
    const next = signs.find((m) => !used.has(m) && m.left > last.left + 0.4 * height && m.left - last.right < 2.2 * height
      && Math.abs(m.bottom - last.bottom) < 0.35 * height && heightOf(m) > 0.65 * height && heightOf(m) < 1.5 * height);
    if (next === undefined) return chain;
    chain.push(next);
    last = next;
  }
}

function fitted(chain: readonly Mark[]): SignLine | null {
  const centres = chain.map(middleX);
  const steps = centres.slice(1).map((x, i) => x - centres[i]!).toSorted((a, b) => a - b);
  let pitch = steps[Math.floor(steps.length * 0.4)]!;
  let x0 = centres[0]!;
  let places: number[] = [];
  // The first guess drifts over thirty signs, so signs are counted along the chain before all are fitted at once.
  places = [0];
  for (let i = 1; i < centres.length; i++) places.push(places[i - 1]! + Math.max(1, Math.round((centres[i]! - centres[i - 1]!) / pitch)));
  for (let round = 0; round < 2; round++) {
    const line = leastSquares(places, centres);
    if (line === null) return null;
    [x0, pitch] = [line.at0, line.perStep];
    places = centres.map((x) => Math.round((x - x0) / pitch));
  }
  const tall = chain.filter((m) => heightOf(m) > 0.9 * pitch);
  const ground = leastSquares(tall.map(middleX), tall.map((m) => m.bottom));
  if (ground === null || Math.abs(ground.perStep) > 0.2) return null;
  return { x0, pitch, base: ground.at0, slope: ground.perStep, signs: places.at(-1)! + 1 };
}

function leastSquares(xs: readonly number[], ys: readonly number[]): { at0: number; perStep: number } | null {
  const n = xs.length;
  if (n < 4) return null;
  const [sx, sy] = [xs.reduce((a, b) => a + b, 0), ys.reduce((a, b) => a + b, 0)];
  const sxx = xs.reduce((a, x) => a + x * x, 0);
  const sxy = xs.reduce((a, x, i) => a + x * ys[i]!, 0);
  const under = n * sxx - sx * sx;
  if (under === 0) return null;
  const perStep = (n * sxy - sx * sy) / under;
  return { at0: (sy - perStep * sx) / n, perStep };
}
