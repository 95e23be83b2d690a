import { randomBytes } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AttributeTypeAndValue, AttributeValue, AuthorityKeyIdentifier, BasicConstraints, Certificate, CertificateList, Extension, Extensions,
  KeyIdentifier, KeyUsage, KeyUsageFlags, Name, RelativeDistinguishedName, RevokedCertificate, SubjectKeyIdentifier, TBSCertificate,
  TBSCertList, Time, Validity, Version, id_ce_authorityKeyIdentifier, id_ce_basicConstraints, id_ce_keyUsage, id_ce_subjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { ascii } from '../../electron/card/bytes.ts';
import { hash, type HashName } from '../../electron/card/ciphers.ts';
import { tlv } from '../../electron/card/tlv.ts';
import { buffer, type SigningKey } from './signing-key.ts';

/** One certificate to be made. Dates ISO, the whole day in UTC from and until. */
export interface CertificateRequest {
  country: string;
  subject: string;
  issuer: string;
  key: SigningKey;
  issuerKey: SigningKey;
  issuerHash: HashName;
  root: boolean;
  from: string;
  until: string;
  /** DocumentTypeList of a document signer (ICAO 9303-12 clause 7.1.1.6): the document code's first letter. */
  documentType?: string;
}

const crlNumber = '2.5.29.20';
const documentTypeList = '2.23.136.1.1.6.2';
const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const endOf = (day: string): Date => new Date(`${day}T23:59:59Z`);

/** SHA-1 of the public key's bits (RFC 5280 clause 4.2.1.2, method 1). */
export function keyIdentifier(key: SigningKey): Uint8Array {
  return hash('sha1', new Uint8Array(key.publicKeyInfo.subjectPublicKey));
}

function nameOf(country: string, common: string): Name {
  const part = (type: string, value: AttributeValue): RelativeDistinguishedName =>
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
  return new Name([
    part('2.5.4.6', new AttributeValue({ printableString: country })),
    part('2.5.4.10', new AttributeValue({ utf8String: 'MotCua Kiosk test' })),
    part('2.5.4.3', new AttributeValue({ utf8String: common })),
  ]);
}

const rawExtension = (extnID: string, critical: boolean, value: Uint8Array): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(value) });
const extension = (extnID: string, critical: boolean, value: object): Extension =>
  rawExtension(extnID, critical, new Uint8Array(AsnConvert.serialize(value)));
const authorityKey = (key: SigningKey): Extension =>
  extension(id_ce_authorityKeyIdentifier, false, new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(buffer(keyIdentifier(key))) }));

/** A certificate as ICAO 9303-12 clause 7.1 profiles it, as far as a reader looks. */
export function makeCertificate(request: CertificateRequest): Certificate {
  const { country, subject, issuer, key, issuerKey, issuerHash, root, from, until, documentType } = request;
  const serial = Uint8Array.from(randomBytes(8));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(serial),
    signature: issuerKey.algorithm(issuerHash),
    issuer: nameOf(country, issuer),
    validity: new Validity({ notBefore: startOf(from), notAfter: endOf(until) }),
    subject: nameOf(country, subject),
    subjectPublicKeyInfo: key.publicKeyInfo,
    extensions: new Extensions([
      authorityKey(issuerKey),
      extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(buffer(keyIdentifier(key)))),
      ...(root ? [extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 }))] : []),
      extension(id_ce_keyUsage, true, new KeyUsage(root ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature)),
      ...(documentType ? [rawExtension(documentTypeList, false, tlv(0x30, tlv(0x02, Uint8Array.of(0)), tlv(0x31, tlv(0x13, ascii(documentType)))))] : []),
    ]),
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbsCertificate));
  return new Certificate({
    tbsCertificate, signatureAlgorithm: issuerKey.algorithm(issuerHash), signatureValue: buffer(issuerKey.sign(issuerHash, signed)),
  });
}

/** A list of revoked certificates (RFC 5280 clause 5; ICAO 9303-12 clause 7.1.4), DER. */
export function makeCrl(request: {
  issuer: Certificate; issuerKey: SigningKey; hashName: HashName; from: string; until: string; revoked: readonly Certificate[];
}): Uint8Array {
  const { issuer, issuerKey, hashName, from, until, revoked } = request;
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature: issuerKey.algorithm(hashName),
    issuer: issuer.tbsCertificate.subject,
    thisUpdate: new Time(startOf(from)),
    nextUpdate: new Time(endOf(until)),
    ...(revoked.length > 0 ? {
      revokedCertificates: revoked.map(({ tbsCertificate }) => new RevokedCertificate({
        userCertificate: tbsCertificate.serialNumber, revocationDate: new Time(startOf(from)),
      })),
    } : {}),
    crlExtensions: [authorityKey(issuerKey), rawExtension(crlNumber, false, tlv(0x02, Uint8Array.of(1)))],
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbsCertList));
  return new Uint8Array(AsnConvert.serialize(new CertificateList({
    tbsCertList, signatureAlgorithm: issuerKey.algorithm(hashName), signature: buffer(issuerKey.sign(hashName, signed)),
  })));
}
