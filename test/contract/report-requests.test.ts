import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const ask = { id: 'mobility', from: '2026-10-01', to: '2026-10-31', employer: null, department: null, breakdown: 'commune', absentDays: 5 };
const page = { ask, offset: 0, limit: 500, fresh: false };

/** Of each request what it must accept and what it must refuse. */
const examples: Examples = {
  'reports/list': { pass: [{}], refuse: [null] },
  'reports/cancel': { pass: [{}], refuse: [null] },
  'reports/show': {
    pass: [page, { ...page, ask: { id: 'timesheet-month', from: '2026-10-31', to: '2026-10-31' } }],
    refuse: [{ ...page, limit: 501 }, { ...page, offset: -1 }, { ...page, ask: { ...ask, to: '2026-09-30' } }, { ...page, ask: { ...ask, from: '2025-09-01' } }, { ...page, ask: { ...ask, id: 'pay' } }, { ...page, ask: { ...ask, from: '2026-02-30' } }, { ...page, ask: { ...ask, absentDays: 366 } }],
  },
  'reports/export': {
    pass: [{ ask, format: 'xlsx', purpose: 'payroll' }, { ask, format: 'pdf', purpose: 'authority-report' }],
    refuse: [{ ask, format: 'csv', purpose: 'payroll' }, { ask, format: 'pdf' }, { ask, format: 'pdf', purpose: 'because' }],
  },
  'reports/save-settings': {
    pass: [{ receivers: [], zones: [] }, { receivers: [{ role: 'zone-board', name: 'Ban quản lý', address: '' }], zones: [{ employer: 'A', zone: 'KCN' }] }],
    refuse: [{}, { receivers: [{ role: 'x', name: 'a\u0000', address: '' }], zones: [] }, { receivers: [{ role: 'x', name: 'x'.repeat(301), address: '' }], zones: [] }, { receivers: Array.from({ length: 21 }, () => ({ role: 'x', name: 'y', address: '' })), zones: [] }],
  },
};

describe('the form of requests for reports', () => {
  it('every one has examples, and none is open to whoever stands at the kiosk', () => {
    const all = Object.keys(requests).filter((name) => name.startsWith('reports/'));
    expect(Object.keys(examples).toSorted()).toEqual(all.toSorted());
    expect(all.filter((name) => !Array.isArray(requests[name as RequestName].access))).toEqual([]);
  });
  itTakesWhatItMust(examples);
});
