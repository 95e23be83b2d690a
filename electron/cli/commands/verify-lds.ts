import { statSync } from 'node:fs';
import type { CardWarning } from '../../../shared/contracts/card-warnings.ts';
import type { CardReading } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { todayInVietnam } from '../../../shared/domain/local-day.ts';
import { parseCom } from '../../card/ef-com.ts';
import { factsOf, type LdsFacts } from '../../card/lds.ts';
import type { TrustAnchors } from '../../card/pki/anchors.ts';
import { failedReading } from '../../card/read-card.ts';
import { parseSod, type Sod } from '../../card/sod.ts';
import { groupNumber, judge } from '../../card/trust.ts';
import { apartCscaFiles, withCscaFiles } from '../csca-files.ts';
import { parseOptions, pathFrom, type Io } from '../io.ts';
import { ldsFolder } from '../lds-folder.ts';
import { anchorsOf } from '../trust-anchors.ts';

const usage = 'verify-lds DIR [--csca FILE…] [--store DIR]';
const noChip = { ok: null, reason: 'Không có chip để hỏi: chỉ kiểm tra các tệp đã đọc.' } as const;
const nothingRead: LdsFacts = { mrz: null, dg13: null, person: null, document: null, face: null, warnings: [] };

/**
 * `motcua verify-lds`: judges the files of a document in a folder as `motcua card` judges a chip; one CardReading without
 * a chip. The trust store of the kiosk counts where it can be read, and the files of `--csca` for this call.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const parted = apartCscaFiles(args, (word) => statSync(pathFrom(io, word), { throwIfNoEntry: false })?.isDirectory() === true);
  const { values, positionals } = parseOptions(usage, parted, { csca: { type: 'string', multiple: true }, store: { type: 'string' } }, [1, 1]);
  const reading = await verify(pathFrom(io, positionals[0]!), {
    store: values.store === undefined ? undefined : pathFrom(io, values.store),
    csca: (values.csca ?? []).map((file) => pathFrom(io, file)),
  });
  io.out(reading);
  return reading.ok ? 0 : 1;
}

async function verify(folder: string, { store, csca }: { store: string | undefined; csca: string[] }): Promise<CardReading> {
  try {
    const files = ldsFolder(folder);
    return judged(files, withCscaFiles(await anchorsOf(store), csca), todayInVietnam());
  } catch (error) {
    if (error instanceof ProblemError) return failedReading(error);
    throw error;
  }
}

function judged(files: ReadonlyMap<string, Uint8Array>, anchors: TrustAnchors, today: string): CardReading {
  const sod = attempt<Sod | null>(() => parseSod(files.get('SOD')!), null).value;
  const facts = attempt(() => factsOf(files, today), nothingRead);
  const { person, document, face } = facts.value;
  return {
    ok: facts.problem === null, chip: null, person, document, face: face && { ...face, bytes: face.bytes.length },
    trust: judge(sod, files, { anchors, today, active: noChip, chip: noChip }),
    warnings: [...warningsOf(files, sod), ...facts.value.warnings],
    problem: facts.problem?.toProblem() ?? null,
  };
}

function warningsOf(files: ReadonlyMap<string, Uint8Array>, sod: Sod | null): CardWarning[] {
  const com = files.get('COM');
  const isUnlisted = [...files.keys()].map(groupNumber).some((group) => group !== null && sod?.hashes.has(group) === false);
  return [
    ...(com && attempt(() => parseCom(com), null).problem === null ? [] : ['com-missing' as const]),
    ...(sod ? [] : ['sod-missing' as const]),
    ...(isUnlisted ? ['not-in-sod' as const] : []),
  ];
}

/** What comes of it, or what stands in for it beside the expected failure. */
function attempt<T>(make: () => T, instead: T): { value: T; problem: ProblemError | null } {
  try {
    return { value: make(), problem: null };
  } catch (error) {
    if (error instanceof ProblemError) return { value: instead, problem: error };
    throw error;
  }
}
