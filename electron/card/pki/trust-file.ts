import type { Verdict } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustCertificate, TrustCrl } from '../../../shared/contracts/trust.ts';
import { readTlv, type Tlv } from '../tlv.ts';
import type { TrustAnchors } from './anchors.ts';
import { parseCertificate, type X509 } from './certificate.ts';
import { parseCrl, type Crl } from './crl.ts';
import { openSignedData } from './cms.ts';
import { definite, Fields, tags } from './der.ts';
import { certificateEntry, crlEntry, fullBudget } from './entries.ts';
import { Issuers, maySignCertificates, openAnchors } from './issuers.ts';
import { checkMasterList, masterListType, masterListMembers } from './master-list.ts';
import { ldifParts, pemParts, type TextPart } from './trust-text.ts';

/** A file of trust opened: what it holds, each entry with what was found of its signature, and what could not be read. */
export interface TrustFile {
  kind: 'certificates' | 'master-list' | 'crl' | 'mixed';
  certificates: (TrustCertificate & { der: Uint8Array })[];
  crls: (TrustCrl & { der: Uint8Array })[];
  /** Who signed a master list, and whether that holds; null for files without a signature of their own. */
  list: { signer: string; verdict: Verdict } | null;
  /** Entries that could not be read: place in the file, from 0, and the reason in Vietnamese. */
  rejected: { index: number; reason: string }[];
}

const maxBytes = 16 * 1024 * 1024;
const maxCertificates = 5_000;
const maxCrls = 1_000;
const maxRejected = 5_000;
const maxLists = 200;
const fillings: ReadonlySet<number> = new Set([0x00, 0x0a, 0x0d, 0x20]);

/** What was found so far, in the order of the file. */
class Findings {
  readonly certificates = new Map<string, X509>();
  readonly crls = new Map<string, Crl>();
  readonly lists: Uint8Array[] = [];
  readonly rejected: TrustFile['rejected'] = [];
  #index = 0;

