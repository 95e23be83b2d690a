import { ProblemError } from '../../../shared/contracts/problems.ts';
import { sameBytes } from '../bytes.ts';
import { readTlv, type Tlv } from '../tlv.ts';
import { authorityKeyId, extensionIds, parseAlgorithm, parseExtensions, type Algorithm } from './certificate.ts';
import { bitString, children, Fields, integerHex, tags, valueOf } from './der.ts';
import { parseName, type Name } from './name.ts';
import { parseTime } from './time.ts';

/** A list of revoked certificates opened, nothing of it checked (RFC 5280 clause 5). */
export interface Crl {
  der: Uint8Array;
  signed: Uint8Array;
  issuer: Name;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  thisUpdate: string;
  nextUpdate: string | null;
  /** How many are revoked. */
  revoked: number;
  /** The entries as they stand: a list may have hundreds of thousands. */
  entries: Uint8Array;
  issuerKeyId: string | null;
  /** False for a list of changes or of a part only: who is not on it may still be revoked. */
  complete: boolean;
  algorithm: Algorithm;
  signature: Uint8Array;
}

const knownCritical: ReadonlySet<string> = new Set([extensionIds.authorityKeyId, extensionIds.crlNumber]);

/** @throws ProblemError `card-file-invalid` */
export function parseCrl(der: Uint8Array): Crl {
  const outer = readTlv(der);
  if (outer.tag !== tags.sequence) throw new ProblemError('card-file-invalid', 'CRL');
  const parts = new Fields(outer.value, 'CRL');
  const signed = parts.need(tags.sequence);
  const outside = parts.need(tags.sequence);
  const algorithm = parseAlgorithm(outside);
  const signature = bitString(parts.need(tags.bits), 'CRL signature');
  const fields = new Fields(signed.value, 'CRL');
  fields.optional(tags.integer);
  if (!sameBytes(fields.need(tags.sequence).raw, outside.raw)) throw new ProblemError('card-file-invalid', 'CRL: two algorithms');
  const issuer = parseName(fields.need(tags.sequence));
  const thisUpdate = parseTime(fields.need(tags.utcTime, tags.generalizedTime));
  const next = fields.optional(tags.utcTime, tags.generalizedTime);
  const entries = fields.optional(tags.sequence)?.value ?? new Uint8Array(0);
  const extensions = parseExtensions(fields.optional(0xa0));
  let revoked = 0;
  for (const entry of children(entries)) {
    parseEntry(entry);
    revoked += 1;
  }
  return {
    der: outer.raw, signed: signed.raw, issuer, thisUpdate, nextUpdate: next ? parseTime(next) : null, revoked, entries,
    issuerKeyId: authorityKeyId(extensions),
    complete: [...extensions].every(([oid, { critical }]) => !critical || knownCritical.has(oid)),
    algorithm, signature,
  };
}

/** The day on which a certificate was revoked, ISO date; null when it is not on the list. */
export function revokedOn({ entries }: Crl, serial: string): string | null {
  for (const entry of children(entries)) {
    const { serial: listed, at } = parseEntry(entry);
    if (listed === serial) return at.slice(0, 10);
  }
  return null;
}

function parseEntry(node: Tlv): { serial: string; at: string } {
  const fields = new Fields(valueOf(node, tags.sequence, 'CRL entry'), 'CRL entry');
  return { serial: integerHex(fields.need(), 'CRL entry'), at: parseTime(fields.need()) };
}
