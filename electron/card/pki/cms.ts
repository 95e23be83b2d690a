import { ProblemError } from '../../../shared/contracts/problems.ts';
import { sameBytes, toHex } from '../bytes.ts';
import { hash } from '../ciphers.ts';
import { oidText, readTlv, type Tlv } from '../tlv.ts';
import { parseAlgorithm, parseCertificate, type Algorithm, type X509 } from './certificate.ts';
import { children, definite, Fields, integerHex, octets, oidOf, sequenceIn, tags, valueOf } from './der.ts';
import { parseName } from './name.ts';
import { hashNameOf, signatureAlgorithm, verifySignature } from './public-key.ts';

/** A CMS SignedData with one signer, opened (RFC 5652 clause 5); nothing of it is checked yet. */
export interface SignedCms {
  contentType: string;
  digests: string[];
  content: Uint8Array;
  signer: {
    id: { issuer: string; serial: string } | { keyId: string };
    digest: string;
    /** The signed attributes as they stand in the file, tag A0; null when the content itself is signed. */
    attributes: Uint8Array | null;
    algorithm: Algorithm;
    signature: Uint8Array;
  };
  certificates: X509[];
}

export type CmsSignature = 'valid' | 'invalid' | 'no-certificate' | 'wrong-content';

const signedDataType = '1.2.840.113549.1.7.2';
const attributeIds = { contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4' } as const;
const maxCertificates = 50;

/** The parts of a SignedData: one without signers carries certificates and CRLs only (RFC 5652 clause 5.1). */
export interface SignedDataParts {
  contentType: string;
  /** Hashes that the signers are said to use. */
  digests: string[];
  content: Uint8Array | null;
  certificates: Tlv | undefined;
  crls: Tlv | undefined;
  signers: Uint8Array;
}

/** @throws ProblemError `card-file-invalid` when it is no SignedData */
export function openSignedData(bytes: Uint8Array): SignedDataParts {
  const info = new Fields(sequenceIn(definite(bytes), 'CMS'), 'CMS');
  if (oidOf(info.need(tags.oid)) !== signedDataType) throw new ProblemError('card-file-invalid', 'CMS: not signed data');
  const data = new Fields(sequenceIn(info.need(0xa0).value, 'CMS'), 'CMS');
  data.need(tags.integer);
  const digests = [...children(data.need(tags.set).value)].map((node) => parseAlgorithm(node).oid);
  const wrapped = new Fields(data.need(tags.sequence).value, 'CMS content');
  const contentType = oidOf(wrapped.need(tags.oid));
  const content = wrapped.optional(0xa0);
  return {
    contentType, digests,
    content: content ? octets(readTlv(content.value)) : null,
    certificates: data.optional(0xa0), crls: data.optional(0xa1), signers: data.need(tags.set).value,
  };
}

/** @throws ProblemError `card-file-invalid` when it is none with content and one signer */
export function parseSignedCms(bytes: Uint8Array): SignedCms {
  return withSigner(openSignedData(bytes));
}

/** @throws ProblemError `card-file-invalid` */
function withSigner({ contentType, digests, content, certificates, signers }: SignedDataParts): SignedCms {
  const [signer, ...others] = children(signers);
  if (!content || !signer || others.length > 0) throw new ProblemError('card-file-invalid', 'CMS: content and one signer expected');
  return { contentType, digests, content, signer: parseSigner(signer), certificates: certificates ? readable(certificates) : [] };
}

function parseSigner(node: Tlv): SignedCms['signer'] {
  const fields = new Fields(valueOf(node, tags.sequence, 'CMS signer'), 'CMS signer');
  fields.need(tags.integer);
  const id = fields.need(tags.sequence, 0x80);
  const digest = oidOf(new Fields(fields.need(tags.sequence).value, 'CMS digest').need(tags.oid));
  const attributes = fields.optional(0xa0)?.raw ?? null;
  const algorithm = parseAlgorithm(fields.need(tags.sequence));
  const signature = octets(fields.need(tags.octets));
  return { id: id.tag === 0x80 ? { keyId: toHex(id.value) } : issuerAndSerial(id), digest, attributes, algorithm, signature };
}

function issuerAndSerial(node: Tlv): { issuer: string; serial: string } {
  const fields = new Fields(node.value, 'CMS signer');
  return { issuer: parseName(fields.need(tags.sequence)).key, serial: integerHex(fields.need(tags.integer), 'CMS signer') };
}

/** The certificates that can be read: one that cannot is missed only when it is the signer's. */
function readable(set: Tlv): X509[] {
  const found: X509[] = [];
  for (const node of children(set.value)) {
    if (found.length >= maxCertificates) break;
    try {
      if (node.tag === tags.sequence) found.push(parseCertificate(node.raw));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return found;
}

/** The signer's certificate among those inside, by issuer and serial or by key identifier. */
export function cmsSigner({ signer: { id }, certificates }: SignedCms): X509 | null {
  return certificates.find(({ issuer, serial, keyId }) => ('keyId' in id ? keyId === id.keyId : issuer.key === id.issuer && serial === id.serial)) ?? null;
}

/**
 * Checks the signature by the certificate inside (RFC 5652 clauses 5.4 and 5.6): it says that nothing was changed since
 * signing, not who signed. Algorithms are those of the signer, not of its certificate.
 * @throws ProblemError `card-file-invalid` for algorithms and keys that we do not know
 */
export function checkCmsSignature(cms: SignedCms): CmsSignature {
  const certificate = cmsSigner(cms);
  if (!certificate) return 'no-certificate';
  const { digest: digestOid, attributes, algorithm, signature } = cms.signer;
  // RFC 5652 clause 5.1 leaves it open to refuse a hash that is not announced; openssl does, and so does this.
  if (!cms.digests.includes(digestOid)) return 'invalid';
  const digest = hashNameOf(digestOid);
  let signed = cms.content;
  if (attributes) {
    const found = attributeValues(attributes);
    const contentType = found.get(attributeIds.contentType);
    const messageDigest = found.get(attributeIds.messageDigest);
    if (messageDigest?.tag !== tags.octets || !sameBytes(messageDigest.value, hash(digest, cms.content))) return 'wrong-content';
    if (contentType?.tag !== tags.oid || oidText(contentType.value) !== cms.contentType) return 'wrong-content';
    // What is signed is the SET itself, not its [0] form in the file.
    signed = attributes.slice();
    signed[0] = tags.set;
  }
  const how = signatureAlgorithm(algorithm.oid, algorithm.parameters, digest);
  return verifySignature(how, certificate.publicKey, signed, signature) ? 'valid' : 'invalid';
}

function attributeValues(attributes: Uint8Array): Map<string, Tlv> {
  const values = new Map<string, Tlv>();
  for (const node of children(readTlv(attributes).value)) {
    const fields = new Fields(valueOf(node, tags.sequence, 'CMS attribute'), 'CMS attribute');
    const oid = oidOf(fields.need(tags.oid));
    if (!values.has(oid)) values.set(oid, readTlv(fields.need(tags.set).value));
  }
  return values;
}
