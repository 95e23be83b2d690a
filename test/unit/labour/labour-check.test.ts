import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabourLaw, LabourSettings } from '../../../shared/contracts/labour.ts';
import { checkLabour } from '../../../shared/domain/labour-check.ts';
import type { LabourDay } from '../../../shared/domain/labour-day.ts';
import { guardingOn, rulesOn } from '../../../shared/domain/labour-rules.ts';
import { isOver, leftOf, shareOf, standingOn, sumsBy } from '../../../shared/domain/labour-sums.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import { dayOf, faults, found, known, law, settings, worker } from './site.ts';

/** Working days from a Monday on: six a week, each with so much overtime. */
function weeks(from: string, count: number, overtime: number): LabourDay[] {
  return Array.from({ length: count * 7 }, (_, i) => addDays(from, i)).filter((_, i) => i % 7 !== 6)
    .map((date) => dayOf(`${date} 08:00-${String(17 + Math.floor(overtime / 60)).padStart(2, '0')}:${String(overtime % 60).padStart(2, '0')} work ${480 + overtime} ot ${overtime}`));
}

describe('limits of a day', () => {
  it('overtime of half the normal hours is allowed, a minute more is not', () => {
    expect(faults([dayOf('2026-11-02 08:00-21:00 work 720 ot 240')])).toEqual([]);
    expect(faults([dayOf('2026-11-02 08:00-21:01 work 721 ot 241')])).toEqual(['overtime-day 2026-11-02 241/240']);
  });
  it('names the article', () => {
    expect(found([dayOf('2026-11-02 08:00-22:00 work 780 ot 300')])[0]).toMatchObject({ level: 'violation', basis: expect.stringContaining('Điều 107 khoản 2 điểm b') });
  });
  it('where normal hours are seven, half of them is three and a half', () => {
    expect(faults([dayOf('2026-11-02 08:00-19:31 work 631 ot 211')], { settings: { normalDayMinutes: 420 } })).toEqual(['overtime-day 2026-11-02 211/210']);
  });
  it('by the week normal hours and overtime are twelve hours together', () => {
    const set = { settings: { scheme: 'week' as const, normalDayMinutes: 600 } };
    expect(faults([dayOf('2026-11-02 07:00-20:00 work 720 ot 120')], set)).toEqual([]);
    expect(faults([dayOf('2026-11-02 07:00-20:01 work 721 ot 121')], set)).toEqual(['day-total 2026-11-02 721/720']);
  });
  it('on a day of rest or a holiday twelve hours are allowed, a minute more is not', () => {
    expect(faults([dayOf('2026-11-08 06:00-18:00 work 720 off')])).toEqual([]);
    expect(faults([dayOf('2026-11-08 06:00-18:01 work 721 off')])).toEqual(['rest-day-overtime 2026-11-08 721/720']);
    expect(faults([dayOf('2026-09-02 06:00-20:00 work 780')])).toEqual(['rest-day-overtime 2026-09-02 780/720']);
  });
});

describe('limits of week, month and year', () => {
  it('seven normal days are 56 hours: over 48, told on the day that passes them', () => {
    const days = Array.from({ length: 7 }, (_, i) => dayOf(`${addDays('2026-11-02', i)} 08:00-17:00 work 480`, { out: null }));
    expect(faults(days)).toEqual(['normal-week 2026-11-08 3360/2880']);
  });
  it('a customer’s cap of 60 hours is a warning, and no law', () => {
    const days = weeks('2026-11-02', 1, 150);
    expect(faults(days, { settings: { weekLimitMinutes: 3_600 } })).toEqual(['week-limit? 2026-11-07 3780/3600']);
    expect(found(days, { settings: { weekLimitMinutes: 3_600 } })[0]!.basis).toContain('không phải pháp luật');
  });
  it('forty hours a month are allowed; the day that passes them is told once, with the figure of the month', () => {
    // November 2026 from Monday 2: 24 working days of 100 minutes are exactly 40 hours.
    const days = weeks('2026-11-02', 4, 100);
    expect(faults(days)).toEqual([]);
    const more = [...days, dayOf('2026-11-30 08:00-18:00 work 540 ot 60')];
    expect(faults(more)).toEqual(['overtime-month 2026-11-30 2460/2400']);
  });
  it('a new month begins at nothing', () => {
    expect(faults([...weeks('2026-11-02', 4, 100), ...weeks('2026-12-07', 3, 100)])).toEqual([]);
  });
  it('two hundred hours a year, three hundred with a ground', () => {
    // 24 working days of 95 minutes are 38 hours a month: five of them are 190 hours, the seventh day of the sixth passes 200.
    const starts = ['2026-01-05', '2026-03-02', '2026-05-04', '2026-06-01', '2026-07-06', '2026-08-03'];
    const days = starts.flatMap((from) => weeks(from, 4, 95)).filter(({ workDate }) => workDate !== '2026-05-01');
    const year = (set: Parameters<typeof faults>[1]) => faults(days, set).filter((one) => one.startsWith('overtime-year'));
    expect(year({})).toEqual(['overtime-year 2026-08-10 13680/12000']);
    expect(year({ settings: { yearBasis: 'extended', ground: 'electronics' } })).toEqual([]);
    expect(found([...days, ...weeks('2026-09-07', 12, 95)], { settings: { yearBasis: 'extended', ground: 'electronics' } }).find(({ fault }) => fault === 'overtime-year')).toMatchObject({
      allowed: 18_000, basis: expect.stringContaining('khoản 3'),
    });
  });
});

