import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../shared/contracts/identity.ts';
import { parseCertificate } from '../../electron/card/pki/certificate.ts';
import { checkChain, type ChainContext } from '../../electron/card/pki/chain.ts';
import { parseTrustFile } from '../../electron/card/pki/trust-file.ts';
import { ec, OpensslAuthority, opensslAgrees, rsa, type KeyKind } from './card-openssl-authority.ts';

const p256: KeyKind = { key: ec('prime256v1'), digest: 'sha256' };
const rsa2048: KeyKind = { key: rsa(2048), digest: 'sha256' };
const pki = new OpensslAuthority();
afterAll(() => pki.close());
// Tomorrow: what openssl makes from now on is valid then, past midnight too.
const now = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

beforeAll(() => {
  pki.root('csca', p256, { common: 'CSCA X' });
  pki.issue('ds', 'csca', p256);
  pki.issue('revoked', 'csca', p256);
  pki.issue('ml', 'csca', p256, { extension: 'list' });
  pki.root('impostor', p256, { common: 'CSCA X' });
  pki.issue('forged', 'impostor', p256);
  pki.root('other', rsa2048, { common: 'CSCA Y' });
  // Roll-over: the next key under the same name, also as a certificate that the old key signed.
  pki.root('next', rsa2048, { common: 'CSCA X' });
  pki.issue('link', 'csca', rsa2048, { common: 'CSCA X', extension: 'root', key: 'next', issuerKind: p256 });
  pki.issue('nextds', 'next', rsa2048);
  pki.root('bare', p256, { common: 'CSCA bare', extension: 'bare' });
  pki.issue('bareds', 'bare', p256, { extension: 'plain' });
  pki.issue('notca', 'csca', p256, { common: 'DS that signs' });
  pki.issue('belowds', 'notca', p256);
});

function chain(signer: string, anchors: readonly string[], { today = now, crls = [], others = [], purpose }: {
  today?: string; crls?: readonly Uint8Array[]; others?: readonly string[]; purpose?: ChainContext['purpose'];
} = {}): Verdict {
  return checkChain(parseCertificate(pki.der(signer)), {
    anchors: { certificates: anchors.map((name) => pki.der(name)), crls }, today,
    others: others.map((name) => parseCertificate(pki.der(name))), ...(purpose ? { purpose } : {}),
  });
}

/** What openssl says: anchors in one file, at noon of a day. */
function openssl(signer: string, anchors: readonly string[], today = now, ...more: string[]): boolean {
  const files = anchors.flatMap((name) => ['-trusted', pki.file(`${name}.pem`)]);
  return opensslAgrees('verify', '-attime', String(Date.parse(`${today}T12:00:00Z`) / 1_000), ...files, ...more, pki.file(`${signer}.pem`));
}

const crlCheck = (name: string): string[] => ['-crl_check', '-CRLfile', pki.file(`${name}.pem`)];

