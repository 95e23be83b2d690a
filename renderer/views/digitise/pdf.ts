// The legacy build: the modern one calls functions that Chromium got after the oldest Electron that runs this page.
import { getDocument, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url';
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url';
import qcms from 'pdfjs-dist/wasm/qcms_bg.wasm?url';

const decoders: Readonly<Record<string, string>> = { 'jbig2.wasm': jbig2, 'openjpeg.wasm': openjpeg, 'qcms_bg.wasm': qcms };

/** Gives pdf.js its picture decoders by the names that the build gave the files; scanners write JBIG2 and JPEG 2000. */
class Decoders {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const address = decoders[filename];
    if (address === undefined) throw new Error(`no ${filename} in this build`);
    return new Uint8Array(await (await fetch(address)).arrayBuffer());
  }
}

// One for all documents: starting it costs more than a page of a scan.
let worker: PDFWorker | null = null;

/** Opens a PDF. The bytes are given away. Rejects where it is damaged or locked by a password. */
export async function openPdfDocument(data: Uint8Array): Promise<PDFDocumentProxy> {
  worker ??= PDFWorker.create({ port: new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' }) });
  return getDocument({
    data, worker, BinaryDataFactory: Decoders, useWorkerFetch: false, wasmUrl: 'built-in/', isEvalSupported: false, enableXfa: false,
  }).promise;
}
