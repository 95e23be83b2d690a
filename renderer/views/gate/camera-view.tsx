import { guideBox } from '../../../shared/qr/live.ts';
import { CameraPicture } from '../../camera/camera-picture.tsx';
import type { CodeCamera } from '../../camera/use-code-camera.ts';
import { cameraTexts } from '../../texts/camera.ts';

const isToldHere = (code: string): code is keyof typeof cameraTexts.atGate => code in cameraTexts.atGate;

/** The live picture with the box into which the QR code is held, and what the person could do better, for two metres. */
export function CameraView({ camera, mirrored }: { camera: CodeCamera; mirrored: boolean }) {
  const code = camera.problem?.code;
  const failed = code !== undefined && isToldHere(code) ? cameraTexts.atGate[code] : cameraTexts.off;
  return (
    <div className="camera">
      <CameraPicture camera={camera} hint={camera.hint} guide={guideBox} mirrored={mirrored} failed={failed} />
    </div>
  );
}
