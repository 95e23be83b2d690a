import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobRef } from '../../shared/contracts/event.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { sha256 } from './sha256.ts';
import type { Store } from './store.ts';

/** A scan as the store knows it. */
export interface StoredBlob extends BlobRef { pages: number }

const magic = Buffer.from('MCB1');
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = magic.length + nonceBytes + tagBytes;

/**
 * Puts the bytes of a scan into the folder of scans, encrypted, under the hash of what came from the scanner. When it
 * resolves they are on the disk. The same bytes again change nothing. Returns the hex SHA-256.
 * Problem `disk-full`.
 */
export async function putBlob(store: Store, content: Uint8Array): Promise<string> {
  const hash = sha256(content);
  const file = blobFile(store, hash);
  // Read back rather than believed: the same scan again mends a file that the disk has damaged.
  if (await getBlob(store, hash).then(() => true, () => false)) return hash;
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${hash}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(temporary, seal(store, hash, content));
    await rename(temporary, file);
    await syncFolder(folder);
    await syncFolder(store.blobDir);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) throw new ProblemError('disk-full');
    throw error;
  }
  return hash;
}

/** The bytes of a scan as they came, checked against their hash. Problems `not-found`, `store-damaged`. */
export async function getBlob(store: Store, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new ProblemError('not-found');
  const sealed = await readFile(blobFile(store, hash)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new ProblemError('not-found');
    throw error;
  });
  const content = unseal(store, hash, sealed);
  if (content === null || sha256(content) !== hash) throw new ProblemError('store-damaged', 'blob');
  return content;
}

/** Notes a scan whose bytes are on the disk; false where it was noted before. Inside the transaction of its event. */
export function insertBlob(store: Store, blob: StoredBlob, position: number): boolean {
  return store.sql<[string, number, string, number, number]>('insert into blob (sha256, size, mime, pages, position) values (?, ?, ?, ?, ?) on conflict do nothing')
    .run(blob.sha256, blob.size, blob.mime, blob.pages, position).changes === 1;
}

/** A scan by its SHA-256 (hex); null where it is not kept. */
export function findBlob(store: Store, hash: string): StoredBlob | null {
  return store.sql<[string], StoredBlob>('select sha256, size, mime, pages from blob where sha256 = ?').get(hash) ?? null;
}

/** Notes where scans are used. */
export function useBlobs(store: Store, blobs: readonly BlobRef[], citizenNo: number, dossierNo: number): void {
  for (const { sha256: hash } of blobs) {
    store.sql<[string, number, number]>('insert into blob_use (sha256, citizen_no, dossier_no) values (?, ?, ?) on conflict do nothing').run(hash, citizenNo, dossierNo);
  }
}

/** Whether a scan belongs to a dossier. */
export function isBlobOfDossier(store: Store, hash: string, dossierId: string): boolean {
  return store.sql<[string, string], { one: number }>(`select 1 as one from dossier join blob_use using (dossier_no)
    where dossier_id = ? and sha256 = ?`).get(dossierId, hash) !== undefined;
}

/** Personal numbers of the citizens whose papers or dossiers use a scan; none for one that was only just scanned. */
export function ownersOfBlob(store: Store, hash: string): string[] {
  return store.sql<[string], { id: string }>('select distinct personal_id as id from blob_use join citizen using (citizen_no) where sha256 = ?')
    .all(hash).map(({ id }) => id);
}

/** Where the encrypted bytes of a scan lie. */
export function blobFile(store: Store, hash: string): string {
  return join(store.blobDir, hash.slice(0, 2), hash);
}

/** AES-256-GCM with a key of its own for each scan, so that no nonce can meet another under one key. */
function keyOf(store: Store, hash: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', store.access.key, Buffer.from(hash, 'hex'), 'motcua blob v1', 32));
}

function seal(store: Store, hash: string, content: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(store, hash), nonce);
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), body]);
}

function unseal(store: Store, hash: string, sealed: Buffer): Uint8Array<ArrayBuffer> | null {
  if (sealed.length < headBytes || !sealed.subarray(0, magic.length).equals(magic)) return null;
  const nonce = sealed.subarray(magic.length, magic.length + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(store, hash), nonce);
  decipher.setAuthTag(sealed.subarray(magic.length + nonceBytes, headBytes));
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]));
  } catch {
    return null;
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A new name is on the disk only when its folder is. Windows cannot sync folders and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
