import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const waitMinutes = 20;

/**
 * Does `work` while no other process does it; waits for the other, and takes over from one that died.
 * @template T
 * @param {string} folder made to take the mutex: making a folder either succeeds or finds it there
 * @param {() => void} onWait called once before waiting
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withMutex(folder, onWait, work) {
  const owner = path.join(folder, 'pid');
  const deadline = Date.now() + waitMinutes * 60_000;
  mkdirSync(path.dirname(folder), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (ownerIsGone(owner)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) onWait();
    if (Date.now() > deadline) throw new Error(`${folder} has been held for ${waitMinutes} minutes. Remove it and try again.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    writeFileSync(owner, String(process.pid));
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} owner */
function ownerIsGone(owner) {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    // No pid written yet: its owner is between two lines above, unless it died there (the deadline covers that).
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
