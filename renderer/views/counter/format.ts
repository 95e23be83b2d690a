/**
 * What an officer typed for a day, `5/9/1990`, `05-09-1990` or `05091990`, as `YYYY-MM-DD`; null where there is
 * no such day. No Date is used: 31/02 is refused by counting, not rolled over into March.
 */
export function parseDay(text: string): string | null {
  const match = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text.trim()) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text.trim());
  if (match === null) return null;
  const [d, m, y] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (y < 1850 || y > 2200 || m < 1 || m > 12) return null;
  const days = [31, (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (d < 1 || d > (days[m - 1] ?? 0)) return null;
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** A number of 12 digits in groups of three, easier to compare by eye with the card. */
export function personalIdText(id: string): string {
  return /^\d{12}$/.test(id) ? id.replace(/(\d{3})(?=\d)/g, '$1 ') : id;
}