  /** Takes one entry; what it cannot be read as is kept as rejected, with its place. A set counts by its members. */
  take(read: () => void): void {
    const index = this.#index;
    try {
      read();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'card-file-invalid') throw error;
      if (this.rejected.length >= maxRejected) throw new ProblemError('trust-file-invalid', `over ${maxRejected} rejected`);
      const reason = error instanceof Refusal ? error.reason : `Không đọc được mục này (${error.detail ?? 'hỏng'}).`;
      this.rejected.push({ index: this.#index, reason });
    }
    if (this.#index === index) this.#index += 1;
  }

  addCertificate(der: Uint8Array): void {
    const certificate = parseCertificate(der);
    if (this.certificates.size >= maxCertificates) throw new ProblemError('trust-file-invalid', `over ${maxCertificates} certificates`);
    this.certificates.set(keyOf(certificate.der), certificate);
  }

  addCrl(der: Uint8Array): void {
    const crl = parseCrl(der);
    if (this.crls.size >= maxCrls) throw new ProblemError('trust-file-invalid', `over ${maxCrls} lists`);
    this.crls.set(keyOf(crl.der), crl);
  }
}

/** An entry that can be read and that does not belong into the store, with the reason in Vietnamese. */
class Refusal extends ProblemError {
  readonly reason: string;

  constructor(reason: string) {
    super('card-file-invalid');
    this.reason = reason;
  }
}

const keyOf = (der: Uint8Array): string => Buffer.from(der).toString('latin1');

/**
 * Opens a file that an administrator wants to import: certificates in DER or PEM, one or many, a PKCS #7 of certificates,
 * an ICAO master list (Doc 9303-12 clause 9), an LDIF of the ICAO PKD, or CRLs in DER or PEM. Whose signature is to be
 * checked is looked for in the file and in `known`, which is trusted already; `today` is an ISO date.
 * @throws ProblemError `trust-file-invalid` when nothing in the file can be used, or it is beyond every bound
 */
export function parseTrustFile(bytes: Uint8Array, { known, today }: { known: TrustAnchors; today: string }): TrustFile {
  if (bytes.length > maxBytes) throw new ProblemError('trust-file-invalid', `over ${maxBytes} bytes`);
  const found = new Findings();
  const text = textOf(bytes);
  const parts = text === null ? null : pemParts(text) ?? ldifParts(text);
  if (parts) parts.forEach((part) => found.take(() => readPart(found, part)));
  else readNodes(found, bytes);
  if (found.certificates.size + found.crls.size === 0) throw new ProblemError('trust-file-invalid', found.rejected[0]?.reason ?? 'empty');

  const certificates = [...found.certificates.values()];
  const issuers = new Issuers([...certificates, ...openAnchors(known).certificates]);
  const budget = fullBudget();
  return {
    kind: kindOf(found),
    certificates: certificates.map((one) => certificateEntry(one, issuers, budget)),
    crls: [...found.crls.values()].map((one) => crlEntry(one, issuers, budget)),
    list: listOf(found.lists, certificates, { known, today }),
    rejected: found.rejected,
  };
}

/** Text of a file that is text: DER starts with a SEQUENCE, whose length makes it no text a person wrote. */
function textOf(bytes: Uint8Array): string | null {
  return bytes[0] === tags.sequence && (bytes[1] ?? 0) >= 0x80 ? null : new TextDecoder('latin1').decode(bytes);
}

function readPart(found: Findings, { label, der }: TextPart): void {
  if (/KEY|REQUEST|PARAMETERS/.test(label)) throw new Refusal('Không phải chứng thư CSCA, danh sách CSCA hay CRL.');
  if (!der) throw new Refusal('Đoạn mã hóa base64 bị hỏng.');
  readNode(found, readTlv(der));
}

/** DER objects one after another; an editor may have left line ends behind them. */
function readNodes(found: Findings, bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 0 && fillings.has(bytes[end - 1]!)) end -= 1;
  // The last byte of an object may look like a line end.
  for (let at = 0; at < end;) {
    let length = bytes.length - at;
    found.take(() => {
      const isOpen = bytes[at + 1] === 0x80;
      const node = readTlv(definite(bytes.subarray(at)));
      if (!isOpen) length = node.raw.length;
      readNode(found, node);
    });
    at += length;
  }
}

function readNode(found: Findings, node: Tlv): void {
  const kind = kindOfNode(node);
  if (kind === 'crl') found.addCrl(node.raw);
  else if (kind === 'signed-data') readSignedData(found, node.raw);
  else {
    const certificate = parseCertificate(node.raw);
    if (!maySignCertificates(certificate)) throw new Refusal(`Chứng thư ${certificate.subject.short} không phải chứng thư CA (CSCA) nên không nhập được.`);
    found.addCertificate(node.raw);
  }
}

/** Looks at the first parts only; what is neither is tried as a certificate, whose reader says what is wrong. */
function kindOfNode({ tag, value }: Tlv): 'certificate' | 'crl' | 'signed-data' {
  if (tag !== tags.sequence) throw new ProblemError('card-file-invalid', 'no sequence');
  const first = new Fields(value, 'file').need();
  if (first.tag === tags.oid) return 'signed-data';
  const fields = new Fields(first.value, 'file');
  fields.optional(tags.integer);
  // Algorithm and issuer, then a time: a CRL (RFC 5280 clause 5.1); a certificate has its validity there.
  const isCrl = fields.optional(tags.sequence) && fields.optional(tags.sequence) && fields.optional(tags.utcTime, tags.generalizedTime);
  return isCrl ? 'crl' : 'certificate';
}

function readSignedData(found: Findings, bytes: Uint8Array): void {
  const parts = openSignedData(bytes);
  if (parts.contentType === masterListType) {
    if (found.lists.length >= maxLists) throw new ProblemError('trust-file-invalid', `over ${maxLists} lists`);
    const members = masterListMembers(parts.content ?? new Uint8Array(0));
    found.lists.push(bytes);
    readMembers(found, members, ({ raw }) => found.addCertificate(raw));
  } else if (parts.signers.length === 0) {
    readMembers(found, parts.certificates?.value ?? new Uint8Array(0), (node) => readNode(found, node));
    readMembers(found, parts.crls?.value ?? new Uint8Array(0), (node) => readNode(found, node));
  } else throw new Refusal('Tệp đã ký này không phải danh sách CSCA (master list).');
}

/** Members of a set, each an entry of the file; where their limits cannot be told any more, the rest is one. */
function readMembers(found: Findings, members: Uint8Array, read: (node: Tlv) => void): void {
  for (let at = 0; at < members.length;) {
    let length = members.length - at;
    found.take(() => {
      const node = readTlv(members.subarray(at));
      length = node.raw.length;
      read(node);
    });
    at += length;
  }
}

function kindOf({ certificates, crls, lists }: Findings): TrustFile['kind'] {
  if (lists.length > 0) return lists.length === 1 && crls.size === 0 ? 'master-list' : 'mixed';
  if (crls.size === 0) return 'certificates';
  return certificates.size === 0 ? 'crl' : 'mixed';
}

function listOf(lists: readonly Uint8Array[], members: readonly X509[], context: { known: TrustAnchors; today: string }): TrustFile['list'] {
  const checked = lists.map((list) => checkMasterList(list, members, context));
  if (checked.length <= 1) return checked[0] ?? null;
  const worst = checked.find(({ verdict }) => verdict.ok === false) ?? checked.find(({ verdict }) => verdict.ok === null) ?? checked[0]!;
  return { signer: `${checked.length} danh sách`, verdict: { ok: worst.verdict.ok, reason: `${worst.signer}: ${worst.verdict.reason}` } };
}
