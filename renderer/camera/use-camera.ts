import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { problem as problemOf, type Problem } from '../../shared/contracts/problems.ts';
import type { CameraSetup } from '../../shared/contracts/requests/system.ts';
import { useCameraClaimed } from './camera-claim.ts';
import { applyImageSets, imageSets } from './dials.ts';
import { closeCamera, openCamera, type LiveCamera } from './open-camera.ts';

export type CameraState = 'off' | 'starting' | 'live' | 'failed';

export interface CameraOptions {
  setup: CameraSetup;
  active: boolean;
  /** For the dialog that holds the claim on the camera. */
  claimed?: boolean;
}

export interface Camera {
  /** Put it on a muted `<video>`; it shows the live picture. */
  videoRef: RefObject<HTMLVideoElement | null>;
  state: CameraState;
  problem: Problem | null;
  live: LiveCamera | null;
  /** Opens it anew, because it gives no pictures any more. */
  stalled: () => void;
}

const RETRY_MS = 2000;

interface Shown { state: CameraState; problem: Problem | null; live: LiveCamera | null }
const off: Shown = { state: 'off', problem: null, live: null };
const starting: Shown = { state: 'starting', problem: null, live: null };

/**
 * The camera of this machine's setup. What it cannot do now it tries again by itself, at once when something is
 * plugged in and every two seconds besides; `problem` is what to tell the person until then.
 */
export function useCamera({ setup, active, claimed = false }: CameraOptions): Camera {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState(starting);
  const [attempt, setAttempt] = useState(0);
  const taken = useCameraClaimed();
  const runs = active && (claimed || !taken);
  // The status is polled: a setup that says the same must not open the camera anew.
  const { device, size } = setup;
  const opens = JSON.stringify({ device, size });
  const looks = JSON.stringify({ torch: setup.torch, dials: setup.dials });
  const latest = useRef(setup);
  useEffect(() => { latest.current = setup; });

  useEffect(() => {
    if (!runs) return;
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
      const { camera, problem } = await openCamera(latest.current);
      if (camera === null) {
        if (signal.aborted) return;
        setShown({ state: 'failed', problem, live: null });
        navigator.mediaDevices.addEventListener('devicechange', again, { signal });
        againLater();
        return;
      }
      const video = videoRef.current;
      if (signal.aborted || video === null) {
        closeCamera(camera);
        if (video === null) againLater();
        return;
      }
      signal.addEventListener('abort', () => closeCamera(camera));
      camera.track.addEventListener('ended', again, { signal });
      video.srcObject = camera.stream;
      // Refused only when the element is taken away in the same moment, and then there is nothing to show.
      await video.play().catch(() => undefined);
      if (!signal.aborted) setShown({ state: 'live', problem: null, live: camera });
    };
    void start();
    return () => {
      ended.abort();
      setShown((before) => ({ ...before, live: null }));
    };
  }, [runs, opens, attempt]);

  const { live } = shown;
  useEffect(() => {
    if (live !== null && live.track.readyState === 'live') void applyImageSets(live.track, imageSets(live.offer, latest.current));
  }, [live, looks]);

  const stalled = useCallback(() => {
    setShown({ state: 'failed', problem: problemOf('camera-stalled'), live: null });
    setAttempt((count) => count + 1);
  }, []);
  return useMemo(() => ({ videoRef, ...(runs ? shown : off), stalled }), [runs, shown, stalled]);
}
