import { describe, expect, it } from 'vitest';
import { defaultLabourSettings as settings } from '../../shared/contracts/labour.ts';
import { supervisor } from '../../shared/contracts/requests/define.ts';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const filter = { query: '', department: null, employer: null, shiftId: null, show: 'near' };
const page = { month: '2026-11', filter, offset: 0, limit: 1000, fresh: false };
const with_ = (change: object) => ({ settings: { ...settings, ...change } });

const examples: Examples = {
  'labour/list': {
    pass: [page, { ...page, filter: { ...filter, show: 'over', department: 'May 1' } }],
    refuse: [{ ...page, month: '2026-13' }, { ...page, limit: 1001 }, { ...page, offset: -1 }, { ...page, filter: { ...filter, show: 'all' } }, { ...page, filter: { ...filter, query: 'x'.repeat(101) } }],
  },
  'labour/worker': { pass: [{ workerId: 'NV1', month: '2026-11' }], refuse: [{ workerId: '', month: '2026-11' }, { workerId: 'x'.repeat(65), month: '2026-11' }, { workerId: 'NV1' }] },
  'labour/export': { pass: [{ month: '2026-11', filter }], refuse: [{ month: '2026', filter }, { month: '2026-11' }] },
  'labour/settings': { pass: [{}], refuse: [null] },
  'labour/save-settings': {
    pass: [with_({}), with_({ yearBasis: 'extended', ground: 'food', noticeSentOn: '2026-12-05' }), with_({ scheme: 'week', normalDayMinutes: 600 }), with_({ continuousDepartments: ['May 1'], weekLimitMinutes: 3_600 })],
    refuse: [
      {}, with_({ yearBasis: 'extended' }), with_({ yearBasis: 'extended', ground: '../x' }), with_({ normalDayMinutes: 481 }), with_({ normalDayMinutes: 60.5 }), with_({ normalWeekMinutes: 2_881 }),
      with_({ restWeekday: 0 }), with_({ listFromPercent: 49 }), with_({ weekLimitMinutes: 100 }), with_({ noticeSentOn: '2026-13-01' }), with_({ tellLeft: { week: 0, month: 2_401, year: 0 } }),
      with_({ continuousDepartments: Array.from({ length: 501 }, (_, n) => `T${n}`) }),
    ],
  },
};

describe('the form of requests of overtime', () => {
  const wanted = Object.keys(requests).filter((name) => name.startsWith('labour/')) as RequestName[];

  it('every one has examples and is for supervisors', () => {
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
    for (const name of wanted) expect([name, requests[name].access]).toEqual([name, supervisor]);
  });
  itTakesWhatItMust(examples);
});
