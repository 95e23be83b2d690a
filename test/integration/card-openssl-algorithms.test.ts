import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hash } from '../../electron/card/ciphers.ts';
import { parseSod, ldsSecurityObject } from '../../electron/card/sod.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import { judge, type Trust } from '../../electron/card/trust.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { ec, OpensslAuthority, opensslAgrees, rsa, type KeyKind } from './card-openssl-authority.ts';

// SODs and certificates made by openssl with every algorithm that ICAO 9303-12 clause 4.4 allows; openssl says what holds.

const kinds: Record<string, KeyKind> = {
  'rsa-sha1': { key: rsa(2048), digest: 'sha1' },
  'rsa-sha224': { key: rsa(2048), digest: 'sha224' },
  'rsa-sha256': { key: rsa(3072), digest: 'sha256' },
  'rsa-sha384': { key: rsa(2048), digest: 'sha384' },
  'rsa-sha512': { key: rsa(4096), digest: 'sha512' },
  'pss-sha1-salt20': { key: rsa(2048), digest: 'sha1', salt: 20 },
  'pss-sha256-salt32': { key: rsa(2048), digest: 'sha256', salt: 32 },
  'pss-sha256-salt20': { key: rsa(2048), digest: 'sha256', salt: 20 },
  'pss-sha512-salt64': { key: rsa(2048), digest: 'sha512', salt: 64 },
  'pss-key-sha384': { key: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], digest: 'sha384', salt: 48 },
  'p192-sha1': { key: ec('prime192v1'), digest: 'sha1' },
  'p224-sha224': { key: ec('secp224r1'), digest: 'sha224' },
  'p256-sha256': { key: ec('prime256v1'), digest: 'sha256' },
  'p256-sha512': { key: ec('prime256v1'), digest: 'sha512' },
  'p384-sha384': { key: ec('secp384r1'), digest: 'sha384' },
  'p521-sha512': { key: ec('secp521r1'), digest: 'sha512' },
  'bp192-sha1': { key: ec('brainpoolP192r1'), digest: 'sha1' },
  'bp224-sha224-explicit': { key: ec('brainpoolP224r1', 'explicit'), digest: 'sha224', isExplicit: true },
  'bp256-sha256': { key: ec('brainpoolP256r1'), digest: 'sha256' },
  'bp256-sha1-explicit': { key: ec('brainpoolP256r1', 'explicit'), digest: 'sha1', isExplicit: true },
  'bp320-sha384': { key: ec('brainpoolP320r1'), digest: 'sha384' },
  'bp384-sha384-explicit': { key: ec('brainpoolP384r1', 'explicit'), digest: 'sha384', isExplicit: true },
  'bp512-sha512-explicit': { key: ec('brainpoolP512r1', 'explicit'), digest: 'sha512', isExplicit: true },
  'p256-sha256-explicit': { key: ec('prime256v1', 'explicit'), digest: 'sha256', isExplicit: true },
};

const dg1 = tlv(0x61, tlv(0x5f1f, Uint8Array.from({ length: 90 }, () => 0x3c)));
const content = tlv(0x30,
  tlv(0x02, Uint8Array.of(0)), tlv(0x30, tlv(0x06, oidBytes('2.16.840.1.101.3.4.2.1'))),
  tlv(0x30, tlv(0x30, tlv(0x02, Uint8Array.of(1)), tlv(0x04, hash('sha256', dg1)))));

const pki = new OpensslAuthority();
afterAll(() => pki.close());
const not = { ok: null, reason: '' };
// Tomorrow: what openssl makes from now on is valid then, past midnight too.
const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

