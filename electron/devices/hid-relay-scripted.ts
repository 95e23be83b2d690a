import type { HidRelayBus } from './hid-relay-bus.ts';

export interface ScriptedHidRelay {
  /** Outputs that are on. */
  on: Set<number>;
  /** Every report that was sent, in hexadecimal. */
  sent: string[];
}

export interface ScriptedHidRelays extends HidRelayBus {
  plug(path: string, id: string): ScriptedHidRelay;
  unplug(path: string): void;
  /** The system refuses to open it from now on, or allows it again. */
  deny(path: string, denied: boolean): void;
}

/** The scripted form: answers as the makers' firmware does. `numbered`: the system puts the report's number before the state. */
export function scriptedHidRelays({ outputs = 8, numbered = false } = {}): ScriptedHidRelays {
  const plugged = new Map<string, { id: string; relay: ScriptedHidRelay; lost: (() => void)[] }>();
  const denied = new Set<string>();
  const present = (path: string) => {
    const one = plugged.get(path);
    if (one === undefined) throw new Error('could not read from HID device');
    return one;
  };
  return {
    relays: async () => [...plugged.keys()],
    async open(path) {
      if (denied.has(path)) throw new Error('cannot open device');
      const opened = plugged.get(path);
      if (opened === undefined) return null;
      return {
        send: async (report) => {
          const { relay } = present(path);
          relay.sent.push(Buffer.from(report).toString('hex'));
          const [, order, output] = report;
          // A relay of two outputs takes an order to a third one, and does nothing.
          if (output === undefined || output < 1 || output > outputs) return;
          if (order === 0xff) relay.on.add(output);
          if (order === 0xfd) relay.on.delete(output);
        },
        state: async () => {
          const { id, relay } = present(path);
          const bits = [...relay.on].reduce((sum, output) => sum | (1 << (output - 1)), 0);
          return Uint8Array.from([...(numbered ? [1] : []), ...Buffer.from(id), 0, 0, bits, ...(numbered ? [] : [0])]);
        },
        onLost: (listener) => void opened.lost.push(listener),
        close: async () => undefined,
      };
    },
    plug(path, id) {
      const relay = { on: new Set<number>(), sent: [] };
      plugged.set(path, { id, relay, lost: [] });
      return relay;
    },
    unplug(path) {
      const gone = plugged.get(path);
      plugged.delete(path);
      gone?.lost.forEach((listener) => listener());
    },
    deny: (path, is) => void (is ? denied.add(path) : denied.delete(path)),
  };
}
