import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { problem as problemOf } from '../../shared/contracts/problems.ts';
import { feedWorker } from './feed-worker.ts';
import type { FromWorker, ShownHint } from './messages.ts';
import { useCamera, type Camera, type CameraOptions } from './use-camera.ts';

/** Times of one read on the page's clock (`performance.now()`), to measure from picture to painted answer. */
export interface ReadTimes {
  capturedAt: number;
  decodedAt: number;
}

export interface CodeCameraOptions extends CameraOptions {
  onText: (text: string, times: ReadTimes) => void;
}

export interface CodeCamera extends Camera {
  /** What the person could do better; null while all is well or nothing is held before the camera. */
  hint: ShownHint | null;
}

// A camera may take seconds for its first picture; afterwards several a second come.
const FIRST_PICTURE_MS = 15_000;
const NEXT_PICTURE_MS = 6000;
const WORKER_AGAIN_MS = 2000;
/** A worker that ends so often without having looked at one frame will not do so the next time: somebody must be told. */
const DEATHS_TO_TELL = 3;

/** A camera whose frames a worker reads. `startWorker`: the same function each time. */
export function useCodeCamera(startWorker: () => Worker, { onText, ...options }: CodeCameraOptions): CodeCamera {
  const camera = useCamera(options);
  const { live, videoRef, stalled } = camera;
  const [hint, setHint] = useState<ShownHint | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [broken, setBroken] = useState(false);
  const deaths = useRef(0);
  const report = useEffectEvent(onText);

  useEffect(() => {
    const video = videoRef.current;
    if (live === null || video === null) return;
    const ended = new AbortController();
    const { signal } = ended;
    const worker = startWorker();
    let watch = setTimeout(stalled, FIRST_PICTURE_MS);
    worker.addEventListener('error', () => {
      clearTimeout(watch);
      deaths.current += 1;
      setBroken(deaths.current >= DEATHS_TO_TELL);
      watch = setTimeout(() => setAttempt((count) => count + 1), WORKER_AGAIN_MS);
    }, { signal });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'view') {
        setHint(data.hint);
        deaths.current = 0;
        setBroken(false);
        clearTimeout(watch);
        watch = setTimeout(stalled, NEXT_PICTURE_MS);
      }
      if (data.kind !== 'text') return;
      const toPageClock = (at: number): number => at - performance.timeOrigin;
      report(data.text, { capturedAt: toPageClock(data.capturedAt), decodedAt: toPageClock(data.decodedAt) });
    }, { signal });
    const stopFeed = feedWorker(worker, live.stream, video);
    return () => {
      ended.abort();
      clearTimeout(watch);
      stopFeed();
      worker.terminate();
      setHint(null);
    };
  }, [startWorker, live, videoRef, stalled, attempt]);

  return broken ? { ...camera, state: 'failed', problem: problemOf('code-reader-broken'), hint: null } : { ...camera, hint };
}
