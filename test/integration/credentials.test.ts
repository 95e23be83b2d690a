import { describe, expect, it } from 'vitest';
import { pinLockMinutes } from '../../electron/service/gate/gate-pin.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { eventsOf, scan } from './people-parts.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const card = (...uid: number[]): Transceiver => ({ transmit: async () => Uint8Array.of(...uid, 0x90, 0x00) });
const pin = (service: TestService, workerId: string, typed: string, lane: string | null = '1') => service.ask('gate/pin', { workerId, pin: typed, lane });

describe('a factory card', () => {
  it('is enrolled by a tap that is no scan, and then lets its worker in', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
    const read = service.ask('credential/read-card', { reader: null });
    service.readers.insert(card(0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6));
    expect(await read).toMatchObject({ number: '04A1B2C3D4E5F6', owner: null, withdrawn: false });
    expect(eventsOf(service, 'gate-scan')).toEqual([]);
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '04A1B2C3D4E5F6', former: null } });
    expect(await scan(service, '04A1B2C3D4E5F6')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
    expect(eventsOf(service, 'credential-set').map(({ payload }) => payload)).toEqual([{ workerId: 'NV1', kind: 'card', action: 'set', card: expect.not.stringContaining('04A1B2C3D4E5F6') as string }]);
  });

  it('that draws its number anew is refused at the reader and when typed', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
    const read = service.problemOf('credential/read-card', { reader: null });
    service.readers.insert(card(0x08, 0x12, 0x34, 0x56));
    expect(await read).toBe('card-uid-random');
    expect(await service.problemOf('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '08A1B2C3', former: null } })).toBe('card-uid-random');
  });

  it('the wait for one can be given up, and the next tap is a scan again', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,04A1B2C3,,');
    const read = service.problemOf('credential/read-card', { reader: null });
    await service.ask('credential/cancel', {});
    expect(await read).toBe('cancelled');
    service.readers.insert(card(0x04, 0xa1, 0xb2, 0xc3));
    await expect.poll(() => eventsOf(service, 'gate-scan').map(({ payload }) => payload?.['workerId'])).toEqual(['NV1']);
  });

  it('of another worker is not given twice; the same again changes nothing', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,', 'NV2,Lê Dung,001090000002,,,,,,,,');
    expect(await service.problemOf('credential/set', { workerId: 'NV2', change: { kind: 'card', number: '7700001', former: null } })).toBe('credential-taken');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700001', former: null } });
    expect(eventsOf(service, 'credential-set')).toEqual([]);
  });

  it('reported lost opens for nobody, is given to nobody else and does not come back by an old list, but to who finds it again', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,', 'NV2,Lê Dung,001090000002,,,,,,,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card-withdraw', reason: 'lost' } });
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'unknown', workerId: null });
    expect(await service.problemOf('credential/set', { workerId: 'NV2', change: { kind: 'card', number: '7700001', former: null } })).toBe('card-withdrawn');
    expect((await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,')).refused).toMatchObject([{ detail: 'Thẻ này đã báo mất ngày 22/11/2026, không cấp lại qua danh sách.' }]);
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700001', former: null } });
    expect(await scan(service, '7700001')).toMatchObject({ workerId: 'NV1' });
  });

  it('replaced, the new one opens and the old one no longer', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700002', former: 'broken' } });
    expect([(await scan(service, '7700001')).outcome, (await scan(service, '7700002')).outcome]).toEqual(['unknown', 'recorded']);
  });
});

it('a printed pass gets a code of its own, and taken back it opens no more', async () => {
  const service = await setUpService();
  await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
  const { pass } = await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pass', code: null } });
  expect(pass).toMatch(/^[A-Z2-9]{8}$/);
  expect(await scan(service, pass!)).toMatchObject({ workerId: 'NV1', outcome: 'recorded' });
  await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pass-withdraw' } });
  expect(await scan(service, pass!)).toMatchObject({ outcome: 'unknown' });
});

describe('what the VNeID app shows', () => {
  it('lets its worker in where it is the text of the identity card', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001190000002,,,,,,,,');
    expect(await scan(service, '001190000002|012345678|Lê Chi|02021990|Nữ|Tổ 5, Phường Mẫu, Hà Nội|05062021\r\n')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  });

  it('is told as what it is where it is a link, and stops nobody who comes after', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001190000002,,,,,,7700001,,');
    const answer = await scan(service, 'https://vneid.gov.vn/login?nonce=abc');
    expect(answer).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'qr-not-identity' } });
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  });
});

