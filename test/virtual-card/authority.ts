import { AsnConvert } from '@peculiar/asn1-schema';
import { makeCertificate, makeCrl } from './certificates.ts';
import { signedCms } from './cms.ts';
import { Issuer, type SignatureKind } from './profile.ts';
import { signingKey } from './signing-key.ts';

/** The invented issuing state: its root, the certificate that signs cards, and the list of those revoked. All DER. */
export interface Authority {
  /** The CSCA that is handed out to readers. */
  csca: Uint8Array;
  /** Its CRL. */
  crl: Uint8Array;
  /** The document signer's certificate. */
  signer: Uint8Array;
  /** CMS over a content of that type, by the document signer. */
  sign(content: Uint8Array, contentType: string): Uint8Array;
}

const cscaName = 'CSCA test';
const signerName = 'DS test';

/** A test CSCA and document signer. Keys are made once a process, certificates at each call; nothing of them is kept. */
export function makeAuthority(kind: SignatureKind, input: Issuer = Issuer.parse({}), documentType = 'I'): Authority {
  const { country, csca, cscaHash, signerHash, signedBy } = input;
  const root = (name: string, use: string) => {
    const key = signingKey(csca ?? kind, use);
    const certificate = makeCertificate({
      country, subject: name, issuer: name, key, issuerKey: key, issuerHash: cscaHash, root: true, from: input.cscaFrom, until: input.cscaUntil,
    });
    return { name, key, certificate };
  };
  const handedOut = root(cscaName, 'csca');
  const above = signedBy === 'csca' ? handedOut : root(signedBy === 'stranger' ? 'CSCA stranger' : cscaName, 'stranger');
  const key = signingKey(kind, signedBy === 'csca' ? 'signer' : 'stranger signer');
  const document = makeCertificate({
    country, subject: signerName, issuer: above.name, key, issuerKey: above.key, issuerHash: cscaHash, root: false,
    from: input.signerFrom, until: input.signerUntil, documentType,
  });
  return {
    csca: new Uint8Array(AsnConvert.serialize(handedOut.certificate)),
    crl: makeCrl({
      issuer: handedOut.certificate, issuerKey: handedOut.key, hashName: cscaHash, from: input.crlFrom, until: input.crlUntil,
      revoked: input.revoked ? [document] : [],
    }),
    signer: new Uint8Array(AsnConvert.serialize(document)),
    sign: (content, contentType) => signedCms({
      content, contentType, certificate: document, key, hashName: signerHash,
      byKeyIdentifier: input.signerId === 'key-identifier', withCertificate: input.certificateInSod,
    }),
  };
}
