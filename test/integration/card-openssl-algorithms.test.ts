import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hash } from '../../electron/card/ciphers.ts';
import { parseSod, ldsSecurityObject } from '../../electron/card/sod.ts';
import { tlv } from '../../electron/card/tlv.ts';
import { judge, type Trust } from '../../electron/card/trust.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { dg1, OpensslAuthority, opensslAgrees, securityObject, signatureKinds } from './card-openssl-authority.ts';

// SODs and certificates made by openssl with every algorithm that ICAO 9303-12 clause 4.4 allows; openssl says what holds.

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

describe.each(Object.entries(signatureKinds))('signed with %s', (name, kind) => {
  let cms: Uint8Array;
  beforeAll(() => {
    pki.root(`${name}-csca`, kind);
    pki.issue(`${name}-ds`, `${name}-csca`, kind);
    cms = pki.sign(securityObject, `${name}-ds`, kind, ldsSecurityObject);
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
  const kind = signatureKinds['p256-sha256']!;
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
    const cms = pki.sign(securityObject, 'ds', kind, ldsSecurityObject, ...how);
    expect(verified(cms, '-CAfile', pki.file('csca.pem'))).toBe(true);
    expect(oks(judged(cms, 'csca'))).toEqual([true, true, true]);
  });

  it('noCertificateInside_isNotChecked', () => {
    const cms = pki.sign(securityObject, 'ds', kind, ldsSecurityObject, '-nocerts');
    expect(verified(cms, '-noverify')).toBe(false);
    expect(oks(judged(cms, 'csca'))).toEqual([true, null, null]);
  });

  it('contentOfAnotherType_isNoSod', () => {
    expect(oks(judged(pki.sign(securityObject, 'ds', kind, '2.23.136.1.1.2'), 'csca'))).toEqual([true, false, true]);
  });

  it('signedByTwo_isRefused', () => {
    expect(judged(pki.sign(securityObject, 'ds', kind, ldsSecurityObject, '-signer', 'other.pem', '-inkey', 'other.key'), 'csca')).toBe('card-file-invalid');
  });

  it('changedAtAnyPlace_neverHoldsWholeUnlessForOpensslToo', () => {
    const cms = pki.sign(securityObject, 'ds', kind, ldsSecurityObject);
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
