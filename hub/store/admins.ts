import { createHash, randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { noteAct } from './acts.ts';
import { forgetAttempts, takeAttempt } from './attempts.ts';
import type { Sql } from './database.ts';

export interface Session { name: string; csrf: string }

/** OWASP's argon2id figures: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const triesAllowed = 5;
/** From all addresses together: a stranger's wrong tries must not keep the administrator out of his own hub. */
const triesOfAll = 100;
/** Of one address with whatever names: each costs a password's hash, and names are endless. */
const triesOfAddress = 30;
const lockMinutes = 15;
const idleMinutes = 30;
const sessionHours = 10;
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

const cookieHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes the administrator of a new hub with a random password, which is told once. */
export async function ensureAdmin(sql: Sql): Promise<{ user: string; password?: string }> {
  const user = 'admin';
  const [known] = await sql`select from admin_user where name = ${user}`;
  if (known) return { user };
  const password = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-');
  const made = await sql`insert into admin_user (name, secret_hash) values (${user}, ${await hash(password, cost)}) on conflict do nothing returning 1`;
  return made.length > 0 ? { user, password } : { user };
}

/** A try is taken before the password is looked at: tries at the same moment are counted like tries in a row. */
async function takeTry(sql: Sql, name: string, from: string): Promise<() => Promise<void>> {
  const [here, anywhere, address] = [`here ${from} ${name}`, `name ${name}`, `from ${from}`];
  const isFree = await takeAttempt(sql, { kind: 'login', subject: here, allowed: triesAllowed, minutes: lockMinutes })
    && await takeAttempt(sql, { kind: 'login', subject: address, allowed: triesOfAddress, minutes: lockMinutes })
    && await takeAttempt(sql, { kind: 'login', subject: anywhere, allowed: triesOfAll, minutes: lockMinutes });
  if (!isFree) throw new ProblemError('login-locked');
  return async () => {
    for (const subject of [here, anywhere, address]) await forgetAttempts(sql, 'login', subject);
  };
}

/**
 * Checks name and password; five wrong tries from an address lock the name (known or not) for that address for a
 * quarter of an hour. Resolves to the cookie's value. Throws `login-failed`, `login-locked`.
 */
export async function logIn(sql: Sql, name: string, password: string, from: string): Promise<string> {
  const forget = await takeTry(sql, name, from);
  const [row] = await sql<{ secret_hash: string }[]>`select secret_hash from admin_user where name = ${name}`;
  // A name that nobody has costs the same time as a wrong password.
  const right = row ? await verify(row.secret_hash, password) : (await hash(password, cost), false);
  if (!right) throw new ProblemError('login-failed');
  await forget();
  const token = randomBytes(32).toString('base64url');
  await sql`insert into session (token_hash, name, csrf, expires_at)
    values (${cookieHash(token)}, ${name}, ${randomBytes(16).toString('hex')}, now() + make_interval(hours => ${sessionHours}))`;
  await noteAct(sql, name, 'logged-in');
  return token;
}

export async function findSession(sql: Sql, token: string): Promise<Session | undefined> {
  const [row] = await sql<Session[]>`update session set seen_at = now() where token_hash = ${cookieHash(token)}
    and expires_at > now() and seen_at > now() - make_interval(mins => ${idleMinutes}) returning name, csrf`;
  return row;
}

export async function logOut(sql: Sql, token: string): Promise<void> {
  await sql`delete from session where token_hash = ${cookieHash(token)}`;
}

/** Sets a new password; every session of the name ends. Throws `login-failed` where the old one is wrong, `login-locked`. */
export async function changePassword(sql: Sql, name: string, old: string, fresh: string, from: string): Promise<void> {
  const forget = await takeTry(sql, name, from);
  const [row] = await sql<{ secret_hash: string }[]>`select secret_hash from admin_user where name = ${name}`;
  if (!row || !await verify(row.secret_hash, old)) throw new ProblemError('login-failed');
  await forget();
  const secretHash = await hash(fresh, cost);
  await sql.begin(async (tx) => {
    await tx`update admin_user set secret_hash = ${secretHash} where name = ${name}`;
    await tx`delete from session where name = ${name}`;
    await noteAct(tx, name, 'password-changed');
  });
}
