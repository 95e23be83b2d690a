import { constants, generateKeyPairSync, randomBytes, sign as signByNode } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  Attribute, CertificateChoices, CertificateSet, ContentInfo, DigestAlgorithmIdentifier, DigestAlgorithmIdentifiers,
  EncapsulatedContent, EncapsulatedContentInfo, IssuerAndSerialNumber, SignatureAlgorithmIdentifier, SignedData, SignerIdentifier,
  SignerInfo, SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier, AttributeTypeAndValue, AttributeValue, BasicConstraints, Certificate, Extension, Extensions, KeyUsage,
  KeyUsageFlags, Name, RelativeDistinguishedName, SubjectPublicKeyInfo, TBSCertificate, Validity, Version,
  id_ce_basicConstraints, id_ce_keyUsage,
} from '@peculiar/asn1-x509';
import { concat, fromBigInt } from '../../electron/card/bytes.ts';
import { hash } from '../../electron/card/ciphers.ts';
import { standardCurves } from '../../electron/card/curves.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import type { CardProfile } from './profile.ts';

const sha256Oid = '2.16.840.1.101.3.4.2.1';
const ldsSecurityObject = '2.23.136.1.1.1';
const derNull = Uint8Array.of(5, 0);

/** A key that signs with SHA-256, and how certificates and the SOD speak of it. */
interface Signer {
  publicKeyInfo: SubjectPublicKeyInfo;
  algorithm: AlgorithmIdentifier;
  sign(data: Uint8Array): Uint8Array;
}

/** The invented issuing state: its root and the certificate that signs cards. */
export interface Authority {
  /** DER of the CSCA certificate. */
  csca: Uint8Array;
  signSecurityObject(content: Uint8Array): Uint8Array;
}

const derInteger = (value: bigint): Uint8Array => {
  const hex = value.toString(16);
  const bytes = fromBigInt(value, Math.ceil(hex.length / 2));
  return tlv(0x02, bytes[0]! >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes);
};

const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

function ecSigner(parameterId: number, explicit: boolean): Signer {
  const { oid, point } = standardCurves[parameterId]!;
  const scheme = ecdsa(point, sha256);
  const { secretKey, publicKey } = scheme.keygen();
  const c = point.CURVE();
  const size = Math.ceil(c.p.toString(2).length / 8);
  const written = tlv(0x30,
    derInteger(1n), tlv(0x30, tlv(0x06, oidBytes('1.2.840.10045.1.1')), derInteger(c.p)),
    tlv(0x30, tlv(0x04, fromBigInt(c.a, size)), tlv(0x04, fromBigInt(c.b, size))),
    tlv(0x04, point.BASE.toBytes(false)), derInteger(c.n), derInteger(c.h));
  return {
    publicKeyInfo: new SubjectPublicKeyInfo({
      algorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.2.1', parameters: buffer(explicit ? written : tlv(0x06, oidBytes(oid))) }),
      subjectPublicKey: buffer(point.fromBytes(publicKey).toBytes(false)),
    }),
    algorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
    sign: (data) => {
      const compact = scheme.sign(hash('sha256', data), secretKey, { prehash: false });
      const half = compact.length / 2;
      const part = (bytes: Uint8Array): Uint8Array => derInteger(BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
      return tlv(0x30, part(compact.subarray(0, half)), part(compact.subarray(half)));
    },
  };
}

function rsaSigner(pss: boolean): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sha256Id = tlv(0x30, tlv(0x06, oidBytes(sha256Oid)), derNull);
  const pssParameters = tlv(0x30,
    tlv(0xa0, sha256Id), tlv(0xa1, tlv(0x30, tlv(0x06, oidBytes('1.2.840.113549.1.1.8')), sha256Id)), tlv(0xa2, derInteger(32n)));
  return {
    publicKeyInfo: AsnConvert.parse(publicKey.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo),
    algorithm: pss
      ? new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.10', parameters: buffer(pssParameters) })
      : new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.11', parameters: buffer(derNull) }),
    sign: (data) => signByNode('sha256', data, pss
      ? { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : privateKey),
  };
}

const makers: Record<CardProfile['signer'], () => Signer> = {
  'ecdsa-p256': () => ecSigner(12, false),
  'ecdsa-brainpool-explicit': () => ecSigner(13, true),
  rsa: () => rsaSigner(false),
  'rsa-pss': () => rsaSigner(true),
};

function name(common: string): Name {
  const part = (type: string, value: AttributeValue): RelativeDistinguishedName =>
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
  return new Name([
    part('2.5.4.6', new AttributeValue({ printableString: 'VN' })),
    part('2.5.4.10', new AttributeValue({ utf8String: 'MotCua Kiosk test' })),
    part('2.5.4.3', new AttributeValue({ utf8String: common })),
  ]);
}

function certificate(subject: string, issuer: string, key: Signer, issuerKey: Signer, root: boolean): Certificate {
  const extension = (extnID: string, critical: boolean, value: object): Extension =>
    new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
  const serial = Uint8Array.from(randomBytes(8));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(serial),
    signature: issuerKey.algorithm,
    issuer: name(issuer),
    validity: new Validity({ notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2045-01-01T00:00:00Z') }),
    subject: name(subject),
    subjectPublicKeyInfo: key.publicKeyInfo,
    extensions: new Extensions([
      ...(root ? [extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 }))] : []),
      extension(id_ce_keyUsage, true, new KeyUsage(root ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature)),
    ]),
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbsCertificate));
  return new Certificate({ tbsCertificate, signatureAlgorithm: issuerKey.algorithm, signatureValue: buffer(issuerKey.sign(signed)) });
}

