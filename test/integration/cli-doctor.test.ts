import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkHidScanners } from '../../electron/cli/doctor/check-devices.ts';
import { checkSignals } from '../../electron/cli/doctor/check-signals.ts';
import { checkTrust } from '../../electron/cli/doctor/check-trust.ts';
import { runCli } from '../../electron/cli/run-cli.ts';
import { scriptedHidBus } from '../../electron/devices/hid-bus-scripted.ts';
import { scriptedHidRelays } from '../../electron/devices/hid-relay-scripted.ts';
import { openStore, writeKiosk } from '../../electron/store/index.ts';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import type { RelayBoard } from '../../shared/contracts/signal.ts';
import { modbusBoard } from '../fixtures/modbus-board.ts';
import { makeTrustFiles } from '../fixtures/trust-files.ts';
import { temporaryFolder } from './temporary.ts';

describe('doctor, scanners in HID-POS mode', () => {
  it('no scanner is no fault', async () => {
    expect(await checkHidScanners(scriptedHidBus())).toEqual([{ check: 'hid', state: 'ok', detail: expect.any(String), do: null }]);
  });
  it('each is told by itself; one that may not be opened comes with what to type, and the file named there exists', async () => {
    const bus = scriptedHidBus();
    bus.plug({ path: '/dev/hidraw0', id: 'a', name: 'Scanner A' });
    bus.plug({ path: '/dev/hidraw1', id: 'b', name: 'Scanner B' });
    bus.deny('/dev/hidraw1', true);
    const [good, closed] = await checkHidScanners(bus);
    expect(good).toEqual({ check: 'hid', state: 'ok', detail: 'Scanner A (/dev/hidraw0)', do: null });
    expect(closed).toMatchObject({ check: 'hid', state: 'warn', detail: 'Scanner B (/dev/hidraw1): không mở được' });
    const [, rule] = /sudo cp "([^"]+70-motcua-hid\.rules)" \/etc\/udev\/rules\.d\//.exec(closed?.do ?? '') ?? [];
    expect(existsSync(rule ?? '')).toBe(true);
  });
});

describe('doctor, relay boards', () => {
  const signal = (board: RelayBoard): Lane['signal'] => ({ board, outputs: { in: 1, out: null }, pulseMs: 500, onRepeat: false, passage: null, fire: null, onFire: 'hold' });
  const lane = (id: string, board: RelayBoard): Lane => ({ lane: id, name: `Làn ${id}`, direction: 'in', input: 'any', signal: signal(board) });
  const storeWith = (...lanes: Lane[]): string => {
    const dir = temporaryFolder();
    const store = openStore(dir, { create: true, appVersion: '0.1.0' });
    writeKiosk(store, { mode: 'gate', unit: { code: 'A', name: 'A' }, lanes, demo: false });
    store.close();
    return dir;
  };
  it('no store and no board are no fault', async () => {
    expect(await checkSignals(temporaryFolder())).toEqual([]);
    expect(await checkSignals(storeWith({ lane: 'a', name: 'A', direction: 'in', input: 'any' }))).toEqual([]);
  });
  it('each board is told once with its lanes: one that answers, one that does not, one that may not be opened; nothing is switched', async () => {
    const board = modbusBoard();
    board.on.add(0);
    const port = await board.listen('tcp');
    const away = modbusBoard();
    const closedPort = await away.listen('tcp');
    await away.goAway();
    const relays = scriptedHidRelays();
    relays.plug('/dev/hidraw3', 'BMATK');
    relays.deny('/dev/hidraw3', true);
    const tcp = (at: number): RelayBoard => ({ form: 'modbus', line: { kind: 'tcp', host: '127.0.0.1', port: at }, unit: 1, timed: 'none' });
    const findings = await checkSignals(storeWith(lane('a', tcp(port)), lane('b', tcp(port)), lane('c', tcp(closedPort)), lane('d', { form: 'hid', id: 'BMATK' }), lane('e', { form: 'lcus', path: '/dev/no-such-line' })), relays);
    await board.goAway();
    expect(findings).toEqual([
      { check: 'signal', state: 'ok', detail: `modbus 127.0.0.1:${port} #1 (Làn a, Làn b): trả lời`, do: null },
      { check: 'signal', state: 'warn', detail: `modbus 127.0.0.1:${closedPort} #1 (Làn c): không trả lời`, do: expect.stringContaining('địa chỉ IP') },
      { check: 'signal', state: 'warn', detail: 'hid BMATK (Làn d): không mở được', do: expect.stringContaining('quyền') },
      { check: 'signal', state: 'warn', detail: 'lcus /dev/no-such-line (Làn e): không trả lời', do: expect.stringContaining('COM') },
    ]);
    expect([board.orders, [...board.on]]).toEqual([[], [0]]);
  });
});

describe('doctor, the trust store', () => {
  let cwd = '';
  const dir = (): string => join(cwd, 's');
  const imported = (...files: string[]): Promise<number> => (
    runCli(['trust', 'import', ...files, '--store', 's'], { out: () => undefined, err: () => undefined, stdin: Readable.from(['']), cwd }));
  beforeEach(() => { cwd = temporaryFolder(); });

  it('no store: a warning, nothing is made', async () => {
    expect(await checkTrust(dir())).toMatchObject([{ check: 'trust', state: 'warn', do: expect.any(String) }]);
    expect(existsSync(dir())).toBe(false);
  });
  it('certificates are counted; a CRL is told from the day after its next issue was due', async () => {
    const files = makeTrustFiles(cwd);
    expect(await imported(files.utopia)).toBe(0);
    expect(await checkTrust(dir(), '2026-01-15')).toEqual([
      { check: 'trust', state: 'ok', detail: '1 chứng thư (0 của Việt Nam); 0 danh sách thu hồi', do: null }]);
    expect(await imported(files.crlJanuary)).toBe(0);
    expect(await checkTrust(dir(), '2026-01-15')).toMatchObject([{ state: 'ok', detail: '1 chứng thư (0 của Việt Nam); 1 danh sách thu hồi' }]);
    const [late] = await checkTrust(dir(), '2026-11-22');
    expect(late).toMatchObject({ check: 'trust', state: 'warn', do: expect.stringContaining('motcua trust import') });
    expect(late?.detail).toMatch(/quá hạn cập nhật: XU \(2026-0[12]-\d\d\)$/);
  });
  it('a CRL alone confirms nobody: import certificates first', async () => {
    const files = makeTrustFiles(cwd);
    await imported(files.crlJanuary);
    expect(await checkTrust(dir(), '2026-01-15')).toMatchObject([{ state: 'warn', do: expect.stringContaining('CSCA') }]);
  });
});