describe('rests and breaks', () => {
  const late = { shiftId: 'CA2', breakMinutes: 30 };
  const early = { shiftId: 'CA1', breakMinutes: 30 };
  it('before another shift twelve hours; a minute less is a violation', () => {
    expect(faults([dayOf('2026-11-02 14:00-18:00 work 240', late), dayOf('2026-11-03 06:00-10:00 work 240', early)])).toEqual([]);
    expect(faults([dayOf('2026-11-02 14:00-18:01 work 241', late), dayOf('2026-11-03 06:00-10:00 work 240', early)])).toEqual(['shift-rest 2026-11-03 719/720']);
  });
  it('before the same shift it is only a warning', () => {
    expect(faults([dayOf('2026-11-02 08:00-21:00 work 720 ot 240'), dayOf('2026-11-03 07:30-17:00 work 480')])).toEqual(['short-rest? 2026-11-03 630/720']);
  });
  it('a date whose way out nobody knows accuses nobody', () => {
    expect(faults([dayOf('2026-11-02 14:00-22:00 work 0', { ...late, out: null }), dayOf('2026-11-03 06:00-10:00 work 240', early)])).toEqual([]);
  });
  const everyDay = (from: string, count: number, off: readonly number[] = []): LabourDay[] => (
    Array.from({ length: count }, (_, i) => i).filter((i) => !off.includes(i)).map((i) => dayOf(`${addDays(from, i)} 08:00-13:00 work 300`, { breakMinutes: 0 })));
  it('a week without 24 hours of rest is a violation where the month has no four days off, else a warning', () => {
    // September 2026 is known whole: 30 dates, worked on all but five; the first full week (7 to 13) has no rest.
    expect(faults(everyDay('2026-09-01', 30, [16, 17, 18, 23, 24]))).toEqual(['weekly-rest? 2026-09-13 1140/1440']);
    expect(faults(everyDay('2026-09-01', 30, [16, 24])).filter((one) => one.startsWith('weekly'))).toEqual(['weekly-rest 2026-09-13 1140/1440']);
  });
  it('a rest of 24 hours without a free date is one: out on Saturday at 13:00, in on Sunday at 14:00', () => {
    const days = [...everyDay('2026-09-07', 6), dayOf('2026-09-13 14:00-18:00 work 240', { breakMinutes: 0 }), ...everyDay('2026-09-14', 1)];
    expect(faults(days)).toEqual([]);
  });
  it('a free date is none where the night before and the morning after leave less than 24 hours', () => {
    const nights = Array.from({ length: 6 }, (_, i) => dayOf(`${addDays('2026-09-06', i)} 22:00-06:00 work 435 night 435`, { shiftId: 'CA3', breakMinutes: 45 }));
    const days = [...nights, dayOf('2026-09-12 22:00-06:30 work 465 night 435', { shiftId: 'CA3', breakMinutes: 45 }), dayOf('2026-09-14 05:00-13:00 work 450', { shiftId: 'CA1', breakMinutes: 30 })];
    expect(faults(days).filter((one) => one.startsWith('weekly'))).toEqual(['weekly-rest? 2026-09-13 1350/1440']);
  });
  it('a break of half an hour from six hours on, of 45 minutes where three of them are night', () => {
    expect(faults([dayOf('2026-11-02 08:00-14:00 work 345', { breakMinutes: 15 })])).toEqual(['break-short 2026-11-02 15/30']);
    expect(faults([dayOf('2026-11-02 08:00-13:59 work 344', { breakMinutes: 15 })])).toEqual([]);
    expect(faults([dayOf('2026-11-02 22:00-06:00 work 450 night 450', { breakMinutes: 30 })])).toEqual(['break-short 2026-11-02 30/45']);
    expect(faults([dayOf('2026-11-02 17:00-01:00 work 450 night 179', { breakMinutes: 30 })])).toEqual([]);
  });
});

