import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { EventData, EventName, Input, KioskBridge, Output, RequestName } from '../shared/contracts/requests/index.ts';
import { isProblemCode, problem, type Problem } from '../shared/contracts/problems.ts';
import type { ServiceState } from '../shared/contracts/wire.ts';

declare global {
  interface Window { readonly kiosk: KioskBridge }
}

/**
 * Any rejection of a request as the coded problem it stands for. A bug (something that is no problem) is shown as
 * `service-restarted`: the service ends on a bug and comes back, so doing it again is the right advice.
 */
export function toProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null) {
    if ('code' in thrown && isProblemCode(thrown.code)) {
      const detail = 'detail' in thrown && typeof thrown.detail === 'string' ? thrown.detail : undefined;
      return problem(thrown.code, detail);
    }
    // An Error that crosses the bridge keeps its message only.
    if ('message' in thrown && typeof thrown.message === 'string') {
      const [code = '', detail] = thrown.message.split(/:\s*/, 2);
      if (isProblemCode(code)) return problem(code, detail);
    }
  }
  console.error('unexpected rejection', thrown);
  return problem('service-restarted');
}

/** True for a problem that logging in again solves. */
function isLockedOut(p: Problem | null): boolean {
  return p?.code === 'not-logged-in';
}

type LockedOut = () => void;
const lockedOutListeners = new Set<LockedOut>();
/** Called when the service answers `not-logged-in`: the session ended without the event reaching the page. */
export function onLockedOut(listener: LockedOut): () => void {
  lockedOutListeners.add(listener);
  return () => { lockedOutListeners.delete(listener); };
}

/** One request to the service. Rejects with a `Problem`, never with anything else. */
export async function ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  try {
    return await window.kiosk.request(name, input);
  } catch (thrown) {
    const p = toProblem(thrown);
    if (isLockedOut(p)) for (const listener of lockedOutListeners) listener();
    throw p;
  }
}

export interface Asked<N extends RequestName> {
  /** Resolves with the answer, or with null when it failed; the problem is then in `problem`. */
  call: (input: Input<N>) => Promise<Output<N> | null>;
  state: 'idle' | 'busy' | 'done' | 'failed';
  busy: boolean;
  problem: Problem | null;
  output: Output<N> | null;
  /** Sends the same input once more; null while there is nothing to repeat or repeating cannot help. */
  again: (() => void) | null;
  clear: () => void;
}

type AskedState<N extends RequestName> =
  { state: Asked<N>['state']; problem: Problem | null; output: Output<N> | null };

/** One request that a button or form sends. A second call makes the answer of the first one of no effect. */
export function useRequest<N extends RequestName>(name: N): Asked<N> {
  const [now, setNow] = useState<AskedState<N>>({ state: 'idle', problem: null, output: null });
  const turn = useRef(0);
  const last = useRef<Input<N> | null>(null);
  useEffect(() => () => { turn.current += 1; }, []);

  const call = useCallback(async (input: Input<N>) => {
    const mine = ++turn.current;
    last.current = input;
    setNow((before) => ({ state: 'busy', problem: null, output: before.output }));
    try {
      const output = await ask(name, input);
      if (turn.current === mine) setNow({ state: 'done', problem: null, output });
      return output;
    } catch (thrown) {
      if (turn.current === mine) setNow((before) => ({ state: 'failed', problem: toProblem(thrown), output: before.output }));
      return null;
    }
  }, [name]);
  const clear = useCallback(() => { turn.current += 1; setNow({ state: 'idle', problem: null, output: null }); }, []);
  const again = useMemo(() => {
    if (!now.problem?.retry) return null;
    return () => { if (last.current !== null) void call(last.current); };
  }, [now.problem, call]);
  return { ...now, busy: now.state === 'busy', call, again, clear };
}

export interface Loaded<N extends RequestName> {
  data: Output<N> | null;
  problem: Problem | null;
  /** True until the answer to the present input is there; `data` may still hold the answer to the one before. */
  loading: boolean;
  reload: () => void;
}

/**
 * Data that a screen shows: asked at once, whenever the input changes, every `everyMs`, and when the service is back
 * after a restart. `input` null = not now. The last data stay on screen while new data are on their way.
 */
export function useLoad<N extends RequestName>(name: N, input: Input<N> | null, everyMs?: number): Loaded<N> {
  const key = input === null ? null : JSON.stringify(input);
  const [now, setNow] = useState<{ key: string | null; data: Output<N> | null; problem: Problem | null }>({ key: null, data: null, problem: null });
  const turn = useRef(0);

  const reload = useCallback(() => {
    if (key === null) return;
    const mine = ++turn.current;
    // The key is the input: what a screen loads by is plain data.
    ask(name, JSON.parse(key) as Input<N>).then(
      (data) => { if (turn.current === mine) setNow({ key, data, problem: null }); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ key, data: before.data, problem: toProblem(thrown) })); },
    );
  }, [name, key]);

  useEffect(() => {
    if (key === null) return;
    reload();
    const timer = everyMs === undefined ? null : setInterval(reload, everyMs);
    return () => { turn.current += 1; if (timer !== null) clearInterval(timer); };
  }, [key, everyMs, reload]);
  const away = useRef(false);
  useServiceState(({ state }) => {
    if (state === 'ready' && away.current) reload();
    away.current = state !== 'ready';
  });
  return { data: now.data, problem: now.problem, loading: now.key !== key, reload };
}

/** Listens to one event of the service while the component is on screen. */
export function useKioskEvent<N extends EventName>(name: N, listener: (data: EventData<N>) => void): void {
  const told = useEffectEvent(listener);
  useEffect(() => window.kiosk.on(name, (data) => { told(data); }), [name]);
}

/** Whether the service is there now, or is so within so many milliseconds. */
export function serviceBack(withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isBack: boolean): void => {
      clearTimeout(timer);
      // How it is now is told at once, before there is anything to stop.
      queueMicrotask(() => stop());
      resolve(isBack);
    };
    const timer = setTimeout(() => end(false), withinMs);
    const stop = window.kiosk.on('service/state', ({ state }) => { if (state === 'ready') end(true); });
  });
}

/** Listens to the service coming, going and being refused; told at once how it is now. */
export function useServiceState(listener: (state: ServiceState) => void): void {
  const told = useEffectEvent(listener);
  useEffect(() => window.kiosk.on('service/state', (state) => { told(state); }), []);
}