describe('chain', () => {
  it.each<[string, string, string[], string, boolean | null, RegExp]>([
    ['underItsCsca_holds', 'ds', ['csca'], day(1), true, /do CSCA X \(VN\) cấp, còn hiệu lực/],
    ['amongOthersOfItsName_holds', 'ds', ['impostor', 'next', 'csca', 'other'], day(1), true, /còn hiệu lực/],
    ['noCsca_isNotChecked', 'ds', [], day(1), null, /Hãy nhập chứng thư CSCA trong mục Quản trị/],
    ['onlyOtherNames_isNotChecked', 'ds', ['other'], day(1), null, /Chưa có chứng thư CSCA/],
    ['anotherCscaOfTheSameName_isFalse', 'forged', ['csca'], day(1), false, /không khóa nào của CSCA này/],
    ['nameWithoutKeyIdentifiers_holds', 'bareds', ['bare'], day(1), true, /còn hiệu lực/],
    ['signerExpired_isFalse', 'ds', ['csca'], day(1_500), false, /đơn vị ký đã hết hạn/],
    ['cscaExpiredToo_isFalse', 'ds', ['csca'], day(4_000), false, /Chứng thư CSCA X \(VN\) đã hết hạn/],
    ['notYetValid_isFalse', 'ds', ['csca'], day(-2), false, /chưa có hiệu lực/],
    ['linkCertificateInTheStore_holds', 'nextds', ['csca', 'link'], day(1), true, /còn hiệu lực/],
    ['keyRolledOverWithoutLink_isFalseAndSaysWhatToDo', 'nextds', ['csca'], day(1), false, /vừa đổi khóa, hãy nhập/],
    ['signedByADocumentSigner_isFalse', 'belowds', ['csca', 'notca'], day(1), false, /không được phép cấp chứng thư/],
    ['cscaItselfAsSigner_isFalse', 'csca', ['csca'], day(1), false, /cơ quan cấp chứng thư/],
    ['masterListSignerAsDocumentSigner_isFalse', 'ml', ['csca'], day(1), false, /không được cấp để ký dữ liệu thẻ/],
  ])('%s', (_, signer, anchors, today, ok, reason) => {
    const verdict = chain(signer, anchors, { today });
    expect(verdict.reason).toMatch(reason);
    expect(verdict.ok).toBe(ok);
  });

  it.each<[string, string[], number]>([
    ['ds', ['csca'], 1], ['ds', [], 1], ['ds', ['other'], 1], ['forged', ['csca'], 1], ['bareds', ['bare'], 1], ['ds', ['csca'], 1_500],
    ['ds', ['csca'], 4_000], ['ds', ['csca'], -2], ['nextds', ['csca', 'link'], 1], ['nextds', ['csca'], 1], ['belowds', ['csca', 'notca'], 1],
    ['ds', ['impostor', 'csca'], 1],
  ])('%s under %j in %i days: as openssl verify', (signer, anchors, days) => {
    expect(chain(signer, anchors, { today: day(days) }).ok === true).toBe(openssl(signer, anchors, day(days)));
  });

  it('changedCertificate_isFalseAsForOpenssl', () => {
    const der = pki.der('ds');
    der[der.length - 4]! ^= 1;
    expect(checkChain(parseCertificate(der), { anchors: { certificates: [pki.der('csca')], crls: [] }, today: now })).toMatchObject({ ok: false });
  });

  it('signedByAnAlgorithmThatWeDoNotKnow_isNotChecked', () => {
    const ed25519 = { ...parseCertificate(pki.der('ds')), algorithm: { oid: '1.3.101.112', parameters: null } };
    expect(checkChain(ed25519, { anchors: { certificates: [pki.der('csca')], crls: [] }, today: now })).toMatchObject({ ok: null, reason: expect.stringMatching(/chưa hỗ trợ/) });
  });

  it('linkCertificateThatCameAlong_holdsAsForOpenssl', () => {
    expect(chain('nextds', ['csca'], { others: ['link', 'nextds'] }).ok).toBe(true);
    expect(openssl('nextds', ['csca'], now, '-untrusted', pki.file('link.pem'))).toBe(true);
  });

  it('rootThatCameAlong_isNotTrusted', () => {
    expect(chain('nextds', ['other'], { others: ['next'] }).ok).toBe(null);
    expect(chain('forged', ['csca'], { others: ['impostor'] }).ok).toBe(false);
  });

  it('documentSignerAsMasterListSigner_isFalse', () => {
    expect(chain('ds', ['csca'], { purpose: 'master-list' })).toMatchObject({ ok: false, reason: expect.stringMatching(/danh sách CSCA/) });
    expect(chain('ml', ['csca'], { purpose: 'master-list' }).ok).toBe(true);
  });
});

describe('CRL', () => {
  it('notOnIt_holdsAndSaysSo', () => {
    const crl = pki.crl('crl', 'csca', ['revoked']);
    expect(chain('ds', ['csca'], { crls: [crl] })).toMatchObject({ ok: true, reason: expect.stringMatching(/không bị thu hồi theo danh sách ngày/) });
    expect(openssl('ds', ['csca'], now, ...crlCheck('crl'))).toBe(true);
  });

  it('onIt_isFalseWithTheDayAsForOpenssl', () => {
    const crl = pki.crl('crl', 'csca', ['ml', 'revoked']);
    expect(chain('revoked', ['csca'], { crls: [crl] })).toEqual({ ok: false, reason: 'Chứng thư của đơn vị ký đã bị thu hồi ngày 02/01/2025.' });
    expect(openssl('revoked', ['csca'], now, ...crlCheck('crl'))).toBe(false);
  });

  it('overdue_isStillUsedAndSaysSo', () => {
    const crl = pki.crl('crl', 'csca', ['revoked'], { days: 2 });
    expect(chain('revoked', ['csca'], { crls: [crl], today: day(30) }).ok).toBe(false);
    expect(chain('ds', ['csca'], { crls: [crl], today: day(30) })).toMatchObject({ ok: true, reason: expect.stringMatching(/quá hạn cập nhật/) });
  });

  it('signedByAnotherOfTheName_isNotUsed', () => {
    const crl = pki.crl('crl', 'impostor', ['ds']);
    expect(chain('ds', ['csca'], { crls: [crl] })).toMatchObject({ ok: true, reason: expect.stringMatching(/không dùng được/) });
  });

  it('signedByTheNextKey_speaksForTheOld', () => {
    const crl = pki.crl('crl', 'next', ['revoked']);
    expect(chain('revoked', ['csca', 'next'], { crls: [crl] }).ok).toBe(false);
    expect(chain('ds', ['csca', 'next'], { crls: [crl] }).ok).toBe(true);
  });

  it('newestOfTwo_speaks', () => {
    const older = pki.crl('older', 'csca', ['ds'], { days: 1 });
    const waited = Date.now() + 1_100;
    while (Date.now() < waited) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    const newer = pki.crl('newer', 'csca', []);
    expect(chain('ds', ['csca'], { crls: [older, newer] }).ok).toBe(true);
    expect(chain('ds', ['csca'], { crls: [older] }).ok).toBe(false);
  });

  it('cscaItselfRevoked_isFalse', () => {
    const crl = pki.crl('crl', 'csca', ['csca']);
    expect(chain('ds', ['csca'], { crls: [crl] })).toMatchObject({ ok: false, reason: expect.stringMatching(/CSCA X \(VN\) đã bị thu hồi/) });
  });
});