describe('those whom the law protects', () => {
  const overtime = dayOf('2026-11-02 08:00-18:00 work 540 ot 60');
  const night = dayOf('2026-11-02 22:00-06:00 work 435 night 435', { breakMinutes: 45 });
  // A pregnancy from 1 May is in its seventh month from 1 November on.
  const protection = (kind: 'pregnant' | 'nursing' | 'disabled' | 'elderly') => (
    { worker: { protections: [{ kind, from: kind === 'pregnant' ? '2026-05-01' : '2026-11-01', to: '2026-11-30' }] } });
  it.each(['pregnant', 'nursing', 'disabled'] as const)('%s: neither overtime nor night', (kind) => {
    expect(faults([overtime], protection(kind))).toEqual(['overtime-forbidden 2026-11-02 60/0']);
    expect(faults([night], protection(kind))).toEqual(['night-forbidden 2026-11-02 435/0']);
  });
  it('outside of its dates nothing is forbidden, on both ends it is', () => {
    const on = (date: string) => faults([dayOf(`${date} 08:00-18:00 work 540 ot 60`)], protection('pregnant'));
    expect([on('2026-10-31'), on('2026-12-01')]).toEqual([[], []]);
    expect([on('2026-11-02').length, on('2026-11-30').length]).toEqual([1, 1]);
  });
  it('in a remote area from the sixth month on; without a beginning always', () => {
    const group = (from: string | null, date: string, remoteArea: boolean) => (
      guardingOn(law, { ...settings, remoteArea }, { ...worker, protections: [{ kind: 'pregnant', from, to: null }] }, date).map(({ group: name }) => name));
    expect([group('2026-05-01', '2026-09-30', true), group('2026-05-01', '2026-10-01', true), group('2026-05-01', '2026-10-01', false)]).toEqual([[], ['pregnant'], []]);
    expect([group('2026-05-31', '2026-11-29', false), group('2026-05-31', '2026-11-30', false)]).toEqual([[], ['pregnant']]);
    expect(group(null, '2026-01-01', false)).toEqual(['pregnant']);
  });
  it('nursing ends twelve months after it began, earlier where the roster says so', () => {
    const group = (date: string, to: string | null) => guardingOn(law, settings, { ...worker, protections: [{ kind: 'nursing', from: '2025-11-10', to }] }, date).length;
    expect([group('2026-11-09', null), group('2026-11-10', null), group('2026-11-09', '2027-01-01'), group('2026-11-10', '2027-01-01'), group('2026-06-02', '2026-06-01')]).toEqual([1, 0, 1, 0, 0]);
  });
  it('nursing with her consent held, disabled with theirs, may; who is pregnant may not', () => {
    const set = { nursingConsent: true, disabledConsent: true };
    expect(faults([overtime], { ...protection('nursing'), settings: set })).toEqual([]);
    expect(faults([overtime], { ...protection('disabled'), settings: set })).toEqual([]);
    expect(faults([overtime], { ...protection('pregnant'), settings: set })).toHaveLength(1);
  });
  it('an elderly worker is bounded by nothing that could be sourced', () => {
    expect(faults([overtime], protection('elderly'))).toEqual([]);
    expect(rulesOn(law, '2026-11-02').groups.elderly.verified).toBe(false);
  });
  it('from 15 to 18: eight hours a day and forty a week, overtime only in listed work', () => {
    const minor = { worker: { birthDate: '2009-11-03' } };
    expect(faults([overtime], minor)).toEqual(['overtime-forbidden 2026-11-02 60/0', 'guarded-day 2026-11-02 540/480']);
    expect(faults([overtime], { ...minor, settings: { minorsListedWork: true } })).toEqual(['guarded-day 2026-11-02 540/480']);
    expect(faults(weeks('2026-11-02', 1, 0), minor)).toEqual(['guarded-week 2026-11-07 2880/2400']);
  });
  it('at the birthday the bound ends', () => {
    const born = (birthDate: string) => guardingOn(law, settings, { ...worker, birthDate }, '2026-11-02').map(({ group }) => group);
    expect([born('2008-11-03'), born('2008-11-02'), born('2011-11-03'), born('2011-11-02')]).toEqual([['minor'], [], ['child'], ['minor']]);
    expect(born('2008-02-29')).toEqual([]);
  });
  it('under 15: four hours a day, twenty a week, no night', () => {
    const child = { worker: { birthDate: '2012-01-01' } };
    expect(faults([dayOf('2026-11-02 08:00-12:01 work 241', { breakMinutes: 0 })], child)).toEqual(['guarded-day 2026-11-02 241/240']);
    expect(faults([dayOf('2026-11-02 20:00-23:00 work 180 night 60', { breakMinutes: 0 })], child)).toEqual(['night-forbidden 2026-11-02 60/0']);
  });
  it('overtime without a consent is told only where the site keeps them', () => {
    expect(faults([overtime])).toEqual([]);
    expect(faults([overtime], { settings: { consentTracked: true } })).toEqual(['no-consent? 2026-11-02 60/0']);
    expect(faults([overtime], { settings: { consentTracked: true }, worker: { overtimeConsent: { from: '2026-01-01', to: null } } })).toEqual([]);
  });
});

