import {
  Attribute, CertificateChoices, CertificateSet, ContentInfo, DigestAlgorithmIdentifier, DigestAlgorithmIdentifiers,
  EncapsulatedContent, EncapsulatedContentInfo, IssuerAndSerialNumber, SignatureAlgorithmIdentifier, SignedData, SignerIdentifier,
  SignerInfo, SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { SubjectKeyIdentifier, type Certificate } from '@peculiar/asn1-x509';
import { hash, type HashName } from '../../electron/card/ciphers.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import { keyIdentifier } from './certificates.ts';
import { buffer, hashOids, type SigningKey } from './signing-key.ts';

/** What one CMS is: its content and type, who signs it and how. */
export interface CmsRequest {
  content: Uint8Array;
  contentType: string;
  certificate: Certificate;
  key: SigningKey;
  hashName: HashName;
  byKeyIdentifier: boolean;
  withCertificate: boolean;
}

/** ContentInfo of SignedData with signed attributes (RFC 5652 clause 5; profile of ICAO 9303-10 clause 4.6.2.2). */
export function signedCms({ content, contentType, certificate, key, hashName, byKeyIdentifier, withCertificate }: CmsRequest): Uint8Array {
  const attribute = (attrType: string, value: Uint8Array): Attribute => new Attribute({ attrType, attrValues: [buffer(value)] });
  const signedAttrs = [
    attribute('1.2.840.113549.1.9.3', tlv(0x06, oidBytes(contentType))),
    attribute('1.2.840.113549.1.9.4', tlv(0x04, hash(hashName, content))),
  ];
  const set = tlv(0x31, ...signedAttrs.map((item) => new Uint8Array(AsnConvert.serialize(item))));
  const digest = new DigestAlgorithmIdentifier({ algorithm: hashOids[hashName] });
  const { issuer, serialNumber } = certificate.tbsCertificate;
  const sid = byKeyIdentifier
    ? new SignerIdentifier({ subjectKeyIdentifier: new SubjectKeyIdentifier(buffer(keyIdentifier(key))) })
    : new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) });
  const signed = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digest]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: contentType, eContent: new EncapsulatedContent({ single: new OctetString(content) }),
    }),
    ...(withCertificate ? { certificates: new CertificateSet([new CertificateChoices({ certificate })]) } : {}),
    signerInfos: new SignerInfos([new SignerInfo({
      version: byKeyIdentifier ? 3 : 1,
      sid,
      digestAlgorithm: digest,
      signedAttrs,
      signatureAlgorithm: new SignatureAlgorithmIdentifier(key.algorithm(hashName)),
      signature: new OctetString(key.sign(hashName, set)),
    })]),
  });
  return new Uint8Array(AsnConvert.serialize(new ContentInfo({
    contentType: '1.2.840.113549.1.7.2', content: AsnConvert.serialize(signed),
  })));
}
