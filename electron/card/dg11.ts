import { nfc } from '../../shared/domain/vietnamese.ts';
import { readTlv, readTlvs, type Tlv } from './tlv.ts';

/** What DG11 adds to the MRZ (ICAO 9303-10 clause 4.7.11). Null where the card does not say it. */
export interface Dg11 {
  fullName: string | null;
  personalNumber: string | null;
  /** ISO; `YYYY` where the card gives only a year. */
  birthDate: string | null;
  birthPlace: string | null;
  address: string | null;
}

/** What DG12 adds about the document (clause 4.7.12). */
export interface Dg12 {
  authority: string | null;
  issuedOn: string | null;
}

const maxText = 2_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws ProblemError `card-file-invalid` when it is no TLV */
export function parseDg11(file: Uint8Array): Dg11 {
  const nodes = readTlvs(readTlv(file).value);
  return {
    fullName: nameOf(nodes),
    personalNumber: textOf(nodes, 0x5f10),
    birthDate: dateOf(nodes, 0x5f2b),
    birthPlace: listOf(nodes, 0x5f11),
    address: listOf(nodes, 0x5f42),
  };
}

/** @throws ProblemError `card-file-invalid` when it is no TLV */
export function parseDg12(file: Uint8Array): Dg12 {
  const nodes = readTlvs(readTlv(file).value);
  return { authority: textOf(nodes, 0x5f19), issuedOn: dateOf(nodes, 0x5f26) };
}

function valueOf(nodes: readonly Tlv[], tag: number): Uint8Array | null {
  const value = nodes.find((node) => node.tag === tag)?.value;
  return value && value.length > 0 && value.length <= maxText ? value : null;
}

function textOf(nodes: readonly Tlv[], tag: number): string | null {
  const value = valueOf(nodes, tag);
  if (!value) return null;
  try {
    return nfc(utf8.decode(value)).replaceAll('\0', '').trim() || null;
  } catch {
    return null;
  }
}

/** Name with its two identifiers, surname first, `<<` between them, `<` between their parts. */
function nameOf(nodes: readonly Tlv[]): string | null {
  return textOf(nodes, 0x5f0e)?.replaceAll('<', ' ').replaceAll(/\s+/g, ' ').trim() || null;
}

/** Lines of a place or an address, `<` between them. */
function listOf(nodes: readonly Tlv[], tag: number): string | null {
  return textOf(nodes, tag)?.split('<').map((part) => part.trim()).filter((part) => part !== '').join(', ') || null;
}

/** `CCYYMMDD` as eight digits or as four bytes of two digits each. */
function dateOf(nodes: readonly Tlv[], tag: number): string | null {
  const value = valueOf(nodes, tag);
  const digits = value?.length === 4 ? [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('') : value && String.fromCharCode(...value.subarray(0, 8));
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits ?? '');
  if (!match) return null;
  const [, year = '', month = '', day = ''] = match;
  if (month === '00' || day === '00') return year;
  const iso = `${year}-${month}-${day}`;
  return new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso) === true ? iso : null;
}
