import { useEffect } from 'react';
import { useQrCamera } from '../../../camera/use-qr-camera.ts';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useStatus } from '../../../status.tsx';
import { counterTexts } from '../../../texts/counter.ts';

const texts = counterTexts.identify;

/** The QR on the card in front of the camera; off while the session is locked. */
export function QrCamera({ onCode }: { onCode: (text: string) => void }) {
  const { status, report } = useStatus();
  const { videoRef, state, problem } = useQrCamera({ deviceId: status.cameraId, active: status.session !== null, onText: onCode });
  useEffect(() => {
    if (state === 'live' || state === 'missing' || state === 'denied') {
      report({ kind: 'camera', name: 'camera', state: state === 'live' ? 'ready' : state === 'missing' ? 'missing' : 'failed', detail: null });
    }
  }, [state, report]);
  return (
    <div className="qr-camera">
      <div className="qr-camera-view" data-state={state}>
        <video ref={videoRef} muted playsInline aria-label={texts.cameraView} />
        <span className="qr-camera-frame" aria-hidden />
      </div>
      <ProblemNotice problem={problem} />
      <p className="strong">{texts.cameraOn}</p>
      <p className="soft">{texts.scanner}</p>
    </div>
  );
}
