import { describe, expect, it } from 'vitest';
import { requests } from '../../shared/contracts/requests/index.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const setUp = {
  mode: 'gate', unit: { code: 'KCN-01', name: 'Khu công nghiệp' }, lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }],
  admin: { loginName: 'an', displayName: 'Nguyễn Văn An', secret: '246810' }, hub: null, demo: false,
};
const scanId = '019e3a11-9f3c-7a6e-8c5d-2f4f6f0a1b2c';
const bytes = new Uint8Array([1, 2, 3]);

/** Messages that both sides must accept, and ones that both must refuse: the form of each request of gate, people and system. */
const examples: Examples = {
  'system/ping': { pass: [{}], refuse: [null, 'x', 5, undefined] },
  'system/status': { pass: [{}], refuse: [null] },
  'setup/complete': {
    pass: [setUp, { ...setUp, mode: 'counter', lanes: [], demo: true }, { ...setUp, hub: { url: 'https://hub.example', code: 'ABCD2345' } }],
    refuse: [
      {}, { ...setUp, mode: 'both' }, { ...setUp, unit: { code: ' ', name: 'x' } }, { ...setUp, lanes: Array(9).fill(setUp.lanes[0]) },
      { ...setUp, lanes: [{ ...setUp.lanes[0], lane: 'làn/một' }] }, { ...setUp, admin: { ...setUp.admin, secret: '12345' } },
      { ...setUp, admin: { ...setUp.admin, secret: 'abcdef' } }, { ...setUp, admin: { ...setUp.admin, loginName: 'Nguyễn An' } },
      { ...setUp, hub: { url: 'no url', code: 'x' } }, { ...setUp, demo: 'yes' },
    ],
  },
  'auth/people': { pass: [{}], refuse: [null] },
  'auth/login': {
    pass: [{ loginName: 'an', secret: '' }, { loginName: 'an.b-c_1', secret: 'x'.repeat(128) }],
    refuse: [{ loginName: 'an' }, { secret: '246810' }, { loginName: 'AN', secret: '1' }, { loginName: "an' or 1=1", secret: '1' }, { loginName: 'an', secret: 'x'.repeat(129) }],
  },
  'auth/logout': { pass: [{}], refuse: [null] },
  'auth/change-secret': { pass: [{ old: 'x', secret: '123456' }, { old: '', secret: 'mật khẩu dài' }], refuse: [{ old: 'x', secret: '1' }, { secret: '123456' }] },
  'users/list': { pass: [{}], refuse: [null] },
  'users/create': {
    pass: [{ loginName: 'binh', displayName: 'Trần Bình', role: 'officer', secret: '123456' }],
    refuse: [{ loginName: 'binh', displayName: 'Trần Bình', role: 'root', secret: '123456' }, { loginName: 'b', displayName: 'B', role: 'officer', secret: '123456' }],
  },
  'users/change': { pass: [{ userId: 'u' }, { userId: 'u', disabled: true, role: 'officer', secret: '123456' }], refuse: [{}, { userId: 'u', disabled: 1 }, { userId: 'u', secret: '1' }] },
  'settings/get': { pass: [{}], refuse: [null] },
  'settings/set': {
    pass: [{}, { idleLockSeconds: 30 }, { serialPath: null, theme: 'sun', repeatSeconds: 0 }, { oppositeSeconds: null }, { oppositeSeconds: 30 }],
    refuse: [{ idleLockSeconds: 0 }, { idleLockSeconds: 1e9 }, { theme: 'pink' }, { repeatSeconds: -1 }, { repeatSeconds: 1.5 }, { oppositeSeconds: 0 }, { lookUpsPerHour: 0 }],
  },
  'devices/serial-ports': { pass: [{}], refuse: [null] },
  'audit/verify': { pass: [{}], refuse: [null] },
  'audit/list': { pass: [{ beforeSeq: null, limit: 200, type: null }], refuse: [{ beforeSeq: null, limit: 201, type: null }, { beforeSeq: null, limit: 0, type: null }, { limit: 1 }] },
  'gate/scan': {
    pass: [{ code: '', lane: null, via: 'camera' }, { code: 'x'.repeat(4000), lane: '1', via: 'serial', unreadable: 'scan-merged' }, { code: '1', lane: '1', via: 'typed', unreadable: null }, { code: '1', lane: null, via: 'camera', scanId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }],
    refuse: [{ code: 'x'.repeat(4001), lane: '1', via: 'camera' }, { code: 1, lane: '1', via: 'camera' }, { code: '1', lane: '1', via: 'nfc' }, { code: '1', via: 'camera' }, { code: '1', lane: 'x'.repeat(21), via: 'camera' }, { code: '1', lane: null, via: 'camera', scanId: '1' }, []],
  },
  'gate/summary': { pass: [{}], refuse: [null] },
  'gate/log': {
    pass: [{ date: '2026-11-22', beforeSeq: null, limit: 500, outcome: null }, { date: '2026-11-22', beforeSeq: 5, limit: 1, outcome: 'recorded' }],
    refuse: [{ date: '22/11/2026', beforeSeq: null, limit: 1, outcome: null }, { date: '2026-11-22', beforeSeq: null, limit: 501, outcome: null }, { date: '2026-11-22', beforeSeq: null, limit: 1, outcome: 'ok' }],
  },
  'gate/speed': { pass: [{}], refuse: [null] },
  'gate/pin': {
    pass: [{ workerId: 'NV1', pin: '482913', lane: null }], refuse: [{ workerId: 'NV1', pin: '48a9', lane: null }, { workerId: '', pin: '482913', lane: '1' }, { workerId: 'NV1', pin: '1'.repeat(13), lane: '1' }],
  },
  'gate/pin-offered': { pass: [{}], refuse: [null] },
  'gate/decide': {
    pass: [{ scanId, pass: true, direction: 'in' }, { scanId, pass: false, direction: 'out' }],
    refuse: [{ scanId: '5', pass: true, direction: 'in' }, { scanId, pass: 'yes', direction: 'in' }, { scanId, pass: true, direction: 'both' }, { scanId, pass: true }],
  },
  'gate/held': { pass: [{}], refuse: [null] },
  'zones/get': { pass: [{}], refuse: [null] },
  'zones/set': {
    pass: [{ zones: [] }, { zones: [{ id: 'khu-1', name: 'Xưởng may 1', mode: 'timed', timeoutMinutes: 30 }] }],
    refuse: [
      {}, { zones: [{ id: 'khu 1' }] }, { zones: [{ id: 'a' }, { id: 'a' }] }, { zones: [{ id: 'a', mode: 'strict' }] }, { zones: [{ id: 'a', timeoutMinutes: 0 }] },
      { zones: [{ id: 'a', name: 'x'.repeat(61) }] }, { zones: Array.from({ length: 65 }, (_, n) => ({ id: `z${n}` })) },
    ],
  },
  'gate/spot-check': { pass: [{ can: null }, { can: '012345' }], refuse: [{}, { can: '12345' }, { can: '0123456' }, { can: 12_345 }] },
  'gate/spot-cancel': { pass: [{}], refuse: [null] },
  'roster/import': { pass: [{ fileName: 'r.csv', content: bytes, dryRun: true }], refuse: [{ fileName: 'r.csv', content: [1, 2], dryRun: true }, { fileName: 'r.csv', content: 'text', dryRun: true }, { fileName: 'x'.repeat(256), content: bytes, dryRun: true }, { fileName: 'r', content: bytes }] },
  'roster/columns': { pass: [{ fileName: 'r.csv', content: bytes }], refuse: [{ fileName: 'r.csv', content: 'text' }, { fileName: 'x'.repeat(256), content: bytes }] },
  'roster/report-file': { pass: [{}], refuse: [null] },
  'roster/search': { pass: [{ query: '', limit: 1 }], refuse: [{ query: 'x', limit: 0 }, { query: 'x', limit: 1000 }, { limit: 1 }] },
};

describe('the form of requests', () => {
  it('every request of gate, roster, people and system has examples', () => {
    const wanted = Object.keys(requests).filter((name) => /^(system|setup|auth|users|settings|devices|audit|gate|roster|zones)\//.test(name));
    expect(Object.keys(examples).toSorted()).toEqual(wanted.toSorted());
  });
  itTakesWhatItMust(examples);
});
