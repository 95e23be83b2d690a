import { useEffect, useState } from 'react';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { CameraSetup } from '../../../shared/contracts/requests/system.ts';
import { guideBox } from '../../../shared/qr/live.ts';
import { useCameraClaim } from '../../camera/camera-claim.ts';
import { cameraDevice } from '../../camera/camera-device.ts';
import { CameraPicture } from '../../camera/camera-picture.tsx';
import { findKnownCamera } from '../../camera/known-camera.ts';
import { listCameras } from '../../camera/open-camera.ts';
import { useQrCamera } from '../../camera/use-qr-camera.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Select, type Option } from '../../components/select.tsx';
import { timeWithSeconds } from '../../format.ts';
import { useRequest } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';
import { cameraTexts as texts } from '../../texts/camera.ts';
import { CameraDials } from './camera-dials.tsx';
import { PictureFacts } from './picture-facts.tsx';

const anyCamera = 'any';
const best = 'best';
const sizes = [[3840, 2160], [2560, 1440], [1920, 1080], [1280, 720], [640, 480]] as const;
const noSetup: CameraSetup = { device: null, size: null, mirror: null, torch: false, dials: {} };

/** The cameras that are plugged in, kept up to date. */
function useCameras(opened: unknown): MediaDeviceInfo[] {
  const [cameras, setCameras] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    let gone = false;
    const look = (): void => { void listCameras().then((found) => { if (!gone) setCameras(found); }); };
    look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => { gone = true; navigator.mediaDevices.removeEventListener('devicechange', look); };
    // Names may be there only once a camera was opened.
  }, [opened]);
  return cameras;
}

/** Choosing the camera and setting it right with its picture in sight; every change is kept at once. */
export function CameraSettings() {
  const { status, reload, report } = useStatus();
  const [setup, setSetup] = useState(status.camera);
  const save = useRequest('camera/set');
  const [read, setRead] = useState<{ times: number; last: string }>({ times: 0, last: '' });
  useCameraClaim(true);
  const camera = useQrCamera({
    setup, active: true, claimed: true,
    onText: () => { setRead(({ times }) => ({ times: times + 1, last: timeWithSeconds(new Date()) })); },
  });
  const { live, problem, state } = camera;
  useEffect(() => { if (state === 'live' || state === 'failed') report(cameraDevice(state, problem)); }, [state, problem, report]);
  const cameras = useCameras(live);
  const suggested = status.mode === 'gate' || (live?.offer.facesUser ?? false);
  const mirrored = setup.mirror ?? suggested;

  const change = (changed: Partial<CameraSetup>): void => {
    const next = { ...setup, ...changed };
    setSetup(next);
    void save.call(next).then((saved) => { if (saved !== null) reload(); });
  };
  const chosen = setup.device === null ? null : findKnownCamera(setup.device, cameras);
  const options: Option[] = [
    { id: anyCamera, label: texts.any },
    ...cameras.map((d, n) => ({ id: d.deviceId, label: d.label || texts.unnamed(n + 1) })),
    ...(setup.device !== null && chosen === null ? [{ id: setup.device.deviceId, label: setup.device.label || texts.unnamed(1), hint: texts.goneHint }] : []),
  ];
  const choose = (id: string): void => {
    const found = cameras.find((d) => d.deviceId === id);
    // What was set for one camera means nothing to another.
    if (id === anyCamera) change({ ...noSetup, mirror: setup.mirror });
    else if (found !== undefined) change({ ...noSetup, mirror: setup.mirror, device: { deviceId: found.deviceId, groupId: found.groupId, label: found.label.slice(0, 200) } });
  };

  return (
    <div className="camera-settings">
      <div className="stack">
        <div className="camera-preview">
          <CameraPicture camera={camera} hint={camera.hint} guide={guideBox} mirrored={mirrored} failed={problem?.vi ?? null} />
        </div>
        {live !== null && <PictureFacts track={live.track} />}
        <p className="camera-tried" aria-live="polite" data-reads={read.times}>{read.times === 0 ? texts.tryOut : texts.tried(read.times, read.last)}</p>
      </div>
      <div className="stack">
        <Select label={texts.camera} options={options} value={setup.device === null ? anyCamera : (chosen ?? setup.device).deviceId} onChange={choose} />
        <SizeSelect size={setup.size} largest={live?.offer.largest ?? null} onChange={(size) => { change({ size }); }} />
        <Tick value={mirrored} onChange={(mirror) => { change({ mirror }); }}>{texts.mirror}</Tick>
        {live !== null && (
          <>
            {live.offer.torch && <Tick value={setup.torch} onChange={(torch) => { change({ torch }); }}>{texts.torch}</Tick>}
            <CameraDials live={live} dials={setup.dials} onChange={(dials) => { setSetup({ ...setup, dials }); }} onDone={(dials) => { change({ dials }); }} />
          </>
        )}
        <ProblemNotice problem={save.problem} onRetry={save.again} />
        <p className="small soft">{texts.saved}</p>
        <Button kind="quiet" icon={<IconArrowBackUp size={22} aria-hidden />} onPress={() => { change({ ...noSetup, device: setup.device }); }}>{texts.reset}</Button>
      </div>
    </div>
  );
}

function SizeSelect({ size, largest, onChange }: { size: CameraSetup['size']; largest: { width: number; height: number } | null; onChange: (size: CameraSetup['size']) => void }) {
  const offered = sizes.filter(([width, height]) => (largest === null || (width <= largest.width && height <= largest.height)) || (size?.width === width && size.height === height));
  const idOf = (width: number, height: number): string => `${width}x${height}`;
  const options: Option[] = [{ id: best, label: texts.best }, ...offered.map(([width, height]) => ({ id: idOf(width, height), label: texts.sizeOf(width, height) }))];
  return (
    <Select label={texts.size} options={options} value={size === null ? best : idOf(size.width, size.height)}
      onChange={(id) => {
        const found = offered.find(([width, height]) => idOf(width, height) === id);
        onChange(found === undefined ? null : { width: found[0], height: found[1] });
      }} />
  );
}
