// The kiosk stands in Vietnam whatever the zone its PC was set to.
const zone = 'Asia/Ho_Chi_Minh';
const timeOf = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const secondsOf = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dateOf = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' });
const weekdayOf = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, weekday: 'long' });
const isoDateOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const numberOf = new Intl.NumberFormat('vi-VN');

/** `07:05` at the kiosk, of an instant. */
export function time(at: string | Date): string {
  return timeOf.format(new Date(at));
}

/** `07:05:09` at the kiosk, of an instant. */
export function timeWithSeconds(at: string | Date): string {
  return secondsOf.format(new Date(at));
}

/** `22/11/2026` of an instant, or of an ISO date, which is taken as written and never shifted by a zone. */
export function date(at: string | Date): string {
  if (typeof at === 'string') {
    const plain = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(at);
    if (plain) return plain[2] === undefined ? at : `${plain[3]}/${plain[2]}/${plain[1]}`;
  }
  return dateOf.format(new Date(at));
}

/** `07:05 22/11/2026`. */
export function dateAndTime(at: string | Date): string {
  return `${time(at)} ${date(at)}`;
}

/** `Chủ Nhật, 22/11/2026`. */
export function longDate(at: Date): string {
  return `${weekdayOf.format(at)}, ${dateOf.format(at)}`;
}

/** `YYYY-MM-DD` of today at the kiosk. */
export function today(at = new Date()): string {
  return isoDateOf.format(at);
}

/** `12.345`: the Vietnamese way of writing thousands. */
export function number(n: number): string {
  return numberOf.format(n);
}

/** `3,7`: a number with so many decimals. */
export function decimal(n: number, digits: number): string {
  return n.toLocaleString('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
