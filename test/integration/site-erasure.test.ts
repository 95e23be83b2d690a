import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import {
  appendEvent, emptyEvents, erasableEvents, eraseWorker, findWorkerById, proposeCorrection, readGates, readHead, readSitePage, siteHave, type Store,
} from '../../electron/store/index.ts';
import { emptiedOf, type EmptiedChain } from '../../shared/contracts/erasure.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import { gateClock, openGate, presenceOf, scanAt, sheetOf, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T01:00:00Z');
const hour = 3_600_000;
const page = (source: Store, asker: Store, have = siteHave(asker, source.device.id)): SitePage => JSON.parse(JSON.stringify(
  readSitePage(source, { have, asker: asker.device.id, name: '' }))) as SitePage;
const take = (asker: Store, source: Store, told: SitePage) => mergePage(asker, told, { by: 'lan', from: source.device.id });

async function pull(asker: Store, source: Store): Promise<void> {
  for (let more = true; more;) {
    const next = page(source, asker);
    ({ more } = next);
    expect(await take(asker, source, next)).toMatchObject({ quarantined: 0, problem: null });
  }
}

/** Every row of every table, as text. */
function wholeStore({ db }: Store): string {
  const tables = db.prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").all();
  return tables.flatMap(({ name }) => db.prepare(`select * from "${name}"`).all().map((row) => `${name}: ${JSON.stringify(row)}`)).join('\n');
}

const copies = (store: Store, of: Store): { type: string; body: string }[] => store.sql<[string], { type: string; body: string }>(
  'select type, body from site_event join site_chain using (chain_no) join site_gate using (gate_no) where device = ? order by seq').all(of.device.id);
const scansOf = (store: Store, workerId: string): number => store.sql<[string], { n: number }>('select count(*) as n from site_scan where worker_id = ?').get(workerId)!.n;
const gateOf = (store: Store, of: Store) => readGates(store, start + hour, '').find(({ device }) => device === of.device.id);

/** What a gate does that erases a worker: empties, tells of it, takes the rows away. */
function erase(store: Store, workerId: string, keepTimesheet: boolean): EmptiedChain[] {
  const target = { workerNo: findWorkerById(store, workerId)!.workerNo, workerId };
  return store.transaction(() => {
    const emptied = emptiedOf(emptyEvents(store, [...erasableEvents(store, { workers: [target], scans: !keepTimesheet }).values()].flat()));
    appendEvent(store, { type: 'worker-erased', actor: 'system', payload: { emptied } });
    eraseWorker(store, target, keepTimesheet);
    return emptied;
  });
}

let a: Store;
let b: Store;
let c: Store;
let clocks: GateClock[];

beforeEach(() => {
  const dir = temporaryFolder();
  clocks = [0, 1, 2].map(() => gateClock(start));
  [a, b, c] = clocks.map((clock, i) => openGate(dir, i + 1, clock)) as [Store, Store, Store];
  onTestFinished(() => [a, b, c].forEach((store) => store.close()));
  tellWorker(a, worker('W0', { fullName: 'Trần Thị Bí Mật' }));
  tellWorker(a, worker('W1'));
  for (let i = 0; i < 200; i += 1) scanAt(a, `W${i % 2}`, start + i * 60_000);
  a.transaction(() => proposeCorrection(a, {
    id: randomUUID(), batchId: randomUUID(), workerId: 'W0', workDate: '2026-11-02', reason: 'forgot', reasonsVersion: '1', note: 'con ốm nằm viện',
    by: { userId: 'an', loginName: 'an', displayName: 'an' }, changes: { kind: 'keep', add: [], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false },
  }));
});

describe('whom a gate erases', () => {
  it.each([true, false])('isEmptyInTheCopiesOfOthersToo_whichAreStillProvenAndHandedOn_hoursKept_%s', async (keepTimesheet) => {
    await pull(b, a);
    expect(copies(b, a).map(({ body }) => body).join()).toMatch(/Bí Mật.*nằm viện/s);
    const before = sheetOf(b, '2026-11-02', '2026-11-03');
    erase(a, 'W0', keepTimesheet);
    await pull(b, a);
    const text = copies(b, a).map(({ body }) => body).join();
    expect(text).not.toMatch(/Bí Mật|nằm viện/);
    expect(text.includes('"W0"')).toBe(keepTimesheet);
    expect([scansOf(b, 'W0'), scansOf(b, 'W1')]).toEqual([keepTimesheet ? 100 : 0, 100]);
    expect(wholeStore(b)).not.toContain('nằm viện');
    const after = JSON.parse(sheetOf(b, '2026-11-02', '2026-11-03')) as { workerId: string; lines: unknown[] }[];
    const kept = JSON.parse(before) as typeof after;
    expect(after.find(({ workerId }) => workerId === 'W1')).toEqual(kept.find(({ workerId }) => workerId === 'W1'));
    expect(JSON.stringify(after) === before).toBe(keepTimesheet);
    expect(presenceOf(b).includes('W0')).toBe(keepTimesheet);
    expect(presenceOf(b)).toContain('W1');
    // Whoever asks the second gate alone gets runs that their gate has signed, and lacks nothing.
    await pull(c, b);
    expect(gateOf(c, a)).toMatchObject({ quarantined: 0, behind: 0 });
    expect(c.sql('select * from site_blank').all()).toEqual([]);
    expect(wholeStore(c)).not.toMatch(/Bí Mật|nằm viện/);
    // Asked again, nothing is new.
    await pull(b, a);
    expect(copies(b, a).map(({ body }) => body).join()).toBe(text);
  });

  it('beforeItsEventsCame_isNeverLearned_whoeverBringsThemWholeLater', async () => {
    await pull(b, a);
    const whole = page(b, c);
    const { seq } = readHead(a);
    erase(a, 'W0', false);
    const epoch = a.epoch.epoch;
    // The second gate, which has not heard of it, brings what lies before.
    await take(c, a, page(a, c, [{ device: a.device.id, epoch, seq }]));
    expect(await take(c, b, whole)).toMatchObject({ quarantined: 0, problem: null });
    await pull(c, b);
    expect(wholeStore(c)).not.toMatch(/Bí Mật|nằm viện/);
    expect([scansOf(c, 'W0'), scansOf(c, 'W1')]).toEqual([0, 100]);
    expect(findWorkerById(c, 'W0')).toBeNull();
    expect(findWorkerById(c, 'W1')).not.toBeNull();
    expect(gateOf(c, a)).toMatchObject({ quarantined: 0, behind: 0 });
    // By its proof the third gate hands it on as the first would.
    await pull(b, c);
    expect(copies(b, a).map(({ body }) => body).join()).not.toContain('Bí Mật');
  });

  it('isErasedByNoOtherGatesWord', async () => {
    await pull(b, a);
    await pull(c, b);
    b.transaction(() => appendEvent(b, { type: 'worker-erased', actor: 'an', payload: { emptied: [{ epoch: a.epoch.epoch, runs: [[1, 150]] }] } }));
    const before = copies(c, a);
    await pull(c, b);
    expect(copies(c, b).filter(({ type }) => type === 'worker-erased')).toHaveLength(1);
    expect(copies(c, a)).toEqual(before);
    expect([scansOf(c, 'W0'), scansOf(c, 'W1')]).toEqual([100, 100]);
  });
});
