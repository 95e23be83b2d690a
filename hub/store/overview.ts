import type { Sql } from './database.ts';
import { gapsOf } from './exports.ts';
import { listNumberBlocks, type NumberBlock } from './number-blocks.ts';

export interface KioskLine {
  device: string; name: string; mode: 'gate' | 'counter'; unit: string; unitName: string; state: 'active' | 'revoked'; appVersion: string;
  enrolledAt: string; lastContactAt: string; lastPushAt: string | null; clockOffsetMs: number | null; backlog: number; blobsWaiting: number;
  freeDiskBytes: number | null; events: number; quarantined: number;
  /** How often the kiosk greets by its own word; null: it never said. */
  greetsEverySeconds: number | null;
  /** Events that the kiosk told of and that are not here. */
  behind: number;
}
export interface AlarmLine { alarmNo: number; device: string; name: string; code: string; detail: string; at: string; lastAt: string; times: number }
export interface Today { scans: number; recorded: number; received: number; resolved: number; digitised: number; handedOver: number; components: number; reused: number; lookUps: number }

/** All kiosks; counts come from the gapless chains, so a page costs the same with a million events and with ten. */
export async function listKiosks(sql: Sql, device: string | null = null): Promise<KioskLine[]> {
  return [...await sql<KioskLine[]>`
    select k.device, k.name, k.mode, k.unit, u.name as "unitName", k.state, k.app_version as "appVersion", k.enrolled_at as "enrolledAt",
      k.last_contact_at as "lastContactAt", k.last_push_at as "lastPushAt", k.clock_offset_ms as "clockOffsetMs", k.backlog,
      k.blobs_waiting as "blobsWaiting", k.free_disk_bytes as "freeDiskBytes", k.greets_every_seconds as "greetsEverySeconds",
      coalesce((select sum(have_seq) from chain c where c.device = k.device), 0)::bigint as events,
      (select count(*) from quarantine q where q.device = k.device) as quarantined,
      greatest(0, coalesce(k.told_seq, 0) - coalesce((select have_seq from chain c where c.device = k.device and c.epoch = k.told_epoch), 0)) as behind
    from kiosk k join unit u on u.code = k.unit
    where ${device}::text is null or k.device = ${device} order by k.state, k.unit, k.name, k.device limit 5000`];
}

export async function openAlarms(sql: Sql): Promise<AlarmLine[]> {
  return [...await sql<AlarmLine[]>`select a.alarm_no as "alarmNo", a.device, k.name, a.code, a.detail, a.at, a.last_at as "lastAt", a.times
    from alarm a join kiosk k using (device) where a.cleared_at is null order by a.last_at desc limit 200`];
}

export async function clearAlarm(sql: Sql, alarmNo: number, by: string): Promise<void> {
  await sql`with done as (update alarm set cleared_at = now(), cleared_by = ${by} where alarm_no = ${alarmNo} and cleared_at is null returning device, code)
    insert into admin_act (name, act, subject) select ${by}, 'alarm-cleared', left(k.name || ': ' || done.code, 400) from done join kiosk k using (device)`;
}

/** Shuts a kiosk out; the same again changes nothing. */
export async function revokeKiosk(sql: Sql, device: string, by: string): Promise<void> {
  await sql`with done as (update kiosk set state = 'revoked' where device = ${device} and state = 'active' returning name, unit)
    insert into admin_act (name, act, subject) select ${by}, 'kiosk-revoked', left(name || ' (' || unit || ')', 400) from done`;
}

/** Counts of a day in Vietnam (`YYYY-MM-DD`), on the kiosks' clocks. */
export async function countToday(sql: Sql, day: string): Promise<Today> {
  const from = sql`(${day}::text::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  const to = sql`(${day}::text::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  const [row] = await sql<Today[]>`select
    (select count(*) from gate_scan where at >= ${from} and at < ${to}) as scans,
    (select count(*) from gate_scan where at >= ${from} and at < ${to} and outcome = 'recorded') as recorded,
    (select count(*) from dossier where received_at >= ${from} and received_at < ${to}) as received,
    (select count(*) from dossier where resolved_at >= ${from} and resolved_at < ${to}) as resolved,
    (select count(*) from dossier where resolved_at >= ${from} and resolved_at < ${to} and digitised_at is not null) as digitised,
    (select count(*) from dossier where handed_over_at >= ${from} and handed_over_at < ${to}) as "handedOver",
    (select coalesce(sum(components), 0)::bigint from dossier where received_at >= ${from} and received_at < ${to}) as components,
    (select coalesce(sum(components_reused), 0)::bigint from dossier where received_at >= ${from} and received_at < ${to}) as reused,
    (select count(*) from look_up where at >= ${from} and at < ${to}) as "lookUps"`;
  return row!;
}

export interface KioskDetail {
  chains: { epoch: string; haveSeq: number; updatedAt: string; gaps: { from: number; to: number }[] }[];
  quarantined: { epoch: string; seq: number; code: string; at: string }[];
  blobsMissing: number;
  numberBlocks: NumberBlock[];
}

/** One kiosk closely: each chain walked for gaps, what is in quarantine, scans that are still to come. */
export async function kioskDetail(sql: Sql, device: string): Promise<KioskDetail> {
  const chains = await sql<{ epoch: string; haveSeq: number; updatedAt: string }[]>`
    select epoch, have_seq as "haveSeq", updated_at as "updatedAt" from chain where device = ${device} order by updated_at desc limit 20`;
  const walked: KioskDetail['chains'] = [];
  for (const chain of chains) walked.push({ ...chain, gaps: await gapsOf(sql, device, chain.epoch, 1, chain.haveSeq) });
  const quarantined = await sql<KioskDetail['quarantined'][number][]>`
    select epoch, seq, code, at from quarantine where device = ${device} order by at desc, seq desc limit 100`;
  const [blobs] = await sql<{ missing: number }[]>`select count(distinct n.sha256) as missing from event_blob n
    where n.device = ${device} and not exists (select from blob b where b.sha256 = n.sha256 and b.complete_at is not null)`;
  return { chains: walked, quarantined: [...quarantined], blobsMissing: blobs!.missing, numberBlocks: await listNumberBlocks(sql, device) };
}

export async function pendingCodes(sql: Sql): Promise<{ unit: string; unitName: string; name: string | null; createdBy: string; expiresAt: string }[]> {
  return [...await sql<{ unit: string; unitName: string; name: string | null; createdBy: string; expiresAt: string }[]>`
    select c.unit, u.name as "unitName", c.name, c.created_by as "createdBy", c.expires_at as "expiresAt"
    from enrol_code c join unit u on u.code = c.unit where used_at is null and expires_at > now() order by expires_at desc limit 50`];
}

export async function listUnits(sql: Sql): Promise<{ code: string; name: string }[]> {
  return [...await sql<{ code: string; name: string }[]>`select code, name from unit order by name limit 1000`];
}
