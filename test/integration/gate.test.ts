import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { scriptedHidBus } from '../../electron/devices/hid-bus-scripted.ts';
import { ScriptedReaders } from '../../electron/devices/pcsc-scripted.ts';
import { scriptedScanner } from '../../electron/devices/serial-scanner-scripted.ts';
import { scriptedTurnstile, type ScriptedTurnstile } from '../../electron/devices/turnstile-scripted.ts';
import { startGateDevices } from '../../electron/service/gate/gate-devices.ts';
import { readEvents, readKiosk, verifyChain, writeKiosk } from '../../electron/store/index.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { GateAnswer } from '../../shared/contracts/requests/gate.ts';
import { passText } from '../../shared/domain/pass-code.ts';
import { recorded } from '../fixtures/scanner/recorded.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { qrOf } from '../virtual-card/data-groups.ts';
import { issueCard } from '../virtual-card/issue.ts';
import { CardPerson, type CardProfileInput } from '../virtual-card/profile.ts';
import { temporaryFolder } from './temporary.ts';
import { importRows, setUpService, startService, type TestService } from './test-service.ts';

const an = '001090000001';
const qr = `${an}||Nguyễn Văn An|01011990|Nam|Số 1, Hà Nội|01052021`;

async function gate(options: Parameters<typeof startService>[0] = {}): Promise<TestService> {
  const service = await setUpService('gate', options);
  await importRows(service,
    `NV1,Nguyễn Văn An,${an},May 1,Công ty A,2024-01-01,,CA1,7700001,P-1,`,
    'NV2,Trần Thị Bình,001190000002,May 1,Công ty A,2024-01-01,2026-11-21,CA1,7700002,,',
    'NV3,Lê Văn Chi,001090000003,May 2,Công ty B,2026-12-01,,CA1,7700003,,',
    'NV4,Phạm Thị Dung,001190000004,May 2,Công ty B,,,CA1,7700004,,1');
  return service;
}
const scan = ({ ask }: TestService, code: string, lane: string | null = '1') => ask('gate/scan', { code, lane, via: 'camera' });
const lastEvent = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 1000 }).findLast(({ type }) => type !== 'gate-alarm');

