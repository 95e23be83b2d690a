import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tellDamage } from '../../electron/service/handlers/index.ts';
import type { Handlers } from '../../shared/contracts/requests/index.ts';

describe('a handler that meets a damaged store', () => {
  const failing = (error: Error): Handlers => tellDamage({ 'system/ping': () => Promise.reject(error) } as unknown as Handlers);

  it.each([['SQLITE_CORRUPT', 'store-damaged'], ['SQLITE_CORRUPT_INDEX', 'store-damaged'], ['SQLITE_FULL', 'disk-full']])('%s is told as %s', async (code, problem) => {
    await expect(failing(new Database.SqliteError('told by SQLite', code))['system/ping']({})).rejects.toMatchObject({ code: problem });
  });

  it('anything else stays what it is: a bug', async () => {
    await expect(failing(new RangeError('index'))['system/ping']({})).rejects.toBeInstanceOf(RangeError);
  });
});
