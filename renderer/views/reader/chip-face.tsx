import { useEffect, useState } from 'react';
import { ask, useKioskEvent } from '../../kiosk.ts';
import { readerTexts } from '../../texts/reader.ts';

const texts = readerTexts.face;

/**
 * The face of the card read last, for the screen of who read it. The picture is a blob of this page alone, given back to
 * the browser as soon as it is no longer shown; the service forgets its copy when the case closes.
 */
export function ChipFace({ faceId }: { faceId: string }) {
  const [url, setUrl] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let mine: string | null = null;
    let left = false;
    ask('card/face', { faceId }).then(({ mime, content }) => {
      if (left) return;
      mine = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mime }));
      setUrl(mine);
    }, () => { if (!left) setGone(true); });
    return () => {
      left = true;
      if (mine !== null) URL.revokeObjectURL(mine);
      setUrl(null);
    };
  }, [faceId]);
  useKioskEvent('session/locked', () => {
    if (url !== null) URL.revokeObjectURL(url);
    setUrl(null);
    setGone(true);
  });
  if (gone) return <p className="small soft">{texts.gone}</p>;
  return (
    <figure className="chip-face">
      {url === null ? <output className="chip-face-wait"><span className="only-heard">{texts.loading}</span></output> : <img src={url} alt={texts.label} />}
      <figcaption className="stack stack-tight"><span className="strong">{texts.compare}</span><span className="small soft">{texts.privacy}</span></figcaption>
    </figure>
  );
}
