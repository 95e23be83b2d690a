/** Largest message that a page may send to the service, in bytes: a scanned document of 50 pages passes. */
const maxMessageBytes = 20 * 1024 * 1024;
const maxNodes = 200_000;

/**
 * Whether a message (anything structured clone carries) stays below `limit` bytes. Counts two bytes for a character
 * and stops at the first value too many, so that a hostile message costs no more than a good one.
 */
export function fitsMessage(message: unknown, limit = maxMessageBytes): boolean {
  let left = limit;
  let nodes = maxNodes;
  const open: unknown[] = [message];
  const seen = new Set<object>();
  while (open.length > 0) {
    const value = open.pop();
    nodes -= 1;
    left -= 8;
    if (typeof value === 'string') left -= value.length * 2;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      // A view travels with the whole buffer behind it, and two views of one buffer share it.
      const buffer = value instanceof ArrayBuffer ? value : value.buffer;
      if (!seen.has(buffer)) left -= buffer.byteLength;
      seen.add(buffer);
    }
    else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      const inside = value instanceof Map ? [...value.keys(), ...value.values()]
        : value instanceof Set ? [...value] : Object.entries(value).flat();
      if (inside.length > nodes) return false;
      for (const each of inside) open.push(each);
    }
    if (left < 0 || nodes < 0) return false;
  }
  return true;
}
