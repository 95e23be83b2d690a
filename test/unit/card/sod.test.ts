import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { cmsSigner } from '../../../electron/card/pki/cms.ts';
import { curveOfKey } from '../../../electron/card/pki/public-key.ts';
import { checkSodSignature } from '../../../electron/card/signature.ts';
import { groupMatches, parseSod } from '../../../electron/card/sod.ts';
import { standardCurves } from '../../../electron/card/curves.ts';

const specimen = (name: string): Uint8Array => Uint8Array.from(readFileSync(path.join(import.meta.dirname, `../../fixtures/card/specimen/EF_${name}.bin`)));

function verdictOf(file: Uint8Array): string {
  try {
    return checkSodSignature(parseSod(file));
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

describe('the specimen SOD (SHA-1, brainpoolP224r1 with explicit parameters)', () => {
  it('parsed_listsItsGroups', () => {
    const sod = parseSod(specimen('SOD'));
    expect([sod.hashName, [...sod.hashes.keys()]]).toEqual(['sha1', [1, 2, 3, 14]]);
  });

  it('groups_matchUnlessABitIsChanged', () => {
    const sod = parseSod(specimen('SOD'));
    const changed = specimen('DG1');
    changed[20]! ^= 1;
    expect([groupMatches(sod, 1, specimen('DG1')), groupMatches(sod, 14, specimen('DG14')), groupMatches(sod, 1, changed), groupMatches(sod, 13, changed)])
      .toEqual([true, true, false, null]);
  });

  it('signature_isValidByTheCertificateInside', () => {
    const sod = parseSod(specimen('SOD'));
    expect(curveOfKey(cmsSigner(sod)!.publicKey).name).toBe('brainpoolP224r1');
    expect(checkSodSignature(sod)).toBe('valid');
  });

  it('anyBitOfTheSignedContentChanged_isNeverValid', () => {
    const file = specimen('SOD');
    const sod = parseSod(file);
    const from = Buffer.from(file).indexOf(Buffer.from(sod.content));
    expect(from).toBeGreaterThan(0);
    for (let at = from; at < from + sod.content.length; at += 1) {
      const changed = file.slice();
      changed[at]! ^= 1;
      expect(verdictOf(changed)).not.toBe('valid');
    }
  });
});

describe('the standard curves', () => {
  it.each(Object.entries(standardCurves))('%s_generatorHasTheOrder', (_, { point }) => {
    expect(point.BASE.multiplyUnsafe(point.Fn.ORDER - 1n).equals(point.BASE.negate())).toBe(true);
  });
});
