import { rm } from 'node:fs/promises';
import { blobFile } from './blob.ts';
import type { Store } from './store.ts';

/** A photo that a worker agreed to, as the store knows it; the bytes lie encrypted in the folder of scans. */
export interface WorkerPhoto { sha256: string; size: number; mime: string; consentVersion: string; at: string }

/** Which photo of a worker is kept and by which consent; null where none. */
export function readWorkerPhoto(store: Store, workerNo: number): WorkerPhoto | null {
  return store.sql<[number], WorkerPhoto>('select sha256, size, mime, consent_version as consentVersion, at from worker_photo where worker_no = ?').get(workerNo) ?? null;
}

/** Notes the photo of a worker whose bytes are on the disk; inside the transaction of its event. */
export function writeWorkerPhoto(store: Store, workerNo: number, photo: WorkerPhoto): void {
  store.sql<unknown[]>(`insert into worker_photo (worker_no, sha256, size, mime, consent_version, at) values (?, ?, ?, ?, ?, ?)
    on conflict (worker_no) do update set sha256 = excluded.sha256, size = excluded.size, mime = excluded.mime,
      consent_version = excluded.consent_version, at = excluded.at`).run(workerNo, photo.sha256, photo.size, photo.mime, photo.consentVersion, photo.at);
}

/** Forgets a worker's photo; its bytes are removed by who asks. */
export function removeWorkerPhoto(store: Store, workerNo: number): void {
  store.sql<[number]>('delete from worker_photo where worker_no = ?').run(workerNo);
}

/** Removes the bytes of a photo, unless something else still uses the same bytes. After the commit that forgot it. */
export async function dropPhotoBytes(store: Store, hash: string): Promise<void> {
  const used = store.sql<[string, string], { one: number }>('select 1 as one from worker_photo where sha256 = ? union select 1 from blob where sha256 = ?').get(hash, hash);
  if (used === undefined) await rm(blobFile(store, hash), { force: true });
}

/** Photos whose worker's end date lies before a date. */
export function overduePhotos(store: Store, before: string): { workerNo: number; workerId: string; sha256: string }[] {
  return store.sql<[string], { workerNo: number; workerId: string; sha256: string }>(`
    select worker_no as workerNo, worker_id as workerId, sha256 from worker_photo join worker using (worker_no) where end_date < ?`).all(before);
}
