import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Scan, Scanner, ScannerState } from '../../electron/devices/scanner.ts';
import { scriptedScanner } from '../../electron/devices/serial-scanner-scripted.ts';
import { portId, type SerialPortInfo } from '../../electron/devices/serial-ports.ts';
import { serialScanner, type SerialScannerOptions } from '../../electron/devices/serial-scanner.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { recorded } from '../fixtures/scanner/recorded.ts';
import { runs, toldAs } from '../fixtures/scanner/runs.ts';

const wait = { timeout: 8000, interval: 20 };
const card = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';

describe('a scanner on a real pty', () => {
  let folder: string;
  let line: ChildProcess;
  let scanner: Scanner;
  let scans: Scan[];
  let states: ScannerState[];
  const kiosk = () => path.join(folder, 'kiosk');
  const device = () => path.join(folder, 'device');

  const plug = async (as = kiosk()) => {
    line = spawn('socat', [`pty,raw,echo=0,link=${as}`, `pty,raw,echo=0,link=${device()}`], { stdio: 'ignore' });
    await vi.waitUntil(() => existsSync(as) && existsSync(device()), wait);
  };
  const unplug = async () => {
    if (line.exitCode !== null || line.signalCode !== null) return;
    line.kill();
    await once(line, 'exit');
  };
  const send = async (...parts: (string | Uint8Array)[]) => {
    const end = await open(device(), 'r+');
    for (const part of parts) await end.write(typeof part === 'string' ? Buffer.from(part) : part);
    await end.close();
  };
  const texts = () => scans.map(({ text }) => text);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'scanner-'));
    scans = [];
    states = [];
    await plug();
    scanner = serialScanner({ path: kiosk(), retry: 50 });
    scanner.start((scan) => scans.push(scan), (state) => states.push(state));
    await vi.waitUntil(() => scanner.state === 'ready', wait);
  });
  afterEach(async () => {
    await scanner.stop();
    await unplug();
    rmSync(folder, { recursive: true });
  });

  it('delivers a line a scan, whatever ends it, in composed Vietnamese', async () => {
    await send(`${card}\r`, 'NV-00017\n', `${card.normalize('NFD')}\r\n`);
    await vi.waitFor(() => expect(texts()).toEqual([card, 'NV-00017', card]), wait);
  });
  it('joins what comes in pieces, also inside a letter', async () => {
    const bytes = Buffer.from(`${card}\r\n`);
    const cut = bytes.indexOf(Buffer.from('ễ')) + 1;
    await send(bytes.subarray(0, cut), bytes.subarray(cut));
    await vi.waitFor(() => expect(texts()).toEqual([card]), wait);
  });
  it('without an end mark a pause ends the scan', async () => {
    await send('NV-00018');
    await vi.waitFor(() => expect(texts()).toEqual(['NV-00018']), wait);
  });
  it('takes the Vietnamese Windows code page where it is no UTF-8, and drops start and end signs', async () => {
    await send(Uint8Array.from([0x02, ...Buffer.from('Nguy'), 0xea, 0xde, ...Buffer.from('n'), 0x03, 0x0d]));
    await vi.waitFor(() => expect(texts()).toEqual(['Nguyễn']), wait);
  });
  it('a flood without end is one problem, the next code is read', async () => {
    await send('x'.repeat(20_000), '\rNV-00019\r');
    await vi.waitFor(() => expect(scans).toMatchObject([{ text: '', problem: 'code-too-long' }, { text: 'NV-00019', problem: null }]), wait);
  });
  it.each(recorded.filter(({ way }) => way === 'serial').map((recording) => [recording.name, recording] as const))(
    'recorded: %s', async (_, { chunks, text, problem }) => {
      await send(...chunks);
      await vi.waitUntil(() => scans.length > 0, wait);
      const reading = parseIdentityQr(scans[0]!.text, { today: '2026-11-22' });
      expect({ citizen: reading.citizen, problem: reading.problem?.code ?? null, scans: scans.length }).toEqual({
        citizen: text === null ? null : parseIdentityQr(text, { today: '2026-11-22' }).citizen, problem, scans: 1,
      });
    });
  it.each(runs.filter(({ way }) => way === 'serial').map((run) => [run.name, run] as const))('in a row: %s', async (_, run) => {
    for (const chunk of run.chunks) {
      if (chunk === null) await new Promise((resolve) => setTimeout(resolve, 500));
      else await send(chunk);
    }
    await vi.waitUntil(() => scans.length >= run.expect.length, wait);
    // Whatever else were to come would be there after the pause that ends a scan.
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(toldAs(scans, run)).toEqual(run.expect);
  });
  it('unplugged it is missing, plugged in again it reads on, half a code is forgotten', async () => {
    await send('half');
    await unplug();
    await vi.waitFor(() => expect(scanner.state).toBe('missing'), wait);
    await plug();
    await vi.waitFor(() => expect(scanner.state).toBe('ready'), wait);
    await send('NV-00020\r');
    await vi.waitFor(() => expect(texts()).toContain('NV-00020'), wait);
    expect(texts().filter((text) => text.startsWith('half') && text !== 'half')).toEqual([]);
    expect(states).toEqual(['ready', 'missing', 'ready']);
  });

  describe('under another path', () => {
    const usb = (at: string, serialNumber?: string): SerialPortInfo => ({ path: at, vendorId: '05e0', name: 'Zebra', id: portId({ vendorId: '05e0', productId: '1701', serialNumber }) });
    const other = () => path.join(folder, 'ttyUSB1');
    let ports: SerialPortInfo[];
    let known: string[];
    let details: (string | null)[];
    const start = async (options: Partial<SerialScannerOptions> = {}) => {
      await scanner.stop();
      [known, details] = [[], []];
      scanner = serialScanner({ path: kiosk(), retry: 50, list: async () => ports, onKnown: (id) => known.push(id), ...options });
      scanner.start((scan) => scans.push(scan), (state, detail) => { if (state === 'ready') details.push(detail); });
    };

    it.each([['with a serial number', 'S1'], ['the only one of its kind', undefined]])('plugged in again, %s: it reads on', async (_, serial) => {
      ports = [usb(kiosk(), serial)];
      await start();
      await vi.waitFor(() => expect(known).toHaveLength(1), wait);
      await unplug();
      ports = [usb(other(), serial)];
      await plug(other());
      await vi.waitFor(() => expect(details).toEqual([kiosk(), other()]), wait);
      await send('NV-00021\r');
      await vi.waitFor(() => expect(texts()).toEqual(['NV-00021']), wait);
    });
    it('is known from before the program started; one that took its place is taken as it is', async () => {
      await unplug();
      await plug(other());
      ports = [usb(other(), 'S1')];
      await start({ known: usb('', 'S1').id });
      await vi.waitFor(() => expect(details).toEqual([other()]), wait);
      await unplug();
      ports = [usb(kiosk(), 'S2')];
      await plug();
      await vi.waitFor(() => expect(details).toEqual([other(), kiosk()]), wait);
      await vi.waitFor(() => expect(known).toEqual([usb('', 'S2').id]), wait);
    });
    it('two that look alike are not told apart by guessing: the set path is waited for', async () => {
      ports = [usb(other()), usb(path.join(folder, 'ttyUSB2'))];
      await unplug();
      await start({ known: usb('').id });
      await vi.waitFor(() => expect(scanner.state).toBe('missing'), wait);
      expect(details).toEqual([]);
    });
    it('the scanner of another lane is left alone, though it stands under this one\'s path', async () => {
      const theirs = serialScanner({ path: other(), retry: 50, known: usb('', 'S2').id, list: async () => ports });
      await unplug();
      await plug();
      ports = [usb(kiosk(), 'S2')];
      await start({ known: usb('', 'S1').id });
      await vi.waitFor(() => expect(scanner.state).toBe('ready'), wait);
      await scanner.stop();
      theirs.start((scan) => scans.push(scan));
      await start({ known: usb('', 'S1').id });
      await vi.waitFor(() => expect([theirs.state, scanner.state]).toEqual(['ready', 'missing']), wait);
      await theirs.stop();
    });
  });
});

it('a device that is not there is missing, and stop ends the search', async () => {
  const scanner = serialScanner({ path: path.join(tmpdir(), 'no-such-scanner'), retry: 20 });
  scanner.start(() => undefined);
  await vi.waitFor(() => expect(scanner.state).toBe('missing'), wait);
  await scanner.stop();
  expect(scanner.state).toBe('off');
});

it('the scripted scanner delivers only while plugged in', async () => {
  const scanner = scriptedScanner();
  const texts: string[] = [];
  scanner.start(({ text }) => texts.push(text));
  scanner.scan('a');
  scanner.unplug();
  scanner.scan('b');
  scanner.plug();
  scanner.scan('c');
  await scanner.stop();
  scanner.scan('d');
  expect(texts).toEqual(['a', 'c']);
});
