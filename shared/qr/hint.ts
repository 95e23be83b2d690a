import type { View } from './view.ts';

/** What the person could do better: come closer, go back, hold still, turn away from a light, more light; nothing to say. */
export type Hint = 'closer' | 'farther' | 'steady' | 'glare' | 'dark' | 'ok' | 'none';

// From the measured table (README): below 2.5 pixels a module nothing reads, from 4.5 on 97 of 100 do.
const SMALL = 2.5;
const SURE = 4.5;
// A symbol this near fills the guide box and has left the depth of field of a camera that cannot focus.
const NEAR = 14;

/**
 * The hint for one frame. `none`: nothing that looks like a card is there to be bettered; `ok`: it was read, or
 * nothing is amiss with it.
 */
export function hintOf(view: View, wasRead = false): Hint {
  if (wasRead) return 'ok';
  const { brightness, contrast, blur, glare, modulePixels: size, cut } = view;
  if (size === null) {
    if (brightness < 0.12 && contrast < 0.35) return 'dark';
    if (glare > 0.1) return 'glare';
    // An even picture has no edges to be sharp: an empty desk, a hand, a lens cap.
    if (contrast < 0.2) return 'none';
    return blur > 3 ? 'steady' : 'none';
  }
  if (cut) return 'farther';
  if (size < SMALL) return 'closer';
  if (glare > 0.03) return 'glare';
  if (brightness < 0.12) return 'dark';
  // A module that is blurred by more than half of itself has lost its middle.
  if (blur > Math.max(0.62 * size, 1.6)) return size > NEAR ? 'farther' : 'steady';
  return size < SURE ? 'closer' : 'ok';
}

/** A hint that stays long enough to be read. Times are milliseconds of any clock that only rises. */
export interface SteadyHint {
  shown: Hint;
  shownAt: number;
  next: Hint;
  nextSince: number;
}

const KEEP_MS = 800;
const AGREE_MS = 400;

/**
 * The hint to show after one more frame: another takes its place once frames have agreed on it for 0.4 s and the old
 * one has stood for 0.8 s; `ok` shows at once, for it is the answer to what the person just did.
 */
export function steadied(before: SteadyHint | null, hint: Hint, now: number): SteadyHint {
  if (before === null) return { shown: 'none', shownAt: now - KEEP_MS, next: hint, nextSince: now };
  const nextSince = before.next === hint ? before.nextSince : now;
  const agreed = now - nextSince >= AGREE_MS && now - before.shownAt >= KEEP_MS;
  if (hint !== before.shown && (hint === 'ok' || agreed)) return { shown: hint, shownAt: now, next: hint, nextSince };
  return { ...before, next: hint, nextSince };
}
