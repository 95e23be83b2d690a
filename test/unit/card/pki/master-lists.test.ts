import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { noAnchors, type TrustAnchors } from '../../../../electron/card/pki/anchors.ts';
import { parseCertificate } from '../../../../electron/card/pki/certificate.ts';
import { checkMasterList } from '../../../../electron/card/pki/master-list.ts';
import { parseTrustFile, type TrustFile } from '../../../../electron/card/pki/trust-file.ts';
import type { Verdict } from '../../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../../shared/contracts/problems.ts';

const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(path.join(import.meta.dirname, '../../../fixtures/card/master-lists', name)));
const anchors = (...names: string[]): TrustAnchors => ({ certificates: names.map(fixture), crls: [] });
const today = '2026-11-22';
const open = (bytes: Uint8Array, known: TrustAnchors = noAnchors): TrustFile => parseTrustFile(bytes, { known, today });

/** Two's complement, as an INTEGER is. */
const signed = (hex: string): bigint => BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`));
/** As Node prints it: hex with a sign. */
const printed = (hex: string): bigint => (hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`));

const vietnam = {
  fingerprint: '6b5fa6fe45cc4e855a73760413e08b7a9ac50a27722c702f3909a90facc991bd',
  country: 'VN',
  subject: 'C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam',
  serial: '506F1357A3A196C24DC32CF464140CAE',
  notBefore: '2022-06-29', notAfter: '2037-10-01',
  algorithm: 'ECDSA brainpoolP512r1 (SHA-512)', selfSigned: true, signature: { ok: true },
};

describe.each([
  // Counts of certificates, of countries, and of certificates whose issuer's key is not in the list.
  ['de', 'de-2026-05-28.ml', 'de-root.cer', 'nl-root.cer', { certificates: 588, countries: 112, open: 14 }],
  ['nl', 'nl-2026-07-22.ml', 'nl-root.cer', 'de-root.cer', { certificates: 411, countries: 129, open: 0 }],
] as const)('master list of %s', (_, name, root, otherRoot, counts) => {
  const list = open(fixture(name));
  const members = list.certificates.map(({ der }) => parseCertificate(der));
  const checkedBy = (known: TrustAnchors, day = today): Verdict => checkMasterList(fixture(name), members, { known, today: day }).verdict;

  it('parsed_isWholeWithOneOfVietnam', () => {
    expect([list.kind, list.rejected, list.crls]).toEqual(['master-list', [], []]);
    expect(new Set(list.certificates.map(({ fingerprint }) => fingerprint)).size).toBe(counts.certificates);
    expect(new Set(list.certificates.map(({ country }) => country)).size).toBe(counts.countries);
    expect(list.certificates.filter(({ country }) => country === 'VN')).toMatchObject([vietnam]);
  });

  it('everySignatureWhoseIssuerIsThere_holdsAsForOpenssl', () => {
    // Node's own X.509 is OpenSSL, which knows all curves; the code under test never uses it.
    const theirs = list.certificates.map(({ der }) => new X509Certificate(der));
    const bySubject = Map.groupBy(theirs, ({ subject }) => subject.toLowerCase());
    const verified = theirs.map((one) => (bySubject.get(one.issuer.toLowerCase()) ?? []).some((issuer) => one.verify(issuer.publicKey)));
    expect(list.certificates.map(({ signature }) => signature.ok === true)).toEqual(verified);
    expect(list.certificates.filter(({ signature }) => signature.ok === false)).toEqual([]);
    expect(list.certificates.filter(({ signature }) => signature.ok === null)).toHaveLength(counts.open);
  });

  it('everyCertificate_isNamedAsOpensslNamesIt', () => {
    for (const { der, serial, notAfter, fingerprint } of list.certificates) {
      const theirs = new X509Certificate(der);
      expect(fingerprint).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
      expect(notAfter).toBe(new Date(theirs.validTo).toISOString().slice(0, 10));
      expect(signed(serial)).toBe(printed(theirs.serialNumber));
    }
  });

  it('signature_holdsUnderTheKnownRootAndUnderTheListItself', () => {
    expect(list.list).toMatchObject({ signer: expect.stringMatching(/Master ?list Signer/i), verdict: { ok: true, reason: expect.stringMatching(/nằm trong chính danh sách/) } });
    expect(checkedBy(anchors(root))).toMatchObject({ ok: true, reason: expect.not.stringMatching(/chính danh sách/) });
    expect(checkedBy(anchors(otherRoot))).toMatchObject({ ok: true, reason: expect.stringMatching(/chính danh sách/) });
  });

  it('signerOfNobodyInTheListOrKnown_isNotChecked', () => {
    expect(checkMasterList(fixture(name), [], { known: anchors(otherRoot), today })).toMatchObject({ verdict: { ok: null, reason: expect.stringMatching(/Chưa có chứng thư CSCA/) } });
  });

  it('afterItsSignerExpired_isFalse', () => {
    expect(checkedBy(anchors(root), '2045-01-01')).toMatchObject({ ok: false, reason: expect.stringMatching(/hết hạn/) });
  });

  it('oneLetterChanged_isFalse', () => {
    const changed = fixture(name);
    changed[Buffer.from(changed).indexOf('CSCA ePassport Vietnam')]! ^= 0x20;
    expect(checkMasterList(changed, [], { known: anchors(root), today })).toMatchObject({ verdict: { ok: false, reason: expect.stringMatching(/bị sửa hoặc hỏng/) } });
  });
});

describe('certificates', () => {
  it('ofVietnam_isReadAlone', () => {
    expect(open(fixture('vn-csca-epassport-2022.cer'))).toMatchObject({ kind: 'certificates', certificates: [vietnam], list: null, rejected: [] });
  });

  it('asPem_isTheSame', () => {
    const pem = `subject=VN\r\n-----BEGIN CERTIFICATE-----\r\n${Buffer.from(fixture('vn-csca-epassport-2022.cer')).toString('base64').replace(/(.{64})/g, '$1\r\n')}\r\n-----END CERTIFICATE-----\r\n`;
    expect(open(new TextEncoder().encode(pem))).toMatchObject({ certificates: [vietnam], rejected: [] });
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('Đây không phải chứng thư.')],
    ['zeros', new Uint8Array(1_000)],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ['a cut certificate', fixture('vn-csca-epassport-2022.cer').subarray(0, 700)],
    ['an empty PEM block', new TextEncoder().encode('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n')],
    ['a file beyond the bound', new Uint8Array(16 * 1024 * 1024 + 1)],
  ])('%s_isAProblem', (_, bytes) => {
    expect(() => open(bytes)).toThrow(ProblemError);
    expect(() => open(bytes)).toThrow(/^trust-file-invalid/);
  });

  it('oneDamagedAmongGood_isRejectedWithItsPlace', () => {
    const [nl, vn] = [fixture('nl-root.cer'), fixture('vn-csca-epassport-2022.cer')];
    const damaged = vn.slice();
    damaged[8] = 0x31;
    const file = open(Uint8Array.from([...nl, ...damaged, ...vn]));
    expect([file.certificates.length, file.rejected.map(({ index }) => index)]).toEqual([2, [1]]);
    expect(file.rejected[0]?.reason).toMatch(/Không đọc được mục này/);
  });
});
