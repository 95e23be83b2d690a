import { problem, type Problem } from '../../shared/contracts/problems.ts';
import type { CameraSetup } from '../../shared/contracts/requests/system.ts';
import { applyImageSets, imageSets, offerOf, type Offer } from './dials.ts';
import { findKnownCamera } from './known-camera.ts';

/** A camera that gives pictures. */
export interface LiveCamera {
  stream: MediaStream;
  track: MediaStreamTrack;
  offer: Offer;
}

export type Opened = { camera: LiveCamera; problem: null } | { camera: null; problem: Problem };

// A QR of 11 mm needs 1080 lines at a hand's breadth. First what reads cards, as a demand: where it is only a wish, the
// browser trades the size for a smooth picture. The last step asks for nothing, for the camera that has nothing of it.
const steps: readonly MediaTrackConstraints[] = [
  { width: { min: 1920, ideal: 1920 }, height: { min: 1080, ideal: 1080 }, frameRate: { min: 10, ideal: 30 } },
  { width: { min: 1280, ideal: 1920 }, height: { min: 720, ideal: 1080 }, frameRate: { min: 10, ideal: 30 } },
  { width: { ideal: 1920 }, height: { ideal: 1080 } },
  {},
];

/** Opens the camera of this machine's setup, else any, and sets it. Never throws for what a user or a cable can cause. */
export async function openCamera(setup: CameraSetup): Promise<Opened> {
  const { device, size } = setup;
  let deviceId: string | null = null;
  if (device !== null) {
    const found = findKnownCamera(device, await listCameras());
    if (found === null) return { camera: null, problem: problem('camera-gone') };
    deviceId = found.deviceId;
  }
  const own = size === null ? [] : [{ width: { exact: size.width }, height: { exact: size.height }, frameRate: { ideal: 30 } }];
  let last = problem('camera-missing');
  for (const step of [...own, ...steps]) {
    try {
      // Zoom is only offered to a page that asked for it; where the system does not give it, it is not missed.
      const video = { ...step, zoom: true, ...(deviceId !== null && { deviceId: { exact: deviceId } }) };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video });
      const [track] = stream.getVideoTracks();
      if (track === undefined) break;
      const offer = offerOf(track.getCapabilities());
      await applyImageSets(track, imageSets(offer, setup));
      return { camera: { stream, track, offer }, problem: null };
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      if (name === 'NotAllowedError' || name === 'SecurityError') return { camera: null, problem: problem('camera-denied') };
      if (name === 'NotFoundError') return { camera: null, problem: problem('camera-missing') };
      // A size may also be refused in this way, so the smaller ones are tried before it is believed.
      last = problem(name === 'NotReadableError' || name === 'AbortError' ? 'camera-busy' : 'camera-missing');
    }
  }
  return { camera: null, problem: last };
}

/** The cameras that are plugged in now, in the browser's order. */
export async function listCameras(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return all.filter((d) => d.kind === 'videoinput' && d.deviceId !== '');
}

/** Lets the camera go: its light goes out. */
export function closeCamera({ stream }: LiveCamera): void {
  for (const track of stream.getTracks()) track.stop();
}
