import { usualSerial, WiegandLine, type LaneSerial, type ScanEnd } from '../../../../shared/contracts/lane-serial.ts';
import { Lane } from '../../../../shared/contracts/requests/system.ts';
import { LaneSignal, type Contact, type ModbusLine, type RelayBoard } from '../../../../shared/contracts/signal.ts';
import { lanes } from '../../../texts/lanes.ts';

const text = lanes.form.error;

export type BoardKind = keyof typeof lanes.form.kinds;

/** A lane as it is entered; numbers as text where they are typed. */
export interface LaneDraft {
  lane: string;
  name: string;
  direction: Lane['direction'];
  zone: string | null;
  input: string;
  baudRate: string;
  parity: LaneSerial['parity'];
  end: ScanEnd;
  wiegand: boolean;
  wiegandLine: string;
  wiegandBits: string;
  wiegandWrite: WiegandLine['write'];
  hasSignal: boolean;
  kind: BoardKind;
  host: string;
  port: string;
  unit: string;
  path: string;
  boardBaud: string;
  boardParity: LaneSerial['parity'];
  timed: boolean;
  relay: string | null;
  outIn: number | null;
  outOut: number | null;
  pulseMs: number;
  onRepeat: boolean;
  passage: boolean;
  passageInput: number;
  passageWiring: Contact['wiring'];
  within: number;
  fire: boolean;
  fireInput: number;
  fireWiring: Contact['wiring'];
  onFire: LaneSignal['onFire'];
}

const usualPorts: Partial<Record<BoardKind, string>> = { 'tcp': '502', 'rtu-over-tcp': '4196' };

/** The network port that boards of this kind have from their maker. */
export function usualPort(kind: BoardKind): string {
  return usualPorts[kind] ?? '';
}

/** How a board is reached, as the form asks for it. */
export function kindOf(board: RelayBoard): BoardKind {
  return board.form === 'modbus' ? board.line.kind : board.form;
}

/** What a board is called on screen: its kind and where it is. */
export function boardLabel(board: RelayBoard): string {
  const place = board.form === 'lcus' ? board.path : board.form === 'hid' ? board.id ?? lanes.form.relayAny
    : `${board.line.kind === 'rtu' ? board.line.path : board.line.host}, ${lanes.unit(board.unit)}`;
  return lanes.boardAt(lanes.form.kinds[kindOf(board)], place);
}

/** What the form begins with: a lane as it is, or a new one beside others. */
export function draftOf(lane: Lane | null, others: readonly Lane[]): LaneDraft {
  const free = Array.from({ length: 9 }, (_, i) => `L${i + 1}`).find((id) => !others.some((one) => one.lane === id)) ?? '';
  const serial = lane?.serial ?? usualSerial;
  const signal = lane?.signal;
  // Most often another lane hangs on the same board.
  const board = signal?.board ?? others.find((one) => one.signal !== undefined)?.signal?.board;
  const line = board?.form === 'modbus' ? board.line : undefined;
  const kind = board === undefined ? 'tcp' : kindOf(board);
  return {
    lane: lane?.lane ?? free, name: lane?.name ?? '', direction: lane?.direction ?? 'both', zone: lane?.zone ?? null, input: lane?.input ?? 'any',
    baudRate: `${serial.baudRate}`, parity: serial.parity, end: serial.end,
    wiegand: serial.wiegand !== null, wiegandLine: serial.wiegand?.line ?? '{f},{n}', wiegandBits: `${serial.wiegand?.bits ?? 24}`, wiegandWrite: serial.wiegand?.write ?? 'decimal',
    hasSignal: signal !== undefined, kind,
    host: line !== undefined && line.kind !== 'rtu' ? line.host : '', port: line !== undefined && line.kind !== 'rtu' ? `${line.port}` : usualPort(kind),
    unit: board?.form === 'modbus' ? `${board.unit}` : '1',
    path: line?.kind === 'rtu' ? line.path : board?.form === 'lcus' ? board.path : '',
    boardBaud: line?.kind === 'rtu' ? `${line.baudRate}` : '9600', boardParity: line?.kind === 'rtu' ? line.parity : 'none',
    timed: board?.form === 'modbus' && board.timed === 'waveshare', relay: board?.form === 'hid' ? board.id : null,
    outIn: signal === undefined ? 1 : signal.outputs.in, outOut: signal === undefined ? null : signal.outputs.out,
    pulseMs: signal?.pulseMs ?? 500, onRepeat: signal?.onRepeat ?? true,
    passage: !!signal?.passage, passageInput: signal?.passage?.input ?? 1, passageWiring: signal?.passage?.wiring ?? 'normally-open', within: signal?.passage?.withinSeconds ?? 8,
    fire: !!signal?.fire, fireInput: signal?.fire?.input ?? 8, fireWiring: signal?.fire?.wiring ?? 'normally-closed', onFire: signal?.onFire ?? 'hold',
  };
}

