import type { Sql, Tx } from './database.ts';

/** What an administrator does here that somebody may have to answer for. */
export type Act =
  | 'logged-in' | 'password-changed' | 'kiosk-revoked' | 'token-made' | 'token-revoked' | 'enrol-code-made' | 'alarm-cleared' | 'mobility-exported' | 'zone-set';
export interface ActLine { at: string; name: string; act: Act; subject: string }

/** Notes an act of an administrator; `subject` names a thing (a kiosk, a token, a file), never a worker. */
export async function noteAct(sql: Sql | Tx, name: string, act: Act, subject = ''): Promise<void> {
  await sql`insert into admin_act (name, act, subject) values (${name}, ${act}, ${subject.slice(0, 400)})`;
}

/** The newest acts, newest first. */
export async function listActs(sql: Sql, limit: number): Promise<ActLine[]> {
  return [...await sql<ActLine[]>`select at, name, act, subject from admin_act order by act_no desc limit ${limit}`];
}
