import { describe, expect, it } from 'vitest';
import { blockOfDevice, defaultNumbering, dossierCode } from '../../shared/domain/dossier-code.ts';
import { numberBlockNo, numberBlocks, numberBlockText } from '../../shared/domain/number-block.ts';

describe('blocks of dossier numbers', () => {
  it('are two signs each, all different, and read back', () => {
    const all = Array.from({ length: numberBlocks }, (_, n) => numberBlockText(n + 1));
    expect([all[0], all[98], all[99], all[338], all[339], all.at(-1), all.length]).toEqual(['01', '99', 'A0', 'Z9', 'AA', 'ZZ', 915]);
    expect(new Set(all).size).toBe(numberBlocks);
    expect(all.map(numberBlockNo)).toEqual(Array.from({ length: numberBlocks }, (_, n) => n + 1));
    expect(['00', 'IO', '1', '', 'K7T'].map(numberBlockNo)).toEqual([null, null, null, null, null]);
    for (const no of [0, 916, 1.5]) expect(() => numberBlockText(no)).toThrow(RangeError);
  });

  it('no two kiosks give one code, also when a day has more dossiers than two digits hold', () => {
    const codes = ['01', '10', '99', 'A0', 'AA', blockOfDevice('0'.repeat(64)), blockOfDevice('f'.repeat(64))]
      .flatMap((block) => Array.from({ length: 1_200 }, (_, n) => dossierCode(defaultNumbering, block, 'H42.18', '2026-11-22', n + 1)));
    expect(new Set(codes).size).toBe(7 * 1_200);
    expect(codes[0]).toBe('H42.18-261122-0101');
  });
});
