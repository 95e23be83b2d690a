import { ProblemError } from '../../../shared/contracts/problems.ts';
import { sameBytes, toHex } from '../bytes.ts';
import { parsePublicKey, type PublicKey } from './public-key.ts';
import { readTlv, smallInteger, type Tlv } from '../tlv.ts';
import { bitString, children, Fields, integerHex, oidOf, sequenceIn, tags, valueOf } from './der.ts';
import { parseName, type Name } from './name.ts';
import { parseTime } from './time.ts';

/** An AlgorithmIdentifier; the parameters as they stand, null when absent. */
export interface Algorithm {
  oid: string;
  parameters: Uint8Array | null;
}

export interface Extension {
  critical: boolean;
  value: Uint8Array;
}

/** An X.509 certificate opened, nothing of it checked (RFC 5280 clause 4, profile of ICAO 9303-12 clause 7.1). */
export interface X509 {
  der: Uint8Array;
  /** What is signed, as it stands in the file. */
  signed: Uint8Array;
  /** Serial number, hex of its content in the shortest form: negative ones exist. */
  serial: string;
  issuer: Name;
  subject: Name;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  notBefore: string;
  notAfter: string;
  publicKey: PublicKey;
  algorithm: Algorithm;
  signature: Uint8Array;
  extensions: ReadonlyMap<string, Extension>;
  /** Subject key identifier and that of the issuer's key, hex; null when not given. */
  keyId: string | null;
  issuerKeyId: string | null;
  /** basicConstraints; null when absent. */
  isCa: boolean | null;
  maxPath: number | null;
  /** keyUsage, bit 0 (digitalSignature) first; null when absent. */
  usage: readonly boolean[] | null;
  /** extKeyUsage; null when absent. */
  purposes: readonly string[] | null;
}

export const extensionIds = {
  subjectKeyId: '2.5.29.14', keyUsage: '2.5.29.15', privateKeyUsage: '2.5.29.16', subjectAltName: '2.5.29.17', issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19', crlNumber: '2.5.29.20', authorityKeyId: '2.5.29.35', crlPoints: '2.5.29.31', policies: '2.5.29.32', deltaCrl: '2.5.29.27', issuingPoint: '2.5.29.28',
  purposes: '2.5.29.37', documentTypes: '2.23.136.1.1.6.2', nameChange: '2.23.136.1.1.6.1',
} as const;

const maxCertificate = 64_000;
const maxExtensions = 100;

/** @throws ProblemError `card-file-invalid` */
export function parseCertificate(der: Uint8Array): X509 {
  const outer = readTlv(der);
  if (outer.tag !== tags.sequence || outer.raw.length > maxCertificate) throw new ProblemError('card-file-invalid', 'certificate');
  const parts = new Fields(outer.value, 'certificate');
  const signed = parts.need(tags.sequence);
  const outside = parts.need(tags.sequence);
  const algorithm = parseAlgorithm(outside);
  const signature = bitString(parts.need(tags.bits), 'certificate signature');
  const fields = new Fields(signed.value, 'certificate');
  const version = fields.optional(0xa0);
  if (version) smallInteger(valueOf(readTlv(version.value), tags.integer, 'certificate version'), 'certificate version');
  const serial = integerHex(fields.need(tags.integer), 'serial');
  // What is not signed must be what is (RFC 5280 clause 4.1.1.2).
  if (!sameBytes(fields.need(tags.sequence).raw, outside.raw)) throw new ProblemError('card-file-invalid', 'certificate: two algorithms');
  const issuer = parseName(fields.need(tags.sequence));
  const validity = new Fields(fields.need(tags.sequence).value, 'validity');
  const notBefore = parseTime(validity.need());
  const notAfter = parseTime(validity.need());
  const subject = parseName(fields.need(tags.sequence));
  const publicKey = parsePublicKey(fields.need(tags.sequence).raw);
  fields.optional(0x81);
  fields.optional(0x82);
  const extensions = parseExtensions(fields.optional(0xa3));
  if (fields.optional()) throw new ProblemError('card-file-invalid', 'certificate: unknown field');
  return {
    der: outer.raw, signed: signed.raw, serial, issuer, subject, notBefore, notAfter, publicKey, algorithm, signature, extensions,
    ...meaning(extensions),
  };
}

/** @throws ProblemError `card-file-invalid` */
export function parseAlgorithm(node: Tlv): Algorithm {
  const fields = new Fields(valueOf(node, tags.sequence, 'algorithm'), 'algorithm');
  return { oid: oidOf(fields.need(tags.oid)), parameters: fields.optional()?.raw ?? null };
}

/** Extensions inside their explicit tag, of a certificate or a CRL. @throws ProblemError `card-file-invalid` */
export function parseExtensions(explicit: Tlv | undefined): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (!explicit) return extensions;
  for (const node of children(sequenceIn(explicit.value, 'extensions'))) {
    const fields = new Fields(valueOf(node, tags.sequence, 'extension'), 'extension');
    const oid = oidOf(fields.need(tags.oid));
    const critical = (fields.optional(tags.boolean)?.value[0] ?? 0) !== 0;
    // A second one of the same kind is forbidden; the first is the one that other readers see.
    if (!extensions.has(oid)) extensions.set(oid, { critical, value: fields.need(tags.octets).value });
    if (extensions.size > maxExtensions) throw new ProblemError('card-file-invalid', 'too many extensions');
  }
  return extensions;
}

function meaning(extensions: ReadonlyMap<string, Extension>): Pick<X509, 'keyId' | 'issuerKeyId' | 'isCa' | 'maxPath' | 'usage' | 'purposes'> {
  const value = (oid: string): Tlv | null => {
    const extension = extensions.get(oid);
    return extension ? readTlv(extension.value) : null;
  };
  const keyId = value(extensionIds.subjectKeyId);
  const constraints = value(extensionIds.basicConstraints);
  const usage = value(extensionIds.keyUsage);
  const purposes = value(extensionIds.purposes);
  const basic = constraints ? new Fields(constraints.value, 'basic constraints') : null;
  const isCa = basic ? (basic.optional(tags.boolean)?.value[0] ?? 0) !== 0 : null;
  const path = basic?.optional(tags.integer);
  return {
    keyId: keyId ? toHex(keyId.value) : null,
    issuerKeyId: authorityKeyId(extensions),
    isCa,
    maxPath: path ? smallInteger(path.value, 'path length') : null,
    usage: usage ? usageBits(usage) : null,
    purposes: purposes ? [...children(purposes.value)].map(oidOf) : null,
  };
}

/** keyIdentifier of an authorityKeyIdentifier, hex; null when it has none. */
export function authorityKeyId(extensions: ReadonlyMap<string, Extension>): string | null {
  const extension = extensions.get(extensionIds.authorityKeyId);
  const id = extension ? new Fields(readTlv(extension.value).value, 'authority key').optional(0x80) : undefined;
  return id ? toHex(id.value) : null;
}

function usageBits({ tag, value }: Tlv): boolean[] {
  if (tag !== tags.bits) throw new ProblemError('card-file-invalid', 'key usage');
  const bits: boolean[] = [];
  for (const byte of value.subarray(1, 3)) for (let bit = 7; bit >= 0; bit -= 1) bits.push(((byte >> bit) & 1) === 1);
  return bits;
}

/** Places in keyUsage (RFC 5280 clause 4.2.1.3). */
export const usageBit = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const;
