const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const [numbers, letterDigits] = [99, letters.length * 10];

/** How many blocks a unit has: 01 to 99, then A0 to Z9, then AA to ZZ. */
export const numberBlocks = numbers + letterDigits + letters.length ** 2;

/** The two signs of a block by its number from 1; a kiosk's own block of three letters can be none of them. */
export function numberBlockText(no: number): string {
  if (!Number.isInteger(no) || no < 1 || no > numberBlocks) throw new RangeError('no such block');
  if (no <= numbers) return String(no).padStart(2, '0');
  const rest = no - numbers - 1;
  if (rest < letterDigits) return `${letters[Math.floor(rest / 10)]}${rest % 10}`;
  return `${letters[Math.floor((rest - letterDigits) / letters.length)]}${letters[(rest - letterDigits) % letters.length]}`;
}

const byText = new Map(Array.from({ length: numberBlocks }, (_, n) => [numberBlockText(n + 1), n + 1]));

/** The number of a block; null for a text that is none. */
export function numberBlockNo(text: string): number | null {
  return byText.get(text) ?? null;
}
