import { emptiedBy, type EmptiedChain } from '../../shared/contracts/erasure.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import type { Store } from './store.ts';

/**
 * Empties here what another gate says it has emptied of its own events: the copies, their scans, the notes in corrections. Header and
 * hash stay, so its signature of the block still holds. Never an event of another gate; again it changes nothing. Inside the
 * transaction of its event. Who stands on this gate's own roster stays there until this gate erases him by its own terms.
 */
export function eraseNamedEvents(store: Store, event: StoredEvent): void {
  const { device } = event;
  for (const { epoch, runs } of emptiedBy(event) ?? []) {
    const chain = store.sql<[string, string], { n: number }>(
      'select chain_no as n from site_chain join site_gate using (gate_no) where device = ? and epoch = ?').get(device, epoch)?.n;
    if (chain !== undefined) for (const [first, last] of runs) eraseRun(store, { device, epoch, chain, first, last });
  }
}

function eraseRun(store: Store, run: { device: string; epoch: string; chain: number; first: number; last: number }): void {
  const own = 'chain_no = @chain and seq between @first and @last';
  // Named again, or by a gate that names what nobody has, it costs no scan its time.
  if (store.sql<unknown[], { found: number }>(`select 1 as found from site_event e where ${own} and type <> 'worker-erased' and (json_extract(body, '$.payload') is not null
    or exists (select 1 from site_blank b where b.chain_no = e.chain_no and b.seq = e.seq)) limit 1`).get(run) === undefined) return;
  const at = 'device = @device and epoch = @epoch and seq between @first and @last';
  // Hours that these scans made are worked out anew.
  store.sql<unknown[]>(`insert into work_dirty (worker_no, from_date)
    select worker_no, date(min(s.at), '+7 hours') from site_scan s join worker using (worker_id) where ${own} group by worker_no
    on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1`).run(run);
  store.sql<unknown[]>(`insert into site_due (kind, key) select distinct 'presence', worker_id from site_scan where ${own} and worker_id <> ''
    on conflict do nothing`).run(run);
  store.sql<unknown[]>(`delete from presence where (worker_no, at) in (select worker_no, s.at from site_scan s join worker using (worker_id) where ${own})`).run(run);
  // What lies apart as another event than the one here is no copy, and speaks against its gate.
  store.sql<unknown[]>(`delete from site_quarantine where ${at} and exists (select 1 from site_event e where e.chain_no = @chain
    and e.seq = site_quarantine.seq and instr(site_quarantine.body, lower(hex(e.hash))) > 0)`).run(run);
  store.sql<unknown[]>(`update site_event set body = json_set(body, '$.payload', null, '$.salt', null) where ${own} and type <> 'worker-erased'`).run(run);
  store.sql<unknown[]>(`delete from site_scan where ${own}`).run(run);
  // Their own gate has said that they are empty.
  store.sql<unknown[]>(`delete from site_blank where ${own}`).run(run);
  for (const table of ['correction', 'correction_decision']) store.sql<unknown[]>(`update ${table} set body = json_set(body, '$.note', '') where ${at}`).run(run);
}

/** Whether a gate has said of an event of its own that it emptied it: the word may come before the event. */
export function erasedNumbers(store: Store, device: string, epoch: string): (seq: number) => boolean {
  const told = store.sql<[string], { body: string }>(`select body from site_event join site_chain using (chain_no) join site_gate using (gate_no)
    where type = 'worker-erased' and type <> 'gate-scan' and device = ?`).all(device);
  const runs = told.flatMap(({ body }) => emptiedBy(JSON.parse(body) as StoredEvent) ?? [])
    .filter((chain: EmptiedChain) => chain.epoch === epoch).flatMap((chain) => chain.runs);
  return (seq) => runs.some(([first, last]) => first <= seq && seq <= last);
}
