import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Tlv } from '../tlv.ts';
import { tags } from './der.ts';

const latin1 = new TextDecoder('latin1');

/**
 * UTCTime or GeneralizedTime as `YYYY-MM-DDTHH:MM:SSZ` (RFC 5280 clause 4.1.2.5). Seconds may be missing and a zone may
 * stand instead of Z, as older certificates have them. @throws ProblemError `card-file-invalid`
 */
export function parseTime({ tag, value }: Tlv): string {
  const text = latin1.decode(value.subarray(0, 40));
  const form = tag === tags.utcTime
    ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})$/
    : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(Z|[+-]\d{4})?$/;
  const match = tag === tags.utcTime || tag === tags.generalizedTime ? form.exec(text) : null;
  if (!match) throw new ProblemError('card-file-invalid', 'time');
  const [, years = '', month = '', day = '', hour = '', minute = '', second = '00', zone = 'Z'] = match;
  // Two digits: 50 and over are the last century (RFC 5280 clause 4.1.2.5.1).
  const year = years.length === 4 ? years : `${Number(years) >= 50 ? '19' : '20'}${years}`;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  const iso = Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
  if (!/^\d{4}-/.test(iso)) throw new ProblemError('card-file-invalid', 'time');
  return `${iso.slice(0, 19)}Z`;
}

/** An instant or a day for people: `31/12/2030`. */
export function shownDay(iso: string): string {
  return iso.slice(0, 10).split('-').reverse().join('/');
}
