import { useEffect, useState } from 'react';
import { Tag } from '../../components/tag.tsx';
import { cameraTexts as texts } from '../../texts/camera.ts';

const LINES_NEEDED = 1080;
const RATE_NEEDED = 10;
const LOOK_EVERY_MS = 1000;

/** What the camera gives now, and whether that is enough for the code on a card. */
export function PictureFacts({ track }: { track: MediaStreamTrack }) {
  const [facts, setFacts] = useState(() => track.getSettings());
  useEffect(() => {
    // Size and rate are right only after the first pictures, and a dark room slows a camera down later.
    const timer = setInterval(() => setFacts(track.getSettings()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [track]);
  const { width = 0, height = 0, frameRate = 0 } = facts;
  if (width === 0) return null;
  const word = Math.min(width, height) < LINES_NEEDED ? texts.tooSmall : frameRate > 0 && frameRate < RATE_NEEDED ? texts.tooSlow : null;
  return (
    <div className="row" data-picture={`${width}x${height}`}>
      <span>{texts.now(width, height, Math.round(frameRate))}</span>
      <Tag tone={word === null ? 'passed' : 'attention'}>{word ?? texts.enough}</Tag>
    </div>
  );
}
