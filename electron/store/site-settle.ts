import { z } from 'zod';
import type { EventType, StoredEvent } from '../../shared/contracts/event.ts';
import { LabourSettings } from '../../shared/contracts/labour.ts';
import { Assignment, type Shift } from '../../shared/contracts/shift.ts';
import { Zones } from '../../shared/contracts/zone.ts';
import { replaceAssignments } from '../../shared/domain/assignment.ts';
import { readEventsOfTypes } from './event.ts';
import { readSetting, writeSetting, writeSettings } from './setting.ts';
import { siteKeyMark } from './site-key.ts';
import { orderOf, wordTypes } from './site-order.ts';
import { replaceShifts, writeAssignments } from './shift.ts';
import { PlanSet, projectWord, Rules } from './site-project.ts';
import { readSiteEvents } from './site.ts';
import type { Store } from './store.ts';
import { saveRemoteWorker } from './sync-change.ts';

const seenSetting = 'site-own-seen';
const sliceEvents = 200;

/** How far the gate's own words have been weighed with those of the others. */
function ownSeen(store: Store): number {
  return readSetting(store, seenSetting, z.number().int()) ?? 0;
}

/**
 * Works out a little of what follows from the events of all gates: the plan of shifts, each worker's record and
 * assignments. One transaction of at most about `budgetMs`; a scan may have to wait for it. True while there is more.
 * Whoever's presence has to be looked at again is left for `duePresence`.
 */
export function settleSite(store: Store, budgetMs = 5): boolean {
  const until = performance.now() + budgetMs;
  return store.transaction(() => {
    for (;;) {
      // Own words first: none may be undone by an older one of another gate.
      const isDone = takeOwnWords(store) ? false : !settleOne(store);
      if (isDone) return false;
      if (performance.now() >= until) return true;
    }
  });
}

function takeOwnWords(store: Store): boolean {
  // A gate that has heard of no other has nothing to weigh its words with.
  if (store.sql<[], { found: number }>('select 1 as found from site_chain limit 1').get() === undefined) return false;
  const seen = ownSeen(store);
  const end = store.sql<[], { n: number | null }>('select max(position) as n from event').get()?.n ?? 0;
  if (seen >= end) return false;
  const events = readEventsOfTypes(store, wordTypes, { after: seen, through: end, limit: sliceEvents });
  events.forEach(({ event }) => projectWord(store, event, store.device.id));
  writeSetting(store, seenSetting, events.length < sliceEvents ? end : events.at(-1)!.position);
  return true;
}

function settleOne(store: Store): boolean {
  const due = store.sql<[], { kind: 'shifts' | 'worker' | 'assigned' | 'zones' | 'rule' | 'labour'; key: string }>(
    "select kind, key from site_due where kind <> 'presence' order by kind = 'assigned', kind limit 1").get();
  if (due === undefined) return false;
  if (due.kind === 'shifts') settleShifts(store);
  else if (due.kind === 'worker') settleWorker(store, due.key);
  else if (due.kind === 'zones') settleZones(store);
  else if (due.kind === 'rule') settleRule(store, due.key);
  else if (due.kind === 'labour') settleLabour(store);
  else settleAssigned(store, due.key);
  store.sql<[string, string]>('delete from site_due where kind = ? and key = ?').run(due.kind, due.key);
  return true;
}

/** `at` is the place of a word among those of all gates (`orderOf`). */
type Place = Pick<StoredEvent, 'at' | 'device' | 'epoch' | 'seq'>;

/** The one order of what gates say, wherever it is read. */
function inSiteOrder(a: Place, b: Place): number {
  const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  return order(a.at, b.at) || order(a.device, b.device) || order(a.epoch, b.epoch) || a.seq - b.seq;
}

/** All plans of all gates in their order: a whole one takes the place of what was there, the others change single shifts. */
function settleShifts(store: Store): void {
  const end = ownSeen(store);
  const own = readEventsOfTypes(store, ['shift-plan-set'], { after: 0, through: end, limit: 1_000_000 }).map(({ event }) => event);
  const shifts = new Map<string, Shift>();
  for (const { payload } of [...own, ...readSiteEvents(store, 'shift-plan-set')].map((event) => ({ ...event, at: orderOf(event) })).toSorted(inSiteOrder)) {
    const { data } = PlanSet.safeParse(payload);
    if (!data) continue;
    const single = data.changed ?? data.removed;
    if (single === undefined) shifts.clear();
    for (const shift of data.shifts) if (single === undefined || data.changed?.includes(shift.id) === true) shifts.set(shift.id, shift);
    for (const id of data.removed ?? []) shifts.delete(id);
  }
  replaceShifts(store, [...shifts.values()]);
}

