import { ProblemError } from '../../shared/contracts/problems.ts';
import type { HubClient } from './hub-client.ts';
import type { Outbox } from './outbox.ts';

const batchEvents = 500;
const batchBytes = 1_000_000;
const chunkBytes = 512 * 1024;
/** A clock that moved by more than this against the hub's is written down. */
const clockStepMs = 30_000;
const restartsAllowed = 3;

export interface Delivered { sent: number; blobs: number; changes: number }

/** Told after each step, so that a screen can follow. */
export type OnProgress = () => void;

/**
 * One delivery: hello, then everything that waits, then scans, then what the hub has for us. Starts from what the hub
 * holds, never from our own belief. Safe to break off anywhere and to do again. Throws a ProblemError; `chain-fork`
 * where hub and kiosk hold different events at the same place, or the hub holds more than we do.
 */
export async function deliver(outbox: Outbox, client: HubClient, onProgress: OnProgress = () => undefined): Promise<Delivered> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      const maxBatch = await greet(outbox, client);
      onProgress();
      const sent = await sendEvents(outbox, client, maxBatch, onProgress);
      const blobs = await sendBlobs(outbox, client, maxBatch, onProgress);
      return { sent, blobs, changes: await pullChanges(outbox, client) };
    } catch (error) {
      // The hub lost events between hello and push (restored, another replica): ask again what it holds.
      if (!(error instanceof ProblemError) || error.code !== 'seq-gap' || restarts >= restartsAllowed) throw error;
    }
  }
}

async function greet(outbox: Outbox, client: HubClient): Promise<number> {
  const link = outbox.link();
  if (!link) throw new ProblemError('not-set-up');
  const { epoch, seq, hash } = outbox.head();
  const hello = await client.hello({
    epoch, lastSeq: seq, head: hash, ...outbox.about(), time: new Date().toISOString(),
    backlog: seq - outbox.ackedSeq(), blobsWaiting: outbox.blobsWaitingCount(),
  });
  if (hello.hubId !== link.hubId) throw new ProblemError('hub-refused', 'another hub answers at this address');
  // While we asked, events may have come behind our head; the place that the hub names stays where it is.
  if (outbox.hashAt(hello.haveSeq) !== hello.haveHead) throw new ProblemError('chain-fork', `${epoch} ${hello.haveSeq}`);
  outbox.contacted(new Date().toISOString(), hello.hubEpoch);
  if (hello.haveSeq !== outbox.ackedSeq()) outbox.setAckedSeq(hello.haveSeq);
  if (Math.abs(client.clock.offsetMs - link.markedOffsetMs) > clockStepMs) outbox.markClock(client.clock.offsetMs);
  return hello.maxBatch;
}

async function sendEvents(outbox: Outbox, client: HubClient, maxBatch: number, onProgress: OnProgress): Promise<number> {
  let limit = Math.min(batchEvents, maxBatch);
  let sent = 0;
  for (;;) {
    const acked = outbox.ackedSeq();
    const events = outbox.read(acked, limit, batchBytes);
    if (events.length === 0) return sent;
    try {
      const { ackedSeq, missingBlobs } = await client.push(events);
      // Nothing else is a confirmation of what was sent just now.
      if (ackedSeq < events.at(-1)!.seq || outbox.hashAt(ackedSeq) === null) throw new ProblemError('hub-refused', 'ackedSeq');
      outbox.setAckedSeq(ackedSeq);
      missingBlobs.forEach((sha256) => outbox.blobMissing(sha256));
      sent += events.length;
      onProgress();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'batch-too-large' || limit === 1) throw error;
      limit = Math.max(1, Math.floor(limit / 4));
    }
  }
}

async function sendBlobs(outbox: Outbox, client: HubClient, maxBatch: number, onProgress: OnProgress): Promise<number> {
  let done = 0;
  let firstFailure: ProblemError | undefined;
  for (const { sha256, size } of outbox.blobsWaiting()) {
    try {
      await sendBlob(outbox, client, sha256, size, async () => { await sendEvents(outbox, client, maxBatch, onProgress); });
      outbox.blobSent(sha256);
      done += 1;
      onProgress();
    } catch (error) {
      // One bad file must not hold up the others.
      if (!(error instanceof ProblemError) || !['blob-hash-wrong', 'blob-offset-wrong', 'not-found', 'file-unreadable', 'file-too-large'].includes(error.code)) throw error;
      firstFailure ??= error;
    }
  }
  if (firstFailure) throw firstFailure;
  return done;
}

async function sendBlob(outbox: Outbox, client: HubClient, sha256: string, size: number, eventsFirst: () => Promise<void>): Promise<void> {
  let state = await client.blobState(sha256);
  while (!state.complete) {
    const bytes = await outbox.readBlob(sha256, state.size, Math.min(chunkBytes, size - state.size));
    if (bytes === null || (bytes.length === 0 && size > state.size)) throw new ProblemError('file-unreadable', 'blob');
    const next = await client.putChunk(sha256, state.size, bytes);
    if (!next.complete && next.size <= state.size) throw new ProblemError('blob-offset-wrong');
    state = next;
    await eventsFirst();
  }
}

async function pullChanges(outbox: Outbox, client: HubClient): Promise<number> {
  let count = 0;
  for (;;) {
    const before = outbox.cursor();
    const { cursor, more, changes } = await client.changes(before);
    if (changes.length > 0 || cursor !== before) outbox.applyChanges(changes, cursor);
    count += changes.length;
    if (!more || cursor === before) return count;
  }
}