describe('a scan at the gate', () => {
  it.each([['the card\'s QR', qr], ['the bare number', an], ['the factory card', '7700001'], ['the printed pass', 'P-1'], ['the worker\'s code', 'NV1']])(
    '%s finds the worker, is recorded and answered with a short name', async (_, code) => {
      const service = await gate();
      const answer = await scan(service, code);
      expect(answer).toMatchObject({ outcome: 'recorded', direction: 'in', reason: 'first-today', workerId: 'NV1', shortName: 'Văn An', workDate: '2026-11-22', problem: null });
      expect(answer.seq).toBe(lastEvent(service)?.seq);
    });

  it.each([['7700002', 'expired'], ['7700003', 'not-yet-valid'], ['7700004', 'barred'], ['9999999', 'unknown'], ['001090000099', 'unknown']])(
    'code %s is answered %s and lets nobody in', async (code, outcome) => {
      const service = await gate();
      const answer = await scan(service, code);
      expect(answer).toMatchObject({ outcome, direction: null });
      expect((await service.ask('gate/summary', {})).inside).toBe(0);
      // Who is barred makes an alarm after his scan.
      expect(readEvents(service.context.store, { afterSeq: answer.seq - 1, limit: 1 })).toMatchObject([{ type: 'gate-scan', payload: { outcome } }]);
    });

  it('no event and no answer holds a whole number, a residence or the name of a stranger', async () => {
    const service = await gate();
    const answers = [await scan(service, qr), await scan(service, '001099123456||Người Lạ Mặt|01011999|Nam|Số 9, Huế|01052021'), await scan(service, an, 'ra'), await scan(service, 'Người Lạ Mặt')];
    const text = JSON.stringify([answers, readEvents(service.context.store, { afterSeq: 0, limit: 1000 })]);
    expect(text).not.toMatch(/00109\d{7}|001190000002|Hà Nội|Huế|Lạ Mặt/);
    expect(text).toContain('001*****0001');
  });

  it('a second tap is greeted again, kept as an event, and moves nobody', async () => {
    const service = await gate();
    await scan(service, qr);
    service.clock.pass(20_000);
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'repeat', direction: 'in', shortName: 'Văn An' });
    service.clock.pass(1);
    expect(await scan(service, qr)).toMatchObject({ outcome: 'recorded', direction: 'out' });
    expect(await service.ask('gate/summary', {})).toMatchObject({ in: 1, out: 1, inside: 0, refused: 0, workers: 4 });
  });

  it('repeats do not slide the window', async () => {
    const service = await gate();
    await scan(service, qr);
    for (let i = 0; i < 2; i += 1) {
      service.clock.pass(10_000);
      expect((await scan(service, qr)).outcome).toBe('repeat');
    }
    service.clock.pass(10_000);
    expect((await scan(service, qr)).outcome).toBe('recorded');
  });

  it('on another lane the same person is no repeat, and the lane\'s direction counts', async () => {
    const service = await gate();
    expect(await scan(service, qr, 'vao')).toMatchObject({ outcome: 'recorded', direction: 'in', reason: 'lane' });
    expect(await scan(service, qr, 'ra')).toMatchObject({ outcome: 'recorded', direction: 'out', reason: 'lane' });
    expect(await scan(service, qr, 'vao')).toMatchObject({ outcome: 'repeat', direction: 'in' });
  });

  it('a reader that floods fills no store: what people cannot have shown is left, said at the reader, and over when it is', async () => {
    const service = await gate();
    const stored = () => readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ type }) => type === 'gate-scan').length;
    const state = () => service.context.devices.list().find(({ kind, name }) => kind === 'serial' && name === '/dev/ttyV0');
    for (let i = 0; i < 100; i += 1) service.scanner.scan('7700001');
    expect([stored(), state()?.state, state()?.detail]).toEqual([40, 'failed', 'reader-floods']);
    expect((await scan(service, '7700001')).outcome).toBe('recorded');
    service.clock.pass(1000);
    for (let i = 0; i < 100; i += 1) service.scanner.scan('7700001');
    expect(stored()).toBe(51);
    service.clock.pass(10_000);
    service.scanner.scan('7700001');
    expect([stored(), state()?.state]).toEqual([52, 'ready']);
  });

  it('a reader whose scan could not be stored says so, and is ready again with the next one', async () => {
    const service = await gate();
    const { store } = service.context;
    const { transaction } = store;
    const serial = () => service.context.devices.list().filter(({ kind }) => kind === 'serial').map(({ name, state, detail }) => [name, state, detail]);
    store.transaction = () => { throw new ProblemError('disk-full'); };
    service.scanner.scan('7700001');
    expect(serial()).toEqual([['/dev/ttyV0', 'failed', 'disk-full']]);
    store.transaction = transaction;
    service.scanner.scan('7700001');
    expect(serial()).toEqual([['/dev/ttyV0', 'ready', null]]);
  });

  it('a card that was left on the reader passes nobody when the service starts again', async () => {
    const service = await gate();
    const events = () => readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ type }) => type === 'gate-scan').length;
    const card = { transmit: async () => new Uint8Array(Buffer.from('04A1B2C3D4E5F69000', 'hex')) };
    service.readers.insert(card);
    await expect.poll(events).toBe(1);
    const again = new ScriptedReaders(['Reader B 00']);
    again.insert(card);
    const read = vi.spyOn(again, 'withCard');
    service.context.cards = again;
    startGateDevices(service.context, { scanner: () => scriptedScanner(), hid: scriptedHidBus() });
    expect(read).not.toHaveBeenCalled();
    again.take();
    again.insert(card);
    expect(read).toHaveBeenCalledOnce();
    await expect.poll(events).toBe(2);
  });

  it('a scan that is sent again is answered as it was stored, and writes nothing; after a restart too, where it opens the gate for who waits', async () => {
    const dir = temporaryFolder();
    const boards: ScriptedTurnstile[] = [];
    const devices = { turnstile: () => {
      boards.push(scriptedTurnstile());
      return boards.at(-1)!;
    } };
    const service = await gate({ dir, devices });
    const signal = { board: { form: 'modbus' as const, line: { kind: 'tcp' as const, host: 'relay', port: 502 }, unit: 1, timed: 'waveshare' as const }, outputs: { in: 1, out: 2 }, pulseMs: 500, onRepeat: false, passage: null, fire: null, onFire: 'hold' as const };
    await service.ask('lanes/set', { lanes: [{ lane: '1', name: 'Làn 1', direction: 'in', input: 'any', signal }] });
    const codes = [qr, '7700004', '9999999', '|||'];
    const ids = codes.map(() => randomUUID());
    const send = ({ ask }: TestService, i: number) => ask('gate/scan', { code: codes[i]!, lane: '1', via: 'camera', scanId: ids[i]! });
    const first = [];
    for (const i of codes.keys()) first.push(await send(service, i));
    expect(first.map(({ scanId, outcome }) => [scanId, outcome])).toEqual(ids.map((id, i) => [id, ['recorded', 'barred', 'unknown', 'unreadable'][i]]));
    const again = [];
    for (const i of codes.keys()) again.push(await send(service, i));
    expect(again).toEqual(first);
    expect(boards[0]!.pulses).toHaveLength(1);
    await service.close();
    const after = startService({ dir, devices });
    await expect.poll(() => boards[1]?.state).toBe('ready');
    const later = [];
    for (const i of codes.keys()) later.push(await send(after, i));
    await send(after, 0);
    expect(later).toEqual(first);
    expect(boards[1]!.pulses).toEqual([{ output: 1, ms: 500 }]);
    expect(readEvents(after.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ type }) => type === 'gate-scan')).toHaveLength(codes.length);
    expect(await after.ask('gate/scan', { code: qr, lane: '1', via: 'camera', scanId: randomUUID() })).toMatchObject({ outcome: 'repeat' });
  });

  it('a wall clock set back does not make two visits of a double tap; both are stored', async () => {
    const service = await gate();
    await scan(service, qr);
    service.clock.set('2026-11-20T10:00:00Z');
    service.clock.pass(3000);
    expect(await scan(service, qr)).toMatchObject({ outcome: 'repeat', workDate: '2026-11-22' });
    service.clock.pass(60_000);
    expect((await scan(service, qr)).outcome).toBe('recorded');
    expect(verifyChain(service.context.store).ok).toBe(true);
  });

  it('the day begins anew at midnight in Vietnam', async () => {
    const service = await gate();
    await scan(service, qr);
    service.clock.set('2026-11-22T17:30:00Z');
    service.clock.pass(60_000);
    expect(await scan(service, qr)).toMatchObject({ outcome: 'recorded', direction: 'in', reason: 'first-today', workDate: '2026-11-23' });
  });

  it('letters garbled by a wedge scanner do not matter, the number does', async () => {
    const service = await gate();
    expect(await service.ask('gate/scan', { code: `${an}||Nguy?n V?n An|01011990|Nam|S? 1 H? N?i|01052021`, lane: '1', via: 'wedge' })).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  });

  it('of the card that opens the gate neither the screen nor the event tells the number', async () => {
    const service = await gate();
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded', maskedCode: '*****' });
    expect(JSON.stringify(readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ type }) => type === 'gate-scan'))).not.toContain('7700001');
  });

  it('two merged scans are unreadable and say so', async () => {
    expect(await scan(await gate(), qr + qr)).toMatchObject({ outcome: 'unreadable', problem: { code: 'scan-merged' }, maskedCode: '' });
  });

  it('what the reader found unreadable is stored without its text', async () => {
    const service = await gate();
    const answer = await service.ask('gate/scan', { code: qr, lane: null, via: 'serial', unreadable: 'code-too-long' });
    expect(answer).toMatchObject({ outcome: 'unreadable', lane: '1', problem: { code: 'code-too-long' } });
    expect(JSON.stringify(lastEvent(service))).not.toContain('Nguyễn');
  });

  it('a lane that nobody set up is used both ways, a lane that is none is refused', async () => {
    const service = await gate();
    expect(await scan(service, qr, 'phu-2')).toMatchObject({ outcome: 'recorded', direction: 'in', lane: 'phu-2' });
    expect(await service.problemOf('gate/scan', { code: qr, lane: "'; drop", via: 'camera' })).toBe('request-invalid');
  });
});

