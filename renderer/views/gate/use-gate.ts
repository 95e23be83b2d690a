import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import type { GateAnswer, Via } from '../../../shared/contracts/requests/gate.ts';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { ask, serviceBack, toProblem, useKioskEvent } from '../../kiosk.ts';
import { scanOnce } from './scan-once.ts';
import type { z } from 'zod';

type ScanVia = z.infer<typeof Via>;

export interface ShownAnswer {
  answer: GateAnswer;
  /** When the code was decoded, on `performance.now()`. */
  decodedAt: number;
  via: ScanVia | 'device';
  /** Milliseconds from decoded code to painted answer; null until it is painted. */
  latencyMs: number | null;
}

/** How long an answer stays when nobody comes after it. */
const stayMs = 2500;
const lastKept = 3;

export interface Gate {
  /** The answers that cover the screen now: the newest of each lane, side by side, so that no lane takes another's away. */
  current: readonly ShownAnswer[];
  last: readonly ShownAnswer[];
  /** Scans that are not yet answered. */
  pending: number;
  problem: Problem | null;
  scan: (code: string, via: ScanVia, decodedAt: number) => void;
  /** Shows an answer that another part of the page was given. */
  show: (answer: GateAnswer, via: ShownAnswer['via'], decodedAt: number) => void;
}

function laneFor(lanes: readonly Lane[], via: ScanVia): string | null {
  return (lanes.find((l) => l.input === via) ?? lanes.find((l) => l.input === 'any'))?.lane ?? null;
}

/** Runs after the browser has painted what was just rendered. */
function afterPaint(run: () => void): () => void {
  let frame = requestAnimationFrame(() => { frame = requestAnimationFrame(run); });
  return () => cancelAnimationFrame(frame);
}

/**
 * The scans of this gate and their answers. An answer is shown only when the service has replied, and it replies after
 * the commit. Scans do not wait for each other: the next person may scan while the last answer still stands.
 */
export function useGate(lanes: readonly Lane[], onAnswer: (answer: GateAnswer) => void): Gate {
  const [current, setCurrent] = useState<readonly ShownAnswer[]>([]);
  const [last, setLast] = useState<readonly ShownAnswer[]>([]);
  const [pending, setPending] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const hideProblem = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hides = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const show = useCallback((answer: GateAnswer, via: ShownAnswer['via'], decodedAt: number) => {
    const shown: ShownAnswer = { answer, via, decodedAt, latencyMs: null };
    const { lane, scanId } = answer;
    setCurrent((all) => [...all.filter((s) => s.answer.lane !== lane), shown].toSorted((a, b) => a.answer.lane < b.answer.lane ? -1 : 1));
    setProblem(null);
    setLast((all) => [shown, ...all.filter((s) => s.answer.scanId !== scanId)].slice(0, lastKept));
    clearTimeout(hides.current.get(lane));
    hides.current.set(lane, setTimeout(() => setCurrent((all) => all.filter((s) => s.answer.scanId !== scanId)), stayMs));
    onAnswer(answer);
  }, [onAnswer]);
  const fail = useCallback((thrown: unknown) => {
    setProblem(toProblem(thrown));
    clearTimeout(hideProblem.current);
    hideProblem.current = setTimeout(() => setProblem(null), stayMs);
  }, []);

  const scan = useCallback((code: string, via: ScanVia, decodedAt: number) => {
    setPending((n) => n + 1);
    scanOnce({ ask, serviceBack, newId: () => crypto.randomUUID() }, { code, lane: laneFor(lanes, via), via })
      .then((answer) => show(answer, via, decodedAt), fail)
      .finally(() => setPending((n) => n - 1));
  }, [lanes, show, fail]);

  useKioskEvent('gate/answer', (answer) => {
    // Decoded in the service, on the wall clock: carried over to the clock of the page.
    const sinceMs = Math.max(0, Date.now() - Date.parse(answer.at));
    show(answer, 'device', performance.now() - sinceMs);
  });

  const unpainted = current.filter((s) => s.latencyMs === null).map((s) => s.answer.scanId).join(' ');
  useEffect(() => {
    if (unpainted === '') return;
    return afterPaint(() => {
      const now = performance.now();
      const painted = (s: ShownAnswer): ShownAnswer => unpainted.includes(s.answer.scanId) ? { ...s, latencyMs: now - s.decodedAt } : s;
      setCurrent((all) => all.map(painted));
      setLast((all) => all.map(painted));
    });
  }, [unpainted]);
  useEffect(() => {
    const timers = hides.current;
    return () => {
      clearTimeout(hideProblem.current);
      timers.forEach((timer) => clearTimeout(timer));
    };
  }, []);

  return { current, last, pending, problem, scan, show };
}

/** What the demo and the tests read off an answer on the page. */
export function answerMarks({ answer, via, latencyMs }: ShownAnswer): Record<`data-${string}`, string | undefined> {
  return {
    'data-scan-id': answer.scanId, 'data-outcome': answer.outcome, 'data-direction': answer.direction ?? undefined, 'data-via': via,
    'data-seq': String(answer.seq), 'data-latency-ms': latencyMs === null ? undefined : latencyMs.toFixed(1),
  };
}
