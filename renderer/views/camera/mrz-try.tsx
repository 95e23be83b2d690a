import { useState } from 'react';
import { timeWithSeconds } from '../../format.ts';
import { cameraTexts } from '../../texts/camera.ts';
import { MrzReader } from './mrz-reader.tsx';

/** Tries whether this camera reads the back of a card, from where it stands; what it says is not kept. */
export function MrzTry() {
  const [read, setRead] = useState<{ times: number; last: string }>({ times: 0, last: '' });
  return (
    <div className="mrz-try">
      <MrzReader onMrz={() => { setRead(({ times }) => ({ times: times + 1, last: timeWithSeconds(new Date()) })); }} />
      <p className="camera-tried" aria-live="polite" data-reads={read.times}>{read.times === 0 ? cameraTexts.mrz.tryOut : cameraTexts.mrz.tried(read.last)}</p>
    </div>
  );
}
