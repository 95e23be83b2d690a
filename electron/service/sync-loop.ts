import { statfsSync } from 'node:fs';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { getBlob } from '../store/blob.ts';
import {
  ackedSeq, applyHubChanges, blobsWaiting, countBlobsWaiting, heldNumberBlock, keepNumberBlock, measureClock, noteContact, readEvents, readHash, readHead, readHubLink,
  readKiosk, schemaVersion, setAckedSeq, setBlobSent, siteHave, type Store,
} from '../store/index.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import { mergePage } from './site/site-merge.ts';
import { createHubClient } from '../sync/hub-client.ts';
import type { Outbox } from '../sync/outbox.ts';
import { createSyncLoop, type SyncLoop, type SyncLoopOptions } from '../sync/sync-loop.ts';

/** The store as delivery sees it. */
export function storeOutbox(store: Store): Outbox {
  return {
    link: () => readHubLink(store),
    head: () => ({ epoch: store.epoch.epoch, ...readHead(store) }),
    hashAt: (seq) => readHash(store, seq),
    ackedSeq: () => ackedSeq(store),
    setAckedSeq: (seq) => store.transaction(() => setAckedSeq(store, seq)),
    read: (afterSeq, limit, maxBytes) => readEvents(store, { afterSeq, limit, maxBytes }),
    blobsWaiting: () => blobsWaiting(store),
    blobsWaitingCount: () => countBlobsWaiting(store),
    readBlob: oneBlobInHand(store),
    blobSent: (sha256) => setBlobSent(store, sha256, new Date(store.clock.now()).toISOString()),
    blobMissing: (sha256) => setBlobSent(store, sha256, null),
    cursor: () => readHubLink(store)?.cursor ?? '',
    applyChanges: (changes, cursor) => applyHubChanges(store, changes, cursor),
    contacted: (at, hubEpoch) => noteContact(store, at, hubEpoch),
    measuredClock: (offsetMs) => { measureClock(store, 'hub', offsetMs); },
    siteHave: () => (readKiosk(store)?.mode === 'gate' ? siteHave(store) : null),
    takeSite: (page) => takeSitePage(store, page),
    numberBlock: () => heldNumberBlock(store, readKiosk(store)?.unit.code ?? ''),
    takeNumberBlock: (epoch, block) => keepNumberBlock(store, epoch, block),
    about: () => ({ appVersion: store.appVersion, schemaVersion, freeDiskBytes: freeBytes(store.dir) }),
  };
}

/** Asked again only while something comes of it: a page that brings nothing new must not be asked for for ever. */
async function takeSitePage(store: Store, page: unknown): Promise<boolean> {
  const before = JSON.stringify(siteHave(store));
  await mergePage(store, page, { by: 'hub', from: null });
  return (page as SitePage).more && JSON.stringify(siteHave(store)) !== before;
}

/** Scans lie encrypted as a whole: the one that is being sent is kept open until another is asked for. */
function oneBlobInHand(store: Store): Outbox['readBlob'] {
  let inHand: { sha256: string; bytes: Uint8Array } | undefined;
  return async (sha256, offset, length) => {
    if (inHand?.sha256 !== sha256) inHand = undefined;
    try {
      inHand ??= { sha256, bytes: await getBlob(store, sha256) };
    } catch (error) {
      // Gone or damaged: the others are sent, and this one is told.
      if (error instanceof ProblemError) return null;
      throw error;
    }
    const part = inHand.bytes.subarray(offset, offset + length);
    if (offset + length >= inHand.bytes.length) inHand = undefined;
    return part;
  };
}

/** Starts delivery for an open store. It runs in the service process: nothing else of the kiosk touches the network. */
export function startSyncLoop(store: Store, told: Pick<SyncLoopOptions, 'onState' | 'onBug'>): SyncLoop {
  return createSyncLoop({
    ...told, outbox: storeOutbox(store),
    connect: (url, signal) => createHubClient({ url, signal, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) } }),
  });
}

function freeBytes(dir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return null;
  }
}
