import { IconCamera } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useCamera } from '../../camera/use-camera.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { useStatus } from '../../status.tsx';
import { counterTexts } from '../../texts/counter.ts';
import { WorkDialog } from './work-dialog.tsx';

const texts = counterTexts.scan.snapshot;

/** A picture of a paper by the document camera. */
export function SnapshotDialog({ onPicture, onClose }: { onPicture: (picture: Blob) => void; onClose: () => void }) {
  const { status } = useStatus();
  const [picture, setPicture] = useState<{ blob: Blob; address: string } | null>(null);
  const { videoRef, problem } = useCamera({ setup: status.camera, active: status.session !== null && picture === null });
  useEffect(() => () => { if (picture !== null) URL.revokeObjectURL(picture.address); }, [picture]);

  const take = (): void => {
    const view = videoRef.current;
    if (view === null || view.videoWidth === 0) return;
    const canvas = document.createElement('canvas');
    canvas.width = view.videoWidth;
    canvas.height = view.videoHeight;
    canvas.getContext('2d')?.drawImage(view, 0, 0);
    canvas.toBlob((blob) => { if (blob !== null) setPicture({ blob, address: URL.createObjectURL(blob) }); }, 'image/jpeg', 0.92);
  };

  return (
    <WorkDialog open wide title={texts.title} onClose={onClose} actions={picture === null
      ? (
        <>
          <Button onPress={onClose}>{counterTexts.cancel}</Button>
          <Button kind="primary" isDisabled={problem !== null} onPress={take} icon={<IconCamera size={22} aria-hidden />}>{texts.take}</Button>
        </>
      ) : (
        <>
          <Button onPress={() => { setPicture(null); }}>{texts.again}</Button>
          <Button kind="primary" onPress={() => { onPicture(picture.blob); }}>{texts.use}</Button>
        </>
      )}>
      <p className="soft">{texts.hint}</p>
      <ProblemNotice problem={problem} />
      <div className="snapshot">
        {picture === null
          ? <video ref={videoRef} muted playsInline aria-label={texts.view} />
          : <img src={picture.address} alt={texts.taken} />}
      </div>
    </WorkDialog>
  );
}
