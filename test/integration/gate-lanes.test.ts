import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import type { LaneSignal } from '../../shared/contracts/signal.ts';
import { importRows, setUpService } from './test-service.ts';
import { board, gate, lane, passage, scan, signal, stored, told, until } from './signal-gate.ts';

describe('lanes/set', () => {
  it('the same again changes nothing and touches no board', async () => {
    const service = await gate([lane()]);
    const pulses = service.board;
    expect(await service.ask('lanes/set', { lanes: [lane()] })).toMatchObject({ changed: false });
    expect(stored(service, 'lanes-set')).toHaveLength(1);
    expect([service.names.length, pulses.state]).toEqual([1, 'ready']);
  });
  it('a board that stays goes on, one that goes is closed, a new one is opened, without a restart', async () => {
    const service = await gate([lane(), lane({ lane: 'ra', signal: signal({ board: board('other') }) })]);
    const [stays, goes] = [...service.boards.values()];
    await service.ask('lanes/set', { lanes: [lane({ name: 'Cổng chính' }), lane({ lane: 'ra', signal: signal({ board: board('third') }) })] });
    expect([stays!.state, goes!.state, service.names]).toEqual(['ready', 'off', ['modbus relay:502 #1', 'modbus other:502 #1', 'modbus third:502 #1']]);
    await scan(service, '7700001', 'ra');
    expect(service.board.pulses).toHaveLength(1);
  });
  it('another output of a lane opens its board anew with it', async () => {
    const service = await gate([lane()]);
    await service.ask('lanes/set', { lanes: [lane({ signal: signal({ outputs: { in: 4, out: null } }) })] });
    await scan(service, '7700001');
    expect(service.board.pulses).toEqual([{ output: 4, ms: 500 }]);
    expect(service.names).toHaveLength(2);
  });
  it('readers follow at once: a serial line that is named, its settings, and one that is not named any more', async () => {
    const opened: string[] = [];
    const service = await setUpService('gate', { devices: { scanner: (path, settings) => {
      opened.push(`${path} ${settings.baudRate} ${settings.end}`);
      return { state: 'ready', start: () => undefined, stop: async () => void opened.push(`${path} stopped`) };
    } } });
    const reader = (path: string, baudRate: 9600 | 115_200): Lane => lane({ signal: undefined, input: `serial:${path}`, serial: { baudRate, parity: 'none', end: 'cr', wiegand: null } });
    await service.ask('lanes/set', { lanes: [reader('/dev/ttyUSB0', 9600)] });
    await service.ask('lanes/set', { lanes: [reader('/dev/ttyUSB0', 115_200)] });
    await service.ask('lanes/set', { lanes: [lane({ signal: undefined })] });
    expect(opened.filter((one) => one.includes('USB0'))).toEqual(['/dev/ttyUSB0 9600 cr', '/dev/ttyUSB0 stopped', '/dev/ttyUSB0 115200 cr', '/dev/ttyUSB0 stopped']);
  });
  it('two lanes of one name, none, and turnstiles that make no sense are refused', async () => {
    const service = await gate([lane()]);
    for (const lanes of [[lane(), lane()], [], [lane({ signal: { ...signal(), pulseMs: 50 } })], [lane({ signal: { ...signal(), outputs: { in: 0, out: null } } })]]) {
      expect(await service.problemOf('lanes/set', { lanes })).toBe('request-invalid');
    }
    expect(stored(service, 'lanes-set')).toHaveLength(1);
  });
  it('two lanes that use one line with different settings are refused with their names', async () => {
    const service = await gate([lane()]);
    const rtu = (unit: number, baudRate: 9600 | 19_200): LaneSignal['board'] => ({ form: 'modbus', line: { kind: 'rtu', path: '/dev/ttyR0', baudRate, parity: 'none' }, unit, timed: 'none' });
    const both = (first: Partial<Lane>, second: Partial<Lane>): Lane[] => [lane(first), lane({ lane: 'ra', ...second })];
    const reader = (end: 'cr' | 'any'): Partial<Lane> => ({ signal: undefined, input: 'serial:/dev/ttyR0', serial: { baudRate: 9600, parity: 'none', end, wiegand: null } });
    const refused = [
      both({ signal: signal({ board: rtu(1, 9600) }) }, { signal: signal({ board: rtu(2, 19_200) }) }),
      both({}, { signal: signal({ board: { form: 'modbus', line: { kind: 'tcp', host: 'relay', port: 502 }, unit: 1, timed: 'none' } }) }),
      both({}, { signal: signal({ board: { form: 'modbus', line: { kind: 'rtu-over-tcp', host: 'relay', port: 502 }, unit: 2, timed: 'none' } }) }),
      both(reader('cr'), reader('any')), both(reader('cr'), { signal: signal({ board: { form: 'lcus', path: '/dev/ttyR0' } }) }),
    ];
    for (const lanes of refused) await expect(service.ask('lanes/set', { lanes })).rejects.toMatchObject({ code: 'lanes-clash', detail: 'vao, ra' });
    expect(await service.ask('lanes/set', { lanes: both({ signal: signal({ board: rtu(1, 9600) }) }, { signal: signal({ board: rtu(2, 9600) }) }) })).toMatchObject({ changed: true });
  });
  it('a lane that goes is no assembly point any more', async () => {
    const service = await gate([lane(), lane({ lane: 'tt', signal: undefined })]);
    await service.ask('muster/assembly', { lanes: ['vao', 'tt'] });
    await service.ask('lanes/set', { lanes: [lane()] });
    expect((await service.ask('guard/settings', {})).assemblyLanes).toEqual(['vao']);
    expect(stored(service, 'settings-changed').at(-1)).toMatchObject({ changes: { guard: { assemblyLanes: ['vao'] } } });
  });
  it('only an administrator sets them', async () => {
    const service = await gate([lane()]);
    await service.ask('auth/logout', {});
    expect([await service.problemOf('lanes/set', { lanes: [lane()] }), await service.problemOf('lanes/get', {}), await service.problemOf('lanes/open', { lane: 'vao', direction: 'in', openId: randomUUID() })])
      .toEqual(['not-logged-in', 'not-logged-in', 'not-logged-in']);
  });
});

