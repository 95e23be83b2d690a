import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';

export type KeySource = 'keychain' | 'key-file';

const keyFile = (dir: string): string => join(dir, 'store.key');
const marker = (dir: string): string => join(dir, 'store.key-in-keychain');

/** Where the key of the store in this folder is kept; null where there is no sign of either. */
export function keySourceOf(dir: string): KeySource | null {
  if (existsSync(marker(dir))) return 'keychain';
  return existsSync(keyFile(dir)) ? 'key-file' : null;
}

/**
 * The key, 32 bytes: the key file's where the store was made with one, else the given one from the keychain.
 * Problems: `store-key-in-keychain`, `store-key-missing`.
 */
export function readStoreKey(dir: string, given: Uint8Array | null): Uint8Array {
  const source = keySourceOf(dir);
  if (source === 'keychain') {
    if (given === null) throw new ProblemError('store-key-in-keychain');
    return given;
  }
  if (source === null) throw new ProblemError('store-key-missing');
  const text = readFileSync(keyFile(dir), 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new ProblemError('store-key-missing', 'key file damaged');
  return Buffer.from(text, 'hex');
}

/** Makes the key of a new store: a key file that only its owner reads, or the sign that the keychain has it. */
export function makeStoreKey(dir: string, given: Uint8Array | null): Uint8Array {
  if (given !== null) {
    writeDurably(marker(dir), 'The key of this store is in the keychain of the operating system.\n');
    return given;
  }
  const key = randomBytes(32);
  writeDurably(keyFile(dir), `${key.toString('hex')}\n`);
  return key;
}

// A store whose key was lost with the power is lost: the key is on the disk before the first page is written with it.
function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
