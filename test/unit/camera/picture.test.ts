import { describe, expect, it } from 'vitest';
import { boxOnScreen } from '../../../renderer/camera/box-on-screen.ts';
import { noHint, patientHint } from '../../../renderer/camera/patient-hint.ts';
import type { Hint } from '../../../shared/qr/hint.ts';

describe('the guide box on the screen', () => {
  const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
  const hd = { width: 1920, height: 1080 };

  it('lies as in the picture where both have one shape', () => {
    expect(boxOnScreen(box, hd, { width: 640, height: 360 }, false)).toEqual({ x: 0.1, y: 0.2, width: expect.closeTo(0.3, 9), height: expect.closeTo(0.4, 9) });
  });
  it('lies on the other side in a mirror', () => {
    expect(boxOnScreen(box, hd, { width: 640, height: 360 }, true).x).toBeCloseTo(0.6, 9);
  });
  it('grows with a picture that is cut at its sides', () => {
    // A square view shows the middle 9/16 of the picture's width.
    const { x, width, y, height } = boxOnScreen({ x: 0.25, y: 0.1, width: 0.5, height: 0.8 }, hd, { width: 500, height: 500 }, false);
    expect([x, width, y, height]).toEqual([expect.closeTo(0.5 - 0.25 * (16 / 9), 9), expect.closeTo(0.5 * (16 / 9), 9), expect.closeTo(0.1, 9), expect.closeTo(0.8, 9)]);
  });
  it('ends where the view ends', () => {
    expect(boxOnScreen({ x: 0, y: 0, width: 1, height: 1 }, hd, { width: 300, height: 600 }, true)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });
});

describe('a hint to the person', () => {
  /** What is shown after each of these, a tenth of a second apart. */
  const shown = (hints: readonly Hint[]): (string | null)[] => {
    let state = noHint;
    return hints.map((hint, n) => { state = patientHint(state, hint, n * 100); return state.shown; });
  };
  it('shows once there was one to give for 0.6 s, and at once changes to another', () => {
    expect(shown([...Array<Hint>(7).fill('closer'), 'glare'])).toEqual([...Array<null>(6).fill(null), 'closer', 'glare']);
  });
  it('goes at a read, and as long passes before the next', () => {
    expect(shown([...Array<Hint>(7).fill('dark'), 'ok', ...Array<Hint>(6).fill('dark')]).slice(6)).toEqual(['dark', ...Array<null>(7).fill(null)]);
  });
  it('goes when nothing is held there any more', () => expect(shown([...Array<Hint>(12).fill('steady'), 'none']).at(-1)).toBeNull());
});
