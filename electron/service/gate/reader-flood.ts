/** People give a reader no more in a row, and no more a second: beyond that it reads noise, or one code without end. */
const mostInRow = 40;
const mostASecond = 10;

/** Whether a reader's scan is still one that somebody made; told for each, by the name of its input. */
export type FloodGuard = (input: string) => boolean;

/** @param monoMs milliseconds that only go forward */
export function createFloodGuard(monoMs: () => number): FloodGuard {
  const left = new Map<string, { scans: number; at: number }>();
  return (input) => {
    const now = monoMs();
    const before = left.get(input) ?? { scans: mostInRow, at: now };
    const scans = Math.min(mostInRow, before.scans + ((now - before.at) / 1000) * mostASecond);
    left.set(input, { scans: scans < 1 ? scans : scans - 1, at: now });
    return scans >= 1;
  };
}
