import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letThrough, notGone, wentThrough, type Awaited } from '../../shared/domain/passage.ts';

const grant = (scanId: string, until: number) => ({ scanId, lane: 'vao', until });

describe('who went through', () => {
  it('the first who was let through, then the second, then nobody', () => {
    const both = letThrough(letThrough([], grant('a', 10)), grant('b', 20));
    const first = wentThrough(both, 5);
    const second = wentThrough(first.awaited, 6);
    expect([first.who?.scanId, second.who?.scanId, wentThrough(second.awaited, 7).who]).toEqual(['a', 'b', null]);
  });
  it('whoever is too late was not let through', () => {
    expect(wentThrough([grant('a', 10)], 11).who).toBeNull();
    expect(wentThrough([grant('a', 10), grant('b', 20)], 11).who?.scanId).toBe('b');
  });
  it('those whose time is over are told once', () => {
    const { awaited, gone } = notGone([grant('a', 10), grant('b', 20)], 11);
    expect([gone.map(({ scanId }) => scanId), awaited.map(({ scanId }) => scanId), notGone(awaited, 11).gone]).toEqual([['a'], ['b'], []]);
  });
  it('the same scan told twice is one', () => {
    expect(letThrough([grant('a', 10)], grant('a', 12))).toEqual([grant('a', 12)]);
  });
  it('any order of grants, passages and time: each grant ends once, as gone or as not gone, and there are never more than 16', () => {
    const acts = fc.array(fc.oneof(fc.constant('scan'), fc.constant('pass'), fc.constant('wait')), { maxLength: 200 });
    expect(() => fc.assert(fc.property(acts, (all) => {
      let awaited: Awaited = [];
      const ended: string[] = [];
      all.forEach((act, i) => {
        const left = notGone(awaited, i);
        ended.push(...left.gone.map(({ scanId }) => scanId));
        awaited = left.awaited;
        if (act === 'scan') awaited = letThrough(awaited, grant(`s${i}`, i + 5));
        if (act === 'pass') {
          const gone = wentThrough(awaited, i);
          awaited = gone.awaited;
          if (gone.who !== null) ended.push(gone.who.scanId);
        }
        expect(awaited.length).toBeLessThanOrEqual(16);
      });
      expect(new Set([...ended, ...awaited.map(({ scanId }) => scanId)]).size).toBe(ended.length + awaited.length);
    }))).not.toThrow();
  });
});
