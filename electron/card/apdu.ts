import { concat } from './bytes.ts';

/** A command before it is encoded; `le` 0 = no answer data expected, 256 and 65,536 = as much as there is. */
export interface Command {
  cla: number;
  ins: number;
  p1: number;
  p2: number;
  data?: Uint8Array;
  le?: number;
}

export interface Answer {
  data: Uint8Array;
  sw: number;
}

/** ISO/IEC 7816-4 clause 5.1: the short form where it fits, else the extended one. */
export function encodeCommand(command: Command, extended = false): Uint8Array {
  const { cla, ins, p1, p2, data = new Uint8Array(0), le = 0 } = command;
  const header = Uint8Array.of(cla, ins, p1, p2);
  if (!extended && data.length <= 255 && le <= 256) {
    const lc = data.length > 0 ? Uint8Array.of(data.length) : new Uint8Array(0);
    const leBytes = le > 0 ? Uint8Array.of(le & 0xff) : new Uint8Array(0);
    return concat(header, lc, data, leBytes);
  }
  const lc = data.length > 0 ? Uint8Array.of(0, data.length >> 8, data.length & 0xff) : new Uint8Array(0);
  const leShort = Uint8Array.of((le >> 8) & 0xff, le & 0xff);
  const leBytes = le === 0 ? new Uint8Array(0) : data.length > 0 ? leShort : concat(Uint8Array.of(0), leShort);
  return concat(header, lc, data, leBytes);
}

export const ok = 0x9000;

/** End of file reached before Le bytes: the data is good (ISO/IEC 7816-4 table 6). */
export const endOfFile = 0x6282;

/** The card cannot do the length that was asked for. */
export function isWrongLength(sw: number): boolean {
  return sw === 0x6700 || sw >> 8 === 0x6c;
}

/** How many tries a card says are left (63Cx); null when it does not count. */
export function triesLeft(sw: number): number | null {
  return sw >> 4 === 0x63c ? sw & 0xf : null;
}

/** A status word as the standard writes it: `6A82`. */
export function swText(sw: number): string {
  return sw.toString(16).padStart(4, '0').toUpperCase();
}

/** SELECT by application identifier, no answer data (ICAO 9303-10 clause 3.6.2). */
export const selectApplication: Command = {
  cla: 0, ins: 0xa4, p1: 0x04, p2: 0x0c, data: Uint8Array.of(0xa0, 0, 0, 0x02, 0x47, 0x10, 0x01),
};

export const selectMasterFile: Command = { cla: 0, ins: 0xa4, p1: 0, p2: 0x0c, data: Uint8Array.of(0x3f, 0) };

/** SELECT an elementary file by its two-byte identifier. */
export function selectFile(id: number): Command {
  return { cla: 0, ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(id >> 8, id & 0xff) };
}
