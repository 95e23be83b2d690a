import { parentPort, workerData } from 'node:worker_threads';
import { PDFDocument } from '@cantoo/pdf-lib';

/** Pages of the PDF in `workerData`; null where it cannot be read. A file from outside may be made to hang a parser. */
export type PdfPages = { pages: number | null };

if (parentPort !== null) {
  let pages: number | null = null;
  try {
    pages = (await PDFDocument.load(workerData as Uint8Array, { updateMetadata: false })).getPageCount();
  } catch {
    pages = null;
  }
  parentPort.postMessage({ pages } satisfies PdfPages);
}
