import { CertificateChoices, ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, SubjectKeyIdentifier, id_ce_subjectKeyIdentifier } from '@peculiar/asn1-x509';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { concat, sameBytes } from './bytes.ts';
import { hash, type HashName } from './ciphers.ts';
import { childOf, needChild, oidText, readTlv, readTlvs, smallInteger } from './tlv.ts';

/** EF.SOD opened, nothing of it checked yet (ICAO 9303-10 clause 4.6.2). */
export interface Sod {
  hashName: HashName;
  /** Hash by data group number. */
  hashes: ReadonlyMap<number, Uint8Array>;
  /** The signed content, LDSSecurityObject, as it stands in the file. */
  content: Uint8Array;
  contentType: string;
  signer: SignerInfo;
  /** The signed attributes as they stand in the file, tag A0; null when the content itself is signed. */
  signedAttributes: Uint8Array | null;
  certificates: Certificate[];
}

export const ldsSecurityObject = '2.23.136.1.1.1';
const signedDataType = '1.2.840.113549.1.7.2';
const maxGroups = 32;

const hashByOid: Record<string, HashName> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** @throws ProblemError `card-file-invalid` for a hash that is not one of SHA-1 to SHA-512 */
export function hashNameOf(oid: string): HashName {
  const name = hashByOid[oid];
  if (!name) throw new ProblemError('card-file-invalid', `hash ${oid}`);
  return name;
}

/** @throws ProblemError `card-file-invalid` */
export function parseSod(file: Uint8Array): Sod {
  const signed = signedDataOf(readTlv(file).value);
  const [signer] = signed.signerInfos;
  if (!signer || signed.signerInfos.length !== 1) throw new ProblemError('card-file-invalid', 'SOD: one signer expected');
  const { single, any } = signed.encapContentInfo.eContent ?? {};
  const content = single ? new Uint8Array(single.buffer) : any ? joinOctets(new Uint8Array(any)) : new Uint8Array(0);
  return {
    ...parseSecurityObject(content),
    content,
    contentType: signed.encapContentInfo.eContentType,
    signer,
    signedAttributes: signedAttributesOf(readTlv(file).value),
    certificates: [...(signed.certificates ?? [])].flatMap((choice: CertificateChoices) => (choice.certificate ? [choice.certificate] : [])),
  };
}

function signedDataOf(bytes: Uint8Array): SignedData {
  try {
    const info = AsnConvert.parse(bytes, ContentInfo);
    if (info.contentType === signedDataType) return AsnConvert.parse(info.content, SignedData);
  } catch {
    // falls through: the library's words for a malformed CMS are of no use to anyone here
  }
  throw new ProblemError('card-file-invalid', 'SOD: no CMS');
}

/** What is signed must be the bytes of the file, never a structure written anew: so it is taken by the TLV parser. */
function signedAttributesOf(contentInfo: Uint8Array): Uint8Array | null {
  const [, explicit] = readTlvs(readTlv(contentInfo).value);
  const signedData = explicit ? readTlvs(readTlv(explicit.value).value) : [];
  const signerInfos = signedData.at(-1);
  if (signerInfos?.tag !== 0x31) throw new ProblemError('card-file-invalid', 'SOD: signer infos');
  return childOf(readTlvs(readTlv(signerInfos.value).value), 0xa0)?.raw ?? null;
}

/** BER may cut an OCTET STRING into pieces. */
function joinOctets(bytes: Uint8Array): Uint8Array {
  const node = readTlv(bytes);
  return node.constructed ? concat(...readTlvs(node.value).map((part) => joinOctets(part.raw))) : node.value;
}

function parseSecurityObject(content: Uint8Array): { hashName: HashName; hashes: Map<number, Uint8Array> } {
  const [, algorithm, list] = readTlvs(readTlv(content).value);
  if (!algorithm || list?.tag !== 0x30) throw new ProblemError('card-file-invalid', 'SOD: security object');
  const hashName = hashNameOf(oidText(needChild(readTlvs(algorithm.value), 0x06, 'SOD').value));
  const hashes = new Map<number, Uint8Array>();
  for (const entry of readTlvs(list.value)) {
    const [number, value] = readTlvs(entry.value);
    if (number?.tag !== 0x02 || value?.tag !== 0x04) throw new ProblemError('card-file-invalid', 'SOD: entry');
    hashes.set(smallInteger(number.value, 'SOD'), value.value);
    if (hashes.size > maxGroups) throw new ProblemError('card-file-invalid', 'SOD: too many groups');
  }
  return { hashName, hashes };
}

/** Whether a data group as it was read, header included, is the signed one. Null when the SOD does not list it. */
export function groupMatches(sod: Sod, group: number, file: Uint8Array): boolean | null {
  const expected = sod.hashes.get(group);
  return expected === undefined ? null : sameBytes(expected, hash(sod.hashName, file));
}

/** The signer's certificate among those in the SOD, by issuer and serial or by key identifier. */
export function signerCertificate({ signer, certificates }: Sod): Certificate | null {
  const { issuerAndSerialNumber, subjectKeyIdentifier } = signer.sid;
  return certificates.find((certificate) => {
    const { tbsCertificate } = certificate;
    if (issuerAndSerialNumber) {
      return sameBytes(new Uint8Array(tbsCertificate.serialNumber), new Uint8Array(issuerAndSerialNumber.serialNumber))
        && sameBytes(new Uint8Array(AsnConvert.serialize(tbsCertificate.issuer)), new Uint8Array(AsnConvert.serialize(issuerAndSerialNumber.issuer)));
    }
    const extension = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectKeyIdentifier);
    return extension !== undefined && subjectKeyIdentifier !== undefined
      && sameBytes(new Uint8Array(AsnConvert.parse(extension.extnValue, SubjectKeyIdentifier).buffer), new Uint8Array(subjectKeyIdentifier.buffer));
  }) ?? null;
}
