import { ProblemError, type ProblemCode } from '../../shared/contracts/problems.ts';
import type { HubClient } from './hub-client.ts';
import type { Outbox } from './outbox.ts';

const batchEvents = 500;
const batchBytes = 500_000;
const chunkBytes = 512 * 1024;
/** Without anything new the hub still hears from us, and we from it. */
export const heartbeatMs = 60_000;
const restartsAllowed = 3;

export interface Delivered {
  sent: number;
  blobs: number;
  changes: number;
  /** Why some scan could not be sent; it waits, the others were sent. */
  blobProblem: ProblemCode | null;
}

export interface DeliverOptions {
  /** Told after each step, so that a screen can follow. */
  onProgress?: () => void;
  /**
   * The hub was greeted a moment ago and took everything since: only what is new is sent. A hub that thinks otherwise
   * answers `seq-gap` or `chain-fork`, and is greeted.
   */
  greeted?: boolean;
}

/**
 * One delivery: hello, then everything that waits, then scans, then what the hub has for us. Starts from what the hub
 * holds, never from our own belief. Safe to break off anywhere and to do again. Throws a ProblemError; `chain-fork`
 * where hub and kiosk hold different events at the same place, or the hub holds more than we do.
 */
export async function deliver(outbox: Outbox, client: HubClient, { onProgress = () => undefined, greeted = false }: DeliverOptions = {}): Promise<Delivered> {
  for (let restarts = 0; ; restarts += 1) {
    const brief = greeted && restarts === 0;
    try {
      const maxBatch = brief ? batchEvents : await greet(outbox, client);
      onProgress();
      const sent = await sendEvents(outbox, client, maxBatch, onProgress);
      const blobs = await sendBlobs(outbox, client, maxBatch, onProgress);
      // The other gates' own words first: changes tell of the same workers without their order.
      if (!brief) await pullSite(outbox, client, onProgress);
      return { sent, ...blobs, changes: brief ? 0 : await pullChanges(outbox, client) };
    } catch (error) {
      // The hub lost events since it was greeted (restored, another replica): ask again what it holds.
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
    backlog: seq - outbox.ackedSeq(), blobsWaiting: outbox.blobsWaitingCount(), greetsEverySeconds: heartbeatMs / 1000,
    numberBlock: outbox.numberBlock(),
  });
  if (hello.hubId !== link.hubId) throw new ProblemError('hub-refused', 'another hub answers at this address');
  if (hello.numberBlock !== undefined) outbox.takeNumberBlock(epoch, hello.numberBlock);
  // While we asked, events may have come behind our head; the place that the hub names stays where it is.
  if (outbox.hashAt(hello.haveSeq) !== hello.haveHead) throw new ProblemError('chain-fork', `${epoch} ${hello.haveSeq}`);
  outbox.contacted(new Date().toISOString(), hello.hubEpoch);
  if (hello.haveSeq !== outbox.ackedSeq()) outbox.setAckedSeq(hello.haveSeq);
  outbox.measuredClock(client.clock.offsetMs);
  return hello.maxBatch;
}

async function sendEvents(outbox: Outbox, client: HubClient, maxBatch: number, onProgress: () => void): Promise<number> {
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

/** What is wrong with one scan and must not hold up the others. */
const ofOneBlob: ReadonlySet<string> = new Set<ProblemCode>(['blob-hash-wrong', 'blob-offset-wrong', 'not-found', 'file-unreadable', 'file-too-large']);

async function sendBlobs(outbox: Outbox, client: HubClient, maxBatch: number, onProgress: () => void): Promise<Pick<Delivered, 'blobs' | 'blobProblem'>> {
  const eventsFirst = async (): Promise<void> => { await sendEvents(outbox, client, maxBatch, onProgress); };
  const failed = new Set<string>();
  let blobProblem: ProblemCode | null = null;
  for (let blobs = 0; ;) {
    const waiting = outbox.blobsWaiting().filter(({ sha256 }) => !failed.has(sha256));
    if (waiting.length === 0) return { blobs, blobProblem };
    for (const { sha256, size } of waiting) {
      try {
        await sendBlob(outbox, client, sha256, size, eventsFirst);
        outbox.blobSent(sha256);
        blobs += 1;
        onProgress();
      } catch (error) {
        if (!(error instanceof ProblemError) || !ofOneBlob.has(error.code)) throw error;
        failed.add(sha256);
        blobProblem ??= error.code;
      }
    }
  }
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

async function pullSite(outbox: Outbox, client: HubClient, onProgress: () => void): Promise<void> {
  for (let more = true; more;) {
    const have = outbox.siteHave();
    if (have === null) return;
    let page: unknown;
    try {
      page = await client.siteEvents(have);
    } catch (error) {
      // A hub from before sites: everything else goes on.
      if (error instanceof ProblemError && error.code === 'request-unknown') return;
      throw error;
    }
    more = await outbox.takeSite(page);
    onProgress();
  }
}
