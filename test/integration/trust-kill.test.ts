import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { importTrust } from '../../electron/service/card/trust-import.ts';
import { listTrustCertificates, openStore, readEvents, verifyChain, type Store } from '../../electron/store/index.ts';
import { inventedList } from '../fixtures/trust-import-main.ts';
import { temporaryFolder } from './temporary.ts';

const long = 20_000;
const stored = (store: Store) => listTrustCertificates(store, { query: '', countries: [], offset: 0, limit: 1 }).total;
function told(store: Store): number {
  return readEvents(store, { afterSeq: 0, limit: 100_000 }).filter(({ type }) => type === 'trust-imported')
    .reduce((sum, { payload }) => sum + (payload!['entries'] as unknown[]).length, 0);
}

it('an import that is killed leaves as many certificates as its events name, and the same file again brings the rest', async () => {
  const dir = join(temporaryFolder(), 's');
  openStore(dir, { create: true, appVersion: '' }).close();
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'fixtures', 'trust-import-main.ts'), dir, String(long)], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const reader = openStore(dir, { readOnly: true, appVersion: '' });
  while (stored(reader) === 0) await setTimeout(2);
  child.kill('SIGKILL');
  await once(child, 'exit');
  reader.close();

  const store = openStore(dir, { appVersion: '' });
  onTestFinished(() => store.close());
  const before = stored(store);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(long);
  expect(told(store)).toBe(before);
  expect(verifyChain(store)).toMatchObject({ ok: true });
  expect(await importTrust(store, inventedList(long), { countries: null, confirmed: false, actor: 'cli' })).toMatchObject({ imported: long - before, already: before });
  expect(stored(store)).toBe(long);
  expect(told(store)).toBe(long);
  expect(verifyChain(store)).toMatchObject({ ok: true });
});
