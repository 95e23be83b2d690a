import { parseIdentityQr, unreadQr, type QrReading } from '../../../shared/domain/identity-qr.ts';
import { byteLines } from '../byte-lines.ts';
import { parseOptions, type Io } from '../io.ts';

// 2,000 signs, the most that is parsed, of at most 4 bytes.
const MAX_BYTES = 8000;

/**
 * `motcua parse-qr`: a QR text a line on standard input, `{ok, kind, citizen, warnings, problem}` a line, and where there is
 * something to tell `values` (source and confidence of each value), `partial`, `pass`, `content` and `mrz` (QrReading).
 */
export async function run(args: string[], io: Io): Promise<number> {
  parseOptions('parse-qr < FILE', args, {});
  let failed = false;
  for await (const line of byteLines(io.stdin, MAX_BYTES)) {
    const { ok, kind, citizen, warnings, problem, values, partial, pass, content, mrz } = readLine(line);
    failed ||= !ok;
    io.out({
      ok, kind, citizen, warnings, problem, ...(Object.keys(values).length > 0 && { values }), ...(partial !== null && { partial }),
      ...(pass !== null && { pass }), ...(content !== null && { content }), ...(mrz !== null && { mrz }),
    });
  }
  return failed ? 1 : 0;
}

function readLine(line: Buffer): QrReading {
  if (line.length > MAX_BYTES) return unreadQr('code-too-long');
  // Bytes that are no UTF-8 become U+FFFD, by which the parser knows a garbled text.
  return parseIdentityQr(line.toString('utf8'));
}
