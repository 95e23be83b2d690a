/** `missing`: nobody answers; `failed`: somebody answers, but not as agreed; `off`: not started or closed. */
export type TurnstileState = 'off' | 'missing' | 'ready' | 'failed';

/** Why a pulse was not given: no board, the board refused or fell silent, too many wait, it waited too long. */
export type PulseFailure = 'missing' | 'failed' | 'busy' | 'late';

export type PulseResult = { given: true } | { given: false; why: PulseFailure };

/**
 * Port: a board of relays and contacts at one or several turnstiles. True forms: turnstile-board.ts over a relay-*.ts;
 * scripted: turnstile-scripted.ts. Outputs and inputs are counted from 1.
 */
export interface Turnstile {
  /** Starts once: looks for the board, switches its outputs off, tells states and contacts, and goes on doing so. */
  start(listener: TurnstileListener): void;
  /**
   * Switches an output on for a time. Resolves when the board has taken the order, or never will: an order is given to
   * the board at most once, whatever comes of it. Never rejects.
   */
  pulse(output: number, ms: number): Promise<PulseResult>;
  /** Holds outputs on, all others off, until told otherwise; outlasts a board that goes away and comes back. */
  hold(outputs: readonly number[]): void;
  readonly state: TurnstileState;
  /** Contacts by number, closed or not; null before the first reading and while the board is away. */
  readonly inputs: ReadonlyMap<number, boolean> | null;
  /** All outputs off, then lets the board go. Takes a second at most. */
  close(): Promise<void>;
}

export interface TurnstileListener {
  /** Each change, with words for the technician. */
  onState(state: TurnstileState, detail: string | null): void;
  /** All contacts, at the first reading and at each change. */
  onInputs(inputs: ReadonlyMap<number, boolean>): void;
}

/** An open board, as its kind of line makes it. Calls come one after the other; each rejects with an Error where it failed. */
export interface RelayLink {
  set(output: number, on: boolean): Promise<void>;
  /** Absent where the board cannot end a pulse by itself. */
  pulse?(output: number, ms: number): Promise<void>;
  /** Contacts 1 to `count`; absent where the board has none that can be asked. */
  readInputs?(count: number): Promise<readonly boolean[]>;
  /** Whether the board still answers, without changing anything. */
  probe(): Promise<void>;
  /** The line went away; told once. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Thrown by a link where a board answers, but refuses what it was told: there is no sense in looking for it again. */
export class RelayRefusal extends Error {}