describe('trying lanes out', () => {
  it('lanes/get tells boards, contacts and what is plugged in', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    service.hid.plug({ path: '/dev/hidraw0', id: 'S1', name: 'Maker Scanner' });
    service.board.contact(3, true);
    const { signals, plugged } = await service.ask('lanes/get', {});
    expect(signals).toEqual([{ lane: 'vao', board: 'modbus relay:502 #1', state: 'ready', detail: null, inputs: 8, closed: [3, 8] }]);
    expect(plugged.hid).toEqual([{ id: 'S1', label: 'Maker Scanner' }]);
    expect(told(service, 'lanes/signals').at(-1)).toEqual({ signals });
  });
  it('opening by hand is one act, with its event and who did it; whoever goes then is no alarm', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    const openId = randomUUID();
    expect(await service.ask('lanes/open', { lane: 'vao', direction: 'out', openId })).toEqual({ given: true, why: null });
    await service.ask('lanes/open', { lane: 'vao', direction: 'out', openId });
    expect(service.board.pulses).toEqual([{ output: 2, ms: 500 }]);
    expect(stored(service, 'lane-opened')).toEqual([{ openId, lane: 'vao', direction: 'out' }]);
    service.board.contact(3, true);
    expect([stored(service, 'gate-alarm'), stored(service, 'passage')]).toEqual([[], []]);
  });
  it('scans are told with their reader while a test is on, and count as always', async () => {
    const service = await gate([lane({ input: 'hid:S1', signal: undefined }), lane({ lane: 'ra', direction: 'out', input: 'wedge', signal: undefined })]);
    service.hid.plug({ path: '/dev/hidraw0', id: 'S1', name: 'Maker Scanner' });
    await until(() => service.context.devices.list().some(({ kind, state }) => kind === 'hid' && state === 'ready'));
    const report = (text: string): Uint8Array => Uint8Array.from([2, text.length, 0x5d, 0x51, 0x31, ...Buffer.from(text.padEnd(56, '\0')), 0, 0, 0]);
    service.hid.send('/dev/hidraw0', report('7700001'));
    expect(told(service, 'lanes/scan')).toEqual([]);
    await service.ask('lanes/test', { on: true });
    service.hid.send('/dev/hidraw0', report('7700002'));
    await scan(service, '9999999', 'ra');
    expect(told(service, 'lanes/scan')).toMatchObject([
      { lane: 'vao', input: 'hid:S1', via: 'hid', outcome: 'recorded' }, { lane: 'ra', input: null, via: null, outcome: 'unknown' }]);
    expect(stored(service, 'gate-scan')).toHaveLength(3);
    service.clock.pass(121_000);
    service.hid.send('/dev/hidraw0', report('7700001'));
    expect(told(service, 'lanes/scan')).toHaveLength(2);
  });
  it('a card of a Wiegand converter is its code, one with wrong bits a problem', async () => {
    const service = await gate([lane({ input: 'serial:/dev/ttyV0', signal: undefined, serial: { baudRate: 9600, parity: 'none', end: 'any', wiegand: { line: '{f},{n}', bits: 24, write: 'decimal' } } })]);
    await importRows(service, 'NV5,Hoàng Em,001090000055,May 1,Công ty A,2026-01-01,,HC,0008106606,,');
    service.scanner.scan('123,45678');
    service.scanner.scan('300,1');
    expect(told(service, 'gate/answer')).toMatchObject([{ outcome: 'recorded', workerId: 'NV5' }, { outcome: 'unreadable', problem: { code: 'card-number-wrong' } }]);
  });
});

