import type { Logger } from 'pino';
import type { EventData, EventName, Handlers, RequestName } from '../../shared/contracts/requests/index.ts';

/** What the entry hands to `createHandlers` (electron/service/handlers/index.ts): all that a handler may know of outside. */
export interface ServiceContext {
  /** The kiosk's data folder; it exists and is readable by this user only. */
  dataDir: string;
  /** The store's key, 32 bytes, unwrapped from the OS keychain by main; null: use (or make) the key file in dataDir. */
  key: Uint8Array | null;
  keySource: 'keychain' | 'key-file';
  appVersion: string;
  /** Tells every connected page. */
  emit<N extends EventName>(name: N, data: EventData<N>): void;
  /** To standard error; never personal data. */
  log: Logger;
}

/** What `createHandlers` gives back. It throws a ProblemError where the store cannot be opened for an expected reason. */
export interface RunningService {
  handlers: Handlers;
  /**
   * Called before each handler with a parsed input: throws `not-set-up`, `not-logged-in` or `not-allowed` by the
   * request's `access`, and counts activity for the idle lock unless the request is `background`.
   */
  admit(name: RequestName): void;
  /** Ends everything that would keep the process alive; the store is closed when it resolves. */
  close(): Promise<void>;
}
