import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { supervisor } from '../../shared/contracts/requests/define.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const bytes = new Uint8Array([1, 2, 3]);
const shift = { id: 'CA1', start: '06:00', end: '14:00', days: [1, 2, 3] };
const filter = { query: '', department: null, employer: null, shiftId: null, onlyToCheck: false };
const page = { filter, offset: 0, limit: 1000, fresh: false };

const examples: Examples = {
  'shifts/list': { pass: [{}], refuse: [null] },
  'shifts/save': {
    pass: [{ shift, fresh: true }, { shift: { ...shift, id: 'Ca đêm 2', name: 'Đêm', start: '22:00', end: '06:00', breakMinutes: 45 }, fresh: false }, { shift: { ...shift, end: '06:00', breakMinutes: 1439 }, fresh: true }],
    refuse: [
      { shift }, { shift: { ...shift, id: '' }, fresh: true }, { shift: { ...shift, id: '=A1' }, fresh: true }, { shift: { ...shift, id: 'a\u0000' }, fresh: true },
      { shift: { ...shift, id: 'x'.repeat(41) }, fresh: true }, { shift: { ...shift, start: '24:00' }, fresh: true }, { shift: { ...shift, start: '6:00' }, fresh: true },
      { shift: { ...shift, days: [] }, fresh: true }, { shift: { ...shift, days: [0] }, fresh: true }, { shift: { ...shift, days: [1.5] }, fresh: true },
      { shift: { ...shift, breakMinutes: 480 }, fresh: true }, { shift: { ...shift, graceMinutes: -1 }, fresh: true }, { shift: { ...shift, name: 'a\ud800' }, fresh: true },
    ],
  },
  'shifts/remove': { pass: [{ shiftId: 'CA1' }], refuse: [{ shiftId: '' }, {}, { shiftId: 'x'.repeat(65) }] },
  'shifts/import': { pass: [{ fileName: 'a.csv', content: bytes, dryRun: true }], refuse: [{ fileName: 'a.csv', content: 'x', dryRun: true }, { fileName: 'x'.repeat(256), content: bytes, dryRun: true }] },
  'timesheet/choices': { pass: [{}], refuse: [null] },
  'timesheet/day': { pass: [{ date: '2026-11-22', ...page }], refuse: [{ date: '2026-11', ...page }, { date: '2026-11-22', ...page, limit: 1001 }, { date: '2026-11-22', ...page, offset: -1 }] },
  'timesheet/month': { pass: [{ month: '2026-02', ...page }], refuse: [{ month: '2026-13', ...page }, { month: '2026-11-01', ...page }, { month: '2026-11', ...page, filter: {} }] },
  'timesheet/worker': { pass: [{ month: '2026-11', workerId: 'NV1' }], refuse: [{ month: '2026-11' }] },
  'timesheet/export': { pass: [{ period: '2026-11', filter }, { period: '2026-11-30', filter }], refuse: [{ period: '2026', filter }, { period: '2026-11' }] },
};

describe('the form of requests of shifts and timesheets', () => {
  const wanted = Object.keys(requests).filter((name) => /^(shifts|timesheet)\//.test(name)) as RequestName[];

  it('every one has examples and is for supervisors', () => {
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
    for (const name of wanted) expect([name, requests[name].access]).toEqual([name, supervisor]);
  });
  itTakesWhatItMust(examples);
});
