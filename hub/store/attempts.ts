import type { Sql } from './database.ts';

export type AttemptKind = 'enrol' | 'login' | 'token';

/** Failed tries are counted in the database: a second replica, or a restart, gives no fresh ones. */
export async function recordAttempt(sql: Sql, kind: AttemptKind, subject: string): Promise<void> {
  await sql`insert into attempt (kind, subject) values (${kind}, ${subject.slice(0, 100)})`;
}

export async function tooManyAttempts(sql: Sql, kind: AttemptKind, subject: string, allowed: number, minutes: number): Promise<boolean> {
  const [row] = await sql<{ tries: number }[]>`select count(*) as tries from attempt
    where kind = ${kind} and subject = ${subject.slice(0, 100)} and at > now() - make_interval(mins => ${minutes})`;
  return row!.tries >= allowed;
}

export async function forgetAttempts(sql: Sql, kind: AttemptKind, subject: string): Promise<void> {
  await sql`delete from attempt where kind = ${kind} and subject = ${subject.slice(0, 100)}`;
}

/** Clears what has served its time: nonces past the window, old tries, ended sessions, files of exports after a day. */
export async function sweep(sql: Sql): Promise<void> {
  await sql`delete from nonce where at < now() - interval '30 minutes'`;
  await sql`delete from attempt where at < now() - interval '1 day'`;
  await sql`delete from session where expires_at < now()`;
  await sql`update export_job set file_gone_at = now() where file_gone_at is null and created_at < now() - interval '1 day'`;
  await sql`delete from export_chunk c using export_job j where j.export_id = c.export_id and j.file_gone_at is not null`;
}