describe('two codes in one scan', () => {
  it.each([['77000017700002', 'two cards'], ['77000017700001', 'one card twice'], ['001090000011001090000022', 'two numbers'], ['7700001001090000022', 'a card and a number'], ['0010900000117700002', 'a number and a card']])('%s, %s: told as merged, nobody passes', async (code) => {
    const service = await gate([lane()]);
    expect(await scan(service, code)).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'scan-merged' } });
    expect(service.board.pulses).toEqual([]);
  });
  it('two cards of six digits look like a personal number: told as merged, unless it is somebody\'s or barred, or a whole QR says it', async () => {
    const service = await gate([lane()]);
    await importRows(service, 'NV5,Hoàng Em,001090000055,May 1,Công ty A,2026-01-01,,HC,001090,,', 'NV6,Đinh Phú,001090000066,May 1,Công ty A,2026-01-01,,HC,012345,,');
    expect(await scan(service, '001090012345')).toMatchObject({ outcome: 'unreadable', maskedCode: '', problem: { code: 'scan-merged' } });
    expect((await scan(service, '001090000099')).outcome).toBe('unknown');
    expect((await scan(service, '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021')).outcome).toBe('unknown');
    await service.ask('barred/add', { barredId: randomUUID(), who: { by: 'number', identity: '001090012345', fullName: null }, reason: 'trộm' });
    expect((await scan(service, '001090012345')).outcome).toBe('barred');
    await importRows(service, 'NV8,Mai Hoa,012345001090,May 1,Công ty A,2026-01-01,,HC,,,');
    expect(await scan(service, '012345001090')).toMatchObject({ outcome: 'recorded', workerId: 'NV8' });
  });
  it('a code of which only one half is known is unknown; one that somebody has is his', async () => {
    const service = await gate([lane()]);
    expect((await scan(service, '77000019999999')).outcome).toBe('unknown');
    await importRows(service, 'NV7,Đỗ Giang,001090000077,May 1,Công ty A,2026-01-01,,HC,77000017700001,,');
    expect(await scan(service, '77000017700001')).toMatchObject({ outcome: 'recorded', workerId: 'NV7' });
  });
});
