import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { supervisor } from '../../shared/contracts/requests/define.ts';
import { mostProposals } from '../../shared/contracts/requests/correction.ts';
import { fitsMessage } from '../../shared/domain/message-size.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const id = '00000000-0000-4000-8000-000000000001';
const at = Date.parse('2026-11-20T17:00:00+07:00');
const keep = { kind: 'keep', add: [], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false };
const change = { ...keep, kind: 'change', add: [{ direction: 'out', at }] };
const person = { workerId: 'W1', workDate: '2026-11-20' };
const period = { from: '2026-11-01', to: '2026-11-30' };
const filter = { query: '', department: null, employer: null, shiftId: null, kind: null, onlyOpen: false };
const proposal = { id, ...person, changes: change };
const propose = { batchId: id, reason: 'forgot-scan', note: '', proposals: [proposal] };
const page = { offset: 0, limit: 100 };
const many = (n: number): unknown[] => Array.from({ length: n }, () => proposal);

const examples: Examples = {
  'inbox/list': {
    pass: [{ period, filter, ...page, fresh: false }, { period, filter: { ...filter, kind: 'unknown' }, ...page, fresh: true }],
    refuse: [
      { period: { from: '2026-11-30', to: '2026-11-01' }, filter, ...page, fresh: false }, { period: { from: '2026-01-01', to: '2026-12-31' }, filter, ...page, fresh: false },
      { period, filter: { ...filter, kind: 'still-inside' }, ...page, fresh: false }, { period, filter, offset: 0, limit: 1001, fresh: false },
    ],
  },
  'inbox/day': { pass: [person], refuse: [{ workerId: '', workDate: '2026-11-20' }, { workerId: 'W1', workDate: '20/11/2026' }] },
  'inbox/preview': { pass: [{ ...person, changes: keep }, { ...person, changes: { ...keep, kind: 'restore' } }], refuse: [{ ...person, changes: { ...keep, kind: 'change' } }, person] },
  'inbox/plan': { pass: [{ items: [person] }], refuse: [{ items: [] }, { items: Array.from({ length: mostProposals + 1 }, () => person) }] },
  'inbox/outage': {
    pass: [{ lanes: [], from: '2026-11-20T09:00:00.000Z', to: '2026-11-20T11:00:00.000Z', team: { shiftId: null, department: null, employer: null } }],
    refuse: [{ lanes: [], from: '16:30', to: '18:00', team: { shiftId: null, department: null, employer: null } }],
  },
  'corrections/reasons': { pass: [{}], refuse: [null] },
  'corrections/propose': {
    pass: [
      propose, { ...propose, proposals: many(mostProposals) }, { ...propose, note: 'mất điện\nhai lần' },
      { ...propose, proposals: [{ ...proposal, changes: { ...keep, kind: 'change', wholeDay: true, shift: { id: 'HC' } } }] },
      { ...propose, proposals: [{ ...proposal, changes: { ...keep, kind: 'change', overtimeMinutes: 0 } }] },
    ],
    refuse: [
      { ...propose, proposals: [] }, { ...propose, proposals: many(mostProposals + 1) }, { ...propose, note: 'x'.repeat(501) }, { ...propose, note: 'a\u0000' },
      { ...propose, batchId: 'x' }, { ...propose, proposals: [{ ...proposal, id: 'x' }] },
      ...[
        { ...change, kind: 'keep' }, { ...change, wholeDay: true }, { ...change, add: [{ direction: 'out', at: 1 }] }, { ...change, add: [{ direction: 'out', at: at + 0.5 }] },
        { ...change, add: Array.from({ length: 9 }, () => ({ direction: 'in', at })) }, { ...keep, kind: 'change', overtimeMinutes: -1 }, { ...keep, kind: 'change', overtimeMinutes: 721 },
        { ...keep, kind: 'change', leaveOut: Array.from({ length: 41 }, () => ({ at, lane: '1' })) },
      ].map((changes) => ({ ...propose, proposals: [{ ...proposal, changes }] })),
    ],
  },
  'corrections/waiting': { pass: [{}], refuse: [null] },
  'corrections/batch': { pass: [{ batchId: id, ...page }], refuse: [{ batchId: id, offset: -1, limit: 1 }] },
  'corrections/decide': {
    pass: [{ what: { batchId: id }, decision: 'approved', note: '' }, { what: { ids: [id] }, decision: 'refused', note: 'không đúng' }],
    refuse: [{ what: {}, decision: 'approved', note: '' }, { what: { ids: [] }, decision: 'approved', note: '' }, { what: { batchId: id }, decision: 'proposed', note: '' }],
  },
  'corrections/differences': { pass: [{ period, query: 'hoa', ...page }], refuse: [{ period, ...page }] },
  'corrections/export': { pass: [{ period, query: '', format: 'xlsx' }, { period, query: '', format: 'pdf' }], refuse: [{ period, query: '', format: 'csv' }] },
};

describe('the form of requests of the inbox and of corrections', () => {
  const wanted = Object.keys(requests).filter((name) => /^(inbox|corrections)\//.test(name)) as RequestName[];

  it('every one has examples and is for supervisors', () => {
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
    for (const name of wanted) expect([name, requests[name].access]).toEqual([name, supervisor]);
  });
  itTakesWhatItMust(examples);
  it('the most proposals that one message may hold fit into a message', () => {
    expect(fitsMessage({ ...propose, proposals: many(mostProposals) })).toBe(true);
  });
});
