import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { insertBlob, putBlob } from '../../electron/store/blob.ts';
import { appendEvent, type Store } from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { syncLine } from './sync-line.ts';

const line = syncLine();

async function scan(of: Store, bytes: Buffer): Promise<string> {
  const sha256 = await putBlob(of, bytes);
  of.transaction(() => {
    const ref = { sha256, size: bytes.length, mime: 'image/png' };
    const { position } = appendEvent(of, { type: 'scan-attached', payload: { sha256 }, actor: 'can-bo', blobs: [ref] });
    insertBlob(of, { ...ref, pages: 1 }, position);
  });
  return sha256;
}

describe('scans', () => {
  it('aScanOfSeveralPieces_goesOnWhereTheLineBroke_andIsWhole', async () => {
    const bytes = randomBytes(2_300_000);
    const sha256 = await scan(line.store, bytes);
    line.proxy.plan = ['pass', 'pass', 'pass', 'pass', 'pass', 'lose-answer'];
    await expect(line.send()).rejects.toMatchObject({ code: 'hub-unreachable' });
    const before = (await line.hub.sql<{ received: string; complete_at: unknown }[]>`select received, complete_at from blob`)[0]!;
    expect([Number(before.received) > 0, before.complete_at]).toEqual([true, null]);
    await line.send();
    expect(await line.client().blobState(sha256)).toEqual({ size: bytes.length, complete: true });
    expect(storeOutbox(line.store).blobsWaitingCount()).toBe(0);
    const chunks = await line.hub.sql<{ bytes: Buffer }[]>`select bytes from blob_chunk order by start`;
    expect(chunks.some((chunk) => chunk.bytes.includes(bytes.subarray(0, 64)))).toBe(false);
  });

  it('theSameBytesInTwoEvents_areSentOnce_andAnEmptyFileIsComplete', async () => {
    const bytes = randomBytes(5_000);
    await scan(line.store, bytes);
    await scan(line.store, bytes);
    const empty = await scan(line.store, Buffer.alloc(0));
    await line.send();
    expect(line.proxy.seen.filter((each) => each.startsWith('PUT'))).toHaveLength(2);
    expect(await line.client().blobState(empty)).toEqual({ size: 0, complete: true });
  });

  it('bytesWithAnotherHash_areThrownAway_andTheRightOnesPassAfterwards', async () => {
    const bytes = randomBytes(10_000);
    const sha256 = await scan(line.store, bytes);
    const client = line.client();
    await client.push(storeOutbox(line.store).read(0, 100, 1e6));
    await expect(client.putChunk(sha256, 0, randomBytes(10_000))).rejects.toMatchObject({ code: 'blob-hash-wrong' });
    await expect(client.putChunk(sha256, 500, bytes.subarray(500))).rejects.toMatchObject({ code: 'blob-offset-wrong', detail: '0' });
    await expect(client.putChunk(sha256, 0, Buffer.concat([bytes, bytes]))).rejects.toMatchObject({ code: 'blob-offset-wrong' });
    await expect(client.putChunk('f'.repeat(64), 0, bytes)).rejects.toMatchObject({ code: 'not-found' });
    expect(await client.putChunk(sha256, 0, bytes)).toEqual({ size: 10_000, complete: true });
    expect(await client.putChunk(sha256, 0, bytes)).toEqual({ size: 10_000, complete: true });
  });

  it('aScanWhoseFileIsDamaged_doesNotHoldUpTheOthers', async () => {
    const outbox = storeOutbox(line.store);
    const bad = await scan(line.store, randomBytes(100));
    const good = await scan(line.store, randomBytes(5_000));
    const broken = { ...outbox, readBlob: (sha256: string, offset: number, length: number) => (sha256 === bad ? Promise.resolve(null) : outbox.readBlob(sha256, offset, length)) };
    expect(await deliver(broken, line.client())).toMatchObject({ blobs: 1, blobProblem: 'file-unreadable' });
    expect(outbox.blobsWaiting().map(({ sha256 }) => sha256)).toEqual([bad]);
    expect((await line.client().blobState(good)).complete).toBe(true);
  });

  it('aScanThatTheHubLost_isOfferedAgain', async () => {
    const sha256 = await scan(line.store, randomBytes(1_000));
    await line.send();
    await line.hub.sql`delete from blob_chunk`;
    await line.hub.sql`update blob set received = 0, complete_at = null`;
    line.note(1);
    await line.send();
    expect((await line.client().blobState(sha256)).complete).toBe(true);
  });

  it('aScanThatTheHubNamesAsMissingAgain_costsNoWrite', async () => {
    const missing = await scan(line.store, randomBytes(1000));
    storeOutbox(line.store).blobsWaitingCount();
    const changes = (): number => line.store.db.prepare<[], { n: number }>('select total_changes() as n').get()!.n;
    const before = changes();
    storeOutbox(line.store).blobMissing(missing);
    expect(changes()).toBe(before);
    storeOutbox(line.store).blobSent(missing);
    storeOutbox(line.store).blobMissing(missing);
    expect(changes()).toBe(before + 2);
    expect(storeOutbox(line.store).blobsWaitingCount()).toBe(1);
  });
});
