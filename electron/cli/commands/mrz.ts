import { readMrz } from '../../../shared/domain/mrz-reading.ts';
import { parseOptions, withLineBreaks, type Io } from '../io.ts';

// Far more than the signs of any MRZ: what is longer is none, and is not kept.
const mostBytes = 8_000;

/** `motcua mrz`: the printed lines of one MRZ on standard input, one answer (MrzReading). 1 where it is not `ok`. */
export async function run(args: string[], io: Io): Promise<number> {
  parseOptions('mrz < FILE', args, {});
  const reading = readMrz(withLineBreaks(await textOf(io.stdin)));
  io.out(reading);
  return reading.ok ? 0 : 1;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    if (length <= mostBytes) parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts).toString('utf8').slice(0, mostBytes);
}
