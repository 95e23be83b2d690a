/** A time of day as people type it (`6:00`, `6h30`, `600`, `22`) as `HH:MM`; null where it is none. */
export function clockText(typed: string): string | null {
  const found = /^\s*(\d{1,2})\s*(?:[:h.]\s*(\d{2})?)?\s*$/i.exec(typed) ?? /^\s*(\d{1,2})(\d{2})\s*$/.exec(typed);
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  return hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A number of minutes as people type it; null where it is none of a day. */
export function minutesText(typed: string): number | null {
  const text = typed.trim();
  return /^\d{1,4}$/.test(text) && Number(text) <= 1440 ? Number(text) : null;
}