describe('standing', () => {
  const at = (week: { normal: number; overtime: number }, month: number, year: number, set = {}) => standingOn(law, { ...settings, ...set }, '2026-11-02', { week, month, year });
  it('38 of 40 hours leave two, and are 95 %', () => {
    const standing = at({ normal: 0, overtime: 0 }, 2_280, 6_000);
    expect([leftOf(standing.month), shareOf(standing), isOver(standing)]).toEqual([120, 95, false]);
  });
  it('the full cap is 100 % and not over; a minute more is', () => {
    expect(isOver(at({ normal: 0, overtime: 0 }, 2_400, 0))).toBe(false);
    expect(isOver(at({ normal: 0, overtime: 0 }, 2_401, 0))).toBe(true);
    expect(leftOf({ used: 2_401, cap: 2_400 })).toBe(0);
  });
  it('a full week of normal hours lists nobody; a customer’s cap does', () => {
    expect(shareOf(at({ normal: 2_880, overtime: 300 }, 0, 0))).toBe(0);
    expect(shareOf(at({ normal: 2_880, overtime: 300 }, 0, 0, { weekLimitMinutes: 3_600 }))).toBe(88);
    expect(isOver(at({ normal: 2_881, overtime: 0 }, 0, 0))).toBe(true);
  });
});

describe('the rule file', () => {
  it('parses, and every value has an article', () => {
    expect(Object.values(law.periods[0]!.values).every(({ basis }) => /Điều \d+/.test(basis))).toBe(true);
  });
  it('has no holiday twice, and in each year that it knows the eleven days of art. 112', () => {
    const days = law.holidays.filter(({ kind }) => kind === 'holiday').map(({ date }) => date);
    expect(new Set(law.holidays.map(({ date }) => date)).size).toBe(law.holidays.length);
    for (const year of law.holidayYears) expect([year, days.filter((date) => date.startsWith(String(year))).length]).toEqual([year, 11]);
  });
  it('a later period holds from its date on and leaves the time before as it was', () => {
    const [first] = law.periods;
    const changed = LabourLaw.parse({ ...law, periods: [{ ...first, to: '2026-12-31' }, { ...first, from: '2027-01-01', values: { ...first!.values, overtimeMonth: { value: 3_600, basis: 'Điều 1', verified: false } } }] });
    expect(['2026-12-31', '2027-01-01', '2020-01-01'].map((date) => rulesOn(changed, date).values.overtimeMonth.value)).toEqual([2_400, 3_600, 2_400]);
  });
  it('300 hours need a ground, and more than eight hours a day the weekly scheme', () => {
    expect(LabourSettings.safeParse({ yearBasis: 'extended' }).success).toBe(false);
    expect(LabourSettings.safeParse({ yearBasis: 'extended', ground: 'food' }).success).toBe(true);
    expect(LabourSettings.safeParse({ normalDayMinutes: 540 }).success).toBe(false);
    expect(LabourSettings.safeParse({ normalDayMinutes: 540, scheme: 'week' }).success).toBe(true);
  });
});

