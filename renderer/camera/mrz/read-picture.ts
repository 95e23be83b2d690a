import { readMrz } from '../../../shared/domain/mrz-reading.ts';
import { blurred, type Grey } from '../../../shared/qr/pixels.ts';
import { inkMarks } from './marks.ts';
import { signAt } from './match.ts';
import { signLines, type SignLine } from './lines.ts';

const SIGNS = 30;
const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const filler = '<';
const all = digits + letters + filler;

/** What may stand at each place of the three lines of a card (9303-5 clause 4.2.2): it settles O or 0, I or 1, S or 5. */
const allowed: readonly (readonly string[])[] = [
  [...Array<string>(2).fill(letters), ...Array<string>(3).fill(letters + filler), ...Array<string>(9).fill(digits + letters), digits + filler, ...Array<string>(15).fill(all)],
  [...Array<string>(6).fill(digits + filler), digits, 'MF<', ...Array<string>(6).fill(digits + filler), digits, ...Array<string>(3).fill(letters + filler), ...Array<string>(11).fill(all), digits],
  Array<string>(SIGNS).fill(letters + filler),
];

/** Where the three lines are to be held, as parts of the camera's picture. */
export const mrzBox = { x: 0.05, y: 0.28, width: 0.9, height: 0.44 } as const;

/**
 * The three lines of a card's back, with line breaks, in a picture of the box; null unless every sign is clear and all
 * check digits hold. The names have no digit: ask for the same text twice.
 */
export function readMrzPicture(picture: Grey): string | null {
  const lines = signLines(inkMarks(blurred(picture), Math.round(picture.width / 60)));
  for (const three of triples(lines)) {
    const text = three.map((line, n) => signsOf(picture, line, allowed[n]!)).join('\n');
    if (!text.includes('?') && readMrz(text).ok) return text;
  }
  return null;
}

/** Three lines below one another with one pitch, as many signs long as they must be, the lowest first. */
function* triples(lines: readonly SignLine[]): Generator<SignLine[]> {
  for (let last = lines.length - 1; last >= 2; last--) {
    const three = [lines[last - 2]!, lines[last - 1]!, lines[last]!];
    const whole = three.find((line) => line.signs === SIGNS);
    if (whole === undefined || three.some((line) => Math.abs(line.pitch - whole.pitch) > 0.06 * whole.pitch)) continue;
    yield three.map((line) => aligned(line, whole));
  }
}

/** A line whose first sign was not found begins under the first sign of a whole one. */
function aligned(line: SignLine, whole: SignLine): SignLine {
  const away = Math.round((line.x0 - whole.x0) / line.pitch);
  return { ...line, x0: line.x0 - away * line.pitch };
}

function signsOf(picture: Grey, line: SignLine, places: readonly string[]): string {
  return places.map((signs, place) => signAt(picture, line, place, signs) ?? '?').join('');
}
