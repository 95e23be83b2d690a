import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import { judge } from '../../hub/store/received-event.ts';
import { scriptedKiosk } from '../fixtures/scripted-kiosk.ts';
import { itTakesWhatItMust, type Examples } from './request-examples.ts';

const bytes = new Uint8Array([0x30, 0]);
const token = '0192f0c4-7d1e-7a2b-8c3d-4e5f60718293';
const fingerprint = 'a'.repeat(64);

const examples: Examples = {
  'trust/preview': {
    pass: [{ fileName: 'DE.ml', content: bytes }, { fileName: '', content: bytes }],
    refuse: [{ fileName: 'DE.ml' }, { fileName: 'DE.ml', content: 'MII…' }, { fileName: 'x'.repeat(256), content: bytes }, { content: bytes }],
  },
  'trust/import': {
    pass: [{ token, countries: null, confirmed: false }, { token, countries: ['VN', ''], confirmed: true }],
    refuse: [{ token: 'x', countries: null, confirmed: false }, { token, confirmed: false }, { token, countries: 'VN', confirmed: false }, { token, countries: ['VIETNAM'], confirmed: false }, { token, countries: null }],
  },
  'trust/list': {
    pass: [{ query: '', country: null, offset: 0, limit: 500 }, { query: 'csca', country: 'VN', offset: 500, limit: 1 }],
    refuse: [{ query: '', country: null, offset: -1, limit: 1 }, { query: '', country: null, offset: 0, limit: 501 }, { query: 'x'.repeat(101), country: null, offset: 0, limit: 1 }, { query: '', offset: 0, limit: 1 }],
  },
  'trust/remove': { pass: [{ fingerprint }], refuse: [{ fingerprint: 'A'.repeat(64) }, { fingerprint: 'a'.repeat(63) }, {}] },
};

describe('the form of requests of the trust store', () => {
  it('every one has examples and is for the administrator alone', () => {
    const names = Object.keys(requests).filter((name) => name.startsWith('trust/'));
    expect(Object.keys(examples).toSorted()).toEqual(names.toSorted());
    expect(names.map((name) => requests[name as RequestName].access)).toEqual(names.map(() => ['kiosk-admin']));
  });
  itTakesWhatItMust(examples);
});

describe('events of the trust store at the hub', () => {
  const entry = { kind: 'certificate', fingerprint, country: 'XU', subject: 'C=XU, O=Utopia, CN=CSCA Utopia' };
  it.each([
    ['trust-imported', { importId: token, file: 'list.ml', kind: 'master-list', list: { signer: 'CN=Master List Signer', ok: true, known: true }, entries: [entry, { ...entry, kind: 'crl', replaced: fingerprint }] }],
    ['trust-removed', entry],
  ] as const)('%s is sound; with its content changed it is not', (type, payload) => {
    const event = scriptedKiosk().append(type, payload);
    expect(judge(event)).toBeUndefined();
    expect(judge({ ...event, payload: { ...payload, file: 'other.ml' } })).toMatchObject({ code: 'payload-hash' });
  });
});
