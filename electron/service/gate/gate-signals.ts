import type { z } from 'zod';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Direction, GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import type { SignalState } from '../../../shared/contracts/requests/lanes.ts';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { boardName, fireOutputs, type Contact, type LaneSignal, type RelayBoard } from '../../../shared/contracts/signal.ts';
import type { PulseResult } from '../../devices/turnstile.ts';
import { appendEvent, fireSince, isFire, listMusters, readKiosk, setFire } from '../../store/index.ts';
import { raiseAlarm } from './alarms.ts';
import { bestEffort } from './best-effort.ts';
import type { ServiceContext } from '../context.ts';
import { relayBoards, type BoardInUse, type OpenTurnstile } from './gate-boards.ts';
import { createFireWatch } from './gate-fire.ts';
import { createPassages } from './gate-passages.ts';
import { startMuster } from './muster.ts';

type Answer = z.infer<typeof GateAnswer>;
type SignalLane = Lane & { signal: LaneSignal };

/** What the lanes' turnstiles are doing, and what may be asked of them. */
export interface GateSignals {
  /** Lanes with a turnstile: how its board is, and which contacts are closed. */
  state(): SignalState[];
  /** Opens a lane by hand; `openId` tells one act from another. */
  open(lane: string, direction: Direction, openId: string): Promise<PulseResult>;
  /** After the lanes were set: boards that stay the same go on working. */
  rewire(): Promise<void>;
}

export interface SignalOptions {
  /** Scripted in tests. */
  turnstile?: OpenTurnstile;
  /** Milliseconds for which a fire input must be the same before it is believed: when it begins, and when it ends. */
  fireTimes?: readonly [begins: number, ends: number];
}

/** An answer that is older stands for somebody who is not at the gate. */
const freshMs = 10_000;
/** Whoever waits for the guard's word stands there longer. */
const heldFreshMs = 120_000;
/** More answers than these are not in one second's work of a gate. */
const remembered = 1000;
/** A board that is away at a shift change, a contact that chatters: one alarm in this time says it. */
const oneAlarmMs = 30_000;
/** What a fire needs and could not be stored is tried again after so long. */
const againMs = 1000;
const byHand = 'hand ';

/**
 * Turnstiles of the lanes: each answer that lets somebody pass is one pulse, after its commit; contacts tell who went
 * through and who did not; a fire input opens everything and begins the roll call.
 */
