import { hidRelayBus, type HidRelayBus, type HidRelayLine } from './hid-relay-bus.ts';
import { RelayRefusal, type RelayLink } from './turnstile.ts';

const [ON, OFF] = [0xff, 0xfd];
const idSigns = 5;
const stateAfterId = 7;

/** What a relay says of itself: its five signs, and which outputs are on; null where this is no such answer. */
export function readRelayState(report: Uint8Array): { id: string; on: number[] } | null {
  // Some systems put the number of the report before it.
  for (const from of [0, 1]) {
    const signs = report.subarray(from, from + idSigns);
    const bits = report[from + stateAfterId];
    if (signs.length < idSigns || bits === undefined || !signs.every((sign) => sign >= 0x21 && sign <= 0x7e) || report[from + idSigns] !== 0) continue;
    return { id: String.fromCharCode(...signs), on: Array.from({ length: 8 }, (_, i) => i + 1).filter((output) => ((bits >> (output - 1)) & 1) === 1) };
  }
  return null;
}

/** The report that switches an output, counted from 1. */
export function relayReport(output: number, on: boolean): Uint8Array {
  return Uint8Array.of(0, on ? ON : OFF, output, 0, 0, 0, 0, 0, 0);
}

/** The relays that are plugged in, by their five signs. */
export async function listHidRelays(bus: HidRelayBus = hidRelayBus): Promise<string[]> {
  const found: string[] = [];
  for (const path of await bus.relays()) {
    const line = await bus.open(path).catch(() => null);
    const state = await line?.state().catch(() => null) ?? null;
    await line?.close();
    const known = state === null ? null : readRelayState(state);
    if (known !== null) found.push(known.id);
  }
  return found;
}

/**
 * An HID relay by its five signs, or the only one. Each order is read back, so one that was not done is told. Null where
 * it is not plugged in.
 * @throws Error where there are several and none was named, or it may not be opened
 */
export async function openHidRelay(id: string | null, bus: HidRelayBus = hidRelayBus): Promise<RelayLink | null> {
  const paths = await bus.relays();
  if (id === null && paths.length > 1) throw new Error('several relays, none is named');
  let refused: unknown = null;
  for (const path of paths) {
    const line = await bus.open(path).catch((error: unknown) => {
      refused = error;
      return null;
    });
    if (line === null) continue;
    const state = await line.state().catch(() => null);
    const known = state === null ? null : readRelayState(state);
    if (known !== null && (id === null || known.id === id)) return linkOf(line);
    await line.close();
  }
  if (refused !== null) throw refused;
  return null;
}

function linkOf(line: HidRelayLine): RelayLink {
  const onNow = async (): Promise<number[]> => {
    const state = readRelayState(await line.state());
    if (state === null) throw new Error('the relay does not say its state');
    return state.on;
  };
  return {
    set: async (output, on) => {
      await line.send(relayReport(output, on));
      if ((await onNow()).includes(output) !== on) throw new RelayRefusal('the relay did not switch');
    },
    probe: async () => void await onNow(),
    onLost: (listener) => line.onLost(listener),
    close: () => line.close(),
  };
}
