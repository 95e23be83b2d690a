/** A command as the card understands it; `le` 0 when none is given. */
export interface ChipCommand {
  cla: number;
  ins: number;
  p1: number;
  p2: number;
  data: Uint8Array;
  le: number;
  extended: boolean;
}

/** What the card answers before it is encoded: data and the two status bytes. */
export type Reply = { data?: Uint8Array; sw: number };

/** A command whose data make no sense is refused, it never stops the card. */
export function attempt<T extends Reply>(answer: () => T): T | Reply {
  try {
    return answer();
  } catch {
    return { sw: 0x6a80 };
  }
}

/** ISO/IEC 7816-4 clause 5.1, all cases. Null when the lengths do not fit. */
export function parseCommand(apdu: Uint8Array): ChipCommand | null {
  const [cla, ins, p1, p2] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null;
  const head = { cla, ins, p1, p2 };
  const body = apdu.subarray(4);
  const none = new Uint8Array(0);
  if (body.length === 0) return { ...head, data: none, le: 0, extended: false };
  if (body.length === 1) return { ...head, data: none, le: body[0]! || 256, extended: false };
  if (body[0] !== 0) {
    const lc = body[0]!;
    if (body.length !== 1 + lc && body.length !== 2 + lc) return null;
    return { ...head, data: body.subarray(1, 1 + lc), le: body.length === 2 + lc ? body[1 + lc]! || 256 : 0, extended: false };
  }
  const word = (at: number): number => body[at]! * 256 + body[at + 1]!;
  if (body.length === 3) return { ...head, data: none, le: word(1) || 65_536, extended: true };
  const lc = word(1);
  if (body.length !== 3 + lc && body.length !== 5 + lc) return null;
  return { ...head, data: body.subarray(3, 3 + lc), le: body.length === 5 + lc ? word(3 + lc) || 65_536 : 0, extended: true };
}
