import type { PDFDocumentProxy } from 'pdfjs-dist';

/** The pages of a scan as pictures; page numbers from 1. */
export interface PageSource {
  pages: number;
  /** Draws a page so that its longer side has about `pixels`; the canvas gets the size of the picture. */
  draw(page: number, canvas: HTMLCanvasElement, pixels: number): Promise<void>;
  close(): void;
}

/**
 * Opens a scan for looking at it. Null where the page cannot show it (TIFF, a damaged file): the stored bytes are not
 * touched by that, so it is no failure.
 */
export async function openPages(content: Blob): Promise<PageSource | null> {
  try {
    return content.type === 'application/pdf' ? await openPdf(content) : await openImage(content);
  } catch {
    return null;
  }
}

async function openImage(content: Blob): Promise<PageSource> {
  const bitmap = await createImageBitmap(content);
  return {
    pages: 1,
    draw: (_page, canvas, pixels) => {
      const scale = Math.min(1, pixels / Math.max(bitmap.width, bitmap.height));
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return Promise.resolve();
    },
    close: () => { bitmap.close(); },
  };
}

async function openPdf(content: Blob): Promise<PageSource> {
  const { openPdfDocument } = await import('./pdf.ts');
  const pdf: PDFDocumentProxy = await openPdfDocument(new Uint8Array(await content.arrayBuffer()));
  return {
    pages: pdf.numPages,
    draw: async (number, canvas, pixels) => {
      const page = await pdf.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: pixels / Math.max(natural.width, natural.height) });
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
    },
    close: () => { void pdf.loadingTask.destroy(); },
  };
}
