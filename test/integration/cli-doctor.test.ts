import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkHidScanners } from '../../electron/cli/doctor/check-devices.ts';
import { checkTrust } from '../../electron/cli/doctor/check-trust.ts';
import { runCli } from '../../electron/cli/run-cli.ts';
import { scriptedHidBus } from '../../electron/devices/hid-bus-scripted.ts';
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
