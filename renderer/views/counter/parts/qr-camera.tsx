import { IconAdjustments } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { guideBox } from '../../../../shared/qr/live.ts';
import { cameraDevice } from '../../../camera/camera-device.ts';
import { CameraPicture } from '../../../camera/camera-picture.tsx';
import { useQrCamera } from '../../../camera/use-qr-camera.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useStatus } from '../../../status.tsx';
import { cameraTexts } from '../../../texts/camera.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { CameraDialog } from '../../camera/camera-dialog.tsx';

const texts = counterTexts.identify;

/** The QR on the card in front of the camera; off while the session is locked. */
export function QrCamera({ onCode }: { onCode: (text: string) => void }) {
  const { status, report } = useStatus();
  const [adjusts, setAdjusts] = useState(false);
  const camera = useQrCamera({ setup: status.camera, active: status.session !== null, onText: onCode });
  const { state, problem } = camera;
  useEffect(() => {
    if (state === 'live' || state === 'failed') report(cameraDevice(state, problem));
  }, [state, problem, report]);
  return (
    <div className="qr-camera">
      <div className="qr-camera-view">
        <CameraPicture camera={camera} hint={camera.hint} guide={guideBox} failed={null}
          mirrored={status.camera.mirror ?? camera.live?.offer.facesUser ?? false} />
      </div>
      <ProblemNotice problem={problem} />
      <p className="strong">{texts.cameraOn}</p>
      <p className="soft">{texts.scanner}</p>
      <Button kind="quiet" icon={<IconAdjustments size={22} aria-hidden />} onPress={() => { setAdjusts(true); }}>{cameraTexts.open}</Button>
      <CameraDialog open={adjusts} onClose={() => { setAdjusts(false); }} />
    </div>
  );
}
