import type { SiteGate, SiteTold } from '../../shared/contracts/site.ts';
import { appendEvent } from './event.ts';
import { quarantineOf } from './site-quarantine.ts';
import type { Store } from './store.ts';

export type HeardBy = 'hub' | 'lan' | 'file';

interface GateRow {
  gate_no: number; device: string; name: string; heard_at: string | null; heard_by: HeardBy | null; told_epoch: string | null;
  told_seq: number; told_until: number | null; reported_until: number | null; offset_ms: number | null; retired_at: string | null;
  told_signed: string | null; known_at: string | null; known_by: HeardBy | null; listed: number;
}

/** More gates, and more beginnings of theirs, no site has: whoever invents them must not fill what every gate asks with. */
const mostGates = 200;
/** So many of them may be known by name only: one who invents names leaves room for gates that sign. */
const mostNamed = 50;
const mostChains = 400;

const day = 86_400_000;

/** Key of a gate in this store, made where it is new. */
export function gateNo(store: Store, device: string): number {
  store.sql<[string]>('insert into site_gate (device) values (?) on conflict do nothing').run(device);
  return store.sql<[string], { n: number }>('select gate_no as n from site_gate where device = ?').get(device)!.n;
}

/** Whether a gate and an epoch of it are known or may still be added; null: the gate alone. */
export function hasRoomFor(store: Store, device: string, epoch: string | null): boolean {
  const { known, gate, gates, chains } = store.sql<[string, string | null, string], { known: number; gate: number; gates: number; chains: number }>(`
    select exists (select 1 from site_chain join site_gate using (gate_no) where device = ? and epoch = ?) as known,
      exists (select 1 from site_gate where device = ?) as gate,
      (select count(*) from site_gate) as gates, (select count(*) from site_chain) as chains`).get(device, epoch, device)!;
  return known === 1 || ((epoch === null || chains < mostChains) && (gate === 1 || gates < mostGates));
}

/** Somebody names a gate without a proof: it is known to be there, and nothing that it is said to have told counts. */
export function noteNamed(store: Store, device: string, name: string): void {
  if (device === store.device.id) return;
  store.sql<[string, string]>(`insert into site_gate (device, name) select ?, ? where (select count(*) from site_gate) < ${mostNamed}
    on conflict do nothing`).run(device, name);
}

/** Key of one gate's events of one epoch, made where it is new. */
export function chainNo(store: Store, device: string, epoch: string): number {
  const gate = gateNo(store, device);
  store.sql<[number, string]>('insert into site_chain (gate_no, epoch) values (?, ?) on conflict do nothing').run(gate, epoch);
  return store.sql<[number, string], { n: number }>('select chain_no as n from site_chain where gate_no = ? and epoch = ?').get(gate, epoch)!.n;
}

/** Number up to which every event of a chain is accounted for. */
export function haveSeq(store: Store, chain: number): number {
  return store.sql<[number], { n: number }>('select through as n from site_run where chain_no = ? and after = 0').get(chain)?.n ?? 0;
}

/** Number up to which every event of a chain is here as its gate wrote it: none that another has emptied. */
export function wholeSeq(store: Store, chain: number): number {
  const blank = store.sql<[number], { n: number | null }>('select min(seq) as n from site_blank where chain_no = ?').get(chain)?.n ?? null;
  return Math.min(haveSeq(store, chain), blank === null ? Infinity : blank - 1);
}

/** Notes that after < seq ≤ through are accounted for; runs that meet become one. */
export function addRun(store: Store, chain: number, after: number, through: number): void {
  const met = store.sql<[number, number, number], { after: number; through: number }>(
    'select after, through from site_run where chain_no = ? and after <= ? and through >= ?').all(chain, through, after);
  for (const run of met) store.sql<[number, number]>('delete from site_run where chain_no = ? and after = ?').run(chain, run.after);
  store.sql<[number, number, number]>('insert into site_run (chain_no, after, through) values (?, ?, ?)').run(
    chain, Math.min(after, ...met.map((run) => run.after)), Math.max(through, ...met.map((run) => run.through)));
}

/**
 * Notes what a gate told of itself, which the taker has checked. Of two tellings the later counts; a clock that runs ahead
 * of ours vouches for no time that has not come here yet.
 */
export function noteTold(store: Store, one: SiteTold, by: HeardBy | null, now: number): void {
  const { device, name, epoch, seq, until } = one;
  if (device === store.device.id || (by !== 'hub' && !hasRoomFor(store, device, null))) return;
  const gate = gateNo(store, device);
  store.sql<unknown[]>(`update site_gate set known_at = coalesce(known_at, @at), known_by = coalesce(known_by, @by), listed = max(listed, @by is 'hub')
    where gate_no = @gate and @by is not null`).run({ at: new Date(now).toISOString(), by, gate });
  if (name !== '') store.sql<[string, number]>('update site_gate set name = ? where gate_no = ?').run(name, gate);
  if (by !== null) store.sql<[string, string, number]>('update site_gate set heard_at = ?, heard_by = ? where gate_no = ?').run(new Date(now).toISOString(), by, gate);
  if (epoch === null || until === null) return;
  const told = Math.min(Date.parse(until), now);
  store.sql<unknown[]>(`update site_gate set told_epoch = ?, told_seq = ?, told_until = ?, told_signed = coalesce(?, told_signed)
    where gate_no = ? and (told_until is null or told_until < ?)`).run(epoch, seq, told, one.proof === null ? null : JSON.stringify(one), gate, told);
  // Whoever reports after he was taken out is a gate again.
  store.sql<[number, string]>('update site_gate set retired_at = null where gate_no = ? and retired_at < ?').run(gate, new Date(told).toISOString());
  settleReported(store, gate);
}

