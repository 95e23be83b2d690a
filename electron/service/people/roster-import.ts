import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { isWholeMapping, type RosterColumn, type RosterColumns } from '../../../shared/domain/roster.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { appendEvent, readRosterMappings, saveRosterMapping, type Store } from '../../store/index.ts';
import { readInThread } from '../file-thread.ts';
import { commitRows, type RowResult } from './roster-commit.ts';
import { namedColumns, type RosterHeader, type RosterPart, type RosterReading } from './roster-file.ts';
import { endLeavers, findLeavers, type Leaver } from './roster-leavers.ts';

const mostBytes = 50 * 1024 * 1024;

export interface RosterImport {
  rows: number;
  imported: number;
  unchanged: number;
  refused: number;
  /** Of those imported: not on the roster before. */
  added: number;
  moved: number;
  reHired: number;
  /** Field → header as the file writes it. */
  columns: Partial<Record<RosterColumn, string>>;
  /** How the columns were found. */
  source: RosterHeader['source'];
  /** Headers that name nothing that is known, as the file writes them. */
  unknownHeaders: string[];
  /** Who is missing in the list; of a true run who was ended. Not looked for where a true run does not ask for it. */
  leavers: Leaver[];
  /** Employers whose workers the list can miss; none: all. */
  listedEmployers: string[];
}

export interface RosterOptions {
  fileName: string;
  content: Uint8Array;
  dryRun: boolean;
  actor: string;
  /** Columns that a person named; remembered for the next list with these headers when it is no dry run. */
  columns?: RosterColumns | null;
  /** The list is the whole roster: who is missing in it left, with this last work date. */
  wholeList?: { endDate: string } | null;
  /** Called for each row after its commit. */
  onRow?(result: RowResult): void;
  onProgress?(done: number): void;
}

/**
 * Imports a roster, CSV or XLSX. A thread of its own parses and asks for the next rows only when the last are stored,
 * so neither a big file nor a slow disk fills the memory. Problems: `file-too-large`, `file-unreadable`,
 * `file-encoding`, `roster-file-type`, `roster-columns-missing`.
 */
export async function importRoster(store: Store, options: RosterOptions): Promise<RosterImport> {
  const { fileName, content, dryRun, actor, columns = null, wholeList = null } = options;
  const total: RosterImport = {
    rows: 0, imported: 0, unchanged: 0, refused: 0, added: 0, moved: 0, reHired: 0, columns: {}, source: 'names', unknownHeaders: [], leavers: [], listedEmployers: [],
  };
  const importId = randomUUID();
  const seen = new Set<string>();
  const employers = new Set<string>();
  let header: RosterHeader | null = null;
  for await (const message of partsOf(content, { mappings: readRosterMappings(store), chosen: columns, peek: false })) {
    if (message.kind === 'columns') {
      header = message.header;
      total.columns = namedColumns(header);
      total.source = header.source;
      total.unknownHeaders = unknownHeaders(header);
      continue;
    }
    for (const row of message.rows) {
      if ('draft' in row && typeof row.draft.employer === 'string' && row.draft.employer !== '') employers.add(row.draft.employer);
    }
    await commitRows(store, message.rows, {
      actor, dryRun,
      onRow: (result) => {
        total.rows += 1;
        total[result.state] += 1;
        if (result.workerId !== null) seen.add(result.workerId);
        if (result.state === 'imported') {
          total.added += result.isNew ? 1 : 0;
          total.moved += result.moves.length > 0 ? 1 : 0;
          total.reHired += result.reHire === null ? 0 : 1;
        }
        options.onRow?.(result);
      },
    });
    options.onProgress?.(total.rows);
  }
  total.listedEmployers = [...employers];
  if (dryRun || wholeList !== null) {
    const endDate = wholeList?.endDate ?? workDateOf(store.clock.now());
    total.leavers = await findLeavers(store, { seen, employers, endDate });
    if (!dryRun) await endLeavers(store, total.leavers, { endDate, importId, actor });
  }
  if (!dryRun) noteImport(store, importId, fileName, total, columns === null ? null : header, wholeList?.endDate ?? null, actor);
  return total;
}

/** The header of a roster file with a few values, and what its columns hold as far as names or memory tell. Problems: as `importRoster`. */
export async function peekRoster(store: Store, content: Uint8Array): Promise<RosterHeader & { isWhole: boolean }> {
  for await (const message of partsOf(content, { mappings: readRosterMappings(store), chosen: null, peek: true })) {
    if (message.kind === 'columns') return { ...message.header, isWhole: isWholeMapping(message.header.columns) };
  }
  throw new ProblemError('roster-columns-missing');
}

function partsOf(content: Uint8Array, how: RosterReading): AsyncGenerator<RosterPart> {
  if (content.byteLength > mostBytes) throw new ProblemError('file-too-large');
  return readInThread<RosterPart>('roster', content, how);
}

function unknownHeaders({ headers, columns }: RosterHeader): string[] {
  const known = new Set(Object.values(columns));
  return headers.filter((header, at) => header !== '' && !known.has(at));
}

function noteImport(store: Store, importId: string, fileName: string, total: RosterImport, named: RosterHeader | null, endDate: string | null, actor: string): void {
  const { rows, imported, unchanged, refused, added, moved, reHired, leavers } = total;
  store.transaction(() => {
    if (named !== null && saveRosterMapping(store, named.signature, named.columns)) {
      appendEvent(store, { type: 'roster-mapping-set', actor, payload: { signature: named.signature, columns: { ...named.columns } } });
    }
    appendEvent(store, {
      type: 'roster-imported', actor,
      payload: {
        importId, fileName: fileName.normalize('NFC').slice(0, 255), rows, imported, unchanged, refused, added, moved, reHired,
        ...(endDate !== null && { left: leavers.length, endDate }),
      },
    });
  });
}
