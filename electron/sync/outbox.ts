import type { z } from 'zod';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import type { SiteHave } from '../../shared/contracts/site.ts';
import type { ChangesOutput } from '../../shared/contracts/hub.ts';

export type Change = z.infer<typeof ChangesOutput>['changes'][number];

/**
 * The store as delivery sees it. The outbox is the event table itself: waiting is what lies behind the number that the
 * hub has confirmed. All calls but `readBlob` are one short transaction each.
 */
export interface Outbox {
  /** Where this kiosk is enrolled; null before. */
  link(): { url: string; hubId: string; hubEpoch: string | null; lastContactAt: string | null } | null;
  /** End of the chain of the current epoch; seq 0 and zeros where it is empty. */
  head(): { epoch: string; seq: number; hash: string };
  /** Hash of one event of the current epoch; null where there is none. */
  hashAt(seq: number): string | null;
  ackedSeq(): number;
  /** May go back: a hub that was restored from a backup lost what it had confirmed. */
  setAckedSeq(seq: number): void;
  /** Oldest first; at least one where there is one. */
  read(afterSeq: number, limit: number, maxBytes: number): StoredEvent[];
  /** Scans that were not confirmed yet and are named by confirmed events, smallest first. */
  blobsWaiting(): { sha256: string; size: number }[];
  blobsWaitingCount(): number;
  /** Bytes of a scan; null where the file is gone. */
  readBlob(sha256: string, offset: number, length: number): Promise<Uint8Array | null>;
  blobSent(sha256: string): void;
  /** The hub named a scan that it lacks: it waits again. */
  blobMissing(sha256: string): void;
  cursor(): string;
  /** Changes and cursor in one transaction. */
  applyChanges(changes: readonly Change[], cursor: string): void;
  /** Contact was made; a new hub epoch puts every scan on offer again. */
  contacted(at: string, hubEpoch: string): void;
  /** The hub's clock minus ours, as its answer tells: kept, and marked as an event where it moved. */
  measuredClock(offsetMs: number): void;
  /** How much of the other gates of the site is here; null where this kiosk is no gate. */
  siteHave(): readonly SiteHave[] | null;
  /** Checks and takes what the hub tells of them, in short slices. True while there is more to ask for. */
  takeSite(page: unknown): Promise<boolean>;
  /** The block of dossier numbers that holds in this epoch. */
  numberBlock(): string | null;
  /** Keeps the block that the hub gave for an epoch; null takes it back. */
  takeNumberBlock(epoch: string, block: string | null): void;
  about(): { appVersion: string; schemaVersion: number; freeDiskBytes: number | null };
}
