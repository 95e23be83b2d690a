import type { HidBus, HidDevice } from './hid-bus.ts';

interface Listeners { report: (report: Uint8Array) => void; lost: () => void }

export interface ScriptedHidBus extends HidBus {
  plug(device: HidDevice, descriptor?: Uint8Array | null): void;
  unplug(path: string): void;
  /** What the device of this path sends, report by report. */
  send(path: string, ...reports: Uint8Array[]): void;
  /** The system refuses to open this device from now on, or allows it again. */
  deny(path: string, denied: boolean): void;
}

/** The scripted form of the bus: a test plugs, unplugs and sends recorded reports. */
export function scriptedHidBus(): ScriptedHidBus {
  const plugged = new Map<string, { device: HidDevice; descriptor: Uint8Array | null }>();
  const open = new Map<string, Listeners>();
  const denied = new Set<string>();
  return {
    scanners: async () => [...plugged.values()].map(({ device }) => device),
    async open(path) {
      const found = plugged.get(path);
      if (found === undefined || denied.has(path)) return null;
      const listeners: Listeners = { report: () => undefined, lost: () => undefined };
      open.set(path, listeners);
      return {
        descriptor: found.descriptor,
        onReport: (listener) => { listeners.report = listener; },
        onLost: (listener) => { listeners.lost = listener; },
        close: async () => { open.delete(path); },
      };
    },
    plug: (device, descriptor = null) => void plugged.set(device.path, { device, descriptor }),
    unplug(path) {
      plugged.delete(path);
      open.get(path)?.lost();
    },
    send: (path, ...reports) => {
      for (const report of reports) open.get(path)?.report(report);
    },
    deny: (path, is) => void (is ? denied.add(path) : denied.delete(path)),
  };
}
