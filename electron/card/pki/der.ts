import { ProblemError } from '../../../shared/contracts/problems.ts';
import { concat, toHex } from '../bytes.ts';
import { oidText, readTlv, tlv, type Tlv } from '../tlv.ts';

// The reader of a card's files skips filling between nodes; here nothing may stand between them, and a list of revoked
// certificates has far more of them.
const maxDepth = 24;
const maxPieces = 200_000;

/** Tags of ISO/IEC 8824-1 that certificates, CRLs and CMS are made of. */
export const tags = {
  boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;

/** The children of a node one after another, without gaps. @throws ProblemError `card-file-invalid` */
export function* children(value: Uint8Array): Generator<Tlv, void> {
  for (let at = 0; at < value.length;) {
    const node = readTlv(value.subarray(at));
    yield node;
    at += node.raw.length;
  }
}

/** Content of a node that must have this tag. @throws ProblemError `card-file-invalid` */
export function valueOf(node: Tlv, tag: number, place: string): Uint8Array {
  if (node.tag !== tag) throw new ProblemError('card-file-invalid', `${place}: tag ${node.tag.toString(16)}`);
  return node.value;
}

/** Content of the SEQUENCE at the start of `bytes`. @throws ProblemError `card-file-invalid` */
export function sequenceIn(bytes: Uint8Array, place: string): Uint8Array {
  return valueOf(readTlv(bytes), tags.sequence, place);
}

/** Takes nodes in the order in which a SEQUENCE must have them. */
export class Fields {
  readonly #nodes: Generator<Tlv, void>;
  readonly #place: string;
  #next: Tlv | undefined;

  constructor(value: Uint8Array, place: string) {
    this.#nodes = children(value);
    this.#place = place;
    this.#step();
  }

  #step(): void {
    const { value, done } = this.#nodes.next();
    this.#next = done === true ? undefined : value;
  }

  /** The next node when it has one of these tags. */
  optional(...wanted: number[]): Tlv | undefined {
    const node = this.#next;
    if (!node || (wanted.length > 0 && !wanted.includes(node.tag))) return undefined;
    this.#step();
    return node;
  }

  /** The next node, which must have one of these tags; any when none is given. @throws ProblemError `card-file-invalid` */
  need(...wanted: number[]): Tlv {
    const node = this.optional(...wanted);
    if (!node) throw new ProblemError('card-file-invalid', `${this.#place}: ${wanted.map((tag) => tag.toString(16)).join('/')} missing`);
    return node;
  }
}

/** Content of a BIT STRING of whole bytes. @throws ProblemError `card-file-invalid` */
export function bitString(node: Tlv, place: string): Uint8Array {
  if (node.tag !== tags.bits || node.value[0] !== 0) throw new ProblemError('card-file-invalid', `${place}: bit string`);
  return node.value.subarray(1);
}

/**
 * BER as CMS may be written (indefinite lengths, strings in pieces: RFC 5652 clause 1) in definite lengths. What is in
 * definite lengths already keeps its bytes, as certificates and signed attributes must.
 * @throws ProblemError `card-file-invalid`
 */
export function definite(bytes: Uint8Array): Uint8Array {
  const budget = { left: maxPieces };
  return oneDefinite(bytes, 0, budget).node;
}

function oneDefinite(bytes: Uint8Array, depth: number, budget: { left: number }): { node: Uint8Array; used: number } {
  budget.left -= 1;
  if (depth > maxDepth || budget.left < 0) throw new ProblemError('card-file-invalid', 'ber: depth or count');
  const openLength = indefiniteHeader(bytes);
  if (openLength === null) {
    const { raw } = readTlv(bytes);
    return { node: raw, used: raw.length };
  }
  const parts: Uint8Array[] = [];
  let at = openLength;
  while (!(bytes[at] === 0 && bytes[at + 1] === 0)) {
    const { node, used } = oneDefinite(bytes.subarray(at), depth + 1, budget);
    parts.push(node);
    at += used;
  }
  return { node: tlv(bytes[0]!, ...parts), used: at + 2 };
}

/** Length of a header with the indefinite form; null for any other. */
function indefiniteHeader(bytes: Uint8Array): number | null {
  const [tag = 0, length = 0] = bytes;
  return (tag & 0x20) !== 0 && (tag & 0x1f) !== 0x1f && length === 0x80 ? 2 : null;
}

/** An OCTET STRING's content, whose pieces are joined. @throws ProblemError `card-file-invalid` */
export function octets(node: Tlv, depth = 0): Uint8Array {
  if (depth > maxDepth) throw new ProblemError('card-file-invalid', 'octets: depth');
  if ((node.tag & ~0x20) !== tags.octets) throw new ProblemError('card-file-invalid', 'octets: tag');
  return node.constructed ? concat(...[...children(node.value)].map((part) => octets(part, depth + 1))) : node.value;
}

/** Content of an INTEGER in its shortest form, hex: a serial number, which may be negative or padded. @throws ProblemError `card-file-invalid` */
export function integerHex({ tag, value }: Tlv, place: string): string {
  if (tag !== tags.integer || value.length === 0) throw new ProblemError('card-file-invalid', `${place}: integer`);
  let from = 0;
  while (from < value.length - 1 && (value[from] === 0 ? value[from + 1]! < 0x80 : value[from] === 0xff && value[from + 1]! >= 0x80)) from += 1;
  return toHex(value.subarray(from));
}

/** Dotted text of an OBJECT IDENTIFIER; one with an arc too large to be any of ours stays as its bytes in hex. */
export function oidOf(node: Tlv): string {
  try {
    return oidText(node.value);
  } catch (error) {
    if (error instanceof ProblemError) return `#${toHex(node.value.subarray(0, 64))}`;
    throw error;
  }
}
