/**
 * One line of `motcua doctor`. `detail` holds no personal data; `do` says in Vietnamese what to do, null where nothing is.
 * `fail`: the kiosk cannot work (store, disk, clock), or what was asked for by name is not there. `warn`: it works
 * without this, a reader, a camera, the hub; which of them a place needs only its people know.
 */
export interface Finding {
  check: 'version' | 'pcscd' | 'readers' | 'reader' | 'cameras' | 'serial' | 'hid' | 'signal' | 'store' | 'trust' | 'clock' | 'hub' | 'disk';
  state: 'ok' | 'warn' | 'fail';
  detail: string;
  do: string | null;
}

/** What was found and is well. */
export function ok(check: Finding['check'], detail: string): Finding {
  return { check, state: 'ok', detail, do: null };
}

/** What works and should be looked at, with what to do. */
export function warn(check: Finding['check'], detail: string, advice: string): Finding {
  return { check, state: 'warn', detail, do: advice };
}

/** What does not work, with what to do. */
export function fail(check: Finding['check'], detail: string, advice: string): Finding {
  return { check, state: 'fail', detail, do: advice };
}
