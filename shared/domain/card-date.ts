/** `ddmmyyyy` as the card's QR writes it, as ISO `YYYY-MM-DD`; null where it is no real date of 1900 or later. */
export function localDateOf(ddmmyyyy: string): string | null {
  const parts = /^(\d\d)(\d\d)(\d{4})$/.exec(ddmmyyyy);
  if (parts === null) return null;
  const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${parts[3]}-${parts[2]}-${parts[1]}`;
}

/**
 * A birth date; `YYYY` alone where the card knows only the year. The QR form of such births is in no published
 * text: `yyyy`, `0000yyyy` and `00mmyyyy` are taken.
 */
export function birthDateOf(text: string): string | null {
  const yearOnly = /^(?:00(?:0\d|1[0-2]))?(\d{4})$/.exec(text)?.[1];
  if (yearOnly !== undefined) return Number(yearOnly) >= 1900 ? yearOnly : null;
  return localDateOf(text);
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
