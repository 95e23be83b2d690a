/** Who takes the next code that the page's own scanners read, instead of the gate; one at a time, the last one. */
let claim: ((text: string) => void) | null = null;

/** Takes the next code, once; returns the function that gives up waiting. For the guard's desk, on a machine that is a gate too. */
export function claimNextCode(take: (text: string) => void): () => void {
  claim = take;
  return () => { if (claim === take) claim = null; };
}

/** Gives a code to whoever waits for one; false where nobody does, and it is the gate's. */
export function offerCode(text: string): boolean {
  const take = claim;
  claim = null;
  take?.(text);
  return take !== null;
}
