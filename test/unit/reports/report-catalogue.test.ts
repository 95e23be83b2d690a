import { describe, expect, it } from 'vitest';
import data from '../../../resources/forms/gate-reports.json' with { type: 'json' };
import { reportIds } from '../../../shared/contracts/report.ts';
import { formOn, nextDeadline, ReportCatalogue } from '../../../shared/domain/report-catalogue.ts';
import { workerFields } from '../../../shared/domain/report-people.ts';

const catalogue = ReportCatalogue.parse(data);

describe('the catalogue of reports', () => {
  it.each(reportIds)('%s has a form in force today', (id) => expect(formOn(catalogue, id, '2026-11-22').id).toBe(id));

  it('every column of a form is filled by a known field or left blank on purpose', () => {
    const unknown = catalogue.reports.flatMap(({ columns }) => columns).filter(({ field }) => field !== null && workerFields[field] === undefined);
    expect(unknown).toEqual([]);
  });

  it('columns with numbers of persons are marked, so that a screen masks them', () => {
    const numbers = ['personalNumber', 'passport', 'permitNumber', 'socialInsuranceNo'];
    const open = catalogue.reports.flatMap(({ columns }) => columns).filter(({ field, personal }) => field !== null && numbers.includes(field) && personal !== true);
    expect(open).toEqual([]);
  });

  it('names no receiver by name: who receives is a setting', () => {
    const roles = catalogue.receiverRoles.map(({ role }) => role);
    expect(catalogue.reports.flatMap(({ receivers }) => receivers).filter((role) => !roles.includes(role))).toEqual([]);
    expect(JSON.stringify(catalogue)).not.toMatch(/Sở Lao động|LĐTBXH|Sở Nội vụ/u);
  });

  it('an unread layout says so', () => {
    const unread = ['labour-book', 'labour-use', 'labour-summary', 'labour-change', 'foreign-workers', 'leased-labour'];
    expect(catalogue.reports.filter(({ id }) => unread.includes(id)).map(({ verified }) => verified)).toEqual(unread.map(() => false));
  });

  it('of two versions the one counts that was in force on the date', () => {
    const [form] = catalogue.reports.filter(({ id }) => id === 'labour-use');
    const two = { ...catalogue, reports: [{ ...form!, effectiveFrom: '2027-01-01', layoutVersion: 2 }, form!] };
    expect(formOn(two, 'labour-use', '2026-12-31').layoutVersion).toBe(1);
    expect(formOn(two, 'labour-use', '2027-01-01').layoutVersion).toBe(2);
    expect(formOn(two, 'labour-use', '1999-01-01').layoutVersion).toBe(1);
  });
});

describe('nextDeadline', () => {
  const twice = { deadlines: [{ month: 6, day: 5 }, { month: 12, day: 5 }], remindDays: 20 };
  it.each([
    ['2026-11-22', { date: '2026-12-05', days: 13, isNear: true }], ['2026-11-14', { date: '2026-12-05', days: 21, isNear: false }],
    ['2026-12-05', { date: '2026-12-05', days: 0, isNear: true }], ['2026-12-06', { date: '2027-06-05', days: 181, isNear: false }],
  ])('on %s it is %j', (today, due) => expect(nextDeadline(twice, today)).toEqual(due));
  it('is null for a report that is due on no day', () => expect(nextDeadline({ deadlines: [], remindDays: 5 }, '2026-11-22')).toBeNull());
});
