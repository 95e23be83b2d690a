import { performance } from 'node:perf_hooks';
import { MAX_SCAN_BYTES, textOfScan } from './scan-bytes.ts';
import type { Scan } from './scanner.ts';

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/**
 * Cuts the bytes of a scanner into scans: at CR, LF or both, or after a pause where the scanner sends no end mark.
 * @param pause milliseconds of silence that end a scan
 */
export function scanAssembler(onScan: (scan: Scan) => void, pause: number): { push(bytes: Uint8Array): void; drop(): void } {
  let collected: Uint8Array[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;

  const drop = (): void => {
    clearTimeout(timer);
    collected = [];
    length = 0;
  };
  const finish = (): void => {
    const bytes = Buffer.concat(collected);
    const tooLong = length > MAX_SCAN_BYTES;
    drop();
    const text = tooLong ? '' : textOfScan(bytes);
    if (tooLong) onScan({ text: '', problem: 'code-too-long', receivedAt: performance.now() });
    else if (text !== '') onScan({ text, problem: null, receivedAt: performance.now() });
  };
  const keep = (part: Uint8Array): void => {
    if (length <= MAX_SCAN_BYTES) collected.push(part);
    length += part.length;
  };
  const push = (bytes: Uint8Array): void => {
    clearTimeout(timer);
    let from = 0;
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] !== CARRIAGE_RETURN && bytes[i] !== LINE_FEED) continue;
      keep(bytes.subarray(from, i));
      finish();
      from = i + 1;
    }
    if (from < bytes.length) keep(bytes.subarray(from));
    if (length > 0) timer = setTimeout(finish, pause);
  };
  return { push, drop };
}
