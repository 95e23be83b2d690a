import { useEffect, useState } from 'react';
import type { PageSource } from './page-source.ts';

interface Drawn { source: PageSource; page: number; pixels: number; address: string }

/** One page as a picture; `pixels` is the length of its longer side. Until it is drawn there is nothing. */
export function PagePicture({ source, page, pixels, label }: { source: PageSource; page: number; pixels: number; label: string }) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    const canvas = document.createElement('canvas');
    let gone = false;
    let address: string | null = null;
    source.draw(page, canvas, pixels).then(
      () => {
        canvas.toBlob((picture) => {
          if (gone || picture === null) return;
          address = URL.createObjectURL(picture);
          setDrawn({ source, page, pixels, address });
        });
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [source, page, pixels]);
  if (drawn === null || drawn.source !== source || drawn.page !== page) return null;
  return <img className="page-picture" src={drawn.address} alt={label} />;
}
