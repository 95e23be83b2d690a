import { describe, expect, it } from 'vitest';
import { admin, supervisor } from '../../shared/contracts/requests/define.ts';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { defaultGuardSettings } from '../../shared/contracts/visitor.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const id = '00000000-0000-4000-8000-000000000001';
const bytes = new Uint8Array([1]);
const visitor = {
  kind: 'visitor', fullName: 'Trần Thị Khách', company: 'Khách', purpose: null, hostWorkerId: null, hostName: null, vehicle: null, tools: null, escort: false,
  validFrom: '2026-11-22T00:00:00Z', validTo: '2026-11-22T10:00:00Z',
};
const filter = { query: '', zone: null, employer: null, department: null, limit: 100 };
const state = { query: '', employer: null, department: null, show: 'missing', limit: 100 };
const examples: Examples = {
  'visitors/list': { pass: [{ filter: 'inside', query: '', limit: 1 }], refuse: [{ filter: 'all', query: '', limit: 1 }, { filter: 'inside', query: 'x'.repeat(101), limit: 1 }, { filter: 'inside', query: '', limit: 1001 }] },
  'visitors/identify': { pass: [{ text: '001090000001' }], refuse: [{ text: '' }, { text: 'x'.repeat(4001) }] },
  'visitors/await': { pass: [{ on: true }], refuse: [{}] },
  'visitors/register': { pass: [{ visitorId: id, visitor, identity: null }, { visitorId: id, visitor, identity: null, passCard: '04A1B2C3D4E5F6' }], refuse: [{ visitorId: id, visitor, identity: null, passCard: 'V-1' }, { visitorId: 'x', visitor, identity: null }, { visitorId: id, visitor: { ...visitor, validTo: visitor.validFrom }, identity: null }, { visitorId: id, visitor, identity: 5 }] },
  'visitors/change': { pass: [{ visitorId: id, returned: true }], refuse: [{ visitorId: '' }, { visitorId: id, validTo: 'mai' }] },
  'visitors/pass': { pass: [{ visitorId: id, form: 'a6' }], refuse: [{ visitorId: id, form: 'a4' }] },
  'visitors/import': { pass: [{ fileName: 'a', content: bytes, dryRun: true }], refuse: [{ fileName: 'a', content: 'x', dryRun: true }, { fileName: 'x'.repeat(256), content: bytes, dryRun: true }] },
  'alarms/count': { pass: [{}], refuse: [null] },
  'alarms/list': { pass: [{ settled: false, before: null, limit: 1 }], refuse: [{ settled: false, before: null, limit: 501 }] },
  'alarms/settle': { pass: [{ alarmId: id, note: 'ok' }], refuse: [{ alarmId: id, note: ' ' }, { alarmId: id, note: 'x'.repeat(501) }, { alarmId: 'x', note: 'ok' }] },
  'barred/list': { pass: [{}], refuse: [null] },
  'barred/add': { pass: [{ barredId: id, who: { by: 'worker', workerId: 'NV1' }, reason: 'vì sao' }], refuse: [{ barredId: id, who: { by: 'face' }, reason: 'vì sao' }, { barredId: id, who: { by: 'worker', workerId: 'NV1' }, reason: '' }] },
  'barred/lift': { pass: [{ barredId: null, workerId: 'NV1', reason: 'vì sao' }], refuse: [{ barredId: null, workerId: 'NV1' }] },
  'guard/settings': { pass: [{}], refuse: [null] },
  'guard/set': { pass: [defaultGuardSettings], refuse: [{ ...defaultGuardSettings, visitorKeepDays: 0 }, { ...defaultGuardSettings, meals: [{ id: 'x', name: 'x', from: '25:00', to: '26:00' }] }] },
  'muster/assembly': { pass: [{ lanes: ['1'] }], refuse: [{ lanes: Array.from({ length: 17 }, () => '1') }] },
  'muster/now': { pass: [filter], refuse: [{ ...filter, limit: 2001 }, { ...filter, zone: 'x'.repeat(201) }] },
  'muster/print': { pass: [{ musterId: null }, { musterId: id }], refuse: [{ musterId: 'x' }] },
  'muster/paper': { pass: [{ musterId: null }], refuse: [{ musterId: 'x' }] },
  'muster/start': { pass: [{ musterId: id, cause: 'drill' }], refuse: [{ musterId: id, cause: 'flood' }, { cause: 'fire' }] },
  'muster/state': { pass: [state], refuse: [{ ...state, show: 'all' }] },
  'muster/tick': { pass: [{ musterId: id, kind: 'worker', personNo: 1, present: true }], refuse: [{ musterId: id, kind: 'guest', personNo: 1, present: true }, { musterId: id, kind: 'worker', personNo: 0, present: true }] },
  'muster/end': { pass: [{ musterId: id }], refuse: [{}] },
  'meals/count': { pass: [{ date: '2026-11-22' }], refuse: [{ date: '2026-11' }] },
  'meals/export': { pass: [{ date: '2026-11-22' }], refuse: [{ date: '22/11/2026' }] },
};

describe('the form of the guard\'s requests', () => {
  const wanted = Object.keys(requests).filter((name) => /^(visitors|alarms|barred|guard|muster|meals)\//.test(name)) as RequestName[];

  it('every one has examples; only the count of alarms is for whoever stands there, and settings are the administrator\'s', () => {
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
    for (const name of wanted) expect([name, requests[name].access]).toEqual([name, name === 'alarms/count' ? 'kiosk' : name === 'guard/set' ? admin : supervisor]);
  });
  itTakesWhatItMust(examples);
});
