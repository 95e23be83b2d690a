import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { timesheet } from '../../../shared/domain/timesheet.ts';
import { answers, clock, day, directionOf, early, late, night, rules, scansOf, sheet, told, workerOf } from './engine.ts';

/*
 * What people have complained of at other attendance systems, each by the number that it has in the list below and the
 * thread that it was read in.
 */
describe('complaints that the engine answers', () => {
  it('complaint 1 (odoo/odoo #29645): a forgotten way out does not turn the next day around', () => {
    expect(told(workerOf(), '02 07:55', '03 07:55', '03 17:00')).toEqual(['in shift-window day 02', 'in shift-window day 03', 'out last-state day 03']);
  });

  it('complaint 1 (odoo/odoo #29645): out at 02:00 of a shift from 18:00 belongs to the day before', () => {
    const evening = { ...day, id: 'evening', start: '18:00', end: '02:00' };
    expect(told(workerOf({ shifts: [evening] }), '02 17:50', '03 02:05')).toEqual(['in shift-window evening 02', 'out last-state evening 02']);
  });

  it('complaint 2 (odoo/odoo PR #216667): three quick presses are one scan, and the window does not slide', () => {
    expect(told(workerOf(), '02 07:55:00', '02 07:55:10', '02 07:55:20', '02 07:55:21')).toEqual([
      'in shift-window day 02', 'repeat in same-lane day 02', 'repeat in same-lane day 02', 'in shift-window day 02']);
    expect(told(workerOf(), '02 07:55', '02 12:00:00', '02 12:00:20', '02 12:00:21').slice(1)).toEqual(['out last-state day 02', 'repeat out same-lane day 02', 'in last-state day 02']);
  });

  it('complaint 8 (odoo/odoo PR #227981): a shift is closed by the plan, whenever anybody asks, not by what ran that day', () => {
    const asked = (to: string) => sheet(workerOf(), ['02 07:55'], '2026-11-02', to)[0];
    expect(asked('2026-11-02')).toMatchObject({ closedBy: 'system', exceptions: ['no-out'] });
    expect(asked('2026-11-30')).toEqual(asked('2026-11-02'));
  });

  it('complaint 9 (odoo/odoo PR #235442): a closing by the system invents no overtime', () => {
    expect(sheet(workerOf(), ['02 07:55'])[0]).toMatchObject({ workedMinutes: 480, overtimeMinutes: 0, closedBy: 'system' });
    expect(sheet(workerOf(), ['02 07:55 in', '02 18:30 out', '02 18:40 in'])[0]).toMatchObject({ workedMinutes: 570, overtimeMinutes: 0, closedBy: 'system', exceptions: ['no-out'] });
  });

  it('complaint 10 (odoo/odoo #37104, PR #127035): the date is that of the shift in Vietnam, though it is still yesterday in UTC', () => {
    expect(answers(workerOf({ shifts: [early] }), scansOf('02 05:50')).map(({ workDate }) => workDate)).toEqual(['2026-11-02']);
    expect(new Date(scansOf('02 05:50')[0]!.at).toISOString()).toBe('2026-11-01T22:50:00.000Z');
  });

  it('complaint 12 (OCA/hr #845): a way out within two minutes of the way in asks the guard where that is set, and changes nothing', () => {
    const scans = scansOf('02 07:55 in', '02 07:57 out', '02 17:00 out');
    expect(answers(workerOf(), scans, { ...rules, oppositeSeconds: 120 }).map(({ outcome }) => outcome)).toEqual(['recorded', 'ask-guard', 'recorded']);
  });

  it('complaint 13 (OCA/hr PR #510): one forgotten way out is one line, closed by the system and told; the days after are whole', () => {
    const lines = sheet(workerOf(), ['02 07:55', '03 07:55', '03 17:00', '04 07:55', '04 17:00']);
    expect(lines.map(({ closedBy, exceptions, workedMinutes }) => [closedBy, exceptions.join(), workedMinutes])).toEqual([['system', 'no-out', 480], ['scan', '', 480], ['scan', '', 480]]);
  });

  it('complaint 14 (frappe/hrms #3298): out at 07:10 of a shift 18:00 to 07:00 is not the next day\'s 14:00 shift', () => {
    const long = { ...night, id: 'long', start: '18:00', end: '07:00' };
    const worker = workerOf({ shifts: [long, { ...late, earlyInMinutes: 480 }], assignments: [
      { shiftId: 'long', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'late', from: '2026-11-03', to: '2026-11-03' }] });
    expect(told(worker, '02 17:55', '03 07:10', '03 13:50')).toEqual(['in shift-window long 02', 'out last-state long 02', 'in shift-window late 03']);
  });

  it('complaint 15 (frappe/hrms #3859, #3353, #4648): night after night, one way out missing: only that night is open', () => {
    expect(told(workerOf({ shifts: [night] }), '02 21:50', '03 21:55', '04 06:05')).toEqual(['in shift-window night 02', 'in shift-window night 03', 'out last-state night 03']);
  });

  it('complaint 19 (frappe/hrms #4194): an early arrival is no overtime', () => {
    expect(sheet(workerOf(), ['02 07:00', '02 17:00'])[0]).toMatchObject({ workedMinutes: 480, overtimeMinutes: 0 });
  });

  it('complaint 22 (frappe/hrms PR #2773): a double tap with milliseconds between is a repeat, a change of jobs at one instant is legal', () => {
    const twice = scansOf('02 07:55').flatMap((scan) => [scan, { ...scan, at: scan.at + 1, seq: 1 }]);
    expect(answers(workerOf(), twice).map(({ outcome }) => outcome)).toEqual(['recorded', 'repeat']);
    expect(told(workerOf(), '02 07:55 in', '02 12:00 in', '02 12:00 out')).toEqual(['in lane day 02', 'out lane day 02', 'in lane day 02']);
  });

  it('complaint 27 (horilla-hr #358, PR #1242): a night is one line of one date, not a way in on one and a way out on the next', () => {
    const lines = sheet(workerOf({ shifts: [night] }), ['02 21:50', '03 06:05', '03 21:50', '04 06:05']);
    expect(lines.map((line) => [line.workDate, clock(line.in), clock(line.out), line.exceptions.length])).toEqual([
      ['2026-11-02', '02 21:50', '03 06:05', 0], ['2026-11-03', '03 21:50', '04 06:05', 0]]);
  });

  it('complaint 28 (horilla #340, #1115, #600, #820): scans without a direction are enough, and the last way out is the one that counts', () => {
    expect(told(workerOf({ shifts: [early] }), '02 05:50', '02 14:05')).toEqual(['in shift-window early 02', 'out last-state early 02']);
    expect(clock(sheet(workerOf(), ['02 07:55', '02 17:00', '02 17:20'])[0]!.out)).toBe('02 17:20');
  });

  it('complaint 29 (City-of-Bloomington/timetrack #179): without a shift a stay of more than 14 hours is told, not cut in silence', () => {
    const free = workerOf({ shiftId: null });
    expect(sheet(free, ['02 06:00', '02 20:30'])[0]!.exceptions).toEqual(expect.arrayContaining(['no-out', 'no-shift']));
    expect(sheet(free, ['02 06:00', '02 20:00']).map(({ workedMinutes, exceptions }) => [workedMinutes, exceptions.join()])).toEqual([[840, 'no-shift']]);
  });

  it('complaint 30 (andrew867/timeclock #33): the same direction twice counts once and is told', () => {
    const [line] = sheet(workerOf(), ['02 07:55 in', '02 08:30 in', '02 17:00 out', '02 17:10 out']);
    expect(line).toMatchObject({ workedMinutes: 480, exceptions: ['in-twice', 'out-twice'] });
  });

  it('complaint 21 (frappe/hrms #1107, #3349, PR #1703): nobody is told as absent by a timesheet: dates without presence have no line', () => {
    expect(timesheet([], workerOf(), directionOf, { from: '2026-11-01', to: '2026-11-30', rules })).toEqual([]);
  });
});

