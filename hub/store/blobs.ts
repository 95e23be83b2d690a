import { createHash } from 'node:crypto';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Sql, Tx } from './database.ts';
import { seal, unseal } from './seal.ts';

export interface BlobState { size: number; complete: boolean }
/** No scan of the counter comes near it. */
export const blobLimit = 200_000_000;
export const chunkLimit = 1_048_576;

/** How much of a blob is here; `size` counts the bytes received so far. */
export async function blobState(sql: Sql, sha256: string): Promise<BlobState> {
  const [row] = await sql<{ received: number; complete: boolean }[]>`
    select received, complete_at is not null as complete from blob where sha256 = ${sha256}`;
  return { size: row?.received ?? 0, complete: row?.complete ?? false };
}

/**
 * Takes the next bytes of a blob that an event of this device names, encrypted at rest. The last chunk makes it
 * complete once the hash of the whole is right. Sending a chunk again is safe. Throws `not-found` for a blob that no
 * event names, `blob-offset-wrong` where bytes before `offset` are missing, `blob-hash-wrong` (starts again at 0).
 */
export async function addChunk(sql: Sql, key: Buffer, device: string, sha256: string, offset: number, bytes: Buffer): Promise<BlobState> {
  const outcome = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${sha256}, 1))`;
    const [named] = await tx<{ size: number | null }[]>`select max(size) as size from event_blob where device = ${device} and sha256 = ${sha256}`;
    const size = named?.size;
    if (size === null || size === undefined) throw new ProblemError('not-found');
    if (size > blobLimit) throw new ProblemError('file-too-large');
    await tx`insert into blob (sha256) values (${sha256}) on conflict do nothing`;
    const [blob] = await tx<{ received: number; complete: boolean }[]>`
      select received, complete_at is not null as complete from blob where sha256 = ${sha256}`;
    if (blob!.complete) return { size: blob!.received, complete: true };
    if (offset > blob!.received || offset + bytes.length > size) throw new ProblemError('blob-offset-wrong', String(blob!.received));
    // A chunk that overlaps what is here brings only its tail.
    const tail = bytes.subarray(blob!.received - offset);
    const received = blob!.received + tail.length;
    if (tail.length > 0) {
      await tx`insert into blob_chunk (sha256, start, size, bytes)
        values (${sha256}, ${blob!.received}, ${tail.length}, ${seal(key, `${sha256}:${blob!.received}`, tail)})`;
    }
    const complete = received === size;
    if (complete && await wholeHash(tx, key, sha256) !== sha256) {
      await tx`delete from blob_chunk where sha256 = ${sha256}`;
      await tx`update blob set received = 0 where sha256 = ${sha256}`;
      return undefined;
    }
    await tx`update blob set received = ${received}, complete_at = ${complete ? new Date() : null} where sha256 = ${sha256}`;
    return { size: received, complete };
  });
  // Thrown after the commit, which threw the bad bytes away.
  if (!outcome) throw new ProblemError('blob-hash-wrong');
  return outcome;
}

/** The decrypted bytes, a chunk at a time and in order. */
export async function* readBlob(sql: Sql | Tx, key: Buffer, sha256: string): AsyncGenerator<Buffer> {
  for await (const rows of sql<{ start: number; bytes: Buffer }[]>`
    select start, bytes from blob_chunk where sha256 = ${sha256} order by start`.cursor(4)) {
    for (const { start, bytes } of rows) yield unseal(key, `${sha256}:${start}`, bytes);
  }
}

async function wholeHash(tx: Tx, key: Buffer, sha256: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of readBlob(tx, key, sha256)) hash.update(bytes);
  return hash.digest('hex');
}
