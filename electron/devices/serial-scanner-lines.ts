import { performance } from 'node:perf_hooks';
import { decodeUtf8 } from '../../shared/domain/utf8.ts';
import { nfc } from '../../shared/domain/vietnamese.ts';
import type { Scan } from './scanner.ts';

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
// 2,000 signs are the most that is parsed, of at most 4 bytes each.
const MAX_BYTES = 8000;

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
    const tooLong = length > MAX_BYTES;
    drop();
    const text = tooLong ? '' : textOf(bytes);
    if (tooLong) onScan({ text: '', problem: 'code-too-long', receivedAt: performance.now() });
    else if (text !== '') onScan({ text, problem: null, receivedAt: performance.now() });
  };
  const keep = (part: Uint8Array): void => {
    if (length <= MAX_BYTES) collected.push(part);
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

/** UTF-8, else the Vietnamese Windows code page, which some scanners are set to. Control characters at the ends go. */
function textOf(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes) ?? new TextDecoder('windows-1258').decode(bytes);
  return nfc(text.replace(/^(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+|(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+$/gu, ''));
}
