import { fitted, type Box, type Grey } from './pixels.ts';
import { modulePixels, type Place } from './place.ts';

/** What can be said of a frame without reading it. */
export interface View {
  /** Middle brightness of the looked-at part, 0 to 1. */
  brightness: number;
  /** Brightest less darkest (5th and 95th of a hundred), 0 to 1: an empty, even or black picture has little. */
  contrast: number;
  /** Blur of the sharpest edges as the standard deviation in pixels; a good webcam in focus shows 0.6 to 1.2. */
  blur: number;
  /** Share of the symbol (of the box where none is located) that light hides, 0 to 1: the card's foil throws it back. */
  glare: number;
  /** Pixels a module of a symbol that was located; null where there is none. */
  modulePixels: number | null;
  /** A located symbol reaches out of the picture. */
  cut: boolean;
}

const WHITE = 244;

/**
 * Measures a frame: in a located symbol where there is one, else in the box where the card is to be held. Costs
 * about a millisecond; meant for a few frames a second.
 */
export function viewOf(frame: Grey, box: Box, place: Place | null): View {
  const part = fitted(place === null ? box : boxAround(place), frame);
  const { brightness, contrast, middle } = levels(frame, part);
  const size = place === null ? null : modulePixels(place);
  // Four and a half modules without a dark one are as good as never printed: there the light hides them.
  const glare = place === null || size === null
    ? washedShare(frame, part, Math.max(6, Math.round(frame.width / 60)), WHITE, () => true)
    : washedShare(frame, part, Math.max(6, Math.round(size * 4.5)), middle * 255, (x, y) => isInside(place, x, y));
  return {
    brightness, contrast, blur: blurOf(frame, part, contrast), glare, modulePixels: size,
    cut: place?.corners.some(({ x, y }) => x < 0 || y < 0 || x >= frame.width || y >= frame.height) ?? false,
  };
}

function boxAround({ corners }: Place): Box {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function levels({ data, width }: Grey, part: Box): { brightness: number; contrast: number; middle: number } {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let y = part.y; y < part.y + part.height; y += 2) {
    for (let x = part.x, i = y * width + x; x < part.x + part.width; x += 2, i += 2, count++) histogram[data[i]!]! += 1;
  }
  const level = (share: number): number => {
    let below = 0;
    for (let value = 0; value < 256; value++) {
      below += histogram[value]!;
      if (below > share * count) return value / 255;
    }
    return 0;
  };
  const [dark, light] = [level(0.05), level(0.95)];
  return { brightness: level(0.5), contrast: light - dark, middle: (light + dark) / 2 };
}

/**
 * The steepest slopes beside the contrast. A step edge blurred by a Gaussian of deviation s rises by contrast / (s √2π)
 * a pixel in its middle; the hundredth part of all slopes that is steepest stands for "its middle".
 */
function blurOf({ data, width }: Grey, part: Box, contrast: number): number {
  const slopes = new Uint32Array(256);
  let count = 0;
  for (let y = part.y + 1; y < part.y + part.height - 1; y += 2) {
    for (let x = part.x + 1, i = y * width + x; x < part.x + part.width - 1; x++, i++, count++) {
      // Over two pixels each way noise of single pixels counts half.
      const across = Math.abs(data[i + 1]! - data[i - 1]!);
      const down = Math.abs(data[i + width]! - data[i - width]!);
      slopes[across > down ? across : down]! += 1;
    }
  }
  let above = 0;
  for (let slope = 255; slope > 0; slope--) {
    above += slopes[slope]!;
    if (above <= count * 0.01) continue;
    const seen = (contrast * 255) / ((slope / 2) * Math.sqrt(2 * Math.PI));
    // A difference over two pixels blurs by itself: the variance of a box of two is a third.
    return Math.sqrt(Math.max(seen * seen - 1 / 3, 0.01));
  }
  return Number.POSITIVE_INFINITY;
}

/** Share of the tiles inside that are brighter than `white` all over. */
function washedShare({ data, width }: Grey, part: Box, tile: number, white: number, inside: (x: number, y: number) => boolean): number {
  let [washed, all] = [0, 0];
  for (let top = part.y; top + tile <= part.y + part.height; top += tile) {
    for (let left = part.x; left + tile <= part.x + part.width; left += tile) {
      if (![left, left + tile].every((x) => inside(x, top) && inside(x, top + tile))) continue;
      all += 1;
      let even = true;
      for (let y = top; even && y < top + tile; y += 2) {
        for (let x = left; even && x < left + tile; x += 2) even = data[y * width + x]! >= white;
      }
      if (even) washed += 1;
    }
  }
  return all === 0 ? 0 : washed / all;
}

function isInside({ corners }: Place, x: number, y: number): boolean {
  const turns = corners.map((corner, i) => {
    const next = corners[(i + 1) % 4]!;
    return (next.x - corner.x) * (y - corner.y) - (next.y - corner.y) * (x - corner.x);
  });
  return turns.every((turn) => turn >= 0) || turns.every((turn) => turn <= 0);
}
