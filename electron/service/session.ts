import type { Role, User } from '../../shared/contracts/people.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import type { RequestShape } from '../../shared/contracts/requests/define.ts';
import { isSetUp } from '../store/index.ts';
import type { Clock } from '../store/index.ts';
import type { ServiceContext } from './context.ts';

/** Who is logged in at this kiosk: one screen, so at most one. Kept in memory only: a restart locks. */
export interface Session {
  /** Null when nobody is logged in or the screen has locked. */
  user(): User | null;
  /** ISO time at which it locks unless somebody acts; null when nobody is logged in. */
  lockAt(): string | null;
  begin(user: User): void;
  end(reason: 'idle' | 'logged-out'): void;
  /** Somebody acted: the idle time starts again. */
  touch(): void;
  close(): void;
}

interface SessionOptions {
  clock: Clock;
  idleSeconds(): number;
  onLocked(reason: 'idle' | 'logged-out'): void;
}

/** Idle time runs on the monotonic clock: setting the wall clock neither keeps a screen open nor locks it. */
export function createSession({ clock, idleSeconds, onLocked }: SessionOptions): Session {
  let current: { user: User; activeAt: number } | null = null;
  let timer: NodeJS.Timeout | undefined;

  const left = (): number => (current === null ? 0 : current.activeAt + idleSeconds() * 1000 - clock.monoMs());
  const end = (reason: 'idle' | 'logged-out'): void => {
    clearTimeout(timer);
    if (current === null) return;
    current = null;
    onLocked(reason);
  };
  const lockWhenIdle = (): void => {
    if (current !== null && left() <= 0) end('idle');
  };
  const watch = (): void => {
    clearTimeout(timer);
    if (current === null) return;
    timer = setTimeout(() => {
      lockWhenIdle();
      watch();
    }, Math.max(left(), 1));
    timer.unref();
  };
  return {
    user: () => {
      lockWhenIdle();
      return current?.user ?? null;
    },
    lockAt: () => {
      lockWhenIdle();
      return current === null ? null : new Date(clock.now() + left()).toISOString();
    },
    begin: (user) => {
      current = { user, activeAt: clock.monoMs() };
      watch();
    },
    end,
    touch: () => {
      if (current === null) return;
      current.activeAt = clock.monoMs();
      watch();
    },
    close: () => clearTimeout(timer),
  };
}

/**
 * The one place that decides whether a request may be made now, by its `access`. Counts as activity unless the
 * screen asks by itself. Problems: `request-unknown`, `not-set-up`, `already-set-up`, `not-logged-in`, `not-allowed`.
 */
export function authorise(context: Pick<ServiceContext, 'store' | 'session'>, name: RequestName): void {
  if (!Object.hasOwn(requests, name)) throw new ProblemError('request-unknown');
  const { access, background }: RequestShape = requests[name];
  if (access === 'open') return;
  if (!isSetUp(context.store)) throw new ProblemError('not-set-up');
  const user = context.session.user();
  if (access !== 'kiosk') {
    if (user === null) throw new ProblemError('not-logged-in');
    if (!(access as readonly Role[]).includes(user.role)) throw new ProblemError('not-allowed');
  }
  if (background !== true) context.session.touch();
}
