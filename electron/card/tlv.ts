import { ProblemError } from '../../shared/contracts/problems.ts';
import { concat } from './bytes.ts';

/** One BER-TLV node; `raw` is header and value as they stood in the input, for hashing unchanged bytes. */
export interface Tlv {
  tag: number;
  constructed: boolean;
  value: Uint8Array;
  raw: Uint8Array;
}

// Bounds, because a card is untrusted input: no file of an eMRTD comes near them.
const maxNodes = 20_000;
const maxTagBytes = 3;
export const maxDepth = 16;

function broken(detail: string): ProblemError {
  return new ProblemError('card-file-invalid', detail);
}

/** Tag, header length and value length at the start of `bytes` (ISO/IEC 8825-1 clause 8.1, definite lengths only). */
export function tlvHeader(bytes: Uint8Array): { tag: number; constructed: boolean; headerLength: number; valueLength: number } {
  let at = 0;
  const first = bytes[at++];
  if (first === undefined) throw broken('tlv: empty');
  let tag = first;
  if ((first & 0x1f) === 0x1f) {
    for (;;) {
      const next = bytes[at++];
      if (next === undefined || at > maxTagBytes) throw broken('tlv: tag');
      tag = tag * 256 + next;
      if ((next & 0x80) === 0) break;
    }
  }
  const lead = bytes[at++];
  if (lead === undefined) throw broken('tlv: length missing');
  if (lead < 0x80) return { tag, constructed: (first & 0x20) !== 0, headerLength: at, valueLength: lead };
  const count = lead & 0x7f;
  if (count === 0 || count > 4) throw broken('tlv: length form');
  let valueLength = 0;
  for (let i = 0; i < count; i += 1) {
    const next = bytes[at++];
    if (next === undefined) throw broken('tlv: length cut');
    valueLength = valueLength * 256 + next;
  }
  return { tag, constructed: (first & 0x20) !== 0, headerLength: at, valueLength };
}

/** The node at the start of `bytes`. @throws ProblemError `card-file-invalid` */
export function readTlv(bytes: Uint8Array): Tlv {
  const { tag, constructed, headerLength, valueLength } = tlvHeader(bytes);
  const end = headerLength + valueLength;
  if (end > bytes.length) throw broken('tlv: value cut');
  return { tag, constructed, value: bytes.subarray(headerLength, end), raw: bytes.subarray(0, end) };
}

/** All nodes side by side in `bytes`. Zero filling between nodes is skipped (ISO/IEC 7816-4 clause 5.2.2.1). */
export function readTlvs(bytes: Uint8Array): Tlv[] {
  const nodes: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0) {
      at += 1;
      continue;
    }
    const node = readTlv(bytes.subarray(at));
    nodes.push(node);
    if (nodes.length > maxNodes) throw broken('tlv: too many nodes');
    at += node.raw.length;
  }
  return nodes;
}

/** The first child with this tag, or undefined. */
export function childOf(nodes: readonly Tlv[], tag: number): Tlv | undefined {
  return nodes.find((node) => node.tag === tag);
}

/** The first node with this tag. @throws ProblemError `card-file-invalid` naming the place */
export function needChild(nodes: readonly Tlv[], tag: number, place: string): Tlv {
  const node = childOf(nodes, tag);
  if (!node) throw broken(`${place}: tag ${tag.toString(16)} missing`);
  return node;
}

/** Encodes one node in DER lengths. */
export function tlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = concat(...values);
  const tagBytes = tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const n = value.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : n < 0x1_0000 ? [0x82, n >> 8, n & 0xff] : [0x83, n >> 16, (n >> 8) & 0xff, n & 0xff];
  return concat(Uint8Array.from([...tagBytes, ...length]), value);
}

/** Dotted text of the value of an OBJECT IDENTIFIER. @throws ProblemError `card-file-invalid` */
export function oidText(value: Uint8Array): string {
  if (value.length === 0 || value.length > 40) throw broken('oid');
  const arcs: number[] = [];
  let arc = 0;
  value.forEach((byte, i) => {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > 0xffff_ffff) throw broken('oid: arc');
    if ((byte & 0x80) !== 0) {
      if (i === value.length - 1) throw broken('oid: cut');
      return;
    }
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - 40 * root);
    } else arcs.push(arc);
    arc = 0;
  });
  return arcs.join('.');
}

/** The value bytes of an OBJECT IDENTIFIER given as dotted text. */
export function oidBytes(text: string): Uint8Array {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number);
  const out: number[] = [];
  for (const arc of [40 * a + b, ...rest]) {
    const septets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left & 0x7f) | 0x80);
    out.push(...septets);
  }
  return Uint8Array.from(out);
}

/** Small non-negative INTEGER. @throws ProblemError `card-file-invalid` */
export function smallInteger(value: Uint8Array, place: string): number {
  if (value.length === 0 || value.length > 4 || (value[0]! & 0x80) !== 0) throw broken(`${place}: integer`);
  let n = 0;
  for (const byte of value) n = n * 256 + byte;
  return n;
}
