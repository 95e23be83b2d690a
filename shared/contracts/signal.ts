import { z } from 'zod';

/** Number of an output or input on its board, counted from 1 as printed beside its screws. */
export const Channel = z.number().int().min(1).max(32);

const Path = z.string().trim().min(1).max(190);
const Host = z.string().trim().min(1).max(190).regex(/^[A-Za-z0-9.:_-]+$/);
export const BaudRate = z.union([z.literal(1200), z.literal(2400), z.literal(4800), z.literal(9600), z.literal(19_200), z.literal(38_400), z.literal(57_600), z.literal(115_200)]);
export const Parity = z.enum(['none', 'even', 'odd']);

/** How a Modbus board is reached: `tcp` is Modbus TCP, `rtu-over-tcp` the frames of a serial line through a converter. */
export const ModbusLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tcp'), host: Host, port: z.number().int().min(1).max(65_535) }),
  z.object({ kind: z.literal('rtu-over-tcp'), host: Host, port: z.number().int().min(1).max(65_535) }),
  z.object({ kind: z.literal('rtu'), path: Path, baudRate: BaudRate, parity: Parity }),
]);
export type ModbusLine = z.infer<typeof ModbusLine>;

/** A board of relays. Several lanes may name the same one. */
export const RelayBoard = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('modbus'), line: ModbusLine, unit: z.number().int().min(1).max(247),
    /** Whether the board ends a pulse by itself: Waveshare's "flash on", write to 0x0200 + output of 100 ms units. */
    timed: z.enum(['none', 'waveshare']),
  }),
  /** Serial relay with frames `A0 output state sum`, 9600 8N1. */
  z.object({ form: z.literal('lcus'), path: Path }),
  /** HID relay (DCTTech): its five signs; null: the only one that is plugged in. */
  z.object({ form: z.literal('hid'), id: z.string().regex(/^[\x21-\x7e]{1,5}$/).nullable() }),
]);
export type RelayBoard = z.infer<typeof RelayBoard>;

/** A contact: `normally-closed` is open when what it tells of happens, so that a cut wire tells too. */
export const Contact = z.object({ input: Channel, wiring: z.enum(['normally-open', 'normally-closed']) });
export type Contact = z.infer<typeof Contact>;

/** The turnstile, door or barrier of a lane. */
export const LaneSignal = z.object({
  board: RelayBoard,
  /** Output that lets one person through, by direction; null: none that way. */
  outputs: z.object({ in: Channel.nullable(), out: Channel.nullable() }),
  pulseMs: z.number().int().min(100).max(10_000).multipleOf(100),
  /** Whether somebody who scans a second time within the repeat window is let through again. */
  onRepeat: z.boolean(),
  /** Closes for a moment when somebody goes through. */
  passage: Contact.extend({ withinSeconds: z.number().int().min(1).max(60) }).nullable(),
  /** Tells of fire; it counts for all lanes of the gate. */
  fire: Contact.nullable(),
  /** What is held on while a fire lasts: the outputs of both directions, another output (the turnstile's own fire entry), nothing. */
  onFire: z.union([z.literal('hold'), z.literal('nothing'), Channel]),
});
export type LaneSignal = z.infer<typeof LaneSignal>;

/** Tells boards apart, and is what they are called in the list of devices. */
export function boardName(board: RelayBoard): string {
  if (board.form === 'lcus') return `lcus ${board.path}`;
  if (board.form === 'hid') return `hid ${board.id ?? '*'}`;
  const { line, unit } = board;
  return line.kind === 'rtu' ? `modbus ${line.path} #${unit}` : `modbus ${line.host}:${line.port} #${unit}`;
}

/** The outputs that are held on while a fire lasts. */
export function fireOutputs({ outputs, onFire }: LaneSignal): number[] {
  if (typeof onFire === 'number') return [onFire];
  return onFire === 'nothing' ? [] : [...new Set([outputs.in, outputs.out].filter((output) => output !== null))];
}