/** Moves `reported_until` once everything that the gate told of is here. */
export function settleReported(store: Store, gate: number): void {
  const row = store.sql<[number], GateRow>('select * from site_gate where gate_no = ?').get(gate)!;
  if (row.told_epoch === null || row.told_until === null || row.told_until <= (row.reported_until ?? -1)) return;
  const chain = store.sql<[number, string], { n: number }>('select chain_no as n from site_chain where gate_no = ? and epoch = ?').get(gate, row.told_epoch);
  if (row.told_seq > 0 && (chain === undefined || wholeSeq(store, chain.n) < row.told_seq)) return;
  store.sql<[number, number]>('update site_gate set reported_until = ? where gate_no = ?').run(row.told_until, gate);
}

/** Notes how far another gate's clock is from ours, milliseconds. */
export function noteOffset(store: Store, device: string, offsetMs: number): void {
  store.sql<[number, number]>('update site_gate set offset_ms = ? where gate_no = ?').run(Math.round(offsetMs), gateNo(store, device));
}

/** The other gates that are known, by device: what each has told last under its signature, of the others the name alone. */
export function readTold(store: Store): SiteTold[] {
  return store.sql<[], GateRow>('select * from site_gate where retired_at is null order by device').all().map(({ device, name, told_signed: signed }) => (
    signed === null ? { device, name, epoch: null, seq: 0, until: null, proof: null } : JSON.parse(signed) as SiteTold));
}

/** Every gate of the site, this one first. @param now milliseconds since 1970 @param name what this gate is called */
export function readGates(store: Store, now: number, name: string): SiteGate[] {
  const others = store.sql<[], GateRow>('select * from site_gate order by retired_at is not null, name, device').all().map((row): SiteGate => {
    const chain = row.told_epoch === null ? undefined : store.sql<[number, string], { n: number }>(
      'select chain_no as n from site_chain where gate_no = ? and epoch = ?').get(row.gate_no, row.told_epoch)?.n;
    const have = chain === undefined ? 0 : wholeSeq(store, chain);
    const scans = store.sql<[number], { n: number }>(
      'select count(*) as n from site_scan where chain_no in (select chain_no from site_chain where gate_no = ?)').get(row.gate_no)!.n;
    return {
      device: row.device, name: row.name, own: false, heardAt: row.heard_at, heardBy: row.heard_by, offsetMs: row.offset_ms, scans,
      ...quarantineOf(store, row.device), knownAt: row.known_at, knownBy: row.known_by, listed: row.listed === 1,
      reportedUntil: row.reported_until === null ? null : new Date(row.reported_until).toISOString(),
      behind: Math.max(0, row.told_seq - have), retired: row.retired_at !== null,
    };
  });
  const at = new Date(now).toISOString();
  const scans = store.sql<[], { n: number }>('select count(*) as n from gate_scan').get()!.n;
  return [{
    device: store.device.id, name, own: true, heardAt: at, heardBy: null, reportedUntil: at, behind: 0, scans, offsetMs: 0, retired: false,
    quarantined: 0, quarantineDropped: 0, brought: 0, knownAt: null, knownBy: null, listed: false,
  }, ...others];
}

/** Up to which instant every gate of the site has told all that it saw, and which have not told for a while. */
export interface Reported {
  /** Milliseconds since 1970; 0 while a gate has never told. */
  until: number;
  /** Gates that are behind by more than two minutes, the furthest first; `since` null: never heard. */
  missing: { device: string; name: string; since: number | null }[];
}

const usualDelay = 120_000;

/**
 * Absence is decided only for time before `until`: what a silent gate saw is not known. Gates that were taken out do not
 * count. @param now milliseconds since 1970
 */
export function reportedUntil(store: Store, now: number): Reported {
  const gates = store.sql<[], { device: string; name: string; since: number | null }>(
    'select device, name, reported_until as since from site_gate where retired_at is null order by reported_until, name, device').all();
  return {
    until: Math.min(now, ...gates.map(({ since }) => since ?? 0)),
    missing: gates.filter(({ since }) => now - (since ?? -day) > usualDelay),
  };
}

/** Takes a gate out of the site, with an event; false where it is none or out already. Its events stay. */
export function retireGate(store: Store, device: string, actor: string): boolean {
  return store.transaction(() => {
    const found = store.sql<[string], { retired_at: string | null }>('select retired_at from site_gate where device = ?').get(device);
    if (found === undefined || found.retired_at !== null) return false;
    const { at } = appendEvent(store, { type: 'gate-retired', actor, payload: { device } });
    markRetired(store, device, at);
    return true;
  });
}

/** A gate was taken out at some gate of the site; what it has told later makes it one again. */
export function markRetired(store: Store, device: string, at: string): void {
  if (device === store.device.id) return;
  store.sql<unknown[]>(`update site_gate set retired_at = ? where gate_no = ? and (retired_at is null or retired_at < ?)
    and (told_until is null or told_until <= ?)`).run(at, gateNo(store, device), at, Date.parse(at));
}
