import { useLayoutEffect, useState, type ReactNode, type RefObject } from 'react';
import { IconArrowsMaximize, IconArrowsMinimize, IconBulb, IconCameraOff, IconHandStop, IconRotate3d, type Icon } from '@tabler/icons-react';
import { Skeleton } from '../components/skeleton.tsx';
import { cameraTexts } from '../texts/camera.ts';
import { boxOnScreen, type Part, type Size } from './box-on-screen.ts';
import type { ShownHint } from './messages.ts';
import type { Camera } from './use-camera.ts';
import './camera-picture.css';

const hintIcons = {
  closer: IconArrowsMaximize, farther: IconArrowsMinimize, steady: IconHandStop, glare: IconRotate3d, dark: IconBulb,
} as const satisfies Record<ShownHint, Icon>;

export interface CameraPictureProps {
  camera: Camera;
  hint: ShownHint | null;
  /** Where the decoder looks, as parts of the camera's picture. */
  guide: Part;
  mirrored: boolean;
  /** What is said in place of a picture. */
  failed: string | null;
  /** Stands over the picture. */
  children?: ReactNode;
}

/** The live picture, the box into which the card is held, and what the person could do better. Fills its parent. */
export function CameraPicture({ camera, hint, guide, mirrored, failed, children }: CameraPictureProps) {
  const { videoRef, state } = camera;
  return (
    <div className="camera-frame" data-camera={state}>
      <video ref={videoRef} className="camera-picture" data-mirrored={mirrored || undefined} muted playsInline autoPlay aria-label={cameraTexts.picture} hidden={state !== 'live'} />
      {state === 'live' && <Guide videoRef={videoRef} guide={guide} mirrored={mirrored} />}
      {state === 'starting' && <div className="camera-words"><Skeleton lines={2} /><p>{cameraTexts.starting}</p></div>}
      {(state === 'off' || state === 'failed') && <div className="camera-words"><IconCameraOff size={72} stroke={1.5} aria-hidden /><p>{failed}</p></div>}
      {children}
      <output className="camera-hint" hidden={hint === null || state !== 'live'} data-hint={hint}>
        {hint !== null && <HintWords hint={hint} />}
      </output>
    </div>
  );
}

function HintWords({ hint }: { hint: ShownHint }) {
  const Sign = hintIcons[hint];
  return <><Sign size="1.3em" aria-hidden /><span>{cameraTexts.hint[hint]}</span></>;
}

/** The corners of the box, drawn where they lie in the picture however it is cut to its place on the screen. */
function Guide({ videoRef, guide, mirrored }: { videoRef: RefObject<HTMLVideoElement | null>; guide: Part; mirrored: boolean }) {
  const [sizes, setSizes] = useState<{ picture: Size; view: Size } | null>(null);
  useLayoutEffect(() => {
    const video = videoRef.current;
    if (video === null) return;
    const measure = (): void => {
      const { videoWidth, videoHeight, clientWidth, clientHeight } = video;
      setSizes(videoWidth === 0 || clientWidth === 0 ? null : { picture: { width: videoWidth, height: videoHeight }, view: { width: clientWidth, height: clientHeight } });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(video);
    video.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      video.removeEventListener('resize', measure);
    };
  }, [videoRef]);
  if (sizes === null) return null;
  const box = boxOnScreen(guide, sizes.picture, sizes.view, mirrored);
  const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;
  return (
    <div className="camera-guide" aria-hidden style={{ left: percent(box.x), top: percent(box.y), width: percent(box.width), height: percent(box.height) }}>
      <i /><i /><i /><i />
    </div>
  );
}
