import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptedHidBus } from '../../electron/devices/hid-bus-scripted.ts';
import { layoutOf, readReport, usualLayout } from '../../electron/devices/hid-report.ts';
import { watchHidScanners } from '../../electron/devices/hid-scanner.ts';
import type { Scan } from '../../electron/devices/scanner.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { recorded } from '../fixtures/scanner/recorded.ts';
import { runs, toldAs } from '../fixtures/scanner/runs.ts';

const bytes = (...parts: (number | number[])[]) => Uint8Array.from(parts.flat());

// USB HID 1.11 clause 6.2.2 items, as makers write them for the report that the manuals show.
const byteCount = [0x05, 0x01, 0x09, 0x3b, 0x95, 0x01, 0x81, 0x02, 0x05, 0x8c];
const begin = [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08];
const identifiers = [0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02];
const data = [0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01];
const ofTheMaker = [0x06, 0x66, 0xff, 0x95, 0x02, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02, 0x05, 0x8c];
const flag = [0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x09, 0xff, 0x81, 0x02];
const end = [0xc0, 0xc0];
const usual = bytes(begin, byteCount, identifiers, data, ofTheMaker, flag, end);
const bare = bytes(begin, identifiers, data, flag, end);

describe('layoutOf', () => {
  it('the descriptor of the usual report gives the usual layout', () => expect(layoutOf(usual)).toEqual(usualLayout));
  it('a descriptor without a byte count', () => {
    expect(layoutOf(bare)).toEqual({ reportId: 2, lengthAt: null, dataAt: 4, dataBytes: 56, continuedBit: 480 });
  });
  it('reports without numbers begin with their first field', () => {
    const descriptor = bytes(begin.filter((_, i) => i < 10 || i > 11), identifiers, data, end);
    expect(layoutOf(descriptor)).toEqual({ reportId: null, lengthAt: null, dataAt: 3, dataBytes: 56, continuedBit: null });
  });
  it('a keyboard, nothing, and any cut descriptor have none or one', () => {
    const keyboard = bytes(0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xc0);
    expect([layoutOf(keyboard), layoutOf(bytes())]).toEqual([null, null]);
    for (let length = 0; length < usual.length; length++) expect(() => layoutOf(usual.subarray(0, length))).not.toThrow();
  });
});

describe('readReport', () => {
  it('a byte count beyond the field, a cut report, a report of another number', () => {
    expect(readReport(bytes(2, 200, 0, 0, 0, 65, 66), usualLayout)).toEqual({ data: bytes(65, 66), continued: false });
    expect([readReport(bytes(2, 3), usualLayout), readReport(bytes(3, 1, 0, 0, 0, 65), usualLayout), readReport(bytes(), usualLayout)]).toEqual([null, null, null]);
  });
});

