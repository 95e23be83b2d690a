import { describe, expect, it } from 'vitest';
import { cardCode, farthestMm, modulePixelsNeeded, opticsVerdict, pixelsPerModule, seenWidthMm } from '../../shared/domain/optics.ts';

const at = (pixelsAcross: number, distanceMm: number, lensDegrees = 60) => pixelsPerModule({ ...cardCode, pixelsAcross, distanceMm, lensDegrees });

describe('a card’s code before a camera', () => {
  it('at 25 cm of a 60° lens lies in a picture 289 mm wide', () => expect(seenWidthMm({ lensDegrees: 60, distanceMm: 250 })).toBeCloseTo(288.7, 1));

  it.each([[1280, 250, 1.0], [1920, 250, 1.5], [1280, 100, 2.5], [1920, 100, 3.7], [2560, 100, 5.0]])('%i pixels across at %i mm gives %f pixels a module', (pixels, distance, expected) => {
    expect(at(pixels, distance)).toBeCloseTo(expected, 1);
  });

  it.each([
    [2.49, 'unreadable'], [2.5, 'poor'], [3.49, 'poor'], [3.5, 'readable'], [4.49, 'readable'], [4.5, 'good'],
  ] as const)('%f pixels a module are %s', (pixels, verdict) => expect(opticsVerdict(pixels)).toBe(verdict));

  it('gets exactly the wanted pixels at the farthest distance, and more nearer', () => {
    const far = farthestMm({ ...cardCode, pixelsAcross: 1920, lensDegrees: 78 }, modulePixelsNeeded.most);
    expect(at(1920, far, 78)).toBeCloseTo(3.5, 9);
    expect(at(1920, far - 1, 78)).toBeGreaterThan(3.5);
  });
});
