import { performance } from 'node:perf_hooks';
import { RelayRefusal, type PulseResult, type RelayLink, type Turnstile, type TurnstileListener, type TurnstileState } from './turnstile.ts';

export interface BoardOptions {
  /** Opens the board; null where it is not there, an Error where it is but may not be used. */
  open(): Promise<RelayLink | null>;
  /** Outputs that this program switches: off at the start, after each return of the board, and at the end. No others are touched. */
  outputs: readonly number[];
  /** Contacts that must not be missed; others are shown where the board has them. */
  inputs: readonly number[];
  times?: Partial<BoardTimes>;
}

/** All in milliseconds. */
export interface BoardTimes {
  /** Between two looks at contacts that must not be missed: a turnstile closes its contact for 200 ms or more. */
  poll: number;
  /** Between two looks at anything else: whether the board is still there. */
  probe: number;
  /** Before the board is looked for again: doubled with each try, up to the second. */
  retry: readonly [first: number, most: number];
  /** Between two pulses of one output, so that the turnstile counts two. */
  gap: number;
  /** A pulse that could not be given by then is none: whoever it was for has gone or stands before somebody else. */
  fresh: number;
  /** How long a pulse waits for a board that is away. */
  absent: number;
}
const usual: BoardTimes = { poll: 50, probe: 1000, retry: [250, 5000], gap: 300, fresh: 5000, absent: 1500 };

const mostWaiting = 8;
/** Boards with contacts have eight or more; asked for so many, each tells all that an installer wants to see. */
const shownInputs = 8;
/** The service has four seconds for all its ends together. */
const patienceAtEnd = 1500;

interface Order { ms: number; at: number; answer: (result: PulseResult) => void }

/**
 * A board of relays behind any kind of line. It is looked for until it is found, with growing pauses; after each loss all
 * outputs are switched off first, since nobody knows how they were left. An order that failed is never given again.
 */
