import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Plain from 'better-sqlite3-plain';
import { freezeMuster, headCount } from '../../electron/service/gate/muster-list.ts';
import { musterPdf } from '../../electron/service/gate/muster-pdf.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { openStore, saveShiftPlan, saveWorker, writeKiosk, writePresence, type Store } from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { seededOnce } from './bench-seed.ts';
import { rounded, type Figure } from './figure.ts';
import { benchWorker, seedKey } from './gate-seed.ts';

const date = '2026-11-20';
const now = startOfDay(date) + 10 * 3_600_000;
const asked = { query: '', zone: null, employer: null, department: null, limit: 2000, now };

/** Who of so many is inside, by zone, team and employer, with shifts assigned by week; beside reading the same rows bare and unencrypted. */
export async function bench({ people }: { people: number }): Promise<Figure[]> {
  const dir = seededOnce('bench-muster', String(people), (store) => store.transaction(() => seed(store, people)));
  const bare = bareRead(dir);
  const store = openStore(dir, { appVersion: 'bench', readOnly: true });
  try {
    const time = async (work: () => unknown): Promise<number> => {
      const start = performance.now();
      await work();
      return (performance.now() - start) / 1000;
    };
    // The first one is cold: a fire waits for nothing to be warm.
    const value = await time(() => {
      const { total, mayHaveLeft } = headCount(store, asked);
      if (total !== people || mayHaveLeft === 0 || mayHaveLeft === total) throw new Error(`the head count has ${total} of ${people}, ${mayHaveLeft} apart`);
    });
    const freeze = await time(() => freezeMuster(store, now));
    let pages = 0;
    const paper = await time(async () => { pages = (await musterPdf(store, { musterId: null, now })).content.byteLength; });
    process.stderr.write(`bench: muster of ${people}, PDF of ${Math.round(pages / 1024)} kB\n`);
    const peer = { name: 'plain better-sqlite3 reading the same rows unencrypted, nothing else', value: rounded(bare) };
    const goal = rounded(Math.max(1, people / 60_000));
    return [
      { name: `muster of ${people} people by zone, team and employer`, value: rounded(value), unit: 's', peer, ratio: rounded(value / bare), goal: `<= ${goal} s`, met: value <= goal },
      { name: `frozen list of ${people} people for a roll call`, value: rounded(freeze), unit: 's', peer, ratio: rounded(freeze / bare), goal: null, met: null },
      { name: `printed list of ${people} people by team (PDF)`, value: rounded(paper), unit: 's', peer, ratio: rounded(paper / bare), goal: null, met: null },
    ];
  } finally {
    store.close();
  }
}

function bareRead(dir: string): number {
  const path = join(dir, 'plain.db');
  if (!existsSync(path)) decrypt(dir, path);
  const db = new Plain(path, { readonly: true });
  try {
    const start = performance.now();
    const rows = db.prepare("select w.worker_id, w.full_name, w.department, w.employer, p.at, p.lane, p.work_date from presence p join worker w using (worker_no) where p.direction = 'in'").all();
    if (rows.length === 0) throw new Error('nobody is inside');
    return (performance.now() - start) / 1000;
  } finally {
    db.close();
  }
}

function decrypt(dir: string, path: string): void {
  const copy = `${path}.new`;
  copyFileSync(join(dir, 'store.db'), copy);
  const db = openDatabase(copy, { key: seedKey(dir) });
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  renameSync(copy, path);
}

/** Two of three of the roster are inside; every twentieth since the night before, whose shift is over. */
function seed(store: Store, people: number): void {
  writeKiosk(store, { mode: 'gate', unit: { code: 'BENCH', name: 'Bench' }, lanes: [{ lane: '1', name: '', direction: 'both', input: 'any', zone: 'Xưởng 1' }], demo: true });
  const shifts = [['CA1', '06:00', '14:00'], ['CA3', '22:00', '06:00']].map(([id, start, end]) => Shift.parse({ id, start, end, lateOutMinutes: 120 }));
  const roster = Math.ceil(people * 1.5);
  saveShiftPlan(store, {
    shifts, assignments: Array.from({ length: roster }, (_, n) => ['2026-11-09', '2026-11-16', '2026-11-23'].map((from) => (
      { workerId: `NV${n}`, shiftId: n % 20 === 0 ? 'CA3' : 'CA1', from, to: `${from.slice(0, 8)}${String(Number(from.slice(8)) + 6).padStart(2, '0')}` }))).flat(),
  }, 'bench');
  for (let n = 0; n < roster; n += 1) {
    saveWorker(store, benchWorker(n));
    const night = n % 20 === 0;
    const at = startOfDay(night ? '2026-11-19' : date) + (night ? 22 : 6) * 3_600_000 - (n % 40) * 30_000;
    const direction = n < people ? 'in' : 'out';
    const iso = new Date(at).toISOString();
    writePresence(store, n + 1, '1', { atMs: at, monoMs: 0, bootId: 'seed', direction }, { direction, at: iso, workDate: night ? '2026-11-19' : date });
  }
}
