import { problem, type Problem } from '../../shared/contracts/problems.ts';

export type Opened =
  | { state: 'live'; stream: MediaStream }
  | { state: 'denied' | 'missing'; problem: Problem };

// A QR of 11 mm needs 1080 lines at a hand's breadth. Some cameras refuse a size that they cannot give instead of
// giving the nearest, so it is asked for in falling steps; the last one asks for nothing.
const sizes = [{ width: 1920, height: 1080 }, { width: 1280, height: 720 }, { width: 640, height: 480 }, null];

/** Opens a camera: the named one, else any. Never throws for what a user or a cable can cause. */
export async function openCamera(deviceId: string | null): Promise<Opened> {
  for (const size of sizes) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          ...(deviceId !== null && { deviceId: { exact: deviceId } }),
          ...(size !== null && { width: { ideal: size.width }, height: { ideal: size.height }, frameRate: { ideal: 30 } }),
        },
      });
      return { state: 'live', stream };
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      if (name === 'NotAllowedError' || name === 'SecurityError') return { state: 'denied', problem: problem('camera-denied') };
      if (name === 'NotFoundError') break;
    }
  }
  return { state: 'missing', problem: problem('camera-missing') };
}