/** Of each gate the last word on a worker, of those the latest. */
function settleWorker(store: Store, workerId: string): void {
  const event = lastWord(store, 'worker', workerId);
  if (event?.payload) saveRemoteWorker(store, event.payload, { ownKey: isOwnKey(store, event) });
}

const KeySet = z.object({ keyMark: z.string().optional() });

/** Whether a gate hashed numbers with this site's key when it wrote an event: from its enrolment or joining on. */
function isOwnKey(store: Store, { device, epoch, seq }: Place): boolean {
  const keyTypes: readonly EventType[] = ['kiosk-enrolled', 'site-joined', 'epoch-begun'];
  const events = device === store.device.id
    ? readEventsOfTypes(store, keyTypes, { after: 0, through: Number.MAX_SAFE_INTEGER, limit: 1_000 }).map(({ event }) => event)
    : keyTypes.flatMap((type) => readSiteEvents(store, type)).filter((event) => event.device === device);
  const last = events.filter((event) => event.epoch === epoch && event.seq < seq).toSorted((a, b) => a.seq - b.seq).at(-1);
  if (last === undefined) return false;
  // An older program did not tell by which key; it knew only the hub's.
  const { data } = KeySet.safeParse(last.payload);
  return data !== undefined && (data.keyMark ?? siteKeyMark(store)) === siteKeyMark(store);
}

/** Zones are the site's: the latest word of any gate. */
function settleZones(store: Store): void {
  const { data } = z.object({ zones: Zones }).safeParse(lastWord(store, 'zones', '')?.payload);
  if (data) writeSetting(store, 'zones', data.zones);
}

/** By one value of each rule all gates decide alike: the latest word of any. */
function settleRule(store: Store, key: string): void {
  const { data } = Rules.safeParse(lastWord(store, 'rule', key)?.payload);
  const value = data?.changes[key as keyof typeof data.changes];
  if (value !== undefined) writeSettings(store, { [key]: value });
}

/** By one set of labour settings all gates warn and reckon alike: the latest word of any. */
function settleLabour(store: Store): void {
  const { data } = LabourSettings.safeParse(lastWord(store, 'labour', '')?.payload);
  if (data) writeSetting(store, 'labour', data);
}

function lastWord(store: Store, kind: 'worker' | 'zones' | 'rule' | 'labour', key: string): StoredEvent | null {
  const word = store.sql<[string, string], Place>(`select at, device, epoch, seq from site_word where kind = ? and key = ?
    order by at desc, device desc, epoch desc limit 1`).get(kind, key);
  return word === undefined ? null : eventAt(store, word);
}

/** A worker's assignments: the latest whole plan, and what was assigned after it. */
function settleAssigned(store: Store, workerId: string): void {
  const plan = store.sql<[], Place & { planId: string }>(`select plan_id as planId, at, device, epoch, seq from site_plan p
    where parts = (select count(*) from site_plan_part h where h.plan_id = p.plan_id)
    order by at desc, device desc, epoch desc, seq desc limit 1`).get();
  const rows = store.sql<[string], Place & { planId: string | null; body: string }>(`select at, device, epoch, seq, plan_id as planId, body
    from site_assigned where worker_id = ? order by at, device, epoch, seq`).all(workerId);
  let assignments: Assignment[] = [];
  for (const row of rows) {
    const told = JSON.parse(row.body) as Assignment[];
    if (row.planId === (plan?.planId ?? '')) assignments.push(...told);
  }
  for (const row of rows) {
    if (row.planId !== null || (plan && inSiteOrder(row, plan) < 0)) continue;
    assignments = replaceAssignments(assignments, JSON.parse(row.body) as Assignment[]);
  }
  writeAssignments(store, workerId, assignments);
}

function eventAt(store: Store, { device, epoch, seq }: Place): StoredEvent | null {
  if (device !== store.device.id) {
    const row = store.sql<[string, string, number], { body: string }>(`select body from site_event join site_chain using (chain_no)
      join site_gate using (gate_no) where device = ? and epoch = ? and seq = ?`).get(device, epoch, seq);
    return row === undefined ? null : JSON.parse(row.body) as StoredEvent;
  }
  const base = store.sql<[string], { base: number }>('select base from epoch where epoch = ?').get(epoch)?.base;
  if (base === undefined) return null;
  return readEventsOfTypes(store, wordTypes, { after: base + seq - 1, through: base + seq, limit: 1 })[0]?.event ?? null;
}

/** Workers whose presence must be worked out anew since scans of other gates came; at most `limit`. */
export function duePresence(store: Store, limit: number): string[] {
  return store.sql<[number], { key: string }>("select key from site_due where kind = 'presence' order by key limit ?").all(limit).map(({ key }) => key);
}

/** A worker's presence is right again; in the transaction that made it so. */
export function presenceDone(store: Store, workerId: string): void {
  store.sql<[string]>("delete from site_due where kind = 'presence' and key = ?").run(workerId);
}
