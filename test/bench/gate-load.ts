import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { createReader, type Reader } from '../../electron/service/reader.ts';
import { importRoster } from '../../electron/service/people/roster-import.ts';
import { startUpkeep } from '../../electron/service/upkeep.ts';
import { openStore, type Store } from '../../electron/store/index.ts';
import { percentile, rounded, type Figure } from './figure.ts';
import { plainPeer, type PlainPeer } from './gate-plain.ts';
import { benchCode, benchWorker, seededStore } from './gate-seed.ts';

const lanes = ['1', '2', '3', '4'];
const everyMs = 50;
const peerName = 'better-sqlite3 without encryption: the same rows in one transaction';

/** One scan: what it took from the moment at which it was due, what the decision alone took, and what the bare rows took. */
interface Tap { lane: string; seq: number; waited: number; decided: number; plain: number }

/**
 * The gate under load, as a shift change brings it: 20 scans a second on four lanes for so many minutes, then while the
 * month's timesheet of everybody is worked out beside, then while a roster moves everybody to another team.
 */
export async function bench({ workers, events, minutes }: { workers: number; events: number; minutes: number }): Promise<Figure[]> {
  const dir = seededStore(workers, events);
  const peer = plainPeer(dir);
  const store = openStore(dir, { appVersion: 'bench' });
  const upkeep = startUpkeep(store, pino({ level: 'silent' }));
  const reader = createReader(store.access);
  const before = store.sql<[], { n: number }>('select max(position) as n from event').get()!.n;
  try {
    // Warms both up: a gate that was just started is measured elsewhere.
    const warm = await taps(store, peer, workers, setTimeout(0), 200);
    const steady = await taps(store, peer, workers, setTimeout(minutes * 60_000));
    const sheet = sheetsFor(reader, minutes * 30_000);
    const beside = await taps(store, peer, workers, sheet);
    const importStart = performance.now();
    const imported = importRoster(store, { fileName: 'bench.csv', content: roster(workers), dryRun: false, actor: 'bench' })
      .then(() => ({ ms: performance.now() - importStart }));
    const importing = await taps(store, peer, workers, imported);
    const all = [...warm, ...steady, ...beside, ...importing];
    const { total, ms } = await sheet;
    return [
      ...figuresOf(`at 20 scans a second on ${lanes.length} lanes for ${minutes} min`, steady, 50),
      count('scans lost', all.length - stored(store, before)), count('scans out of order', outOfOrder(all)),
      ...figuresOf(`while the timesheet of a month is worked out (${total} workers, ${rounded(ms / 1_000)} s)`, beside, 50),
      ...figuresOf('while a roster is stored', importing, 100),
      {
        name: `import of ${workers} rows while scans go on`, value: rounded((await imported).ms / 1_000), unit: 's', ...ratio((await imported).ms / 1_000, peer.rewrite(store, workers, 50) / 1_000),
        goal: '<= 60 s', met: (await imported).ms <= 60_000,
      },
    ];
  } finally {
    await reader.close();
    await upkeep.close();
    store.close();
    peer.close();
  }
}

/** Works the month's timesheet out anew, again and again for so long; how many workers it has and what it took at the median. */
async function sheetsFor(reader: Reader, ms: number): Promise<{ total: number; ms: number }> {
  const month = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 7);
  const filter = { query: '', department: null, employer: null, shiftId: null, onlyToCheck: false };
  const times: number[] = [];
  let workers = 0;
  for (const end = performance.now() + ms; times.length === 0 || performance.now() < end;) {
    const start = performance.now();
    const { total } = await reader.read('timesheetMonth', { month, filter, offset: 0, limit: 100, fresh: true, now: Date.now() });
    times.push(performance.now() - start);
    workers = total;
  }
  return { total: workers, ms: percentile(times, 50) };
}

/** Scans in turn on each lane, each due at its own time, until something is done; so many at least. */
async function taps(store: Store, peer: PlainPeer, workers: number, done: Promise<unknown>, least = 0): Promise<Tap[]> {
  const all: Tap[] = [];
  let busy = true;
  void done.finally(() => { busy = false; }).catch(() => undefined);
  const first = performance.now();
  for (let i = 0; busy || i < least; i += 1) {
    const due = first + (i + 1) * (least > 0 ? 1 : everyMs);
    await setTimeout(Math.max(0, due - performance.now()));
    const lane = lanes[i % lanes.length]!;
    const start = performance.now();
    const { seq } = recordScan(store, { code: benchCode((i * 7919 + Date.now()) % workers), lane, via: 'camera', actor: 'gate' });
    const end = performance.now();
    all.push({ lane, seq, waited: end - due, decided: end - start, plain: peer.insert(store, seq) });
  }
  await done;
  return all;
}

function figuresOf(when: string, taps: readonly Tap[], limit: number): Figure[] {
  const of = (key: 'waited' | 'decided' | 'plain', p: number): number => percentile(taps.map((tap) => tap[key]), p);
  return [
    { name: `gate decision p99 ${when}`, value: rounded(of('decided', 99)), unit: 'ms', ...ratio(of('decided', 99), of('plain', 99)), goal: `<= ${limit} ms`, met: of('decided', 99) <= limit },
    { name: `gate decision p99 ${when}, waiting included`, value: rounded(of('waited', 99)), unit: 'ms', ...ratio(of('waited', 99), of('plain', 99)), goal: '<= 100 ms', met: of('waited', 99) <= 100 },
    { name: `gate decision max ${when}`, value: rounded(of('decided', 100)), unit: 'ms', ...ratio(of('decided', 100), of('plain', 100)), goal: '<= 300 ms', met: of('decided', 100) <= 300 },
  ];
}

function ratio(value: number, bare: number): Pick<Figure, 'peer' | 'ratio'> {
  return { peer: { name: peerName, value: rounded(bare) }, ratio: rounded(value / bare) };
}

function count(name: string, value: number): Figure {
  return { name, value, unit: 'scans', peer: null, ratio: null, goal: '0', met: value === 0 };
}

function stored(store: Store, after: number): number {
  return store.sql<[number], { n: number }>("select count(*) as n from event join gate_scan using (position) where position > ?").get(after)!.n;
}

/** Numbers must rise as the scans were sent, whichever lane they came from. */
function outOfOrder(taps: readonly Tap[]): number {
  return taps.filter(({ seq }, i) => i > 0 && seq <= taps[i - 1]!.seq).length;
}

function roster(workers: number): Uint8Array {
  const team = `Tổ ${Date.now()}`;
  return new TextEncoder().encode(['workerId,fullName,department', ...Array.from({ length: workers }, (_, n) => `NV${n},${benchWorker(n).fullName},${team}`)].join('\n'));
}
