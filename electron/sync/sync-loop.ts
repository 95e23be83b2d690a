import { ProblemError } from '../../shared/contracts/problems.ts';
import type { SyncState } from '../../shared/contracts/requests/system.ts';
import { deliver, heartbeatMs } from './deliver.ts';
import { HubProblem, type HubClient } from './hub-client.ts';
import type { Outbox } from './outbox.ts';

export interface SyncLoopOptions {
  outbox: Outbox;
  /** A client for the hub where the kiosk is enrolled; `signal` ends what is under way. */
  connect(url: string, signal: AbortSignal): HubClient;
  onState(state: SyncState): void;
  /** Called with anything but a ProblemError: a bug, which ends the service. */
  onBug(error: unknown): void;
  random?: () => number;
}

export interface SyncLoop {
  state(): SyncState;
  /** Something new waits: delivered soon, unless a back-off runs. */
  wake(): void;
  /** Tries at once, whatever runs, and answers how it went, or how it stands where that takes long. */
  now(): Promise<SyncState>;
  /** After an enrolment: forgets old refusals and starts. */
  restart(): Promise<SyncState>;
  stop(): Promise<void>;
}

const debounceMs = 250;
/** How long somebody at the screen waits for an answer; the delivery goes on. */
const answerMs = 8_000;
const lookMs = 1_000;
const backOffStartMs = 1_000;
const backOffMostMs = 60_000;
/** What only a person can mend is tried rarely. */
const refusedMs = 300_000;

const refusals = new Set(['device-unknown', 'device-revoked', 'signature-invalid', 'hub-refused', 'not-set-up', 'request-invalid']);

/** Delivers in the background: at once when something is new, with growing pauses while the hub is away. */
export function createSyncLoop({ outbox, connect, onState, onBug, random = Math.random }: SyncLoopOptions): SyncLoop {
  let client: { url: string; hub: HubClient } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let abort = new AbortController();
  let stopped = false;
  let failures = 0;
  let backingOff = false;
  let waking = false;
  let phase: SyncState['state'] = outbox.link() ? 'offline' : 'not-enrolled';
  let problem: string | null = null;
  let told = '';
  let greetedAt = -Infinity;
  let contactAt: string | null = null;

  const state = (): SyncState => {
    const link = outbox.link();
    const { seq } = outbox.head();
    const ackedSeq = outbox.ackedSeq();
    return {
      state: link ? phase : 'not-enrolled', hubUrl: link?.url ?? null, waiting: Math.max(0, seq - ackedSeq),
      blobsWaiting: outbox.blobsWaitingCount(), lastContactAt: contactAt ?? link?.lastContactAt ?? null, lastAckedSeq: ackedSeq, problem,
    };
  };
  const eventsWait = (): boolean => outbox.head().seq > outbox.ackedSeq();
  const tell = (next: SyncState['state'], code: string | null): void => {
    [phase, problem] = [next, code];
    const text = JSON.stringify(state());
    if (text !== told) onState(JSON.parse(told = text) as SyncState);
  };
  const plan = (ms: number): void => {
    clearTimeout(timer);
    // A herd of kiosks that lost the hub together must not come back together.
    if (!stopped) timer = setTimeout(() => void run(), ms * (0.8 + 0.4 * random()));
  };

  const attempt = async (): Promise<void> => {
    const link = outbox.link();
    if (!link) return tell('not-enrolled', null);
    if (client?.url !== link.url) client = { url: link.url, hub: connect(link.url, abort.signal) };
    try {
      // With nothing to send a greeting is the only sign of life.
      const greeted = eventsWait() && performance.now() - greetedAt < heartbeatMs;
      const { blobProblem } = await deliver(outbox, client.hub, {
        greeted, onProgress: () => tell(eventsWait() || outbox.blobsWaitingCount() > 0 ? 'sending' : 'idle', null),
      });
      if (!greeted) greetedAt = performance.now();
      contactAt = new Date().toISOString();
      [failures, backingOff] = [0, false];
      tell('idle', blobProblem);
      plan(eventsWait() ? debounceMs : heartbeatMs);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      failed(error);
    }
  };
  const failed = (error: ProblemError): void => {
    greetedAt = -Infinity;
    backingOff = true;
    failures += 1;
    const fork = error.code === 'chain-fork';
    tell(fork ? 'fork' : refusals.has(error.code) ? 'refused' : 'offline', error.code);
    if (fork || refusals.has(error.code)) return plan(refusedMs);
    const backOff = Math.min(backOffMostMs, backOffStartMs * 2 ** Math.min(failures - 1, 10));
    const asked = error instanceof HubProblem ? error.retryAfterMs ?? 0 : 0;
    plan(Math.max(asked, backOff));
  };
  const run = (): Promise<void> => {
    clearTimeout(timer);
    waking = false;
    running ??= attempt().catch((error: unknown) => { if (!stopped) onBug(error); }).finally(() => { running = undefined; });
    return running;
  };

  const wake = (): void => {
    // Not put off by the next event: a busy gate would never send.
    if (stopped || running || backingOff || waking || !outbox.link()) return;
    waking = true;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), debounceMs);
  };
  const answered = async (work: Promise<void>): Promise<SyncState> => {
    let limit: NodeJS.Timeout | undefined;
    await Promise.race([work, new Promise((resolve) => { limit = setTimeout(resolve, answerMs); })]);
    clearTimeout(limit);
    return state();
  };
  // Every writer of events would have to remember to call `wake`; looking costs one indexed read.
  const look = setInterval(() => { if (!running && !backingOff && eventsWait()) wake(); }, lookMs);
  look.unref();
  wake();
  return {
    state, wake,
    now: () => answered((async () => {
      // A run that is under way may have passed what is new: wait for it, then run once more, from the greeting on.
      await running;
      greetedAt = -Infinity;
      await run();
    })()),
    restart: () => answered((async () => {
      abort.abort();
      await running;
      [abort, client, failures, backingOff, greetedAt, contactAt] = [new AbortController(), undefined, 0, false, -Infinity, null];
      await run();
    })()),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(look);
      abort.abort();
      await running;
    },
  };
}
