import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { Problem } from '../../shared/contracts/problems.ts';
import { feedWorker } from './feed-worker.ts';
import type { FromQrWorker } from './messages.ts';
import { openCamera } from './open-camera.ts';

export type CameraState = 'off' | 'starting' | 'live' | 'missing' | 'denied';

/** Times of one read on the page's clock (`performance.now()`), to measure from picture to painted answer. */
export interface ReadTimes {
  capturedAt: number;
  decodedAt: number;
}

export interface QrCameraOptions {
  /** `deviceId` of the camera; any where absent. */
  deviceId?: string | null;
  /** A QR text (NFC): each once while it stays in the picture, again after a second; another text at once. */
  onText: (text: string, times: ReadTimes) => void;
  active: boolean;
}

const RETRY_MS = 2000;

interface Shown {
  state: CameraState;
  problem: Problem | null;
}
const off: Shown = { state: 'off', problem: null };
const starting: Shown = { state: 'starting', problem: null };

/**
 * A camera that reads QR codes, decoded in a worker. Put `videoRef` on a muted `<video>`; it shows the live picture.
 * A camera that is unplugged is looked for again by itself; `problem` is what to tell the person until then.
 */
export function useQrCamera({ deviceId = null, onText, active }: QrCameraOptions): {
  videoRef: RefObject<HTMLVideoElement | null>;
  state: CameraState;
  problem: Problem | null;
} {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState(starting);
  const [attempt, setAttempt] = useState(0);
  const report = useEffectEvent(onText);

  useEffect(() => {
    if (!active) return;
    const ended = new AbortController();
    const { signal } = ended;
    const again = (): void => {
      if (signal.aborted) return;
      ended.abort();
      setAttempt((count) => count + 1);
    };
    const againLater = (): void => {
      const timer = setTimeout(again, RETRY_MS);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };

    const start = async (): Promise<void> => {
      // While a missing camera is looked for again its message stays, else it would flicker.
      setShown((before) => (before.problem === null ? starting : before));
      const opened = await openCamera(deviceId);
      if (opened.state !== 'live') {
        if (signal.aborted) return;
        setShown({ state: opened.state, problem: opened.problem });
        navigator.mediaDevices.addEventListener('devicechange', again, { signal });
        againLater();
        return;
      }
      const { stream } = opened;
      const stop = (): void => {
        for (const track of stream.getTracks()) track.stop();
      };
      const video = videoRef.current;
      if (signal.aborted || video === null) {
        stop();
        if (video === null) againLater();
        return;
      }
      signal.addEventListener('abort', stop);
      for (const track of stream.getTracks()) track.addEventListener('ended', again, { signal });
      video.srcObject = stream;
      // Refused only when the element is taken away in the same moment, and then there is nothing to show.
      await video.play().catch(() => undefined);
      if (signal.aborted) return;
      const worker = new Worker(new URL('./qr-worker.ts', import.meta.url), { type: 'module' });
      signal.addEventListener('abort', () => worker.terminate());
      worker.addEventListener('error', againLater, { signal });
      worker.addEventListener('message', ({ data }: MessageEvent<FromQrWorker>) => {
        if (data.kind !== 'text') return;
        const toPageClock = (at: number): number => at - performance.timeOrigin;
        report(data.text, { capturedAt: toPageClock(data.capturedAt), decodedAt: toPageClock(data.decodedAt) });
      }, { signal });
      const stopFeed = feedWorker(worker, stream, video);
      signal.addEventListener('abort', stopFeed);
      setShown({ state: 'live', problem: null });
    };
    void start();
    return () => ended.abort();
  }, [active, deviceId, attempt]);

  return { videoRef, ...(active ? shown : off) };
}
