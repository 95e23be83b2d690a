import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hidRelayBus } from '../../electron/devices/hid-relay-bus.ts';
import { scriptedHidRelays, type ScriptedHidRelays } from '../../electron/devices/hid-relay-scripted.ts';
import { listHidRelays, openHidRelay, readRelayState, relayReport } from '../../electron/devices/relay-hid.ts';
import { turnstileBoard } from '../../electron/devices/turnstile-board.ts';

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 8000, interval: 5 });
const recorded = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('reports of an HID relay', () => {
  it('orders as the makers document them', () => {
    expect([relayReport(1, true), relayReport(2, false)].map((report) => Buffer.from(report).toString('hex'))).toEqual(['00ff01000000000000', '00fd02000000000000']);
  });
  it('its state, with and without the number of the report before it', () => {
    expect(readRelayState(recorded('424d41544b000003'))).toEqual({ id: 'BMATK', on: [1, 2] });
    expect(readRelayState(recorded('01424d41544b000080'))).toEqual({ id: 'BMATK', on: [8] });
  });
  it('what is no state of a relay is none', () => {
    expect(['', '424d41', '0000000000000000', 'ffffffffffffffff', '424d41544b414201'].map((hex) => readRelayState(recorded(hex)))).toEqual([null, null, null, null, null]);
  });
});

describe('an HID relay', () => {
  const use = (bus: ScriptedHidRelays, id: string | null, outputs = [1, 2]) => {
    const relay = turnstileBoard({ open: () => openHidRelay(id, bus), outputs, inputs: [], times: { retry: [10, 20], probe: 20, gap: 10, absent: 30 } });
    relay.start({ onState: () => undefined, onInputs: () => undefined });
    onTestFinished(() => relay.close());
    return relay;
  };
  it.each([false, true])('a pulse is on and off, each order read back (state with its number: %s)', async (numbered) => {
    const bus = scriptedHidRelays({ numbered });
    const device = bus.plug('/dev/hidraw3', 'BMATK');
    device.on.add(1);
    const relay = use(bus, null);
    await until(() => relay.state === 'ready');
    expect(device.on.size).toBe(0);
    expect(await relay.pulse(2, 100)).toEqual({ given: true });
    expect([...device.on]).toEqual([2]);
    await until(() => device.on.size === 0);
    expect(device.sent).toEqual(['00fd01000000000000', '00fd02000000000000', '00ff02000000000000', '00fd02000000000000']);
  });
  it('of two it is the one that is named; none of them where none is', async () => {
    const bus = scriptedHidRelays();
    bus.plug('/dev/hidraw3', 'BMATK');
    const wanted = bus.plug('/dev/hidraw4', 'AAAAA');
    expect(await listHidRelays(bus)).toEqual(['BMATK', 'AAAAA']);
    const relay = use(bus, 'AAAAA');
    const unnamed = use(bus, null);
    await until(() => relay.state === 'ready' && unnamed.state === 'failed');
    await relay.pulse(1, 100);
    expect(wanted.sent.at(-1)).toBe('00ff01000000000000');
  });
  it('an output that it does not have is refused: told as failed', async () => {
    const bus = scriptedHidRelays({ outputs: 2 });
    const device = bus.plug('/dev/hidraw3', 'BMATK');
    const relay = use(bus, null, [1, 4]);
    await until(() => relay.state === 'ready');
    expect(await relay.pulse(4, 100)).toEqual({ given: false, why: 'failed' });
    expect([device.on.size, relay.state]).toEqual([0, 'ready']);
  });
  it('pulled it is missing, on another socket it is found again; one that may not be opened is failed', async () => {
    const bus = scriptedHidRelays();
    bus.plug('/dev/hidraw3', 'BMATK');
    const relay = use(bus, 'BMATK');
    await until(() => relay.state === 'ready');
    bus.unplug('/dev/hidraw3');
    await until(() => relay.state === 'missing');
    expect(await relay.pulse(1, 100)).toEqual({ given: false, why: 'missing' });
    bus.deny('/dev/hidraw5', true);
    bus.plug('/dev/hidraw5', 'BMATK');
    await until(() => relay.state === 'failed');
    bus.deny('/dev/hidraw5', false);
    await until(() => relay.state === 'ready');
    expect(await relay.pulse(1, 100)).toEqual({ given: true });
  });
  it('the true bus lists what is plugged in', async () => {
    expect(await hidRelayBus.relays()).toEqual(expect.any(Array));
  });
});
