import type { Sql } from './database.ts';

export type AttemptKind = 'enrol' | 'login' | 'token';

export interface AttemptLimit { kind: AttemptKind; subject: string; allowed: number; minutes: number }

/**
 * Takes one of the tries that a subject has; false where none is left. To be called before the secret is looked at and
 * forgotten when it was right: a thousand requests at once get no more tries than one after another. Tries are counted
 * in the database, so a second replica or a restart gives no fresh ones.
 */
export async function takeAttempt(sql: Sql, { kind, subject, allowed, minutes }: AttemptLimit): Promise<boolean> {
  const name = subject.slice(0, 100);
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${name}`}, 2))`;
    const [row] = await tx<{ tries: number }[]>`select count(*) as tries from attempt
      where kind = ${kind} and subject = ${name} and at > now() - make_interval(mins => ${minutes})`;
    if (row!.tries >= allowed) return false;
    await tx`insert into attempt (kind, subject) values (${kind}, ${name})`;
    return true;
  });
}

/** Gives back the newest try of a subject: its secret was right. */
export async function giveBackAttempt(sql: Sql, kind: AttemptKind, subject: string): Promise<void> {
  await sql`delete from attempt where ctid = (select ctid from attempt where kind = ${kind} and subject = ${subject.slice(0, 100)}
    order by at desc limit 1)`;
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
  // Pieces of an export that a crash cut short belong to no job.
  await sql`delete from export_chunk c where at < now() - interval '1 day' and not exists (select from export_job j where j.export_id = c.export_id)`;
}