describe('properties', () => {
  const someDay = fc.record({ n: fc.nat({ max: 120 }), start: fc.nat({ max: 23 }), worked: fc.nat({ max: 900 }), overtime: fc.nat({ max: 400 }), night: fc.nat({ max: 480 }), kind: fc.constantFrom('', ' off', ' none') });
  const someDays = fc.uniqueArray(someDay, { selector: ({ n }) => n, maxLength: 60 }).map((all) => all.map(({ n, start, worked, overtime, night, kind }) => {
    const date = addDays('2026-06-01', n);
    const from = Date.parse(`${date}T${String(start).padStart(2, '0')}:00:00+07:00`);
    return dayOf(`${date} 00:00-23:00 work ${worked} ot ${Math.min(overtime, worked)} night ${Math.min(night, worked)}${kind}`, { in: from, out: from + (worked + 60) * 60_000 });
  }));
  const set = { ...settings, continuousDepartments: ['May 1'] };
  const check = (days: readonly LabourDay[]) => checkLabour(law, set, worker, days, known);

  it('sums are their parts: day, week, month and year each give all work, and the kinds of overtime all of it', () => {
    fc.assert(fc.property(someDays, (days) => {
      const { counts } = check(days);
      const total = counts.reduce((sum, { normal, overtime }) => sum + normal + overtime, 0);
      expect(total).toBe(days.reduce((sum, { workedMinutes }) => sum + workedMinutes, 0) + counts.reduce((sum, { countedBreak }) => sum + countedBreak, 0));
      for (const kind of ['day', 'week', 'month', 'year'] as const) {
        const sums = [...sumsBy(kind, counts).values()];
        expect(sums.reduce((sum, { normal, overtime }) => sum + normal + overtime, 0)).toBe(total);
        for (const { overtime, workingDayOvertime, restDayOvertime, holidayOvertime, capped, nightOvertime } of sums) {
          expect(workingDayOvertime + restDayOvertime + holidayOvertime).toBe(overtime);
          expect(capped).toBeLessThanOrEqual(overtime);
          expect(nightOvertime).toBeLessThanOrEqual(overtime);
        }
      }
    }));
  });

  it('what is left never grows when overtime is added, and no fault of a cap goes away', () => {
    // Where a break counts as work, the shift that grows long enough for one has it taken off (Nghị định 145/2020 art. 60.5).
    const plain = (days: readonly LabourDay[]) => checkLabour(law, { ...settings, continuousDepartments: [] }, worker, days, known);
    const caps = ['overtime-day', 'overtime-month', 'overtime-year', 'rest-day-overtime'];
    const capFaults = (days: readonly LabourDay[]): Set<string> => new Set(plain(days).findings.filter(({ fault }) => caps.includes(fault)).map(({ fault, date }) => `${fault} ${fault.endsWith('month') ? date.slice(0, 7) : fault.endsWith('year') ? date.slice(0, 4) : date}`));
    fc.assert(fc.property(someDays.filter((days) => days.length > 0), fc.nat(), fc.nat({ max: 300 }), (days, which, more) => {
      const chosen = which % days.length;
      const added = days.map((day, i) => (i === chosen ? { ...day, workedMinutes: day.workedMinutes + more, overtimeMinutes: day.overtimeMinutes + more } : day));
      const left = (all: readonly LabourDay[], month: string) => leftOf({ used: sumsBy('month', plain(all).counts).get(month)!.capped, cap: 2_400 });
      const month = days[chosen]!.workDate.slice(0, 7);
      expect(left(added, month)).toBeLessThanOrEqual(left(days, month));
      for (const fault of capFaults(days)) expect(capFaults(added)).toContain(fault);
    }));
  });

  it('the order of the days does not count', () => {
    fc.assert(fc.property(someDays.chain((days) => fc.tuple(fc.constant(days), fc.shuffledSubarray(days, { minLength: days.length }))), ([days, shuffled]) => {
      expect(check(shuffled)).toEqual(check(days));
    }));
  });
});

