import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import type { GateAnswer, Via } from '../../../shared/contracts/requests/gate.ts';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { ask, toProblem, useKioskEvent } from '../../kiosk.ts';
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
  /** The answer that covers the screen now. */
  current: ShownAnswer | null;
  last: readonly ShownAnswer[];
  /** Scans that are not yet answered. */
  pending: number;
  problem: Problem | null;
  scan: (code: string, via: ScanVia, decodedAt: number) => void;
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
  const [current, setCurrent] = useState<ShownAnswer | null>(null);
  const [last, setLast] = useState<readonly ShownAnswer[]>([]);
  const [pending, setPending] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const hide = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const stay = useCallback(() => {
    clearTimeout(hide.current);
    hide.current = setTimeout(() => { setCurrent(null); setProblem(null); }, stayMs);
  }, []);
  const show = useCallback((answer: GateAnswer, via: ShownAnswer['via'], decodedAt: number) => {
    const shown: ShownAnswer = { answer, via, decodedAt, latencyMs: null };
    setCurrent(shown);
    setProblem(null);
    setLast((all) => [shown, ...all.filter((s) => s.answer.scanId !== answer.scanId)].slice(0, lastKept));
    stay();
    onAnswer(answer);
  }, [stay, onAnswer]);

  const scan = useCallback((code: string, via: ScanVia, decodedAt: number) => {
    setPending((n) => n + 1);
    ask('gate/scan', { code, lane: laneFor(lanes, via), via })
      .then((answer) => show(answer, via, decodedAt), (thrown: unknown) => { setCurrent(null); setProblem(toProblem(thrown)); stay(); })
      .finally(() => setPending((n) => n - 1));
  }, [lanes, show, stay]);

  useKioskEvent('gate/answer', (answer) => {
    // Decoded in the service, on the wall clock: carried over to the clock of the page.
    const sinceMs = Math.max(0, Date.now() - Date.parse(answer.at));
    show(answer, 'device', performance.now() - sinceMs);
  });

  const scanId = current?.answer.scanId;
  const decodedAt = current?.decodedAt;
  useEffect(() => {
    if (scanId === undefined || decodedAt === undefined) return;
    return afterPaint(() => {
      const latencyMs = performance.now() - decodedAt;
      const painted = (s: ShownAnswer): ShownAnswer => s.answer.scanId === scanId ? { ...s, latencyMs } : s;
      setCurrent((s) => s && painted(s));
      setLast((all) => all.map(painted));
    });
  }, [scanId, decodedAt]);
  useEffect(() => () => clearTimeout(hide.current), []);

  return { current, last, pending, problem, scan };
}

/** What the demo and the tests read off an answer on the page. */
export function answerMarks({ answer, via, latencyMs }: ShownAnswer): Record<`data-${string}`, string | undefined> {
  return {
    'data-scan-id': answer.scanId, 'data-outcome': answer.outcome, 'data-direction': answer.direction ?? undefined, 'data-via': via,
    'data-seq': String(answer.seq), 'data-latency-ms': latencyMs === null ? undefined : latencyMs.toFixed(1),
  };
}