describe('what the gate shows', () => {
  it('the log lists every scan of the day, newest first, and pages', async () => {
    const service = await gate();
    for (const code of ['7700001', '7700002', 'x', '7700004']) await scan(service, code);
    const all = await service.ask('gate/log', { date: '2026-11-22', beforeSeq: null, limit: 10, outcome: null });
    expect(all.rows.map((row) => row.outcome)).toEqual(['barred', 'unknown', 'expired', 'recorded']);
    expect(all.rows[3]).toMatchObject({ workerId: 'NV1', fullName: 'Nguyễn Văn An', department: 'May 1', direction: 'in' });
    const older = await service.ask('gate/log', { date: '2026-11-22', beforeSeq: all.rows[1]!.seq, limit: 1, outcome: null });
    expect(older.rows.map((row) => row.outcome)).toEqual(['expired']);
    expect((await service.ask('gate/log', { date: '2026-11-22', beforeSeq: null, limit: 10, outcome: 'expired' })).rows).toHaveLength(1);
    expect((await service.ask('gate/log', { date: '2026-11-21', beforeSeq: null, limit: 10, outcome: null })).rows).toEqual([]);
  });
});

describe('readers of the service', () => {
  it('a serial scan is decided on its lane and told to the page', async () => {
    const service = await gate();
    await service.ask('settings/set', { serialPath: '/dev/ttyV0' });
    service.scanner.scan(qr);
    await expect.poll(() => service.told.filter((event) => event.name === 'gate/answer')).toHaveLength(1);
    expect(service.told.find((event) => event.name === 'gate/answer')?.data).toMatchObject({ outcome: 'recorded', lane: 'vao', direction: 'in', workerId: 'NV1' });
    expect(lastEvent(service)?.payload).toMatchObject({ via: 'serial', lane: 'vao' });
  });

  it('a HID-POS scanner is used as soon as it is plugged in, decided on its lane, shown as missing when pulled', async () => {
    const service = await gate();
    const lanes = readKiosk(service.context.store)!.lanes.map((lane) => (lane.lane === 'ra' ? { ...lane, input: 'hid' } : lane));
    writeKiosk(service.context.store, { ...readKiosk(service.context.store)!, lanes });
    const state = async () => (await service.ask('system/status', {})).devices.find(({ kind }) => kind === 'hid');
    service.hid.plug({ path: '/dev/hidraw7', id: 'S1', name: 'Maker Scanner' });
    await expect.poll(state, { timeout: 8000 }).toEqual({ kind: 'hid', name: 'S1', state: 'ready', detail: 'Maker Scanner' });
    service.hid.send('/dev/hidraw7', ...recorded.find(({ way }) => way === 'hid')!.chunks);
    await expect.poll(() => service.told.filter((event) => event.name === 'gate/answer')).toHaveLength(1);
    expect(lastEvent(service)?.payload).toMatchObject({ via: 'hid', lane: 'ra' });
    service.hid.unplug('/dev/hidraw7');
    await expect.poll(state, { timeout: 8000 }).toMatchObject({ state: 'missing' });
  });

  it('a printed pass of our own passes by its code, one with a wrong sign does not', async () => {
    const service = await gate();
    await importRows(service, 'NV9,Đỗ Văn Em,001090000009,May 2,Công ty B,,,CA1,,KH-07,');
    expect(await scan(service, passText('KH-07')!)).toMatchObject({ outcome: 'recorded', workerId: 'NV9' });
    expect(await scan(service, passText('KH-07')!.replace('KH-07', 'KH-70'))).toMatchObject({ outcome: 'unreadable', problem: { code: 'pass-check-digit' } });
  });

  it('at a counter a serial scan is given to the page and stored nowhere', async () => {
    const service = await setUpService('counter');
    await service.ask('settings/set', { serialPath: '/dev/ttyV0' });
    const before = lastEvent(service)?.seq;
    service.scanner.scan(qr);
    await expect.poll(() => service.told.filter((event) => event.name === 'counter/code')).toEqual([{ name: 'counter/code', data: { text: qr, via: 'serial' } }]);
    expect(lastEvent(service)?.seq).toBe(before);
  });

  it('a factory card passes by its number, a card with a drawn number needs the QR first', async () => {
    const service = await gate();
    await importRows(service, 'NV9,Đỗ Văn Em,001090000009,May 2,Công ty B,,,CA1,04A1B2C3D4E5F6,,');
    const answers = () => service.told.filter((event) => event.name === 'gate/answer').map((event) => event.data);
    const card = (uid: string) => ({ transmit: async () => new Uint8Array(Buffer.from(`${uid}9000`, 'hex')) });
    service.readers.insert(card('04A1B2C3D4E5F6'));
    await expect.poll(answers).toMatchObject([{ outcome: 'recorded', workerId: 'NV9' }]);
    service.readers.take();
    service.readers.insert(card('08A1B2C3'));
    await expect.poll(answers).toMatchObject([{}, { outcome: 'unreadable', problem: { code: 'card-key-needed' } }]);
  });

  it('a factory card passes by its number, though somebody\'s QR was just shown', async () => {
    const service = await gate();
    await importRows(service, 'NV9,Đỗ Văn Em,001090000009,May 2,Công ty B,,,CA1,04A1B2C3D4E5F6,,');
    await scan(service, qr);
    service.readers.insert({ transmit: async ([cla]) => new Uint8Array(Buffer.from(cla === 0xff ? '04A1B2C3D4E5F69000' : '6A82', 'hex')) });
    await expect.poll(() => service.told.find(({ name }) => name === 'gate/answer')?.data).toMatchObject({ outcome: 'recorded', workerId: 'NV9' });
  });

  describe('a chip after QRs of several lanes', () => {
    const people = ['001090012345', '001090012346', '001090012347', '001090012348'].map((personalId, n) => CardPerson.parse({ personalId, fullName: `Nguyễn Văn ${'ABCD'[n]}` }));
    const passes = async (profile: Omit<CardProfileInput, 'person'> = {}, shown = people, trusted: Uint8Array<ArrayBuffer>[] = []): Promise<GateAnswer | undefined> => {
      const service = await gate();
      for (const content of trusted) {
        const { token } = await service.ask('trust/preview', { fileName: 'csca.cer', content });
        await service.ask('trust/import', { token, countries: null, confirmed: true });
      }
      await importRows(service, ...people.map(({ personalId, fullName }, n) => `CN${n},${fullName},${personalId},,,,,CA1,,,`));
      for (const person of shown) await service.ask('gate/scan', { code: qrOf(person), lane: '1', via: 'camera' });
      service.clock.pass(21_000);
      service.readers.insert(new VirtualChip(issueCard({ ...profile, person: people[1] })));
      const answers = () => service.told.filter(({ name }) => name === 'gate/answer').map(({ data }) => data as GateAnswer);
      await expect.poll(answers, { timeout: 20_000 }).toHaveLength(1);
      return answers()[0];
    };

    it('opens with the QR of its holder, though two others came after', async () => {
      expect(await passes()).toMatchObject({ outcome: 'recorded', workerId: 'CN1', direction: 'out' });
    });
    it('without PACE it opens with what is printed on it', async () => {
      expect(await passes({ pace: null })).toMatchObject({ outcome: 'recorded', workerId: 'CN1' });
    });
    it('is not opened where three others came after, nor by one other', async () => {
      const [a, b, c, d] = people as [CardPerson, CardPerson, CardPerson, CardPerson];
      expect(await passes({}, [b, a, c, d])).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'card-key-needed' } });
      expect(await passes({}, [a])).toMatchObject({ outcome: 'unreadable', problem: { code: 'card-key-needed' } });
    });
    it.each<[string, CardProfileInput['faults']]>([
      ['its data are not those that were signed', { corruptHash: 'DG13' }], ['its signature is wrong', { corruptSignature: true }],
      ['it brings no signature', { missing: ['SOD'] }], ['who it is was not signed', { unsignedGroup: 'DG13' }],
    ])('lets nobody in where %s', async (_, faults) => {
      expect(await passes({ faults })).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'card-not-trusted' } });
    });
    it('lets nobody in where its reading broke off after the name', async () => {
      const answer = await passes({ faults: { cutFile: 'DG13' } });
      expect(answer).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'card-file-invalid' } });
    });

    describe('where an issuer of its name is trusted', () => {
      const csca = Uint8Array.from(issueCard({ person: people[1] }).csca);
      it('lets its holder in', async () => {
        expect(await passes({}, people, [csca])).toMatchObject({ outcome: 'recorded', workerId: 'CN1' });
      });
      it('lets nobody in where another signed it in that name', async () => {
        expect(await passes({ issuer: { signedBy: 'stranger-same-name' } }, people, [csca])).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'card-not-trusted' } });
      });
      it('lets its holder in where it names another issuer, who is not known', async () => {
        expect(await passes({ issuer: { signedBy: 'stranger' } }, people, [csca])).toMatchObject({ outcome: 'recorded', workerId: 'CN1' });
      });
    });

    it('is opened where two others came after, each several times', async () => {
      const [a, b, c] = people as [CardPerson, CardPerson, CardPerson];
      expect(await passes({}, [b, a, c, a, c, a])).toMatchObject({ outcome: 'recorded', workerId: 'CN1' });
    });
  });
});