describe('scanners in HID-POS mode', () => {
  const device = { path: '/dev/hidraw7', id: 'S1', name: 'Maker Scanner' };
  let stop: (() => Promise<void>) | undefined;
  const watch = () => {
    const bus = scriptedHidBus();
    const scans: Scan[] = [];
    const states: string[] = [];
    ({ stop } = watchHidScanners({ bus, onScan: (scan) => scans.push(scan), onState: ({ id }, state) => states.push(`${id} ${state}`), pause: 40, retry: 10 }));
    const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 8000, interval: 5 });
    return { bus, scans, states, until, told: (state: string) => until(() => states.at(-1) === `S1 ${state}`) };
  };
  afterEach(() => stop?.());

  const recordings = recorded.filter(({ way }) => way === 'hid');
  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', async (_, { chunks, text, problem }) => {
    for (const descriptor of [null, chunks[0]!.length === 64 ? usual : bare]) {
      const { bus, scans, told, until } = watch();
      bus.plug(device, descriptor);
      await told('ready');
      bus.send(device.path, ...chunks);
      await until(() => scans.length > 0);
      const reading = parseIdentityQr(scans[0]!.text, { today: '2026-11-22' });
      expect({ citizen: reading.citizen, problem: reading.problem?.code ?? null, scans: scans.length }).toEqual({
        citizen: text === null ? null : parseIdentityQr(text, { today: '2026-11-22' }).citizen, problem, scans: 1,
      });
      await stop!();
    }
  });

  it.each(runs.filter(({ way }) => way === 'hid').map((run) => [run.name, run] as const))('in a row: %s', async (_, run) => {
    const { bus, scans, told, until } = watch();
    bus.plug(device, usual);
    await told('ready');
    for (const chunk of run.chunks) {
      if (chunk === null) await until(() => scans.length > 0);
      else bus.send(device.path, chunk);
    }
    await until(() => scans.length >= run.expect.length);
    expect(toldAs(scans, run)).toEqual(run.expect);
  });

  it('is used when plugged in, told as missing when pulled, and used again', async () => {
    const { bus, scans, states, told, until } = watch();
    bus.plug(device);
    await told('ready');
    const [first, ...rest] = recordings[0]!.chunks;
    bus.send(device.path, first!);
    bus.unplug(device.path);
    await told('missing');
    bus.plug(device);
    await told('ready');
    bus.send(device.path, first!, ...rest);
    await until(() => scans.length > 0);
    expect(scans.map(({ text }) => text)).toEqual([recordings[0]!.text]);
    expect(states).toEqual(['S1 ready', 'S1 missing', 'S1 ready']);
  });
  it('one that may not be opened is told as failed, and used as soon as it may', async () => {
    const { bus, states, told } = watch();
    bus.deny(device.path, true);
    bus.plug(device);
    await told('failed');
    bus.deny(device.path, false);
    await told('ready');
    expect(states).toEqual(['S1 failed', 'S1 ready']);
  });
  it('one that may not be opened and is pulled is missing', async () => {
    const { bus, states, told } = watch();
    bus.deny(device.path, true);
    bus.plug(device);
    await told('failed');
    bus.unplug(device.path);
    await told('missing');
    expect(states).toEqual(['S1 failed', 'S1 missing']);
  });
  it('of two that look alike one is pulled: the other is still there', async () => {
    const { bus, scans, states, told, until } = watch();
    const twin = { ...device, path: '/dev/hidraw8' };
    bus.plug(twin);
    await told('ready');
    bus.plug(device);
    await until(() => {
      bus.send(device.path, ...recordings[0]!.chunks);
      return scans.length > 0;
    });
    bus.unplug(device.path);
    expect(states).toEqual(['S1 ready']);
    bus.unplug(twin.path);
    await told('missing');
    expect(states).toEqual(['S1 ready', 'S1 missing']);
  });
  it('two scanners do not mix their parts', async () => {
    const { bus, scans, states, until } = watch();
    const other = { path: '/dev/hidraw8', id: 'S2', name: 'Other' };
    bus.plug(device);
    bus.plug(other);
    await until(() => states.length === 2);
    const parts = recordings[0]!.chunks;
    for (const part of parts) for (const { path } of [device, other]) bus.send(path, part);
    await until(() => scans.length === 2);
    expect(scans.map(({ text }) => text)).toEqual([recordings[0]!.text, recordings[0]!.text]);
  });
  it('a flood without end is one problem, the next code is read', async () => {
    const { bus, scans, told, until } = watch();
    bus.plug(device);
    await told('ready');
    const full = bytes(2, 56, [0x5d, 0x51, 0x31], Array<number>(56).fill(65), [0, 0, 1]);
    for (let i = 0; i < 2000; i++) bus.send(device.path, full);
    await until(() => scans.length === 1);
    bus.send(device.path, ...recordings[0]!.chunks);
    await until(() => scans.length === 2);
    expect(scans).toMatchObject([{ text: '', problem: 'code-too-long' }, { text: recordings[0]!.text, problem: null }]);
  });
});
