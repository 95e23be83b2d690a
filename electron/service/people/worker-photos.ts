import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, dropPhotoBytes, getBlob, overduePhotos, putBlob, readWorkerPhoto, removeWorkerPhoto, writeWorkerPhoto, type Store, type StoredWorker,
} from '../../store/index.ts';
import { readPeopleSettings } from './people-settings.ts';
import { resourceFile } from '../resource-file.ts';
import { surelyPast } from '../site/clock-watch.ts';
import { noteLook } from './worker-page.ts';

const mostBytes = 2 * 1024 * 1024;
const Consent = z.object({ version: z.string(), basis: z.string(), verified: z.boolean(), text: z.array(z.string()) });

/** What a worker agrees to, with its version. */
export async function photoConsent(): Promise<{ version: string; text: string; basis: string; verified: boolean }> {
  const { text, ...rest } = Consent.parse(JSON.parse(await readFile(resourceFile('privacy', 'photo-consent.json'), 'utf8')));
  return { version: rest.version, basis: rest.basis, verified: rest.verified, text: text.join('\n') };
}

/**
 * Keeps the photo of a worker who agreed, encrypted, at this kiosk alone. A former one is erased.
 * Problems `photo-invalid`, `consent-outdated`, `disk-full`.
 */
export async function setPhoto(store: Store, worker: StoredWorker, content: Uint8Array, consentVersion: string, actor: string): Promise<void> {
  const mime = mimeOf(content);
  if (mime === null || content.byteLength > mostBytes) throw new ProblemError('photo-invalid');
  if ((await photoConsent()).version !== consentVersion) throw new ProblemError('consent-outdated');
  const sha256 = await putBlob(store, content);
  const before = readWorkerPhoto(store, worker.workerNo);
  if (before?.sha256 === sha256 && before.consentVersion === consentVersion) return;
  const at = new Date(store.clock.now()).toISOString();
  store.transaction(() => {
    writeWorkerPhoto(store, worker.workerNo, { sha256, size: content.byteLength, mime, consentVersion, at });
    // The picture is no part of the event: it must not travel, and goes without a trace of its content.
    appendEvent(store, { type: 'photo-set', actor, payload: { workerId: worker.workerId, action: 'set', consentVersion } });
  });
  if (before !== null && before.sha256 !== sha256) await dropPhotoBytes(store, before.sha256);
}

/** The photo of a worker; it is noted who saw it. Problem `not-found`. */
export async function seePhoto(store: Store, worker: StoredWorker, actor: string): Promise<{ content: Uint8Array; mime: string }> {
  const photo = readWorkerPhoto(store, worker.workerNo);
  if (photo === null) throw new ProblemError('not-found');
  store.transaction(() => noteLook(store, worker, { actor, what: 'worker-photo' }));
  return { content: await getBlob(store, photo.sha256), mime: photo.mime };
}

/** Erases the photo of a worker. Without one nothing changes. */
export async function removePhoto(store: Store, worker: Pick<StoredWorker, 'workerNo' | 'workerId'>, why: 'withdrawn' | 'retention', actor: string): Promise<boolean> {
  const photo = readWorkerPhoto(store, worker.workerNo);
  if (photo === null) return false;
  store.transaction(() => {
    removeWorkerPhoto(store, worker.workerNo);
    appendEvent(store, { type: 'photo-set', actor, payload: { workerId: worker.workerId, action: 'erased', why } });
  });
  await dropPhotoBytes(store, photo.sha256);
  return true;
}

/** Erases the photos whose time is over. Returns how many. */
export async function eraseOverduePhotos(store: Store): Promise<number> {
  const past = surelyPast(store);
  const due = past === null ? [] : overduePhotos(store, addDays(workDateOf(past), -readPeopleSettings(store).photoDays));
  for (const worker of due) await removePhoto(store, worker, 'retention', 'system');
  return due.length;
}

function mimeOf(content: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' | null {
  const head = Buffer.from(content.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : null;
}
