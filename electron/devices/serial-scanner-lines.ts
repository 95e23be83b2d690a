import { performance } from 'node:perf_hooks';
import type { ScanEnd } from '../../shared/contracts/lane-serial.ts';
import { isNoise, MAX_SCAN_BYTES, textOfScan } from './scan-bytes.ts';
import type { Scan } from './scanner.ts';

const ends: Readonly<Record<ScanEnd, readonly number[]>> = { any: [0x0d, 0x0a], cr: [0x0d], lf: [0x0a], tab: [0x09], etx: [0x03], pause: [] };
/** A plug that is pushed in, a motor that starts: so few bytes of no text are nobody's scan. */
const shortestNoise = 4;

/**
 * Cuts the bytes of a scanner into scans: at its end mark, or after a pause where it sends none.
 * @param pause milliseconds of silence that end a scan
 */
export function scanAssembler(onScan: (scan: Scan) => void, pause: number, end: ScanEnd = 'any'): { push(bytes: Uint8Array): void; drop(): void } {
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
    const tell = (text: string, problem: Scan['problem']): void => onScan({ text, problem, receivedAt: performance.now() });
    if (tooLong) return tell('', 'code-too-long');
    if (isNoise(bytes)) {
      if (bytes.length >= shortestNoise) tell('', 'scanner-noise');
      return;
    }
    const text = textOfScan(bytes);
    if (text !== '') tell(text, null);
  };
  const keep = (part: Uint8Array): void => {
    if (length <= MAX_SCAN_BYTES) collected.push(part);
    length += part.length;
  };
  const push = (bytes: Uint8Array): void => {
    clearTimeout(timer);
    let from = 0;
    for (let i = 0; i < bytes.length; i++) {
      if (!ends[end].includes(bytes[i]!)) continue;
      keep(bytes.subarray(from, i));
      finish();
      from = i + 1;
    }
    if (from < bytes.length) keep(bytes.subarray(from));
    if (length > 0) timer = setTimeout(finish, pause);
  };
  return { push, drop };
}
