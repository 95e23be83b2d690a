import { performance } from 'node:perf_hooks';
import { problem, ProblemError, type Problem } from '../../../shared/contracts/problems.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { ReadQr } from '../../../shared/qr/decode.ts';
import { decodeImageFile, loadQrReader } from '../../devices/qr-node.ts';
import { parseOptions, pathFrom, type Io } from '../io.ts';

/**
 * `motcua qr FILE…`: `{file, ok, text, ms, citizen, problem}` a file. A code that is no identity card is read all
 * the same: `citizen` is null then and nothing has failed.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const { positionals } = parseOptions('qr FILE…', args, {}, [1, Number.MAX_SAFE_INTEGER]);
  const read = await loadQrReader();
  let failed = false;
  for (const file of positionals) {
    const start = performance.now();
    const { text, citizen, failure } = await readFile(pathFrom(io, file), read);
    const ms = Math.round((performance.now() - start) * 10) / 10;
    failed ||= failure !== null;
    io.out({ file, ok: failure === null, text, ms, citizen, problem: failure });
  }
  return failed ? 1 : 0;
}

async function readFile(path: string, read: ReadQr) {
  const nothing = (failure: Problem, text: string | null = null) => ({ text, citizen: null, failure });
  try {
    const found = await decodeImageFile(path, read);
    if (found === null) return nothing(problem('qr-not-found'));
    if (found.text === null) return nothing(problem('qr-not-identity'));
    const { citizen, problem: failure } = parseIdentityQr(found.text);
    return { text: found.text, citizen, failure: failure?.code === 'qr-not-identity' ? null : failure };
  } catch (error) {
    if (error instanceof ProblemError) return nothing(error.toProblem());
    throw error;
  }
}