export function startGateSignals(context: ServiceContext, { turnstile, fireTimes = [150, 2000] }: SignalOptions = {}): GateSignals {
  const { store, clock, devices, emit } = context;
  const pulsed = new Set<string>();
  const details = new Map<string, string | null>();
  /** What each fire input said last. */
  const heard = new Map<string, boolean>();
  let ended = false;
  /** What the fire inputs say and the store does not know yet. */
  let unstored: boolean | null = null;
  let again: NodeJS.Timeout | undefined;
  const isBurning = (): boolean => unstored ?? isFire(store);

  const lanes = (): SignalLane[] => (readKiosk(store)?.mode === 'gate' ? readKiosk(store)?.lanes ?? [] : []).filter((lane): lane is SignalLane => lane.signal !== undefined);
  const contactOf = (board: RelayBoard, input: number): string => `${boardName(board)} ${input}`;
  const boards = relayBoards(turnstile, {
    onState: ({ name }, state, detail) => {
      details.set(name, detail);
      devices.report({ kind: 'signal', name, state: state === 'off' ? 'off' : state, detail });
      tellState();
    },
    onInputs: (board, before, now) => {
      fire.look();
      // In a fire everybody goes.
      if (before !== null && !isBurning()) {
        for (const [contact, wiring] of passagesOf(board.name)) if (isActive(wiring, now) && !isActive(wiring, before)) passages.closed(contact);
      }
      tellState();
    },
  });
  const fire = createFireWatch({
    times: fireTimes, isOn: isBurning,
    // Null where nobody can say: then what was known last stays.
    read: () => {
      const told = lanes().flatMap(({ signal: { board, fire: contact } }) => {
        if (contact === null) return [];
        const inputs = boards.find(boardName(board))?.turnstile.inputs ?? null;
        const name = `${contactOf(board, contact.input)} ${contact.wiring}`;
        if (inputs !== null) heard.set(name, isActive(contact, inputs));
        // A board that burnt ends no fire that it told of; one that lost its power begins none.
        return inputs !== null || isBurning() ? [heard.get(name) ?? null] : [];
      });
      if (told.includes(true)) return true;
      return told.length === 0 || told.includes(null) ? null : false;
    },
    onChange: (on) => {
      // Lanes open before anything is stored: a full disk must keep nobody in.
      unstored = on;
      holdAll();
      emit('gate/fire', { on });
      keepFire();
    },
  });
  const keepFire = (): void => {
    clearTimeout(again);
    if (ended || unstored === null) return;
    const on = unstored;
    if (!bestEffort(context, () => setFire(store, on, 'gate'))) {
      again = setTimeout(keepFire, againMs);
      return;
    }
    unstored = null;
    context.nudgeSync();
    callRoll();
  };
  /** A fire has its alarm and its roll call, whatever came in between: the end of the service, a full disk. */
  const callRoll = (): void => {
    clearTimeout(again);
    const since = fireSince(store);
    if (ended || since === null) return;
    bestEffort(context, () => { raiseAlarm(context, { kind: 'fire', cause: `fire ${since}` }); });
    if (listMusters(store, 20).some(({ cause, startedAt }) => cause !== 'drill' && startedAt >= since)) return;
    startMuster(context, 'fire').catch((error: unknown) => {
      if (ended) return;
      context.log.error({ error: error instanceof ProblemError ? error.code : 'unexpected' }, 'the roll call did not begin');
      again = setTimeout(callRoll, againMs);
    });
  };

  const tellState = (): void => { if (!ended) emit('lanes/signals', { signals: signals.state() }); };
  const holdAll = (): void => {
    const on = isBurning();
    for (const { name, turnstile: board } of boards.all()) {
      board.hold(on ? lanes().filter(({ signal }) => boardName(signal.board) === name).flatMap(({ signal }) => fireOutputs(signal)) : []);
    }
  };
  /** Each contact once: readers of both directions may share a turnstile. */
  const passagesOf = (name: string): Map<string, Contact> => new Map(lanes().flatMap(({ signal: { board, passage } }) => (
    passage === null || boardName(board) !== name ? [] : [[contactOf(board, passage.input), passage] as const])));
  const passages = createPassages({
    onGone: ({ scanId, lane }, passed) => {
      // Opened by hand: nobody's scan.
      if (!scanId.startsWith(byHand)) bestEffort(context, () => { store.transaction(() => appendEvent(store, { type: 'passage', actor: 'gate', payload: { scanId, lane, passed } })); });
      emit('gate/passage', { scanId, lane, passed });
      context.nudgeSync();
    },
    onForced: (contact) => {
      const lane = lanes().find(({ signal }) => signal.passage !== null && contactOf(signal.board, signal.passage.input) === contact)?.lane ?? null;
      bestEffort(context, () => { raiseAlarm(context, { kind: 'forced-passage', cause: `passage ${contact} ${Math.floor(clock.now() / oneAlarmMs)}`, lane }); });
    },
  });
  const pulse = async ({ lane, signal }: SignalLane, direction: Direction, scanId: string): Promise<PulseResult> => {
    const output = signal.outputs[direction];
    const board = boards.find(boardName(signal.board));
    if (output === null || board === undefined) return { given: false, why: 'missing' };
    // Before the order: whoever pushes at once closes the contact before the board's answer is here.
    const contact = signal.passage === null ? null : contactOf(signal.board, signal.passage.input);
    if (contact !== null && signal.passage !== null) passages.expect(contact, { scanId, lane }, signal.pulseMs + signal.passage.withinSeconds * 1000);
    const result = await board.turnstile.pulse(output, signal.pulseMs);
    if (!result.given && contact !== null) passages.drop(contact, scanId);
    return result;
  };
  const onAnswered = (answer: Answer): void => {
    const { outcome, direction, scanId } = answer;
    if (direction === null || (outcome !== 'recorded' && outcome !== 'repeat') || pulsed.has(scanId)) return;
    const lane = lanes().find((one) => one.lane === answer.lane);
    if (lane === undefined || lane.signal.outputs[direction] === null || (outcome === 'repeat' && !lane.signal.onRepeat)) return;
    if (Math.abs(clock.now() - Date.parse(answer.at)) > (answer.reason === 'guard' ? heldFreshMs : freshMs)) return;
    pulsed.add(scanId);
    if (pulsed.size > remembered) pulsed.delete(pulsed.values().next().value!);
    void pulse(lane, direction, scanId).then((result) => {
      if (ended) return;
      emit('gate/opened', { scanId, lane: answer.lane, given: result.given, why: result.given ? null : result.why });
      if (!result.given) bestEffort(context, () => { raiseAlarm(context, { kind: 'gate-not-opened', cause: `not opened ${answer.lane} ${Math.floor(clock.now() / oneAlarmMs)}`, lane: answer.lane, detail: { why: result.why } }); });
    });
  };

  const signals: GateSignals = {
    state: () => lanes().map(({ lane, signal }) => {
      const board = boards.find(boardName(signal.board));
      const inputs = board?.turnstile.inputs ?? null;
      return {
        lane, board: boardName(signal.board), state: board?.turnstile.state ?? 'off', detail: details.get(boardName(signal.board)) ?? null,
        inputs: inputs?.size ?? 0, closed: [...inputs ?? []].filter(([, isClosed]) => isClosed).map(([input]) => input),
      };
    }),
    open: async (name, direction, openId) => {
      const lane = lanes().find((one) => one.lane === name);
      return lane === undefined ? { given: false, why: 'missing' } : pulse(lane, direction, `${byHand}${openId}`);
    },
    rewire: async () => {
      await boards.use(boardsOf(lanes()));
      // Nobody is left who could end it.
      if (isBurning() && lanes().every(({ signal }) => signal.fire === null)) fire.end();
      holdAll();
    },
  };
  context.gate.onAnswered(onAnswered);
  context.onClose(async () => {
    ended = true;
    fire.stop();
    clearTimeout(again);
    passages.stop();
    await boards.use([]);
  });
  void signals.rewire();
  callRoll();
  return signals;
}

function isActive({ input, wiring }: Contact, inputs: ReadonlyMap<number, boolean>): boolean {
  const isClosed = inputs.get(input);
  return isClosed !== undefined && isClosed === (wiring === 'normally-open');
}

/** The boards of all lanes, each once, with what they switch and hear of them together. */
function boardsOf(lanes: readonly SignalLane[]): BoardInUse[] {
  const boards = new Map<string, BoardInUse>();
  for (const { signal } of lanes) {
    const name = boardName(signal.board);
    const known = boards.get(name) ?? { name, board: signal.board, outputs: [], inputs: [] };
    const outputs = [signal.outputs.in, signal.outputs.out, ...fireOutputs(signal)].filter((output) => output !== null);
    const inputs = [signal.passage?.input, signal.fire?.input].filter((input) => input !== undefined);
    boards.set(name, { ...known, outputs: sorted(known.outputs, outputs), inputs: sorted(known.inputs, inputs) });
  }
  return [...boards.values()];
}

function sorted(...lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].toSorted((a, b) => a - b);
}
