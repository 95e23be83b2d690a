import { toHex } from '../bytes.ts';
import type { Tlv } from '../tlv.ts';
import { children, Fields, oidOf, tags, valueOf } from './der.ts';

/** A distinguished name (RFC 5280 clause 4.1.2.4). */
export interface Name {
  /** For people: `C=VN, O=…, CN=…`, in the order of the file, NFC, bounded. */
  text: string;
  /** The name in short: CN, else O, else all of it. */
  short: string;
  /** Value of C, upper case; empty when there is none. */
  country: string;
  /** Equal for names that are the same (RFC 5280 clause 7.1): kind of string, case and spacing do not count. */
  key: string;
}

const labels: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O',
  '2.5.4.11': 'OU', '2.5.4.97': 'organizationIdentifier', '1.2.840.113549.1.9.1': 'emailAddress', '0.9.2342.19200300.100.1.25': 'DC',
};
const maxText = 500;
const maxShort = 80;
const countryOid = '2.5.4.6';
const commonOid = '2.5.4.3';
const organisationOid = '2.5.4.10';
// Made once: a trust store has a thousand names.
const utf8 = new TextDecoder('utf-8', { fatal: true });
const utf16 = new TextDecoder('utf-16be');
const latin1 = new TextDecoder('latin1');

/** @throws ProblemError `card-file-invalid` */
export function parseName(node: Tlv): Name {
  const shown: string[] = [];
  const keys: string[] = [];
  const parts = new Map<string, string>();
  for (const set of children(valueOf(node, tags.sequence, 'name'))) {
    const same: string[] = [];
    for (const pair of children(valueOf(set, tags.set, 'name'))) {
      const fields = new Fields(valueOf(pair, tags.sequence, 'name'), 'name');
      const oid = oidOf(fields.need(tags.oid));
      const value = textOf(fields.need());
      if (!parts.has(oid)) parts.set(oid, value);
      shown.push(`${labels[oid] ?? oid}=${value}`);
      same.push(`${oid}=${folded(value)}`);
    }
    keys.push(same.sort().join('+'));
  }
  const text = printable(shown.join(', ')).slice(0, maxText);
  const country = (parts.get(countryOid) ?? '').trim().toUpperCase();
  return {
    text,
    short: printable(parts.get(commonOid) ?? parts.get(organisationOid) ?? text).slice(0, maxShort),
    country: /^[A-Z]{2,3}$/.test(country) ? country : '',
    key: keys.join('/'),
  };
}

/** A string of any of the kinds of a name; what is no string at all as hex. */
function textOf({ tag, value }: Tlv): string {
  switch (tag) {
    case 0x1e: return utf16.decode(value);
    case 0x1c: return utf32(value);
    case 0x14: return latin1.decode(value);
    case 0x0c: case 0x12: case 0x13: case 0x16: case 0x1a: return utf8OrLatin(value);
    default: return `#${toHex(value.subarray(0, 64))}`;
  }
}

/** Names that call themselves UTF8String or PrintableString hold Latin-1 now and then. */
function utf8OrLatin(value: Uint8Array): string {
  try {
    return utf8.decode(value);
  } catch {
    return latin1.decode(value);
  }
}

function utf32(value: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 4 <= value.length; i += 4) {
    const point = ((value[i]! << 24) | (value[i + 1]! << 16) | (value[i + 2]! << 8) | value[i + 3]!) >>> 0;
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

function folded(value: string): string {
  return value.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase().replace(/[\\/+]/g, (c) => `\\${c}`);
}

/** Control and direction characters would let a name pass for another on a screen. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
}
