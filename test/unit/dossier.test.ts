import { describe, expect, it } from 'vitest';
import { DossierStatus } from '../../shared/contracts/dossier.ts';
import { advanceTargets, canFollow, clockRuns, isOpen, needsReason, nextStatuses } from '../../shared/domain/dossier.ts';
import { blockOfDevice, defaultNumbering, dossierCode, DossierNumbering } from '../../shared/domain/dossier-code.ts';
import { lookUpWaitMs, lookUpsLeft } from '../../shared/domain/purpose.ts';

describe('dossier status', () => {
  it('every status but the first can be reached from received', () => {
    const reached = new Set<string>(['received']);
    for (const status of reached) for (const next of nextStatuses[status as DossierStatus]) reached.add(next);
    expect([...reached].toSorted()).toEqual(DossierStatus.options.toSorted());
  });
  it('only digitising resolves and only handing over hands over', () => {
    for (const status of DossierStatus.options) {
      expect(advanceTargets(status)).not.toContain('resolved');
      expect(advanceTargets(status)).not.toContain('handed-over');
    }
  });
  it.each([
    ['received', 'in-progress', true], ['received', 'handed-over', false], ['resolved', 'handed-over', true],
    ['resolved', 'in-progress', false], ['handed-over', 'received', false], ['supplement-requested', 'resolved', false],
  ] as const)('%s → %s: %s', (from, to, can) => expect(canFollow(from, to)).toBe(can));
  it('end statuses are closed', () => {
    expect(DossierStatus.options.filter((status) => !isOpen(status))).toEqual(['handed-over', 'stopped', 'withdrawn']);
  });
  it('the clock stands while a supplement is awaited', () => {
    expect(DossierStatus.options.filter(clockRuns)).toEqual(['received', 'in-progress']);
  });
  it('what goes against the citizen needs a reason', () => {
    expect(DossierStatus.options.filter(needsReason)).toEqual(['supplement-requested', 'stopped', 'withdrawn']);
  });
});

describe('dossier code', () => {
  it.each([
    ['07', 1, 'H42.18-261122-0701'], ['07', 99, 'H42.18-261122-0799'], ['07', 100, 'H42.18-261122-07100'],
    ['7', 12, 'H42.18-261122-7012'], ['KQT', 1, 'H42.18-261122-KQT001'],
  ])('block %s, number %i → %s', (block, serial, code) => {
    expect(dossierCode(defaultNumbering, block, 'H42.18', '2026-11-22', serial)).toBe(code);
  });
  it('no two numbers of two blocks of one length meet, even when they run over', () => {
    const codes = new Set<string>();
    for (const block of ['00', '01', '07', '10', '70', '71']) for (let serial = 1; serial <= 1200; serial++) codes.add(dossierCode(defaultNumbering, block, 'U', '2026-11-22', serial));
    expect(codes.size).toBe(6 * 1200);
  });
  it('a unit code loses what cannot stand in a code', () => {
    expect(dossierCode(defaultNumbering, '01', 'h42 -18/x', '2026-11-22', 1)).toBe('H4218X-261122-0101');
    expect(dossierCode(defaultNumbering, '01', '', '2026-11-22', 1)).toBe('KIOSK-261122-0101');
  });
  it('a kiosk without a block gets one from its key', () => {
    expect(blockOfDevice('00000000ff')).toBe('AAA');
    expect(blockOfDevice('ffffffff')).toMatch(/^[A-Z]{3}$/);
    expect(blockOfDevice('12345678')).not.toBe(blockOfDevice('12345679'));
  });
  it('a pattern without a part that keeps codes apart is refused', () => {
    expect(DossierNumbering.safeParse({ pattern: '{unit}-{yy}{mm}{dd}-{serial}', block: null }).success).toBe(false);
    expect(DossierNumbering.safeParse(defaultNumbering).success).toBe(true);
  });
});

describe('look-ups left', () => {
  it('counts the last hour only, never below none', () => {
    const now = 10_000_000;
    expect(lookUpsLeft([now - 3_600_001, now - 3_599_999, now], now, 5)).toBe(3);
    expect(lookUpsLeft([now, now], now, 1)).toBe(0);
    expect(lookUpWaitMs([now - 3_000_000, now - 1_000_000], now, 2)).toBe(600_000);
    expect(lookUpWaitMs([now - 3_000_000, now - 1_000_000, now], now, 2)).toBe(2_600_000);
    expect(lookUpWaitMs([now - 3_600_000, now - 1_000_000], now, 2)).toBe(0);
  });
});
