import type { RefObject } from 'react';
import { IconCameraOff } from '@tabler/icons-react';
import type { CameraState } from '../../camera/use-qr-camera.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { gate } from '../../texts/gate.ts';

/** The live picture with the box into which the QR code is held; mirrored, as people expect of a picture of themselves. */
export function CameraView({ videoRef, state }: { videoRef: RefObject<HTMLVideoElement | null>; state: CameraState }) {
  const lost = state === 'missing' || state === 'denied';
  return (
    <div className="camera" data-camera={state}>
      <video ref={videoRef} className="camera-picture" muted playsInline autoPlay aria-label={gate.camera.preview} hidden={state !== 'live'} />
      {state === 'live' && <div className="camera-guide" aria-hidden><i /><i /><i /><i /></div>}
      {state === 'starting' && <div className="camera-words"><Skeleton lines={2} /><p>{gate.camera.starting}</p></div>}
      {lost && <div className="camera-words"><IconCameraOff size={72} stroke={1.5} aria-hidden /><p>{gate.camera[state]}</p></div>}
    </div>
  );
}