function judged(cms: Uint8Array, csca: string): Trust | string {
  try {
    return judge(parseSod(tlv(0x77, cms)), new Map([['DG1', dg1]]), { anchors: { certificates: [pki.der(csca)], crls: [] }, today, active: not, chip: not });
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

const oks = (trust: Trust | string): unknown => (typeof trust === 'string' ? trust : [trust.hashes.ok, trust.signature.ok, trust.chain.ok]);

function verified(cms: Uint8Array, ...args: string[]): boolean {
  writeFileSync(pki.file('check.cms'), cms);
  return opensslAgrees('cms', '-verify', '-inform', 'DER', '-binary', '-in', pki.file('check.cms'), '-purpose', 'any', '-auth_level', '0', '-out', pki.file('out'), ...args);
}

describe.each(Object.entries(kinds))('signed with %s', (name, kind) => {
  let cms: Uint8Array;
  beforeAll(() => {
    pki.root(`${name}-csca`, kind);
    pki.issue(`${name}-ds`, `${name}-csca`, kind);
    cms = pki.sign(content, `${name}-ds`, kind, ldsSecurityObject);
  });

  it('signatureAndChain_holdAsForOpenssl', () => {
    expect(verified(cms, '-noverify')).toBe(true);
    // OpenSSL refuses explicit parameters in a chain by policy: there the signatures alone can be compared.
    expect(verified(cms, '-CAfile', pki.file(`${name}-csca.pem`))).toBe(kind.isExplicit !== true);
    expect(oks(judged(cms, `${name}-csca`))).toEqual([true, true, true]);
  });

  it('changedContentOrSignature_failsAsForOpenssl', () => {
    const inContent = cms.slice();
    inContent[Buffer.from(cms).indexOf(Buffer.from(hash('sha256', dg1))) + 5]! ^= 1;
    const inSignature = cms.slice();
    inSignature[cms.length - 3]! ^= 1;
    expect([verified(inContent, '-noverify'), verified(inSignature, '-noverify')]).toEqual([false, false]);
    expect(oks(judged(inContent, `${name}-csca`))).toEqual([false, false, true]);
    expect(oks(judged(inSignature, `${name}-csca`))).toEqual([true, false, true]);
  });
});

describe('forms of the CMS', () => {
  const kind = kinds['p256-sha256']!;
  beforeAll(() => {
    pki.root('csca', kind);
    pki.issue('ds', 'csca', kind);
    pki.issue('other', 'csca', kind);
  });

  it.each([
    ['signer by key identifier', ['-keyid']],
    ['without signed attributes', ['-noattr']],
    ['several certificates', ['-certfile', 'other.pem']],
    ['indefinite lengths', ['-stream']],
    ['another digest than the content\'s', ['-md', 'sha512']],
  ])('%s_holdsAsForOpenssl', (_, how) => {
    const cms = pki.sign(content, 'ds', kind, ldsSecurityObject, ...how);
    expect(verified(cms, '-CAfile', pki.file('csca.pem'))).toBe(true);
    expect(oks(judged(cms, 'csca'))).toEqual([true, true, true]);
  });

  it('noCertificateInside_isNotChecked', () => {
    const cms = pki.sign(content, 'ds', kind, ldsSecurityObject, '-nocerts');
    expect(verified(cms, '-noverify')).toBe(false);
    expect(oks(judged(cms, 'csca'))).toEqual([true, null, null]);
  });

  it('contentOfAnotherType_isNoSod', () => {
    expect(oks(judged(pki.sign(content, 'ds', kind, '2.23.136.1.1.2'), 'csca'))).toEqual([true, false, true]);
  });

  it('signedByTwo_isRefused', () => {
    expect(judged(pki.sign(content, 'ds', kind, ldsSecurityObject, '-signer', 'other.pem', '-inkey', 'other.key'), 'csca')).toBe('card-file-invalid');
  });

  it('changedAtAnyPlace_neverHoldsWholeUnlessForOpensslToo', () => {
    const cms = pki.sign(content, 'ds', kind, ldsSecurityObject);
    const answers = new Set<string>();
    const tooEasy: number[] = [];
    for (let at = 0; at < cms.length; at += 7) {
      const changed = cms.slice();
      changed[at]! ^= 0x04;
      const trust = judged(changed, 'csca');
      answers.add(typeof trust === 'string' ? trust : 'judged');
      const isWhole = typeof trust !== 'string' && [trust.hashes, trust.signature, trust.chain].every(({ ok }) => ok === true);
      if (isWhole && !verified(changed, '-CAfile', pki.file('csca.pem'))) tooEasy.push(at);
    }
    expect([...answers].sort()).toEqual(['card-file-invalid', 'judged']);
    expect(tooEasy).toEqual([]);
  });
});
