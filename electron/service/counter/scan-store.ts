import type { Output } from '../../../shared/contracts/requests/index.ts';
import { appendEvent, findBlob, insertBlob, putBlob, sha256, type StoredBlob } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { inspectScan, type ScanFacts } from './scan-file.ts';

/**
 * Keeps a scan: looked at, on the disk, then noted with its event. The same bytes again are the blob that is there.
 * `facts` only for what this program made itself: anything else is looked at. Problems: as `inspectScan`, `disk-full`.
 */
export async function keepScan(context: Pick<ServiceContext, 'store' | 'nudgeSync'>, content: Uint8Array, origin: 'file' | 'folder' | 'camera', actor: string, facts?: ScanFacts): Promise<Output<'scan/add'>> {
  const { store } = context;
  const known = findBlob(store, sha256(content)) ?? facts;
  const { mime, pages } = known ?? await inspectScan(content);
  const blob: StoredBlob = { sha256: await putBlob(store, content), size: content.length, mime, pages };
  store.transaction(() => {
    if (findBlob(store, blob.sha256) !== null) return;
    const event = appendEvent(store, { type: 'scan-attached', actor, payload: { origin, pages, mime }, blobs: [blob] });
    insertBlob(store, blob, event.position);
  });
  context.nudgeSync();
  return blob;
}
