import { createHash, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { ExportManifest, type ExportInput } from '../../shared/contracts/hub.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { byteOrderMark, csvRecord } from './csv.ts';
import type { Sql, Tx } from './database.ts';
import { datasetShapes } from './datasets.ts';
import type { HubKeys } from './keys.ts';
import { seal, unseal } from './seal.ts';

export type Input = z.infer<typeof ExportInput>;
export type Manifest = z.infer<typeof ExportManifest>;
export interface ExportLine { exportId: string; requester: string; manifest: Manifest; createdAt: string; isHere: boolean }

const chunkBytes = 512 * 1024;
const atOnce = 2;
let running = 0;

/**
 * Makes an export in one snapshot of the database: the file, kept for a day in pieces, and the manifest about exactly
 * these bytes. `from` and `to` are days in Asia/Ho_Chi_Minh, both included, on the kiosk's clock. The export is logged.
 * Throws `request-invalid` for days that are none, `too-busy` while two others are made.
 */
export async function makeExport(sql: Sql, keys: HubKeys, hubId: string, input: Input, requester: string, madeAt: Date): Promise<{ id: string; manifest: Manifest }> {
  checkDays(input);
  if (running >= atOnce) throw new ProblemError('too-busy');
  running += 1;
  const id = randomUUID();
  try {
    const file = fileWriter(sql, keys, id);
    const devices = await sql.begin('isolation level repeatable read read only', async (tx) => {
      await tx`set local statement_timeout = 0`;
      await tx`set local idle_in_transaction_session_timeout = 0`;
      await writeRows(tx, keys, input, file);
      return deviceCounts(tx, input);
    });
    const { rows, bytes, sha256 } = await file.end();
    const manifest: Manifest = {
      ...input, madeAt: madeAt.toISOString(), hubId, requester, file: `${input.dataset}_${input.from}_${input.to}.${input.format}`, rows, bytes, sha256, devices,
    };
    await sql`insert into export_job (export_id, requester, manifest) values (${id}, ${requester}, ${JSON.stringify(manifest)}::text::jsonb)`;
    return { id, manifest };
  } catch (error) {
    await sql`delete from export_chunk where export_id = ${id}`.catch(() => undefined);
    throw error;
  } finally {
    running -= 1;
  }
}

export async function findExport(sql: Sql, id: string): Promise<Manifest> {
  const [row] = await sql<{ manifest: unknown }[]>`select manifest from export_job where export_id = ${id} and file_gone_at is null`;
  if (!row) throw new ProblemError('not-found');
  return ExportManifest.parse(row.manifest);
}

/** The bytes of an export, a piece at a time. */
export async function* readExport(sql: Sql, keys: HubKeys, id: string): AsyncGenerator<Buffer> {
  await sql`update export_job set fetched_at = now() where export_id = ${id}`;
  for (let no = 0; ; no += 1) {
    const [row] = await sql<{ bytes: Buffer }[]>`select bytes from export_chunk where export_id = ${id} and chunk_no = ${no}`;
    if (!row) return;
    yield unseal(keys.export, `${id} ${no}`, row.bytes);
  }
}

export async function listExports(sql: Sql, limit: number): Promise<ExportLine[]> {
  const rows = await sql<(Omit<ExportLine, 'manifest'> & { manifest: unknown })[]>`select export_id as "exportId", requester, manifest,
    created_at as "createdAt", file_gone_at is null as "isHere" from export_job order by created_at desc limit ${limit}`;
  return rows.map((row) => ({ ...row, manifest: ExportManifest.parse(row.manifest) }));
}

function checkDays({ from, to }: Input): void {
  for (const [name, day] of [['from', from], ['to', to]] as const) {
    const at = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day) || at.getUTCFullYear() < 1900) throw new ProblemError('request-invalid', name);
  }
  if (from > to) throw new ProblemError('request-invalid', 'from to');
}

/** SQL that keeps the rows of the days; both ends are days of the wall clock in Vietnam. */
function within(tx: Tx, column: string, { from, to }: Input): ReturnType<Tx> {
  return tx`${tx.unsafe(column)} >= (${from}::text::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'
    and ${tx.unsafe(column)} < (${to}::text::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'` as ReturnType<Tx>;
}

