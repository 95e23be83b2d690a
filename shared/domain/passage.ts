/** Somebody who was let through and has not gone yet. Times in milliseconds of one clock that never jumps. */
export interface Grant {
  scanId: string;
  lane: string;
  /** Until then he is waited for. */
  until: number;
}

/** Who may go through at one contact, in the order of their scans. */
export type Awaited = readonly Grant[];

/** Nobody scans so far ahead of a turnstile. */
const mostAwaited = 16;

/** Adds somebody who was just let through. */
export function letThrough(awaited: Awaited, grant: Grant): Awaited {
  return [...awaited.filter(({ scanId }) => scanId !== grant.scanId), grant].slice(-mostAwaited);
}

/** Somebody went through: the first who was waited for; null where nobody was. */
export function wentThrough(awaited: Awaited, at: number): { awaited: Awaited; who: Grant | null } {
  const index = awaited.findIndex(({ until }) => until >= at);
  const who = awaited[index];
  return who === undefined ? { awaited, who: null } : { awaited: awaited.filter((one) => one !== who), who };
}

/** Those whose time is over. */
export function notGone(awaited: Awaited, at: number): { awaited: Awaited; gone: Grant[] } {
  return { awaited: awaited.filter(({ until }) => until >= at), gone: awaited.filter(({ until }) => until < at) };
}
