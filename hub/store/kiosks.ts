import type { HelloInput } from '../../shared/contracts/hub.ts';
import type { Sql, Tx } from './database.ts';

export interface Kiosk { device: string; publicKey: Uint8Array; unit: string; mode: 'gate' | 'counter'; state: 'active' | 'revoked' }

export async function findKiosk(sql: Sql, device: string): Promise<Kiosk | undefined> {
  const [row] = await sql<{ device: string; public_key: Uint8Array; unit: string; mode: Kiosk['mode']; state: Kiosk['state'] }[]>`
    select device, public_key, unit, mode, state from kiosk where device = ${device}`;
  return row && { device: row.device, publicKey: row.public_key, unit: row.unit, mode: row.mode, state: row.state };
}

/**
 * Keeps a nonce and notes the contact; false where this device used it already. Not waited for to reach the disk: a crash forgets at most
 * the last half second, and every request that it guards is safe to repeat.
 */
export function keepNonce(sql: Sql, device: string, nonce: string): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`set local synchronous_commit = off`;
    // Whoever sends a big scan for an hour is not silent.
    await tx`update kiosk set last_contact_at = now() where device = ${device} and last_contact_at < now() - interval '20 seconds'`;
    const rows = await tx`insert into nonce (device, nonce) values (${device}, ${nonce}) on conflict do nothing returning 1`;
    return rows.length === 1;
  });
}

/** What a kiosk tells of itself at the start of each delivery. */
export async function recordHello(sql: Sql, device: string, hello: HelloInput, clockOffsetMs: number): Promise<void> {
  await sql`update kiosk set last_contact_at = now(), app_version = ${hello.appVersion}, backlog = ${hello.backlog},
    blobs_waiting = ${hello.blobsWaiting}, free_disk_bytes = ${hello.freeDiskBytes === null ? null : Math.round(hello.freeDiskBytes)},
    clock_offset_ms = ${clockOffsetMs}, told_epoch = ${hello.epoch}, told_seq = ${hello.lastSeq}, told_at = now(),
    greets_every_seconds = ${hello.greetsEverySeconds ?? null} where device = ${device}`;
}

export interface Chain { haveSeq: number; haveHead: string }

export async function findChain(sql: Sql | Tx, device: string, epoch: string): Promise<Chain | undefined> {
  const [row] = await sql<{ have_seq: number; have_head: string }[]>`
    select have_seq, have_head from chain where device = ${device} and epoch = ${epoch}`;
  return row && { haveSeq: row.have_seq, haveHead: row.have_head };
}

/** Opens an alarm, or counts it again where one of this code is open. */
export async function raiseAlarm(sql: Sql | Tx, device: string, code: string, detail: string): Promise<void> {
  await sql`insert into alarm (device, code, detail) values (${device}, ${code}, ${detail})
    on conflict (device, code) where cleared_at is null do update set times = alarm.times + 1, last_at = now(), detail = excluded.detail`;
}
