import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turnstileBoard } from '../../electron/devices/turnstile-board.ts';
import { RelayRefusal, type PulseResult, type RelayLink } from '../../electron/devices/turnstile.ts';

type Act = 'pulse 1' | 'pulse 2' | 'lose' | 'break' | 'refuse' | 'mend' | 'hold' | 'free' | 'wait';
const acts: Act[] = ['pulse 1', 'pulse 2', 'lose', 'break', 'refuse', 'mend', 'hold', 'free', 'wait'];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A board whose line and manners change while it is used. It counts what it was told and what it did. */
function wildBoard({ timed }: { timed: boolean }) {
  const on = new Set<number>();
  const orders: { output: number; on: boolean }[] = [];
  let mood: 'well' | 'broken' | 'refuses' = 'well';
  let lost: (() => void) | null = null;
  let isThere = true;
  const heed = async (): Promise<void> => {
    await pause(0);
    if (!isThere) throw new Error('gone');
    if (mood === 'refuses') throw new RelayRefusal('exception 4');
  };
  const open = async (): Promise<RelayLink | null> => {
    if (!isThere) return null;
    return {
      set: async (output, isOn) => {
        await heed();
        orders.push({ output, on: isOn });
        if (isOn) on.add(output);
        else on.delete(output);
        // Done, but the answer is lost.
        if (mood === 'broken') throw new Error('no answer');
      },
      ...(timed && {
        pulse: async (output: number, ms: number) => {
          await heed();
          orders.push({ output, on: true });
          on.add(output);
          setTimeout(() => on.delete(output), ms);
          if (mood === 'broken') throw new Error('no answer');
        },
      }),
      probe: heed,
      onLost: (listener) => { lost = listener; },
      close: async () => undefined,
    };
  };
  return {
    open, on, orders,
    lose: () => {
      isThere = false;
      lost?.();
    },
    break: () => { mood = 'broken'; },
    refuse: () => { mood = 'refuses'; },
    mend: () => {
      mood = 'well';
      isThere = true;
    },
  };
}

describe('a board that does anything', () => {
  it.each([true, false])('every order ends, none is given twice, and all is off in the end (timed by the board: %s)', async (timed) => {
    await expect(fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 25 }), async (all) => {
      const board = wildBoard({ timed });
      const turnstile = turnstileBoard({ open: board.open, outputs: [1, 2], inputs: [], times: { retry: [1, 4], probe: 3, poll: 3, gap: 2, fresh: 60, absent: 10 } });
      turnstile.start({ onState: () => undefined, onInputs: () => undefined });
      const asked = new Map([[1, 0], [2, 0]]);
      const results: Promise<PulseResult>[] = [];
      let isHeld = false;
      let heldEver = false;
      for (const act of all) {
        if (act === 'pulse 1' || act === 'pulse 2') {
          const output = act === 'pulse 1' ? 1 : 2;
          asked.set(output, asked.get(output)! + 1);
          results.push(turnstile.pulse(output, 4));
        } else if (act === 'hold' || act === 'free') {
          isHeld = act === 'hold';
          heldEver ||= isHeld;
          turnstile.hold(isHeld ? [1] : []);
        } else if (act === 'wait') await pause(6);
        else board[act]();
      }
      board.mend();
      const given = (await Promise.all(results)).filter((result) => result.given).length;
      const onOrders = (output: number): number => board.orders.filter((order) => order.output === output && order.on).length;
      // Output 2 is never held: each of its switchings is a pulse that was asked for.
      expect(onOrders(2)).toBeLessThanOrEqual(asked.get(2)!);
      expect(onOrders(1)).toBeLessThanOrEqual(heldEver ? Number.POSITIVE_INFINITY : asked.get(1)!);
      expect(given).toBeLessThanOrEqual(heldEver ? Number.POSITIVE_INFINITY : onOrders(1) + onOrders(2));
      while (turnstile.state !== 'ready') await pause(2);
      await turnstile.close();
      await pause(5);
      expect([...board.on]).toEqual([]);
    }), { numRuns: 60, endOnFailure: true })).resolves.toBeUndefined();
  }, 60_000);
});