describe('a PIN at the gate (odoo/odoo PR #15003, OCA/hr PR #842: any PIN accepted, or always wrong)', () => {
  async function withPins(): Promise<TestService> {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,', 'NV2,Lê Dung,001090000002,,,,,,,,', 'NV3,Lê Em,001090000003,,,,,,,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: '482915' } });
    await service.ask('credential/set', { workerId: 'NV2', change: { kind: 'pin', pin: '739164' } });
    return service;
  }

  it('that fits is a scan like any other, in small letters too', async () => {
    const service = await withPins();
    expect(await pin(service, 'NV1', '482915')).toMatchObject({ outcome: 'recorded', workerId: 'NV1', direction: 'in' });
    expect(await pin(service, 'nv2', '739164')).toMatchObject({ outcome: 'recorded', workerId: 'NV2' });
  });

  it('that does not fit lets nobody in, and nothing tells which was wrong', async () => {
    const service = await withPins();
    const wrong = [await pin(service, 'NV1', '482916'), await pin(service, 'NV1', '739164'), await pin(service, 'NV3', '482915'), await pin(service, 'KHONGCO', '482915')];
    const plain = wrong.map(({ scanId: _s, at: _a, seq: _q, ...answer }) => answer);
    expect(plain[0]).toMatchObject({ outcome: 'unreadable', workerId: null, shortName: null, direction: null, problem: { code: 'pin-wrong' } });
    for (const answer of plain) expect(answer).toEqual(plain[0]);
    expect((await service.ask('gate/summary', {})).inside).toBe(0);
    expect(JSON.stringify(eventsOf(service, 'gate-scan'))).not.toMatch(/482916|KHONGCO/);
  });

  it('that was taken away, or was never set, opens nothing', async () => {
    const service = await withPins();
    expect(await service.ask('gate/pin-offered', {})).toEqual({ offered: true });
    await service.ask('credential/set', { workerId: 'NV2', change: { kind: 'pin-remove' } });
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pin-remove' } });
    expect(await service.ask('gate/pin-offered', {})).toEqual({ offered: false });
    expect(await pin(service, 'NV1', '482915')).toMatchObject({ outcome: 'unreadable' });
    expect(eventsOf(service, 'credential-set').map(({ payload }) => [payload?.['kind'], payload?.['action']])).toEqual([['pin', 'set'], ['pin', 'set'], ['pin', 'withdrawn'], ['pin', 'withdrawn']]);
  });

  it.each(['NV1', 'KHONGCO'])('wrong five times locks the code %s, right ones too, on every lane, until its time is over', async (code) => {
    const service = await withPins();
    for (let n = 0; n < 5; n++) await pin(service, code, '000111');
    expect(await service.problemOf('gate/pin', { workerId: code, pin: '482915', lane: 'vao' })).toBe('pin-locked');
    expect(await pin(service, 'NV2', '739164', 'vao')).toMatchObject({ workerId: 'NV2' });
    service.clock.pass(61_000);
    expect(await pin(service, code, '482915')).toMatchObject({ outcome: code === 'NV1' ? 'recorded' : 'unreadable' });
  });

  it('wrong fifteen times at one lane locks that lane for everybody, and no other', async () => {
    const service = await withPins();
    for (let n = 0; n < 15; n++) await pin(service, `X${n}`, '000111');
    expect(await service.problemOf('gate/pin', { workerId: 'NV1', pin: '482915', lane: '1' })).toBe('pin-locked');
    expect(await pin(service, 'NV1', '482915', 'vao')).toMatchObject({ workerId: 'NV1' });
  });

  it('many tries at once are counted one by one', async () => {
    const service = await withPins();
    const tries = await Promise.all(Array.from({ length: 8 }, () => service.problemOf('gate/pin', { workerId: 'NV1', pin: '000111', lane: null })));
    expect(tries.filter((code) => code === 'pin-locked')).toHaveLength(3);
  });

  it('that anybody would guess is not set', async () => {
    const service = await withPins();
    for (const weak of ['1111', '123456', '987654', '12', '123456789', 'abcd']) {
      expect(await service.problemOf('credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: weak } })).toBe('request-invalid');
    }
  });

  it('locks longer with each further wrong one, and not for ever', () => {
    expect([4, 5, 6, 7, 30].map((n) => pinLockMinutes('worker', n))).toEqual([0, 1, 2, 4, 240]);
    expect([14, 15, 30].map((n) => pinLockMinutes('lane', n))).toEqual([0, 1, 15]);
  });
});