/** A fresh test CSCA and document signer; nothing of them is kept anywhere. */
export function makeAuthority(kind: CardProfile['signer']): Authority {
  const rootKey = makers[kind]();
  const signerKey = makers[kind]();
  const root = certificate('CSCA test', 'CSCA test', rootKey, rootKey, true);
  const document = certificate('DS test', 'CSCA test', signerKey, rootKey, false);
  return {
    csca: new Uint8Array(AsnConvert.serialize(root)),
    signSecurityObject: (content) => signedData(content, document, signerKey),
  };
}

function signedData(content: Uint8Array, document: Certificate, key: Signer): Uint8Array {
  const attribute = (attrType: string, value: Uint8Array): Attribute => new Attribute({ attrType, attrValues: [buffer(value)] });
  const signedAttrs = [
    attribute('1.2.840.113549.1.9.3', tlv(0x06, oidBytes(ldsSecurityObject))),
    attribute('1.2.840.113549.1.9.4', tlv(0x04, hash('sha256', content))),
  ];
  const set = tlv(0x31, ...signedAttrs.map((item) => new Uint8Array(AsnConvert.serialize(item))));
  const digest = new DigestAlgorithmIdentifier({ algorithm: sha256Oid });
  const signed = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digest]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: ldsSecurityObject, eContent: new EncapsulatedContent({ single: new OctetString(content) }),
    }),
    certificates: new CertificateSet([new CertificateChoices({ certificate: document })]),
    signerInfos: new SignerInfos([new SignerInfo({
      version: 1,
      sid: new SignerIdentifier({
        issuerAndSerialNumber: new IssuerAndSerialNumber({
          issuer: document.tbsCertificate.issuer, serialNumber: document.tbsCertificate.serialNumber,
        }),
      }),
      digestAlgorithm: digest,
      signedAttrs,
      signatureAlgorithm: new SignatureAlgorithmIdentifier(key.algorithm),
      signature: new OctetString(key.sign(set)),
    })]),
  });
  return new Uint8Array(AsnConvert.serialize(new ContentInfo({
    contentType: '1.2.840.113549.1.7.2', content: AsnConvert.serialize(signed),
  })));
}
