import { describe, expect, it } from 'vitest';
import { noChanges } from '../../shared/domain/correction.ts';
import { changesOf, clockMinutes, draftOf, momentOf, noShiftId } from '../../renderer/views/admin/time/correction-draft.ts';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const clock = (moment: number): string => new Date(moment + 7 * 3_600_000).toISOString().slice(11, 16);
const empty = draftOf(null, clock);

describe('a clock time as somebody enters it', () => {
  it.each([['17:30', 1050], ['7h05', 425], ['7:05', 425], ['705', 425], ['1730', 1050], ['17', 1020], [' 0:00 ', 0]])('%s is read', (text, minutes) => {
    expect(clockMinutes(text)).toBe(minutes);
  });
  it.each(['25:00', '17:60', 'abc', '', '17:3', '-1'])('“%s” is none', (text) => expect(clockMinutes(text)).toBeNull());

  it('is the first such moment from six hours before the shift on: a night ends on the next date', () => {
    expect(momentOf(18 * 60, '2026-11-20', at('2026-11-20T08:00'))).toBe(at('2026-11-20T18:00'));
    expect(momentOf(6 * 60, '2026-11-20', at('2026-11-20T22:00'))).toBe(at('2026-11-21T06:00'));
    expect(momentOf(21 * 60 + 50, '2026-11-20', at('2026-11-20T22:00'))).toBe(at('2026-11-20T21:50'));
    expect(momentOf(23 * 60, '2026-11-20', at('2026-11-20T00:00'))).toBe(at('2026-11-19T23:00'));
    expect(momentOf(0, '2026-11-20', null)).toBe(at('2026-11-20T00:00'));
  });
});

describe('a draft', () => {
  const startAt = at('2026-11-20T08:00');

  it('says punches in order of time, and comes back as it was', () => {
    const said = changesOf({ ...empty, addIn: '8:00', addOut: '17h30' }, '2026-11-20', startAt);
    expect(said).toEqual({ changes: { ...noChanges, kind: 'change', add: [{ direction: 'in', at: at('2026-11-20T08:00') }, { direction: 'out', at: at('2026-11-20T17:30') }] } });
    expect(changesOf(draftOf('changes' in said ? said.changes : null, clock), '2026-11-20', startAt)).toEqual(said);
  });
  it('keeps further punches of the correction that it goes on from', () => {
    const add = (['in', 'out', 'in', 'out'] as const).map((direction, i) => ({ direction, at: at(`2026-11-20T${['08:00', '11:00', '12:00', '17:00'][i]}`) }));
    expect(changesOf(draftOf({ ...noChanges, kind: 'change', add }, clock), '2026-11-20', startAt)).toEqual({ changes: { ...noChanges, kind: 'change', add } });
  });
  it('of a whole day says nothing else but the shift', () => {
    expect(changesOf({ ...empty, wholeDay: true, addIn: '8:00', shiftId: 'HC' }, '2026-11-20', startAt)).toEqual({ changes: { ...noChanges, kind: 'change', wholeDay: true, shift: { id: 'HC' } } });
  });
  it('takes the shift away, or says that all is right', () => {
    expect(changesOf({ ...empty, shiftId: noShiftId }, '2026-11-20', startAt)).toMatchObject({ changes: { shift: { id: null } } });
    expect(changesOf({ ...empty, way: 'keep', addIn: 'x' }, '2026-11-20', startAt)).toEqual({ changes: noChanges });
  });
  it.each([[{}, 'nothing'], [{ addOut: 'abc' }, 'clock'], [{ overtime: '-5' }, 'minutes'], [{ overtime: '1.5' }, 'minutes'], [{ overtime: '721' }, 'minutes']])('%o is told as %s', (change, error) => {
    expect(changesOf({ ...empty, ...change }, '2026-11-20', startAt)).toEqual({ error });
  });
});
