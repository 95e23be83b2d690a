import { ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import type { Via } from '../../../shared/contracts/requests/gate.ts';
import { z } from 'zod';
import { usualSerial, type LaneSerial } from '../../../shared/contracts/lane-serial.ts';
import { readerKind } from '../../../shared/domain/card-reader.ts';
import { readWiegand } from '../../../shared/domain/wiegand.ts';
import { isReader } from '../../devices/card-readers.ts';
import { hidBus, type HidBus } from '../../devices/hid-bus.ts';
import type { HidRelayBus } from '../../devices/hid-relay-bus.ts';
import { watchHidScanners } from '../../devices/hid-scanner.ts';
import { listHidRelays } from '../../devices/relay-hid.ts';
import type { Scan, Scanner, ScannerState } from '../../devices/scanner.ts';
import { listSerialPorts } from '../../devices/serial-ports.ts';
import { serialScanner, type SerialScannerOptions } from '../../devices/serial-scanner.ts';
import { readKiosk, readSetting, writeSetting } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { bestEffort } from './best-effort.ts';
import { readGateCard } from './gate-card.ts';
import { startGateSignals, type SignalOptions } from './gate-signals.ts';
import { createLaneDesk } from './lane-desk.ts';

export interface GateDeviceOptions extends SignalOptions {
  /** The scanner on a serial line; scripted in tests. */
  scanner?: (path: string, settings: LaneSerial) => Scanner;
  /** Where scanners in HID-POS mode are; scripted in tests. */
  hid?: HidBus;
  /** Where HID relays are; scripted in tests. */
  hidRelays?: HidRelayBus;
}

/**
 * Wires what the service itself reads: scanners on a serial line or in HID-POS mode, and the card readers; and the
 * turnstiles. At a gate each code is a scan, decided and stored like one of the page, and then told to it; at a counter the
 * page gets the code itself.
 */
export function startGateDevices(context: ServiceContext, options: GateDeviceOptions = {}): void {
  const { scanner = (path, { baudRate, parity, end }) => serialScanner({ path, baudRate, parity, end, ...knownDevice(context, path) }), hid = hidBus, hidRelays } = options;
  context.serialPorts = async () => (await listSerialPorts()).map(({ path, name }) => ({ path, label: name === path ? path : `${name} (${path})` }));
  const serial = watchSerial(context, scanner);
  const named = tellNamed(context);
  watchHid(context, hid);
  watchCards(context);
  const desk = createLaneDesk(context, {
    signals: startGateSignals(context, options),
    plugged: async () => ({
      serial: await context.serialPorts(), hid: (await hid.scanners()).map(({ id, name }) => ({ id, label: name })),
      readers: context.devices.list().filter(({ kind, name, state }) => kind === 'reader' && name !== 'PC/SC' && (state === 'ready' || state === 'card')).map(({ name }) => name),
      relays: await listHidRelays(hidRelays),
    }),
    rewireReaders: async () => {
      named();
      await serial();
    },
  });
  context.lanes = () => desk;
  // The set-up comes after the start.
  context.onSettings(() => void desk.signals.rewire());
}

/** Which device was last seen under a path: it is known again under another one, after a restart too. */
function knownDevice(context: ServiceContext, path: string): Required<Pick<SerialScannerOptions, 'known' | 'onKnown'>> {
  const { store } = context;
  const read = (): Record<string, string> => readSetting(store, 'serial-known', SerialKnown) ?? {};
  return {
    known: read()[path] ?? null,
    onKnown: (id) => void bestEffort(context, () => store.transaction(() => {
      writeSetting(store, 'serial-known', Object.fromEntries([...Object.entries(read()).filter(([one]) => one !== path), [path, id]].slice(-mostKnown)));
    })),
  };
}
const SerialKnown = z.record(z.string(), z.string());
/** Paths that nobody sets any more are forgotten in the end. */
const mostKnown = 50;

/** One scanner a line: the line of the settings, and each line that a lane names as its input. Gives the function that looks at these again. */
function watchSerial(context: ServiceContext, open: (path: string, settings: LaneSerial) => Scanner): () => Promise<void> {
  const running = new Map<string, { scanner: Scanner; settings: string }>();
  let last: Promise<void> = Promise.resolve();
  const wanted = (): Map<string, LaneSerial> => {
    const { serialPath } = context.settings();
    const ofLanes = (readKiosk(context.store)?.lanes ?? []).flatMap(({ input, serial }) => (
      input.startsWith('serial:') ? [[input.slice('serial:'.length), serial ?? usualSerial] as const] : []));
    return new Map([...(serialPath === null ? [] : [[serialPath, usualSerial] as const]), ...ofLanes]);
  };
  const use = async (lines: ReadonlyMap<string, LaneSerial>): Promise<void> => {
    const old = [...running].filter(([path, { settings }]) => JSON.stringify(lines.get(path)) !== settings);
    for (const [path] of old) running.delete(path);
    // A line must be free again before it is opened with other settings.
    await Promise.all(old.map(([, { scanner }]) => scanner.stop()));
    for (const [path, settings] of lines) {
      if (running.has(path)) continue;
      const scanner = open(path, settings);
      running.set(path, { scanner, settings: JSON.stringify(settings) });
      scanner.start(
        (scan) => onLine(context, scan, path, settings),
        (state, detail) => context.devices.report({ kind: 'serial', name: path, state: scannerStates[state], detail }),
      );
    }
  };
  const again = (): Promise<void> => {
    last = last.then(() => use(wanted()));
    return last;
  };
  void again();
  context.onSettings(() => void again());
  context.onClose(async () => {
    last = last.then(() => use(new Map()));
    await last;
  });
  return again;
}
const scannerStates = { off: 'off', missing: 'missing', ready: 'ready', failed: 'failed' } as const satisfies Record<ScannerState, string>;

/** A code of a serial line, which may be a card's as a converter of Wiegand readers writes it. */
function onLine(context: ServiceContext, { text, problem }: Scan, path: string, { wiegand }: LaneSerial): void {
  const reading = problem !== null || wiegand === null ? null : readWiegand(text, wiegand);
  if (reading?.kind === 'wrong') return onCode(context, '', 'serial', `serial:${path}`, 'card-number-wrong');
  onCode(context, reading?.kind === 'card' ? reading.code : text, 'serial', `serial:${path}`, problem);
}

/** Readers that a lane names are missing until they are seen. */
function tellNamed(context: ServiceContext): () => void {
  const { devices } = context;
  const tell = (): void => {
    for (const { input } of readKiosk(context.store)?.lanes ?? []) {
      const [kind, name] = [input.startsWith('hid:') ? 'hid' : input.startsWith('card:') ? 'reader' : null, input.slice(input.indexOf(':') + 1)] as const;
      if (kind === null || devices.list().some((device) => device.kind === kind && (device.name === name || (kind === 'reader' && isReader(device.name, name))))) continue;
      devices.report({ kind, name, state: 'missing', detail: null });
    }
  };
  tell();
  return tell;
}

/** Every scanner in HID-POS mode: nothing else can use such a device, so nothing has to be set. A lane may name one. */
function watchHid(context: ServiceContext, bus: HidBus): void {
  const watch = watchHidScanners({
    bus,
    onScan: (scan, { id }) => onCode(context, scan.text, 'hid', `hid:${id}`, scan.problem),
    onState: ({ id }, state, detail) => context.devices.report({ kind: 'hid', name: id, state: scannerStates[state], detail }),
  });
  context.onClose(() => watch.stop());
}

function onCode(context: ServiceContext, text: string, via: z.infer<typeof Via>, input: string, unreadable: string | null, fullName: string | null = null): void {
  const mode = readKiosk(context.store)?.mode;
  if (mode === 'counter' && unreadable === null && text.length <= 4000) context.emit('counter/code', { text, via });
  if (mode !== 'gate') return;
  const as = unreadable === null ? context.lanes().visitor.takes(text, via === 'card') : null;
  if (as !== null) return context.emit('visitors/card', { as, text, fullName });
  if (unreadable === null) context.identitySeen.note(text);
  const wrong = (detail: string | null): void => readerWrong(context, via, input, detail);
  if (!context.lanes().admits(input)) return wrong('reader-floods');
  try {
    const answer = context.lanes().from({ input, via }, () => context.gate.scan({ code: text, lane: laneOf(context, input), via, unreadable }));
    context.emit('gate/answer', answer);
    wrong(null);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Nothing was stored, so nothing is answered; the status strip says why.
    wrong(error.code);
  }
}

/** Shows at a reader that its scans come to nothing, and that they do again. */
function readerWrong({ devices }: ServiceContext, via: z.infer<typeof Via>, input: string, detail: string | null): void {
  const [kind, name] = [via === 'card' ? 'reader' : via === 'hid' ? 'hid' : 'serial', input.slice(input.indexOf(':') + 1)] as const;
  const now = devices.list().find((device) => device.kind === kind && device.name === name);
  const isWrong = now?.state === 'failed';
  if (detail === null ? isWrong : !isWrong || now.detail !== detail) devices.report({ kind, name, state: detail === null ? 'ready' : 'failed', detail });
}

/** The lane that an input serves: one that names it, one that names its kind, one for all. Null: the first one. */
function laneOf(context: ServiceContext, input: string): string | null {
  const lanes = readKiosk(context.store)?.lanes ?? [];
  const wanted = [input, input.split(':', 1)[0], 'any'];
  const lane = wanted.map((one) => lanes.find((each) => each.input === one)).find((each) => each !== undefined);
  if (!input.startsWith('card:') || lane?.input === input) return lane?.lane ?? null;
  // The system numbers card readers anew when they are plugged in again.
  const named = lanes.find((each) => each.input.startsWith('card:') && isReader(input.slice('card:'.length), each.input.slice('card:'.length)));
  return (named ?? lane)?.lane ?? null;
}

function watchCards(context: ServiceContext): void {
  const { cards, devices, emit } = context;
  const stop = cards.watch((event) => {
    context.readerDesk.note(event);
    if (!('reader' in event)) {
      const found = event.type === 'service-found';
      devices.report({ kind: 'reader', name: 'PC/SC', state: found ? 'ready' : 'missing', detail: found ? null : 'reader-service-missing' });
      return;
    }
    const { type, reader } = event;
    const inside = type === 'card-inserted';
    const kind = readerKind(reader);
    if ((kind === 'invented' || kind === 'fixed') && context.settings().readerName !== reader) {
      // Shown, so that nobody wonders; never waited for.
      devices.report({ kind: 'reader', name: reader, state: type === 'reader-removed' ? 'missing' : 'off', detail: kind });
      return;
    }
    devices.report({ kind: 'reader', name: reader, state: inside ? 'card' : type === 'reader-removed' ? 'missing' : 'ready', detail: null });
    if (inside || type === 'card-removed') emit('card/state', { reader, present: inside });
    // A card that was left on the reader passes nobody when the service or the reader starts again.
    if (inside && event.already !== true && readKiosk(context.store)?.mode === 'gate' && !context.readerDesk.claimed) void readAtGate(context, reader);
  });
  context.onClose(() => {
    stop();
    cards.close();
  });
}

/** A card on the reader of a gate: a chip that a QR just opened, else a factory card by its number. */
async function readAtGate(context: ServiceContext, reader: string): Promise<void> {
  const scan = (code: string, unreadable: ProblemCode | null, fullName: string | null = null): void => {
    // Whoever laid it there is answered by his lane all the same: it may be somebody else's.
    if (unreadable !== null && context.lanes().visitor.isWaiting()) context.emit('visitors/card', { as: 'unread', text: unreadable, fullName: null });
    onCode(context, code, 'card', `card:${reader}`, unreadable, fullName);
  };
  const people = context.identitySeen.recent();
  try {
    const read = await context.cards.withCard({ reader, timeoutMs: 3000 }, (card) => readGateCard(card, people, context.trustAnchors()));
    scan(read.code, read.problem, read.fullName);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // A card that was taken away again before it was read was no attempt to pass.
    if (error.code !== 'card-removed' && error.code !== 'card-missing' && error.code !== 'cancelled') scan('', error.code);
  }
}
