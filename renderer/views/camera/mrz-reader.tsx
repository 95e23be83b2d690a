import { useCameraClaim } from '../../camera/camera-claim.ts';
import { CameraPicture } from '../../camera/camera-picture.tsx';
import { mrzBox } from '../../camera/mrz/read-picture.ts';
import { useMrzCamera } from '../../camera/mrz/use-mrz-camera.ts';
import { Button } from '../../components/button.tsx';
import { useStatus } from '../../status.tsx';
import { cameraTexts } from '../../texts/camera.ts';
import { WorkDialog } from '../digitise/work-dialog.tsx';
import './camera.css';

const texts = cameraTexts.mrz;

/** The picture with the box for the three lines on the back of a card; `onMrz` gets them, all check digits right. */
export function MrzReader({ onMrz }: { onMrz: (mrz: string) => void }) {
  const { status } = useStatus();
  useCameraClaim(true);
  const camera = useMrzCamera({ setup: status.camera, active: status.session !== null, claimed: true, onText: onMrz });
  return (
    <div className="stack">
      <p>{texts.how}</p>
      <div className="camera-preview mrz-preview">
        {/* Never as in a mirror: whoever moves print into a box wants to see it as it is. */}
        <CameraPicture camera={camera} hint={null} guide={mrzBox} mirrored={false} failed={camera.problem?.vi ?? null} />
      </div>
    </div>
  );
}

/** Reads the three lines by camera; closed by whoever opened it, once `onMrz` was called. */
export function MrzDialog({ open, onMrz, onClose }: { open: boolean; onMrz: (mrz: string) => void; onClose: () => void }) {
  return (
    <WorkDialog open={open} wide title={texts.title} onClose={onClose} actions={<Button onPress={onClose}>{texts.cancel}</Button>}>
      <MrzReader onMrz={onMrz} />
    </WorkDialog>
  );
}
