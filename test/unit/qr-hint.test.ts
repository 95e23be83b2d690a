import { describe, expect, it } from 'vitest';
import { hintOf, steadied, type Hint, type SteadyHint } from '../../shared/qr/hint.ts';
import { newGrey, type Grey } from '../../shared/qr/pixels.ts';
import { modulePixels, type Place } from '../../shared/qr/place.ts';
import { viewOf, type View } from '../../shared/qr/view.ts';

const clear: View = { brightness: 0.6, contrast: 0.7, blur: 1, glare: 0, modulePixels: 5, cut: false };

describe('hintOf', () => {
  it.each<[Hint, Partial<View>, string]>([
    ['ok', {}, 'a clear symbol of 5 pixels a module'],
    ['closer', { modulePixels: 2.4 }, 'modules below 2.5 pixels, which nothing reads'],
    ['closer', { modulePixels: 2.4, blur: 9, glare: 0.3 }, 'too small wins over all else'],
    ['closer', { modulePixels: 4.4 }, 'modules below 4.5 pixels that were not read'],
    ['steady', { modulePixels: 5, blur: 3.5 }, 'edges blurred over more than half a module'],
    ['farther', { modulePixels: 16, blur: 12 }, 'large and blurred: nearer than the lens can focus'],
    ['farther', { cut: true }, 'a corner of the symbol outside the picture'],
    ['glare', { glare: 0.05 }, 'a twentieth of the symbol hidden by light'],
    ['dark', { brightness: 0.08 }, 'a symbol in the dark'],
    ['dark', { modulePixels: null, brightness: 0.05, contrast: 0.1 }, 'no symbol in a dark picture'],
    ['glare', { modulePixels: null, glare: 0.2 }, 'no symbol and a fifth of the box white'],
    ['steady', { modulePixels: null, blur: 4 }, 'no symbol in a blurred picture'],
    ['none', { modulePixels: null, blur: 20, contrast: 0.1 }, 'an empty even desk, which has no edges'],
    ['none', { modulePixels: null }, 'a sharp picture without a symbol'],
  ])('%s: %j (%s)', (hint, view) => {
    expect(hintOf({ ...clear, ...view })).toBe(hint);
  });
  it('what was read has nothing amiss', () => {
    expect(hintOf({ ...clear, modulePixels: 2.4, glare: 0.3 }, true)).toBe('ok');
  });
});

describe('steadied', () => {
  const play = (hints: Hint[], every = 100): Hint[] => {
    let before: SteadyHint | null = null;
    return hints.map((hint, i) => (before = steadied(before, hint, i * every)).shown);
  };
  it('a hint shows once frames have agreed for 0.4 s', () => {
    expect(play(['closer', 'closer', 'closer', 'closer', 'closer', 'closer'])).toEqual(['none', 'none', 'none', 'none', 'closer', 'closer']);
  });
  it('frames that change their mind change nothing on the screen', () => {
    expect(new Set(play(Array.from({ length: 40 }, (_, i) => (i % 2 ? 'glare' : 'steady'))))).toEqual(new Set(['none']));
  });
  it('a shown hint stays 0.8 s', () => {
    const shown = play([...Array<Hint>(6).fill('closer'), ...Array<Hint>(10).fill('glare')]);
    expect(shown.lastIndexOf('closer') - shown.indexOf('closer') + 1).toBe(8);
    expect(shown.at(-1)).toBe('glare');
  });
  it('ok shows at once', () => {
    expect(play(['closer', 'closer', 'closer', 'closer', 'closer', 'ok']).at(-1)).toBe('ok');
  });
});

/** Stripes of `period` pixels with edges blurred by a Gaussian of deviation `sigma`, between two levels. */
function stripes(period: number, sigma: number, [dark, light] = [40, 220]): Grey {
  const picture = newGrey(320, 240);
  const profile = Array.from({ length: period * 2 }, (_, x) => {
    let [sum, all] = [0, 0];
    for (let d = -40; d <= 40; d++) {
      const weight = Math.exp(-(d * d) / (2 * sigma * sigma));
      sum += weight * ((((x + d) % (2 * period)) + 2 * period) % (2 * period) < period ? light! : dark!);
      all += weight;
    }
    return sum / all;
  });
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = profile[(i % 320) % (2 * period)]!;
  return picture;
}
const whole = { x: 0, y: 0, width: 320, height: 240 };
const square = (x: number, y: number, side: number, modules: number): Place => ({
  corners: [{ x, y }, { x: x + side, y }, { x: x + side, y: y + side }, { x, y: y + side }], modules,
});

describe('viewOf', () => {
  it.each([0.8, 1.5, 3, 5])('tells a blur of %f pixels to a quarter, at high and at low contrast', (sigma) => {
    for (const levels of [[40, 220], [90, 170]] as [number, number][]) {
      const { blur } = viewOf(stripes(40, sigma, levels), whole, null);
      expect(blur / sigma).toBeGreaterThan(0.75);
      expect(blur / sigma).toBeLessThan(1.35);
    }
  });
  it('measures brightness and contrast inside the box alone', () => {
    const picture = newGrey(100, 100);
    for (let i = 0; i < 10000; i++) picture.data[i] = i % 100 < 50 ? 255 : 51;
    expect(viewOf(picture, { x: 50, y: 0, width: 50, height: 100 }, null)).toMatchObject({ brightness: 0.2, contrast: 0, glare: 0, modulePixels: null });
    expect(viewOf(picture, { x: 0, y: 0, width: 50, height: 100 }, null)).toMatchObject({ brightness: 1, glare: 1 });
  });
  it('light over a part of the symbol counts as its share, white beside it does not', () => {
    const picture = newGrey(320, 240).data.fill(255);
    const frame = newGrey(320, 240);
    frame.data.set(picture);
    for (let y = 40; y < 200; y++) for (let x = 80; x < 240; x++) if (((x >> 2) + (y >> 2)) % 2 === 0 && x < 200) frame.data[y * 320 + x] = 0;
    const { glare } = viewOf(frame, whole, square(80, 40, 160, 40));
    expect(glare).toBeGreaterThan(0.12);
    expect(glare).toBeLessThan(0.3);
  });
  it('a symbol that reaches out of the picture is cut; a picture of no size has no blur to speak of', () => {
    expect(viewOf(stripes(8, 1), whole, square(-3, 10, 100, 25)).cut).toBe(true);
    expect(viewOf(stripes(8, 1), whole, square(3, 10, 100, 25)).cut).toBe(false);
    expect(hintOf(viewOf(newGrey(0, 0), { x: 0, y: 0, width: 0, height: 0 }, null))).toBe('dark');
  });
});

describe('modulePixels', () => {
  it('is that of the side which is seen shortest', () => {
    expect(modulePixels({ corners: [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 50 }, { x: 0, y: 50 }], modules: 25 })).toBe(2);
  });
});