async function writeRows(tx: Tx, keys: HubKeys, input: Input, file: FileWriter): Promise<void> {
  const { columns, source, at, order, open, rows: made } = datasetShapes[input.dataset];
  const names = Object.keys(columns);
  const list = [...Object.entries(columns), ...(open ? [['sealed', 's.sealed']] : [])].map(([name, expression]) => `${expression} as "${name}"`).join(', ');
  const opened = ({ sealed, ...row }: Record<string, unknown>): Record<string, unknown> => (open ? open(keys, row, sealed as Buffer | null) : row);
  if (input.format === 'csv') await file.write(byteOrderMark + csvRecord(names), 0);
  if (made) {
    for (const row of await made(tx, keys, input) as readonly Record<string, unknown>[]) await file.write(input.format === 'csv' ? csvRecord(names.map((name) => row[name])) : `${JSON.stringify(row)}\n`, 1);
    return;
  }
  const query = tx<Record<string, unknown>[]>`select ${tx.unsafe(list)} from ${tx.unsafe(source)}
    ${at === null ? tx`` : tx`where ${within(tx, at, input)}`} order by ${tx.unsafe(order)}`;
  for await (const rows of query.cursor(1000)) {
    const text = rows.map(opened).map((row) => (input.format === 'csv' ? csvRecord(names.map((name) => row[name])) : `${JSON.stringify(row)}\n`)).join('');
    await file.write(text, rows.length);
  }
}

async function deviceCounts(tx: Tx, input: Input): Promise<Manifest['devices']> {
  const { types } = datasetShapes[input.dataset];
  const counts = await tx<Omit<Manifest['devices'][number], 'gaps'>[]>`
    select device, epoch, count(*) as events, min(seq) as "firstSeq", max(seq) as "lastSeq" from event s
    where ${within(tx, 's.at', input)} ${types === null ? tx`` : tx`and type = any(${types as string[]})`}
    group by device, epoch order by device, epoch`;
  const devices: Manifest['devices'] = [];
  for (const each of counts) devices.push({ ...each, gaps: await gapsOf(tx, each.device, each.epoch, each.firstSeq, each.lastSeq) });
  return devices;
}

/** Numbers between two of a chain that are neither held nor in quarantine. None, unless somebody took rows away. */
export async function gapsOf(sql: Sql | Tx, device: string, epoch: string, first: number, last: number): Promise<{ from: number; to: number }[]> {
  return [...await sql<{ from: number; to: number }[]>`
    with held as (
      select seq from event where device = ${device} and epoch = ${epoch} and seq between ${first} and ${last}
      union select seq from quarantine where device = ${device} and epoch = ${epoch} and seq between ${first} and ${last}
    ), next as (select seq, lead(seq) over (order by seq) as following from held)
    select seq + 1 as "from", following - 1 as "to" from next where following > seq + 1 order by seq limit 1000`];
}

interface FileWriter {
  write(text: string, rows: number): Promise<void>;
  end(): Promise<{ rows: number; bytes: number; sha256: string }>;
}

/** Collects text into pieces of half a megabyte, outside the snapshot that is being read. */
function fileWriter(sql: Sql, keys: HubKeys, id: string): FileWriter {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let [no, bytes, rows] = [0, 0, 0];
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    await sql`insert into export_chunk (export_id, chunk_no, bytes) values (${id}, ${no}, ${seal(keys.export, `${id} ${no}`, Buffer.concat(waiting))})`;
    no += 1;
    [waiting, waitingBytes] = [[], 0];
  };
  return {
    write: async (text, count) => {
      const part = Buffer.from(text);
      hash.update(part);
      waiting.push(part);
      waitingBytes += part.length;
      bytes += part.length;
      rows += count;
      if (waitingBytes >= chunkBytes) await flush();
    },
    end: async () => {
      await flush();
      return { rows, bytes, sha256: hash.digest('hex') };
    },
  };
}
