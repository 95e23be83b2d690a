import { IconCamera } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import { openCamera } from '../../camera/open-camera.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { useStatus } from '../../status.tsx';
import { counterTexts } from '../../texts/counter.ts';
import { WorkDialog } from './work-dialog.tsx';

const texts = counterTexts.scan.snapshot;

/** A picture of a paper by the document camera. */
export function SnapshotDialog({ onPicture, onClose }: { onPicture: (picture: Blob) => void; onClose: () => void }) {
  const { status } = useStatus();
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [picture, setPicture] = useState<{ blob: Blob; address: string } | null>(null);
  const [turn, setTurn] = useState(0);
  const live = status.session !== null && picture === null;

  useEffect(() => {
    if (!live) return;
    let gone = false;
    let stream: MediaStream | null = null;
    void openCamera(status.cameraId).then((opened) => {
      if (opened.state !== 'live') {
        if (!gone) setProblem(opened.problem);
        return;
      }
      stream = opened.stream;
      if (gone) for (const track of stream.getTracks()) track.stop();
      else if (video.current) {
        setProblem(null);
        video.current.srcObject = stream;
        video.current.play().catch(() => undefined);
      }
    });
    return () => {
      gone = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [live, status.cameraId, turn]);
  useEffect(() => () => { if (picture !== null) URL.revokeObjectURL(picture.address); }, [picture]);

  const take = (): void => {
    const view = video.current;
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
      <ProblemNotice problem={problem} onRetry={() => { setTurn((n) => n + 1); }} />
      <div className="snapshot">
        {picture === null
          ? <video ref={video} muted playsInline aria-label={texts.view} />
          : <img src={picture.address} alt={texts.taken} />}
      </div>
    </WorkDialog>
  );
}
