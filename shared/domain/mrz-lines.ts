import { parseMrz, type Mrz, type MrzFormat } from './mrz.ts';

/** What was done to written lines so that they became an MRZ. */
export interface MrzLines {
  mrz: Mrz;
  /** Fillers at the end of a line were left out or too many. */
  fillersMended: boolean;
  /** Letters in places of digits, or the other way round, were exchanged, after which every check digit fits. */
  lettersMended: boolean;
}

const widths = { TD1: 30, TD2: 36, TD3: 44 } as const;
/** More than any MRZ with spaces between all signs. */
const longestText = 1_000;
/** A line that is only fillers after this many signs is no line of an MRZ. */
const shortestLine = 5;

/**
 * Finds the MRZ in lines that a person typed or a scanner sent: joined or apart, small letters, spaces, CR and LF,
 * `«` for two fillers. Null where the text has any other sign, another shape, or the fields of no MRZ.
 */
export function findMrz(text: string): MrzLines | null {
  if (text.length > longestText) return null;
  const plain = text.replace(/«/g, '<<').replace(/[‹＜]/g, '<').replace(/[\0\ufeff\t \u00a0]/g, '').toUpperCase();
  if (!/^[A-Z0-9<\r\n]+$/.test(plain)) return null;
  const lines = plain.split(/[\r\n]+/).filter((line) => line !== '');
  const fitted = lines.length === 1 ? lines : fitLines(lines);
  const mrz = fitted === null ? null : parseMrz(fitted.join(''));
  if (mrz === null || !looksLikeMrz(mrz)) return null;
  const fillersMended = fitted!.some((line, i) => line !== lines[i]);
  if (allFit(mrz)) return { mrz, fillersMended, lettersMended: false };
  const mended = parseMrz(mendLetters(mrz).join(''));
  return mended !== null && allFit(mended) ? { mrz: mended, fillersMended, lettersMended: true } : { mrz, fillersMended, lettersMended: false };
}

/** True where no check digit that the format prints is wrong. */
export function allFit(mrz: Mrz): boolean {
  return !Object.values(mrz.checks).includes(false);
}

/** Lines at their full width. The last line of TD2 and TD3, the second of TD1, end in a check digit and are taken as they are. */
function fitLines(lines: string[]): string[] | null {
  const width = lines.length === 3 ? widths.TD1 : lines.length === 2 ? [widths.TD2, widths.TD3].find((one) => one === lines[1]!.length) : undefined;
  if (width === undefined || lines.some((line) => line.length < shortestLine)) return null;
  const fitted = lines.map((line, i) => (i === 1 ? line : line.replace(/<+$/, '').padEnd(width, '<')));
  return fitted.every((line) => line.length === width) ? fitted : null;
}

/** Two texts of the same length are many; an MRZ begins with letters and has digits where the dates are. */
function looksLikeMrz({ lines, birth, expiry }: Mrz): boolean {
  const isDate = (field: string): boolean => /^[0-9<OIZSBGDLQ]{6}$/.test(field) && /[0-9<]/.test(field);
  return /^[A-Z1][A-Z0-9<]{4}/.test(lines[0]!) && isDate(birth) && isDate(expiry);
}

const digitFor: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' };
const letterFor: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' };

// From and to (exclusive) in each line; Vietnam's numbers have digits only.
const digitPlaces: Record<MrzFormat, readonly (readonly (readonly [number, number])[])[]> = {
  TD1: [[[14, 15]], [[0, 7], [8, 15], [29, 30]], []],
  TD2: [[], [[9, 10], [13, 20], [21, 28], [35, 36]]],
  TD3: [[], [[9, 10], [13, 20], [21, 28], [42, 44]]],
};
const letterPlaces: Record<MrzFormat, readonly (readonly (readonly [number, number])[])[]> = {
  TD1: [[[0, 1], [2, 5]], [[15, 18]], [[0, 30]]],
  TD2: [[[0, 1], [2, 36]], [[10, 13]]],
  TD3: [[[0, 1], [2, 44]], [[10, 13]]],
};
const vietnamesePlaces = [[[5, 27], [29, 30]], [], []] as const;

/** What a camera or a hurried person mistakes: O and 0, I and 1, by the kind of sign that stands in each place. */
function mendLetters({ format, lines }: Mrz): string[] {
  const lettered = exchange(lines, letterPlaces[format], letterFor);
  const digits = exchange(lettered, digitPlaces[format], digitFor);
  return format === 'TD1' && digits[0]!.startsWith('IDVNM') ? exchange(digits, vietnamesePlaces, digitFor) : digits;
}

function exchange(lines: readonly string[], places: readonly (readonly (readonly [number, number])[])[], table: Readonly<Record<string, string>>): string[] {
  return lines.map((line, row) => [...line]
    .map((sign, at) => ((places[row] ?? []).some(([from, to]) => at >= from && at < to) ? (table[sign] ?? sign) : sign)).join(''));
}
