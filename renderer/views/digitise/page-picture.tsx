import { useEffect, useState } from 'react';
import type { PageSource } from './page-source.ts';

interface Drawn { source: PageSource; page: number; address: string }

/** The picture turned clockwise by quarters. */
function turned(picture: HTMLCanvasElement, quarters: number): HTMLCanvasElement {
  if (quarters === 0) return picture;
  const canvas = document.createElement('canvas');
  const lying = quarters % 2 === 1;
  canvas.width = lying ? picture.height : picture.width;
  canvas.height = lying ? picture.width : picture.height;
  const context = canvas.getContext('2d');
  context?.translate(canvas.width / 2, canvas.height / 2);
  context?.rotate(quarters * Math.PI / 2);
  context?.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
}

export interface PagePictureProps {
  source: PageSource;
  page: number;
  /** Length of the longer side. */
  pixels: number;
  /** Quarters clockwise. */
  turn?: number;
  label: string;
}

/** One page as a picture. Until it is drawn there is nothing. */
export function PagePicture({ source, page, pixels, turn = 0, label }: PagePictureProps) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    const canvas = document.createElement('canvas');
    let gone = false;
    let address: string | null = null;
    source.draw(page, canvas, pixels).then(
      () => {
        turned(canvas, turn).toBlob((picture) => {
          if (gone || picture === null) return;
          address = URL.createObjectURL(picture);
          setDrawn({ source, page, address });
        });
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [source, page, pixels, turn]);
  if (drawn === null || drawn.source !== source || drawn.page !== page) return null;
  return <img className="page-picture" src={drawn.address} alt={label} />;
}