describe('edges worked out by hand', () => {
  const at = (date: string, text: string) => dayOf(`${date} ${text}`, { out: null });
  it('a week begins on Monday: seven normal days over two weeks are in neither too many', () => {
    // Wednesday 4 to Tuesday 10 November 2026: five days of 8 hours in the first week, two in the second.
    expect(faults(Array.from({ length: 7 }, (_, i) => at(addDays('2026-11-04', i), '08:00-17:00 work 480')))).toEqual([]);
  });
  it('a week over the new year is one week, a year is not', () => {
    // Monday 28 December 2026 to Sunday 3 January 2027; the first of January is a holiday, all of it overtime.
    const days = Array.from({ length: 7 }, (_, i) => at(addDays('2026-12-28', i), '08:00-17:01 work 481'));
    const { counts } = checkLabour(law, settings, worker, days, known);
    expect(counts.map(({ normal, overtime }) => `${normal}+${overtime}`)).toEqual(['480+1', '480+1', '480+1', '480+1', '0+481', '480+1', '480+1']);
    expect([...sumsBy('week', counts)].map(([week, { normal }]) => [week, normal])).toEqual([['2026-12-28', 2_880]]);
    expect([...sumsBy('year', counts)].map(([year, { overtime }]) => [year, overtime])).toEqual([['2026', 4], ['2027', 483]]);
  });
  it.each([['ordinary', null, 12_000, '07-31'], ['extended', 'electronics', 18_000, '10-31']] as const)('by the %s basis the cap of the year itself is allowed, a minute more is not', (yearBasis, ground, cap, last) => {
    // Twenty dates of 100 minutes are 33 h 20 min a month: six months are 200 hours, nine are 300.
    const months = Array.from({ length: cap / 2_000 }, (_, m) => `2026-${String(m + 1).padStart(2, '0')}`);
    const days = months.flatMap((month) => Array.from({ length: 20 }, (_, i) => at(`${month}-${String(i + 5).padStart(2, '0')}`, '08:00-18:40 work 100 ot 100')));
    // What is rest or holiday is overtime too: all of a date's 100 minutes either way.
    const year = (all: readonly LabourDay[]) => faults(all, { settings: { yearBasis, ground } }).filter((one) => one.startsWith('overtime-year'));
    expect(year(days)).toEqual([]);
    expect(year([...days, at(`2026-${last}`, '08:00-17:01 work 1 ot 1')])).toEqual([`overtime-year 2026-${last} ${cap + 1}/${cap}`]);
  });
  it('forty hours a month and a minute', () => {
    const days = Array.from({ length: 24 }, (_, i) => at(`2026-11-${String(i + 1).padStart(2, '0')}`, '08:00-18:40 work 100 ot 100'));
    expect(faults(days).filter((one) => one.startsWith('overtime-month'))).toEqual([]);
    expect(faults([...days, at('2026-11-30', '08:00-17:01 work 1 ot 1')]).filter((one) => one.startsWith('overtime-month'))).toEqual(['overtime-month 2026-11-30 2401/2400']);
  });
  it('a break that counts as work counts for the day, and not for month and year', () => {
    // 06:00 to 18:30 with 45 minutes: 4 h 30 min over eight hours is more than half of them; 3 h 45 min against the caps.
    const set = { settings: { continuousDepartments: ['May 1'] } };
    const day = dayOf('2026-11-02 06:00-18:30 work 705', { breakMinutes: 45 });
    expect(faults([day], set)).toEqual(['overtime-day 2026-11-02 270/240']);
    expect(checkLabour(law, { ...settings, ...set.settings }, worker, [day], known).counts[0]).toMatchObject({ overtime: 270, capped: 225 });
  });
  it('three hours of night ask for 45 minutes, a minute less for 30', () => {
    const day = (night: number, breakMinutes: number) => faults([dayOf(`2026-11-02 17:00-01:30 work 480 night ${night}`, { breakMinutes })]);
    expect([day(179, 30), day(180, 30), day(180, 45)]).toEqual([[], ['break-short 2026-11-02 30/45'], []]);
  });
  it('a holiday on a Sunday pays as a holiday, and the Monday after is a day of rest (art. 111.3)', () => {
    const kinds = ['2026-04-26', '2026-04-27', '2026-04-28'].map((date) => checkLabour(law, settings, worker, [at(date, '08:00-17:00 work 480')], known).counts[0]!);
    expect(kinds.map(({ kind, overtime }) => [kind, overtime])).toEqual([['holiday', 480], ['rest', 480], ['working', 0]]);
  });
  it('the law in the file has five days of Tết, one of 10/3, and two about 2/9 in each year that it knows', () => {
    const counts = law.holidayYears.map((year) => {
      const names = law.holidays.filter(({ date, kind }) => date.startsWith(String(year)) && kind === 'holiday').map(({ name }) => name);
      return ['Tết Dương lịch', 'Tết (?!Dương)', 'Giỗ Tổ', 'Ngày Chiến thắng', 'Quốc tế lao động', 'Quốc khánh'].map((name) => names.filter((one) => new RegExp(name, 'u').test(one)).length);
    });
    expect(counts).toEqual(law.holidayYears.map(() => [1, 5, 1, 1, 1, 2]));
  });
});
