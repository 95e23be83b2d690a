import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockDoubts, doubtfulSpans, type ClockMark } from '../../shared/domain/clock-doubt.ts';

const gate = 'aaaaaaaa';
const other = 'bbbbbbbb';

const mark = fc.oneof(
  fc.integer({ min: -3_600_000, max: 3_600_000 }).map((offsetMs) => ({ kind: 'offset', offsetMs, against: 'hub' })),
  fc.integer({ min: -3_600_000, max: 3_600_000 }).map((jumpMs) => ({ kind: 'jump', jumpMs })),
);
const marks = fc.array(fc.record({ gate: fc.constantFrom(gate, other), seq: fc.integer({ min: 1, max: 40 }), mark }), { maxLength: 8 })
  .map((all) => all.map((one): ClockMark => ({ ...one, at: 0 } as ClockMark)));

it('property: a scan lies in a span of doubt exactly where it is doubtful', () => {
  fc.assert(fc.property(marks, (all) => {
    const spans = new Map(doubtfulSpans(all));
    for (const lane of [gate, other]) {
      for (let seq = 1; seq <= 45; seq += 1) {
        const inSpan = (spans.get(lane) ?? []).some(([after, to]) => after < seq && (to === null || seq <= to));
        expect([lane, seq, inSpan]).toEqual([lane, seq, clockDoubts(all, { at: 0, lane: `${lane}/1`, seq }) !== null]);
      }
    }
  }));
});

it('without a mark there is no span, and a mark that doubts nothing changes none', () => {
  expect(doubtfulSpans([])).toEqual([]);
  expect(doubtfulSpans([{ gate, seq: 5, at: 0, mark: { kind: 'offset', offsetMs: 100, against: 'hub' } } as ClockMark])).toEqual([]);
});