export function turnstileBoard({ open, outputs, inputs: wanted, times }: BoardOptions): Turnstile {
  const { poll, probe, retry, gap, fresh, absent } = { ...usual, ...times };
  const orders = new Map<number, Order[]>();
  const pulsing = new Set<number>();
  let listener: TurnstileListener = { onState: () => undefined, onInputs: () => undefined };
  let state: TurnstileState = 'off';
  let inputs: ReadonlyMap<number, boolean> | null = null;
  let held: ReadonlySet<number> = new Set();
  let heldIsNew = false;
  let settledAt = 0;
  let link: RelayLink | null = null;
  let broken = false;
  let running: Promise<void> | null = null;
  let closed = false;
  let wake = (): void => undefined;
  let arrived = Promise.withResolvers<void>();

  const become = (next: TurnstileState, detail: string | null): void => {
    if (next === state) return;
    state = next;
    listener.onState(next, detail);
  };
  /** From here on nobody knows how the board's outputs are: it is opened anew, which switches all off. */
  const giveUp = (why: string | null): void => {
    if (broken) return;
    broken = true;
    if (link !== null) arrived = Promise.withResolvers();
    link = null;
    inputs = null;
    if (!closed) become('missing', why);
    wake();
  };
  const rest = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const settle = async (on: RelayLink): Promise<void> => {
    heldIsNew = false;
    settledAt = performance.now();
    for (const output of outputs) if (held.has(output) || !pulsing.has(output)) await on.set(output, held.has(output));
  };
  const look = async (on: RelayLink, asked: number): Promise<void> => {
    if (on.readInputs === undefined) return on.probe();
    const now = new Map((await on.readInputs(asked)).map((isClosed, i) => [i + 1, isClosed]));
    if (broken || closed) return;
    const same = inputs !== null && inputs.size === now.size && [...now].every(([input, isClosed]) => inputs?.get(input) === isClosed);
    inputs = now;
    // Apart from here: what goes wrong with whoever listens is no fault of the board.
    if (!same) setImmediate(() => { if (!closed) listener.onInputs(now); });
  };
  const serve = async (on: RelayLink): Promise<void> => {
    const needed = Math.max(0, ...wanted);
    let asked = Math.max(needed, shownInputs);
    let asks = on.readInputs !== undefined;
    let amiss: string | null = null;
    while (!closed && !broken) {
      // Again and again while something is held: a pulse that the board was just timing ends in between.
      if (heldIsNew || (held.size > 0 && performance.now() - settledAt >= probe)) await settle(on);
      try {
        await (asks ? look(on, asked) : on.probe());
      } catch (error) {
        // A refusal is an answer: the board is there.
        if (!(error instanceof RelayRefusal)) throw error;
        if (asks && asked > needed && needed > 0) {
          asked = needed;
          continue;
        }
        if (asks && needed > 0) amiss = `inputs: ${error.message}`;
        asks = false;
      }
      if (closed || broken) return;
      // With its contacts amiss, its outputs work all the same.
      become(amiss === null ? 'ready' : 'failed', amiss);
      if (!heldIsNew) await rest(asks && needed > 0 ? poll : probe);
    }
  };
  const run = async (): Promise<void> => {
    let [pause] = retry;
    while (!closed) {
      let opened: RelayLink | null = null;
      let failure: TurnstileState = 'missing';
      let detail: string | null = null;
      try {
        failure = 'failed';
        opened = await open();
        failure = 'missing';
        if (opened !== null) {
          broken = false;
          pulsing.clear();
          opened.onLost(() => giveUp(null));
          await settle(opened);
          if (!broken) {
            link = opened;
            arrived.resolve();
            [pause] = retry;
            await serve(opened);
          }
        }
      } catch (error) {
        detail = error instanceof Error ? error.message : String(error);
        if (error instanceof RelayRefusal) failure = 'failed';
      }
      if (link !== null) arrived = Promise.withResolvers();
      link = null;
      inputs = null;
      if (closed) {
        if (opened !== null && !broken) for (const output of outputs) await opened.set(output, false).catch(() => undefined);
        await opened?.close();
        return;
      }
      // That its line closes now is our own doing.
      broken = true;
      become(failure, detail);
      await opened?.close();
      if (!closed) await rest(pause);
      pause = Math.min(pause * 2, retry[1]);
    }
  };

  /** Gives one order, once. */
  const give = async (output: number, { ms, at }: Order): Promise<PulseResult> => {
    if (link === null) await Promise.race([arrived.promise, pauseFor(Math.max(0, at + absent - performance.now()))]);
    const on = link;
    if (closed || on === null || broken) return { given: false, why: 'missing' };
    if (performance.now() - at > fresh) return { given: false, why: 'late' };
    if (held.has(output)) return { given: true };
    try {
      if (on.pulse !== undefined) await on.pulse(output, ms);
      else {
        pulsing.add(output);
        await on.set(output, true);
        endLater(on, output, ms);
      }
      return { given: true };
    } catch (error) {
      pulsing.delete(output);
      if (!(error instanceof RelayRefusal) && link === on) giveUp(error instanceof Error ? error.message : null);
      return { given: false, why: 'failed' };
    }
  };
  const endLater = (on: RelayLink, output: number, ms: number): void => {
    setTimeout(() => {
      pulsing.delete(output);
      if (link !== on || closed || held.has(output)) return;
      on.set(output, false).catch(() => {
        if (link === on) giveUp(null);
      });
    }, ms);
  };
  const work = async (output: number, queue: Order[]): Promise<void> => {
    for (let order = queue[0]; order !== undefined; order = queue[0]) {
      const result = await give(output, order);
      order.answer(result);
      if (result.given && !held.has(output)) await pauseFor(order.ms + gap);
      queue.shift();
    }
    orders.delete(output);
  };

  return {
    get state() {
      return state;
    },
    get inputs() {
      return inputs;
    },
    start(to) {
      if (running !== null || closed) return;
      listener = to;
      running = run();
    },
    pulse(output, ms) {
      if (closed || running === null) return Promise.resolve({ given: false, why: 'missing' });
      const queue = orders.get(output);
      if (queue !== undefined && queue.length >= mostWaiting) return Promise.resolve({ given: false, why: 'busy' });
      return new Promise((answer) => {
        const order: Order = { ms, at: performance.now(), answer };
        if (queue !== undefined) queue.push(order);
        else {
          const first = [order];
          orders.set(output, first);
          void work(output, first);
        }
      });
    },
    hold(next) {
      held = new Set(next);
      heldIsNew = true;
      wake();
    },
    async close() {
      if (closed) return;
      closed = true;
      wake();
      arrived.resolve();
      await Promise.race([running, pauseFor(patienceAtEnd)]);
      become('off', null);
    },
  };
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
