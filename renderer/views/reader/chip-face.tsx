import { useEffect, useState } from 'react';
import { ask, useKioskEvent } from '../../kiosk.ts';
import { readerTexts } from '../../texts/reader.ts';

const texts = readerTexts.face;
/** Long enough to compare a face, also with a second look. */
const shownMs = 5 * 60_000;

/**
 * The face of the card read last, for the screen of who read it. The picture is a blob of this page alone, given back to
 * the browser as soon as it is no longer shown, after some minutes at the latest; the service forgets its copy when the
 * case closes. Another face is another component: give it as `key` too.
 */
export function ChipFace({ faceId }: { faceId: string }) {
  const [url, setUrl] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let mine: string | null = null;
    let left = false;
    const hide = setTimeout(() => { setGone(true); }, shownMs);
    ask('card/face', { faceId }).then(({ mime, content }) => {
      if (left) return;
      mine = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mime }));
      setUrl(mine);
    }, () => { if (!left) setGone(true); });
    return () => {
      left = true;
      clearTimeout(hide);
      if (mine !== null) URL.revokeObjectURL(mine);
      setUrl(null);
    };
  }, [faceId]);
  useKioskEvent('session/locked', () => { setGone(true); });
  useEffect(() => { if (gone && url !== null) URL.revokeObjectURL(url); }, [gone, url]);
  if (gone) return <p className="small soft">{texts.gone}</p>;
  return (
    <figure className="chip-face">
      {url === null ? <output className="chip-face-wait"><span className="only-heard">{texts.loading}</span></output> : <img src={url} alt={texts.label} />}
      <figcaption className="stack stack-tight"><span className="strong">{texts.compare}</span><span className="small soft">{texts.privacy}</span></figcaption>
    </figure>
  );
}
