import type { Sql } from '../store/database.ts';
import type { HubState } from '../store/hub-state.ts';
import type { HubKeys } from '../store/keys.ts';

/** What every route may use. A replica holds nothing else: all state is in the database. */
export interface HubContext {
  sql: Sql;
  state: HubState;
  keys: HubKeys;
  /** Opens the local routes of the command line; known only to who can read the data folder. */
  localSecret: string;
  /** TLS ends in front of this process: cookies are marked Secure, addresses come from the proxy. */
  behindTls: boolean;
  now(): Date;
}
