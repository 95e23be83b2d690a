import type { Problem } from '../../shared/contracts/problems.ts';
import type { Status } from '../status.tsx';
import type { CameraState } from './use-camera.ts';

/** How the camera stands in the list of devices, which only the page can say. */
export function cameraDevice(state: CameraState, problem: Problem | null): Status['devices'][number] {
  const isAway = problem?.code === 'camera-missing' || problem?.code === 'camera-gone';
  const states = { live: 'ready', failed: isAway ? 'missing' : 'failed', off: 'off', starting: 'off' } as const;
  return { kind: 'camera', name: 'camera', state: states[state], detail: problem?.code ?? null };
}