describe('trust files made by openssl', () => {
  const none = { known: { certificates: [], crls: [] }, today: now };
  const open = (bytes: Uint8Array): ReturnType<typeof parseTrustFile> => parseTrustFile(bytes, none);
  const text = (...names: string[]): Uint8Array => Uint8Array.from(Buffer.concat(names.map((name) => pki.run(name.startsWith('crl') ? 'crl' : 'x509', '-in', `${name}.pem`, '-text'))));

  it('pemOfSeveralWithTextBetween_givesAllWithTheirSignatures', () => {
    pki.crl('crl', 'csca', ['revoked']);
    const file = open(text('csca', 'link', 'other', 'crl'));
    expect(file).toMatchObject({ kind: 'mixed', list: null, rejected: [] });
    expect(file.certificates.map(({ subject, selfSigned, signature }) => [subject, selfSigned, signature.ok])).toEqual([
      ['C=VN, O=Test, CN=CSCA X', true, true], ['C=VN, O=Test, CN=CSCA X', false, true], ['C=VN, O=Test, CN=CSCA Y', true, true]]);
    expect(file.crls).toMatchObject([{ country: 'VN', revoked: 1, signature: { ok: true } }]);
  });

  it('documentSignerAndKey_areRejectedWithTheirPlace', () => {
    const file = open(Uint8Array.from(Buffer.concat([text('csca'), text('ds'), pki.run('pkey', '-in', 'ds.key')])));
    expect([file.certificates.length, file.rejected.map(({ index }) => index)]).toEqual([1, [1, 2]]);
    expect(file.rejected[0]!.reason).toMatch(/không phải chứng thư CA/);
  });

  it('pkcs7OfCertificates_givesThem', () => {
    const bytes = pki.run('crl2pkcs7', '-nocrl', '-certfile', 'csca.pem', '-certfile', 'other.pem', '-outform', 'DER');
    expect(open(Uint8Array.from(bytes)).certificates.map(({ subject }) => subject)).toEqual(['C=VN, O=Test, CN=CSCA X', 'C=VN, O=Test, CN=CSCA Y']);
  });

  it('certificateWithALineEndBehind_isRead', () => {
    expect(open(Uint8Array.from([...pki.der('csca'), 0x0d, 0x0a]))).toMatchObject({ kind: 'certificates', rejected: [] });
  });

  it('crlAlone_isCheckedByWhatIsKnown', () => {
    const crl = pki.crl('crl', 'csca', ['ds', 'ml']);
    expect(open(crl)).toMatchObject({ kind: 'crl', certificates: [], crls: [{ revoked: 2, signature: { ok: null } }] });
    const signatureBy = (name: string): boolean | null | undefined => parseTrustFile(crl, { ...none, known: { certificates: [pki.der(name)], crls: [] } }).crls[0]?.signature.ok;
    expect([signatureBy('csca'), signatureBy('other')]).toEqual([true, null]);
  });

  it('ldifOfThePkd_isRead', () => {
    const value = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/(.{70})/g, '$1\n ');
    const ldif = `version: 1\n\ndn: cn=x,o=csca,c=VN\nobjectClass: top\ncACertificate;binary:: ${value(pki.der('csca'))}\n\ndn: c=VN\ncertificateRevocationList;binary:: ${value(pki.crl('crl', 'csca', []))}\n`;
    const file = open(new TextEncoder().encode(ldif));
    expect([file.kind, file.certificates.length, file.crls.length, file.rejected]).toEqual(['mixed', 1, 1, []]);
  });
});
