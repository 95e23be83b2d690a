import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { StartMessage } from '../../shared/contracts/wire.ts';

/**
 * Where the store's key is. In the OS keychain when that is a true one and this store's key has always been there;
 * otherwise in the key file that the service keeps beside the store. Never moves a key from one to the other.
 * @throws ProblemError `store-key-missing` when the key was wrapped by a keychain that is not there now
 */
export function storeKey(dataDir: string): Pick<StartMessage, 'key' | 'keySource'> {
  const wrapped = path.join(dataDir, 'store-key.wrapped');
  if (existsSync(wrapped)) return { key: unwrap(wrapped), keySource: 'keychain' };
  if (!keychainIsTrue() || existsSync(path.join(dataDir, 'store.key'))) return { key: null, keySource: 'key-file' };
  const key = randomBytes(32).toString('base64');
  const fresh = `${wrapped}.new`;
  writeFileSync(fresh, safeStorage.encryptString(key), { mode: 0o600, flush: true });
  renameSync(fresh, wrapped);
  return { key, keySource: 'keychain' };
}

function unwrap(file: string): string {
  try {
    return safeStorage.decryptString(readFileSync(file));
  } catch {
    throw new ProblemError('store-key-missing', 'keychain');
  }
}

/** Chromium's `basic_text` encrypts with a password that everyone knows: that is no keychain. */
function keychainIsTrue(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
