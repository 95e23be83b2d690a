import { randomUUID } from 'node:crypto';
import type { User } from '../../../shared/contracts/people.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import {
  appendEvent, clearLoginFailures, findUser, findUserByName, insertUser, listUsers, updateSecret, updateUser, type Store,
} from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { checkLogin } from '../login.ts';
import { hashSecret } from '../secret.ts';

type AuthHandlers = Pick<Handlers,
  'auth/people' | 'auth/login' | 'auth/logout' | 'auth/change-secret' | 'users/list' | 'users/create' | 'users/change'>;

/** Log-in, log-out and the users of this kiosk. */
export function authHandlers(context: ServiceContext): AuthHandlers {
  const { store, session } = context;
  return {
    'auth/people': async () => ({
      people: listUsers(store).filter((user) => !user.disabled).map(({ loginName, displayName, role }) => ({ loginName, displayName, role })),
    }),
    'auth/login': async ({ loginName, secret }) => {
      const user = await checkLogin(store, loginName, secret);
      store.transaction(() => appendEvent(store, { type: 'login-passed', actor: user.userId, payload: { userId: user.userId, role: user.role } }));
      session.begin(user);
      return { user, lockAt: session.lockAt() ?? new Date(context.clock.now()).toISOString() };
    },
    'auth/logout': async () => {
      const user = session.user();
      if (user !== null) {
        store.transaction(() => appendEvent(store, { type: 'logged-out', actor: user.userId, payload: { userId: user.userId } }));
        session.end('logged-out');
      }
      return {};
    },
    'auth/change-secret': async ({ old, secret }) => {
      const { userId, loginName } = context.requireUser();
      await checkLogin(store, loginName, old);
      const secretHash = await hashSecret(secret);
      store.transaction(() => {
        updateSecret(store, userId, secretHash);
        appendEvent(store, { type: 'user-changed', actor: userId, payload: { userId, secretChanged: true } });
      });
      return {};
    },
    'users/list': async () => ({ users: listUsers(store) }),
    'users/create': async ({ secret, ...wanted }) => {
      const actor = context.requireUser().userId;
      const secretHash = await hashSecret(secret);
      return store.transaction(() => addUser(store, { ...wanted, userId: randomUUID(), disabled: false }, secretHash, actor));
    },
    'users/change': async ({ userId, secret, ...changes }) => {
      const actor = context.requireUser().userId;
      const secretHash = secret === undefined ? null : await hashSecret(secret);
      const next = store.transaction(() => changeUser(store, userId, changes, secretHash, actor));
      if (session.user()?.userId === userId) {
        if (next.disabled) session.end('logged-out');
        else session.begin(next);
      }
      return next;
    },
  };
}

/** Stores a new user with the event; inside a transaction. Problem: `name-taken`. */
export function addUser(store: Store, user: User, secretHash: string, actor: string): User {
  if (findUserByName(store, user.loginName) !== null) throw new ProblemError('name-taken');
  insertUser(store, user, secretHash);
  appendEvent(store, { type: 'user-created', actor, payload: { ...user } });
  return user;
}

function changeUser(store: Store, userId: string, changes: Partial<User>, secretHash: string | null, actor: string): User {
  const user = findUser(store, userId);
  if (user === null) throw new ProblemError('not-found');
  const next = { ...user, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
  const admins = listUsers(store).filter(({ role, disabled }) => role === 'kiosk-admin' && !disabled);
  const remains = next.role === 'kiosk-admin' && !next.disabled;
  // Nobody could ever undo that at this kiosk.
  if (!remains && admins.length === 1 && admins[0]?.userId === userId) throw new ProblemError('not-allowed', 'last administrator');
  updateUser(store, next);
  if (secretHash !== null) {
    updateSecret(store, userId, secretHash);
    clearLoginFailures(store, user.loginName);
  }
  appendEvent(store, { type: 'user-changed', actor, payload: { userId, role: next.role, disabled: next.disabled, secretChanged: secretHash !== null } });
  return next;
}