export type LaneErrors = Partial<Record<keyof LaneDraft, string>>;

/** The lane that is entered, or null with what is wrong by field. */
export function readDraft(draft: LaneDraft, others: readonly Lane[]): { lane: Lane | null; errors: LaneErrors } {
  const errors: LaneErrors = {};
  if (draft.name.trim() === '') errors.name = text.missing;
  if (!Lane.shape.lane.safeParse(draft.lane).success) errors.lane = draft.lane === '' ? text.missing : text.id;
  else if (others.some(({ lane }) => lane === draft.lane)) errors.lane = text.sameId;
  const isSerial = draft.input.startsWith('serial:');
  if (isSerial && draft.input.slice('serial:'.length).trim() === '') errors.input = text.missing;
  const wiegand = isSerial && draft.wiegand
    ? WiegandLine.safeParse({ line: draft.wiegandLine.trim(), bits: Number(draft.wiegandBits), write: draft.wiegandWrite }) : null;
  if (wiegand !== null && !wiegand.success) errors.wiegandLine = text.line;
  const signal = draft.hasSignal ? readSignal(draft, errors) : null;
  if (Object.keys(errors).length > 0) return { lane: null, errors };
  const parsed = Lane.safeParse({
    lane: draft.lane, name: draft.name.trim().normalize('NFC'), direction: draft.direction, input: draft.input.trim(),
    ...(draft.zone !== null && { zone: draft.zone }), ...(signal !== null && { signal }),
    ...(isSerial && { serial: { baudRate: Number(draft.baudRate), parity: draft.parity, end: draft.end, wiegand: wiegand?.data ?? null } }),
  });
  return { lane: parsed.success ? parsed.data : null, errors };
}

function readSignal(draft: LaneDraft, errors: LaneErrors): LaneSignal | null {
  const host = draft.host.trim();
  const byNet = draft.kind === 'tcp' || draft.kind === 'rtu-over-tcp';
  if (byNet && !/^[A-Za-z0-9.:_-]{1,190}$/.test(host)) errors.host = text.host;
  if (byNet && !whole(draft.port, 65_535)) errors.port = text.port;
  if ((byNet || draft.kind === 'rtu') && !whole(draft.unit, 247)) errors.unit = text.unit;
  if ((draft.kind === 'rtu' || draft.kind === 'lcus') && draft.path.trim() === '') errors.path = text.missing;
  if (draft.outIn === null && draft.outOut === null) errors.outIn = text.output;
  const parsed = LaneSignal.safeParse({
    board: boardOf(draft), outputs: { in: draft.outIn, out: draft.outOut }, pulseMs: draft.pulseMs, onRepeat: draft.onRepeat,
    passage: draft.passage && hasContacts(draft.kind) ? { input: draft.passageInput, wiring: draft.passageWiring, withinSeconds: draft.within } : null,
    fire: draft.fire && hasContacts(draft.kind) ? { input: draft.fireInput, wiring: draft.fireWiring } : null, onFire: draft.onFire,
  });
  return parsed.success ? parsed.data : null;
}

/** USB relays have outputs only. */
export function hasContacts(kind: BoardKind): boolean {
  return kind !== 'lcus' && kind !== 'hid';
}

function boardOf(draft: LaneDraft): unknown {
  const path = draft.path.trim();
  if (draft.kind === 'lcus') return { form: 'lcus', path };
  if (draft.kind === 'hid') return { form: 'hid', id: draft.relay };
  const line = draft.kind === 'rtu'
    ? { kind: 'rtu', path, baudRate: Number(draft.boardBaud) as 9600, parity: draft.boardParity } satisfies ModbusLine
    : { kind: draft.kind, host: draft.host.trim(), port: Number(draft.port) } satisfies ModbusLine;
  return { form: 'modbus', line, unit: Number(draft.unit), timed: draft.timed ? 'waveshare' : 'none' };
}

function whole(typed: string, most: number): boolean {
  return /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= most;
}
