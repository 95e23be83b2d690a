import { ProblemError } from '../../../shared/contracts/problems.ts';

/** A piece of a text file that holds DER, or why it holds none. */
export interface TextPart {
  /** What the file says it is: a PEM label or an LDIF attribute, upper case. */
  label: string;
  /** Null when it is no base64. */
  der: Uint8Array | null;
}

const maxParts = 20_000;

function bounded(parts: TextPart[]): TextPart[] {
  if (parts.length > maxParts) throw new ProblemError('trust-file-invalid', `over ${maxParts} parts`);
  return parts;
}

/** DER of base64 with line breaks; null for anything else. */
function decoded(base64: string): Uint8Array | null {
  const packed = base64.replace(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return null;
  return Uint8Array.from(Buffer.from(packed, 'base64'));
}

/** The blocks of a PEM file (RFC 7468); text round them is skipped, as the RFC says. Null when it is none. @throws ProblemError `trust-file-invalid` */
export function pemParts(text: string): TextPart[] | null {
  if (!text.includes('-----BEGIN ')) return null;
  const parts: TextPart[] = [];
  for (let at = text.indexOf('-----BEGIN '); at >= 0;) {
    const next = text.indexOf('-----BEGIN ', at + 11);
    const block = text.slice(at, next < 0 ? undefined : next);
    const label = /^-----BEGIN ([A-Z0-9 #]{1,40})-----/.exec(block)?.[1] ?? '';
    const end = block.indexOf('-----END ');
    parts.push({ label, der: end < 0 || label === '' ? null : decoded(block.slice(label.length + 16, end)) });
    at = next;
  }
  return bounded(parts);
}

/** Values of an LDIF file, as the ICAO PKD gives them out (RFC 2849), that are certificates, CRLs or lists. Null when it is none. @throws ProblemError `trust-file-invalid` */
export function ldifParts(text: string): TextPart[] | null {
  if (!/^(?:version: ?1\s+|#[^\n]*\n|\s)*dn:/.test(text.slice(0, 4_000))) return null;
  const parts: TextPart[] = [];
  for (const line of text.replace(/\r?\n /g, '').split(/\r?\n/)) {
    const match = /^(userCertificate|cACertificate|certificateRevocationList|CscaMasterListData|pkdMasterListContent)(?:;binary)?::\s*/i.exec(line.slice(0, 80));
    if (match) parts.push({ label: match[1]!.toUpperCase(), der: decoded(line.slice(match[0].length)) });
  }
  return bounded(parts);
}
