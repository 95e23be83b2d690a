import { ProblemError, type ProblemCode } from '../../shared/contracts/problems.ts';
import type { Via } from '../../shared/contracts/requests/gate.ts';
import type { z } from 'zod';
import { readerKind } from '../../shared/domain/card-reader.ts';
import type { HidBus } from '../devices/hid-bus.ts';
import { watchHidScanners } from '../devices/hid-scanner.ts';
import type { Scanner, ScannerState } from '../devices/scanner.ts';
import { listSerialPorts, serialScanner } from '../devices/serial-scanner.ts';
import { readKiosk } from '../store/index.ts';
import type { ServiceContext } from './context.ts';
import { readGateCard } from './gate-card.ts';

export interface GateDeviceOptions {
  /** The scanner on a serial line; scripted in tests. */
  scanner?: (path: string) => Scanner;
  /** Where scanners in HID-POS mode are; scripted in tests. */
  hid?: HidBus;
}

/**
 * Wires what the service itself reads: scanners on a serial line or in HID-POS mode, and the card readers. At a gate each code is a scan, decided
 * and stored like one of the page, and then told to it; at a counter the page gets the code itself.
 */
export function startGateDevices(context: ServiceContext, { scanner = (path) => serialScanner({ path }), hid }: GateDeviceOptions = {}): void {
  context.serialPorts = async () => (await listSerialPorts()).map(({ path, name }) => ({ path, label: name === path ? path : `${name} (${path})` }));
  watchSerial(context, scanner);
  watchHid(context, hid);
  watchCards(context);
}

/** One scanner a line: the line of the settings, and each line that a lane names as its input. */
function watchSerial(context: ServiceContext, open: (path: string) => Scanner): void {
  const running = new Map<string, Scanner>();
  const use = (wanted: ReadonlySet<string>): void => {
    for (const [path, scanner] of running) {
      if (wanted.has(path)) continue;
      running.delete(path);
      void scanner.stop();
    }
    for (const path of wanted) {
      if (running.has(path)) continue;
      const scanner = open(path);
      running.set(path, scanner);
      scanner.start(
        (scan) => onCode(context, scan.text, 'serial', `serial:${path}`, scan.problem),
        (state, detail) => context.devices.report({ kind: 'serial', name: path, state: scannerStates[state], detail }),
      );
    }
  };
  const paths = (serialPath: string | null): Set<string> => new Set([
    ...(serialPath === null ? [] : [serialPath]),
    ...(readKiosk(context.store)?.lanes ?? []).filter((lane) => lane.input.startsWith('serial:')).map((lane) => lane.input.slice('serial:'.length)),
  ]);
  use(paths(context.settings().serialPath));
  context.onSettings(({ serialPath }) => use(paths(serialPath)));
  context.onClose(async () => void await Promise.all([...running.values()].map((scanner) => scanner.stop())));
}
const scannerStates = { off: 'off', missing: 'missing', ready: 'ready', failed: 'failed' } as const satisfies Record<ScannerState, string>;

/** Every scanner in HID-POS mode: nothing else can use such a device, so nothing has to be set. A lane may name one. */
function watchHid(context: ServiceContext, bus: HidBus | undefined): void {
  const { devices } = context;
  for (const { input } of readKiosk(context.store)?.lanes ?? []) {
    if (input.startsWith('hid:')) devices.report({ kind: 'hid', name: input.slice('hid:'.length), state: 'missing', detail: null });
  }
  const watch = watchHidScanners({
    ...(bus && { bus }),
    onScan: (scan, { id }) => onCode(context, scan.text, 'hid', `hid:${id}`, scan.problem),
    onState: ({ id }, state, detail) => devices.report({ kind: 'hid', name: id, state: scannerStates[state], detail }),
  });
  context.onClose(() => watch.stop());
}

function onCode(context: ServiceContext, text: string, via: z.infer<typeof Via>, input: string, unreadable: string | null): void {
  const mode = readKiosk(context.store)?.mode;
  if (mode === 'counter' && unreadable === null && text.length <= 4000) context.emit('counter/code', { text, via });
  if (mode !== 'gate') return;
  if (unreadable === null) context.identitySeen.note(text);
  try {
    context.emit('gate/answer', context.gate.scan({ code: text, lane: laneOf(context, input), via, unreadable }));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Nothing was stored, so nothing is answered; the status strip says why.
    context.devices.report({ kind: via === 'hid' ? 'hid' : 'serial', name: input, state: 'failed', detail: error.code });
  }
}

/** The lane that an input serves: one that names it, one that names its kind, one for all. Null: the first one. */
function laneOf(context: ServiceContext, input: string): string | null {
  const lanes = readKiosk(context.store)?.lanes ?? [];
  const wanted = [input, input.split(':', 1)[0], 'any'];
  const lane = wanted.map((one) => lanes.find((each) => each.input === one)).find((each) => each !== undefined);
  return lane?.lane ?? null;
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
    if (inside && readKiosk(context.store)?.mode === 'gate' && !context.readerDesk.claimed) void readAtGate(context, reader);
  });
  context.onClose(() => {
    stop();
    cards.close();
  });
}

/** A card on the reader of a gate: a chip that a QR just opened, else a factory card by its number. */
async function readAtGate(context: ServiceContext, reader: string): Promise<void> {
  const scan = (code: string, unreadable: ProblemCode | null): void => onCode(context, code, 'card', `card:${reader}`, unreadable);
  const people = context.identitySeen.recent();
  try {
    const read = await context.cards.withCard({ reader, timeoutMs: 3000 }, (card) => readGateCard(card, people, context.trustAnchors()));
    scan(read.code, read.problem);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // A card that was taken away again before it was read was no attempt to pass.
    if (error.code !== 'card-removed' && error.code !== 'card-missing' && error.code !== 'cancelled') scan('', error.code);
  }
}
