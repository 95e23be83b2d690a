import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The port to time: wall clock, monotonic clock and the boot in which the latter counts. Scripted in tests. */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock says; it may jump either way. */
  now(): number;
  /** Whole milliseconds of a clock that only goes forward within one boot. */
  monoMs(): number;
  bootId: string;
  /** Minutes east of UTC. */
  tz(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monoMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  bootId: bootId(),
  tz: () => -new Date().getTimezoneOffset(),
};

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // No such file outside Linux: an id for each start keeps monotonic times of two boots apart all the same.
    return randomUUID();
  }
}
