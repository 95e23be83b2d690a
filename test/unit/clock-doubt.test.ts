import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockMarkPayload } from '../../shared/contracts/clock.ts';
import { clockDoubter, clockDoubts, type ClockMark } from '../../shared/domain/clock-doubt.ts';

const at = Date.parse('2026-11-22T01:00:00Z');
const hour = 3_600_000;
const gate = 'aaaaaaaa';
const marks = (...all: [seq: number, mark: ClockMarkPayload][]): ClockMark[] => all.map(([seq, mark]) => ({ gate, seq, at, mark }));
const doubt = (all: readonly ClockMark[], seq: number, lane = `${gate}/1`) => clockDoubts(all, { at, lane, seq });

describe('which times of a gate are not to be relied on', () => {
  it('withoutAMark_andWithMarksOfAnotherGate_none', () => {
    expect(doubt([], 5)).toBeNull();
    expect(doubt(marks([3, { kind: 'jump', jumpMs: 9 * hour }]), 5, 'bbbbbbbb/1')).toBeNull();
  });

  it('afterAJumpBack_theScansAfterIt_withTheTimeThatItWouldHaveBeen', () => {
    const all = marks([10, { kind: 'jump', jumpMs: -2 * hour }]);
    expect(doubt(all, 9)).toBeNull();
    expect(doubt(all, 11)).toEqual({ reason: 'jump', errorMs: -2 * hour, estimated: at + 2 * hour });
  });

  it('aJumpThatUndoesTheOneBefore_makesTheClockRightAgain', () => {
    const all = marks([10, { kind: 'jump', jumpMs: hour }], [20, { kind: 'jump', jumpMs: -hour }]);
    expect([9, 15, 21].map((seq) => doubt(all, seq)?.errorMs ?? 0)).toEqual([0, hour, 0]);
  });

  it('whenTheHubFindsTheClockRightAfterAJump_theTimeBeforeItWasWrong', () => {
    const all = marks([10, { kind: 'jump', jumpMs: hour }], [12, { kind: 'offset', against: 'hub', offsetMs: 300 }]);
    expect(doubt(all, 9)).toMatchObject({ errorMs: -300 - hour });
    expect(doubt(all, 11)).toBeNull();
  });

  it('anOffsetFoundLate_holdsForAllSinceTheClockWasSet', () => {
    const all = marks([30, { kind: 'offset', against: 'hub', offsetMs: -10 * 60_000 }]);
    expect(doubt(all, 2)).toEqual({ reason: 'offset', errorMs: 10 * 60_000, estimated: at - 10 * 60_000 });
    expect(doubt(all, 40)).toMatchObject({ errorMs: 10 * 60_000 });
  });

  it('complaint23_aYearThatCannotBeAfterAPowerCut_isDoubtfulWithoutAGuess_untilSomebodySetsTheClock', () => {
    const all = marks([10, { kind: 'boot', doubt: 'year', jumpMs: 0 }], [20, { kind: 'jump', jumpMs: 5 * 366 * 24 * hour }]);
    expect(doubt(all.slice(0, 1), 15)).toEqual({ reason: 'year', errorMs: null, estimated: null });
    expect(doubt(all, 15)).toEqual({ reason: 'year', errorMs: -5 * 366 * 24 * hour, estimated: at + 5 * 366 * 24 * hour });
    expect(doubt(all, 21)).toBeNull();
    expect(doubt(all, 9)).toBeNull();
  });

  it('anotherTimeZone_andAnotherGatesClock_giveNoDoubtByThemselves', () => {
    expect(doubt(marks([3, { kind: 'timezone', from: 420, to: 480 }], [4, { kind: 'offset', against: 'b'.repeat(64), offsetMs: hour }]), 9)).toBeNull();
  });

  it('smallOffsets_giveNone_andThenThereIsNothingToAskFor', () => {
    expect(clockDoubter(marks([3, { kind: 'offset', against: 'hub', offsetMs: 45_000 }]))).toBeNull();
    expect(clockDoubter(marks([3, { kind: 'offset', against: 'hub', offsetMs: 90_000 }]))?.({ at, lane: `${gate}/1`, seq: 4 })?.estimated).toBe(at + 90_000);
  });

  it('anyMarksInAnyOrder_giveTheSame_andAnEstimateThatIsTheTimeLessTheError', () => {
    const mark = fc.oneof(
      fc.record({ kind: fc.constant('offset' as const), against: fc.constantFrom('hub', 'x'), offsetMs: fc.integer({ min: -1e9, max: 1e9 }) }),
      fc.record({ kind: fc.constant('jump' as const), jumpMs: fc.integer({ min: -1e9, max: 1e9 }) }),
      fc.record({ kind: fc.constant('boot' as const), doubt: fc.constantFrom('behind' as const, 'year' as const), jumpMs: fc.integer() }));
    fc.assert(fc.property(fc.array(mark, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.nat()), (list, seq, shuffle) => {
      const all = list.map((one, i): ClockMark => ({ gate, seq: 2 * i + 1, at, mark: one }));
      const mixed = all.map((one) => ({ one, by: shuffle.next().value as number })).toSorted((a, b) => a.by - b.by).map(({ one }) => one);
      const found = doubt(all, seq);
      expect(doubt(mixed, seq)).toEqual(found);
      expect(clockDoubter(all)?.({ at, lane: `${gate}/1`, seq }) ?? null).toEqual(found);
      expect(found?.estimated ?? null).toBe(typeof found?.errorMs === 'number' ? at - found.errorMs : null);
    }));
  });
});
