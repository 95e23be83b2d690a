import { describe, expect, it } from 'vitest';
import { requests } from '../../shared/contracts/requests/index.ts';

const takes = (name: keyof typeof requests, input: unknown): boolean => requests[name].input.safeParse(input).success;

describe('what a page may ask about workers', () => {
  it.each([
    ['a list with columns by number', 'roster/import', { fileName: 'a.csv', content: new Uint8Array(), dryRun: true, columns: { workerId: 0, fullName: 3, passport: 7 } }, true],
    ['a list as the first version asked', 'roster/import', { fileName: 'a.csv', content: new Uint8Array(), dryRun: false }, true],
    ['a column that nobody knows', 'roster/import', { fileName: 'a.csv', content: new Uint8Array(), dryRun: true, columns: { salary: 1 } }, false],
    ['a column beyond the sheet', 'roster/import', { fileName: 'a.csv', content: new Uint8Array(), dryRun: true, columns: { workerId: 200 } }, false],
    ['a whole list with a day that does not exist', 'roster/import', { fileName: 'a.csv', content: new Uint8Array(), dryRun: false, wholeList: { endDate: '2026-02-30' } }, false],
    ['one detail of a worker', 'worker/change', { workerId: 'NV1', changes: { details: { province: 'Ninh Bình' } } }, true],
    ['a detail of a wrong kind', 'worker/change', { workerId: 'NV1', changes: { details: { contractKind: 'for-life' } } }, false],
    ['a worker without a code', 'worker/get', { workerId: '' }, false],
    ['a card that is replaced', 'credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700001', former: 'lost' } }, true],
    ['a card that is taken for no reason', 'credential/set', { workerId: 'NV1', change: { kind: 'card-withdraw', reason: 'whim' } }, false],
    ['a PIN of the gate', 'credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: '4829' } }, true],
    ['a PIN of letters', 'gate/pin', { workerId: 'NV1', pin: '48a9', lane: null }, false],
    ['numbers in full without a reason', 'worker/reveal', { workerId: 'NV1', reason: ' ' }, false],
    ['a photo that is no bytes', 'photo/set', { workerId: 'NV1', content: 'x', consentVersion: '1' }, false],
    ['an erasure after less than no time', 'people/settings-set', { erasureDays: -1 }, false],
  ] as const)('%s: %s takes %j: %s', (_, name, input, taken) => {
    expect(takes(name, input)).toBe(taken);
  });

  it('a wish to change one detail comes out with that one alone, so that nothing else is wiped out', () => {
    const parsed = requests['worker/change'].input.parse({ workerId: 'NV1', changes: { details: { province: 'Ninh Bình' } } });
    expect(parsed).toEqual({ workerId: 'NV1', changes: { details: { province: 'Ninh Bình' } } });
  });

  it('only a PIN at the gate may be asked without a log-in; erasing and its terms are the administrator\'s', () => {
    const open = Object.entries(requests).filter(([name, { access }]) => /^(worker|credential|photo|people|erasure|roster)\//.test(name) && !Array.isArray(access));
    expect(open).toEqual([]);
    expect([requests['gate/pin'].access, requests['gate/pin-offered'].access]).toEqual(['kiosk', 'kiosk']);
    expect([requests['erasure/run'].access, requests['people/settings-set'].access]).toEqual([['kiosk-admin'], ['kiosk-admin']]);
  });
});
