/** One measured figure: beside a peer in the same run, as a ratio, with the goal that it should meet. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The bare library or peer measured in the same run; null where there is none. */
  peer: { name: string; value: number } | null;
  /** value ÷ peer value. */
  ratio: number | null;
  /** In words, such as "<= 15 ms and <= 3 x peer"; null where the figure is only shown. */
  goal: string | null;
  met: boolean | null;
}

/** The p-th percentile (0 to 100) of samples, nearest rank. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

/** Figures are printed to three significant decimals: more would claim a precision that a shared machine lacks. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
