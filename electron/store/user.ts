import { Role, type User } from '../../shared/contracts/people.ts';
import type { Store } from './store.ts';

interface UserRow { user_id: string; login_name: string; display_name: string; role: string; disabled: number; secret_hash: string }

const columns = 'user_id, login_name, display_name, role, disabled, secret_hash';

/** Everybody with an account, disabled ones too, by name. */
export function listUsers(store: Store): User[] {
  return store.sql<[], UserRow>(`select ${columns} from user order by display_name, login_name`).all().map(userOf);
}

/** A user with the hash of the secret; null where there is none of that name. */
export function findUserByName(store: Store, loginName: string): { user: User; secretHash: string } | null {
  const row = store.sql<[string], UserRow>(`select ${columns} from user where login_name = ?`).get(loginName);
  return row === undefined ? null : { user: userOf(row), secretHash: row.secret_hash };
}

/** An account by its id, disabled or not; null where there is none. */
export function findUser(store: Store, userId: string): User | null {
  const row = store.sql<[string], UserRow>(`select ${columns} from user where user_id = ?`).get(userId);
  return row === undefined ? null : userOf(row);
}

/** A new account; `secretHash` as Argon2 writes it. */
export function insertUser(store: Store, user: User, secretHash: string): void {
  store.sql<[string, string, string, string, number, string]>(
    `insert into user (${columns}) values (?, ?, ?, ?, ?, ?)`,
  ).run(user.userId, user.loginName, user.displayName, user.role, user.disabled ? 1 : 0, secretHash);
}

/** Changes name, role and whether an account is disabled; its log-in name stays. */
export function updateUser(store: Store, user: User): void {
  store.sql<[string, string, number, string]>('update user set display_name = ?, role = ?, disabled = ? where user_id = ?')
    .run(user.displayName, user.role, user.disabled ? 1 : 0, user.userId);
}

/** A new PIN or password, as Argon2 writes its hash. */
export function updateSecret(store: Store, userId: string, secretHash: string): void {
  store.sql<[string, string]>('update user set secret_hash = ? where user_id = ?').run(secretHash, userId);
}

/** True once an administrator exists: before that nobody could log in, so the set-up is open. */
export function isSetUp(store: Store): boolean {
  return store.sql<[], { n: number }>("select 1 as n from user where role = 'kiosk-admin' limit 1").get() !== undefined;
}

export interface LoginFailures { failures: number; lockedUntil: number }

/** Failed tries with a login name since the last good one; `lockedUntil` in milliseconds since 1970. */
export function readLoginFailures(store: Store, loginName: string): LoginFailures {
  return store.sql<[string], LoginFailures>('select failures, locked_until as lockedUntil from login_failure where login_name = ?')
    .get(loginName) ?? { failures: 0, lockedUntil: 0 };
}

/** Wrong tries of a log-in name in a row, and until when it is locked (milliseconds since 1970). */
export function writeLoginFailures(store: Store, loginName: string, { failures, lockedUntil }: LoginFailures): void {
  store.sql<[string, number, number]>(`insert into login_failure (login_name, failures, locked_until) values (?, ?, ?)
    on conflict (login_name) do update set failures = excluded.failures, locked_until = excluded.locked_until`).run(loginName, failures, lockedUntil);
}

/** Forgets the wrong tries of a log-in name. */
export function clearLoginFailures(store: Store, loginName: string): void {
  store.sql<[string]>('delete from login_failure where login_name = ?').run(loginName);
}

function userOf(row: UserRow): User {
  return {
    userId: row.user_id, loginName: row.login_name, displayName: row.display_name, role: Role.parse(row.role), disabled: row.disabled === 1,
  };
}