type Held = { test: string; says: string } | { never: string };
const service = 'test/integration/complaints.test.ts';
const here = 'test/unit/attendance/complaints.test.ts';
const at = (test: string, says: string): Held => ({ test, says });
const own = (n: number, test = here): Held => at(test, `complaint ${n} (`);

/** Each complaint, its thread, and the test that holds it or why it cannot happen here. */
const complaints: readonly [number, string, Held][] = [
  [1, 'odoo/odoo #29645', own(1)], [2, 'odoo/odoo PR #216667', own(2)], [3, 'odoo/odoo PR #28150, #27101', own(3, service)], [4, 'odoo/odoo PR #28354', own(4, service)],
  [5, 'odoo/odoo PR #214407', at('test/unit/wedge.test.ts', 'digits that come as signs name the keyboard country')],
  [6, 'odoo/odoo PR #230972', at('test/integration/gate.test.ts', 'shown as missing when pulled')],
  [7, 'odoo/odoo PR #15003, OCA/hr PR #842', at('test/integration/credentials.test.ts', 'odoo/odoo PR #15003, OCA/hr PR #842')],
  [8, 'odoo/odoo PR #227981', own(8)], [9, 'odoo/odoo PR #235442', own(9)], [10, 'odoo/odoo #37104, PR #127035', own(10)],
  [11, 'odoo/odoo PR #193003, PR #283539', at('test/integration/muster.test.ts', 'counts by zone, team and employer')],
  [12, 'OCA/hr #845', own(12)], [13, 'OCA/hr PR #510', own(13)], [14, 'frappe/hrms #3298', own(14)], [15, 'frappe/hrms #3859, #3353, #4648', own(15)],
  [16, 'frappe/hrms #3540', own(16, service)], [17, 'frappe/hrms #2897', own(17, service)],
  [18, 'frappe/hrms #5273', at('test/integration/corrections.test.ts', 'complaint 18 (')],
  [19, 'frappe/hrms #4194', own(19)], [20, 'frappe/hrms #3362', at('test/integration/shifts.test.ts', 'is filtered by shift, department, employer')],
  [21, 'frappe/hrms #1107, #3349, PR #1703', own(21)], [22, 'frappe/hrms PR #2773, #621', own(22)],
  [23, 'frappe/biometric-attendance-sync-tool #80', own(23, service)], [24, 'frappe/biometric-attendance-sync-tool #64, adms-server-ZKTeco #14, php_zklib #16', own(24, service)],
  [25, 'frappe/biometric-attendance-sync-tool #67', { never: 'no clock is asked by its address: gates are known by their key and tell when they were heard last' }],
  [26, 'vodvud/php_zklib #28', own(26, service)], [27, 'horilla-hr #358, PR #1242', own(27)], [28, 'horilla #340, #1115, #600, #820', own(28)],
  [29, 'City-of-Bloomington/timetrack #234, #179', own(29)], [30, 'andrew867/timeclock #33', own(30)], [31, 'gamonoid/icehrm #259, #260', own(31, service)],
  [32, 'cityofaustin/atd-data-tech #21514', at('test/integration/corrections.test.ts', 'tells every date that somebody must look at')],
  [33, 'emfcamp/Website #2081, #1797', at('test/integration/muster.test.ts', 'prints a page for each team')],
  [34, 'kimai/Paid-plugins #67', { never: 'it asks for a machine: the program is a whole-screen kiosk of its own that no browser runs, with targets for gloves (end-to-end tests of the gate)' }],
];

describe('the list of complaints', () => {
  it('has each of the 34 once', () => {
    expect(complaints.map(([n]) => n)).toEqual(Array.from({ length: 34 }, (_, i) => i + 1));
  });
  it.each(complaints)('complaint %d (%s) is held by a test, or it is said why it cannot happen', (_n, _thread, held) => {
    const said = 'never' in held ? held.never : readFileSync(path.resolve(import.meta.dirname, '..', '..', '..', held.test), 'utf8');
    expect(said).toContain('never' in held ? ' ' : held.says);
  });
});
