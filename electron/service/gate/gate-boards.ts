import type { RelayBoard } from '../../../shared/contracts/signal.ts';
import { openRelay } from '../../devices/relay-board.ts';
import { turnstileBoard } from '../../devices/turnstile-board.ts';
import type { Turnstile, TurnstileState } from '../../devices/turnstile.ts';

/** A board with all that the lanes want of it. */
export interface BoardInUse {
  name: string;
  board: RelayBoard;
  outputs: readonly number[];
  inputs: readonly number[];
}

export type OpenTurnstile = (board: BoardInUse) => Turnstile;

export interface BoardListener {
  onState(board: BoardInUse, state: TurnstileState, detail: string | null): void;
  /** `before` is null at the first reading after the board was found: nothing has happened then. */
  onInputs(board: BoardInUse, before: ReadonlyMap<number, boolean> | null, now: ReadonlyMap<number, boolean>): void;
}

export interface RelayBoards {
  all(): (BoardInUse & { turnstile: Turnstile })[];
  find(name: string): (BoardInUse & { turnstile: Turnstile }) | undefined;
  /** From now on these and no others; one whose settings stay the same is not touched. */
  use(wanted: readonly BoardInUse[]): Promise<void>;
}

const trueForm: OpenTurnstile = ({ board, outputs, inputs }) => turnstileBoard({ open: () => openRelay(board), outputs, inputs });

/** The boards of relays that the lanes name, each opened once. */
export function relayBoards(open: OpenTurnstile = trueForm, listener: BoardListener): RelayBoards {
  const running = new Map<string, BoardInUse & { turnstile: Turnstile }>();
  let last: Promise<void> = Promise.resolve();
  const change = async (wanted: readonly BoardInUse[]): Promise<void> => {
    const sameAs = (one: BoardInUse): boolean => {
      const { turnstile: _, ...known } = running.get(one.name) ?? { turnstile: null };
      return JSON.stringify(known) === JSON.stringify(one);
    };
    const old = [...running.values()].filter(({ name }) => !wanted.some((one) => one.name === name && sameAs(one)));
    for (const { name } of old) running.delete(name);
    // A serial line must be free again before somebody else opens it.
    await Promise.all(old.map(({ turnstile }) => turnstile.close()));
    for (const one of wanted) {
      if (running.has(one.name)) continue;
      const turnstile = open(one);
      running.set(one.name, { ...one, turnstile });
      let before: ReadonlyMap<number, boolean> | null = null;
      turnstile.start({
        onState: (state, detail) => {
          if (state !== 'ready' && state !== 'failed') before = null;
          listener.onState(one, state, detail);
        },
        onInputs: (now) => {
          const was = before;
          before = now;
          listener.onInputs(one, was, now);
        },
      });
    }
  };
  return {
    all: () => [...running.values()],
    find: (name) => running.get(name),
    use: (wanted) => {
      last = last.then(() => change(wanted));
      return last;
    },
  };
}
