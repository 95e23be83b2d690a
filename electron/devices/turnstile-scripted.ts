import type { PulseResult, Turnstile, TurnstileListener, TurnstileState } from './turnstile.ts';

export interface ScriptedTurnstile extends Turnstile {
  /** Every pulse that was given, in order. */
  pulses: { output: number; ms: number }[];
  /** What is held on now. */
  held: readonly number[];
  /** Opens or closes a contact. */
  contact(input: number, isClosed: boolean): void;
  plug(): void;
  unplug(): void;
  /** What the next pulses come to. */
  answer(result: PulseResult): void;
}

/** The scripted form: a test plugs, closes contacts, and sees what was ordered. It begins plugged in, all contacts open. */
export function scriptedTurnstile(): ScriptedTurnstile {
  let state: TurnstileState = 'off';
  let isPlugged = true;
  let result: PulseResult = { given: true };
  let listener: TurnstileListener | null = null;
  const contacts = new Map(Array.from({ length: 8 }, (_, i) => [i + 1, false]));
  const become = (next: TurnstileState): void => {
    state = next;
    listener?.onState(next, null);
    if (next === 'ready') listener?.onInputs(new Map(contacts));
  };
  const turnstile: ScriptedTurnstile = {
    pulses: [],
    held: [],
    get state() {
      return state;
    },
    get inputs() {
      return state === 'ready' ? new Map(contacts) : null;
    },
    start(to) {
      listener = to;
      become(isPlugged ? 'ready' : 'missing');
    },
    pulse(output, ms) {
      if (state !== 'ready') return Promise.resolve({ given: false, why: 'missing' });
      turnstile.pulses.push({ output, ms });
      return Promise.resolve(result);
    },
    hold(outputs) {
      turnstile.held = [...outputs];
    },
    close() {
      turnstile.held = [];
      become('off');
      listener = null;
      return Promise.resolve();
    },
    contact(input, isClosed) {
      contacts.set(input, isClosed);
      if (state === 'ready') listener?.onInputs(new Map(contacts));
    },
    plug() {
      isPlugged = true;
      if (state === 'missing') become('ready');
    },
    unplug() {
      isPlugged = false;
      if (state === 'ready') become('missing');
    },
    answer(next) {
      result = next;
    },
  };
  return turnstile;
}
