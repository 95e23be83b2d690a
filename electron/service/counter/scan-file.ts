import { ProblemError } from '../../../shared/contracts/problems.ts';
import { startWorker } from '../worker-thread.ts';
import type { PdfPages } from '../workers/pdf-pages.ts';

/** What a scan is, by its bytes and not by its name. */
export interface ScanFacts { mime: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/tiff'; pages: number }

const mostBytes = 30 * 1024 * 1024;
/** An A3 page at 600 dpi has 70 million pixels. */
const mostPixels = 100_000_000;
const mostPages = 500;
const pdfPatienceMs = 15_000;

/**
 * Looks at the bytes of a scan: kind by magic bytes, number of pages, whole or cut off.
 * Problems: `file-too-large` (over 30 MB or 500 pages), `file-type-unknown`, `image-unreadable`, `image-too-large`.
 */
export async function inspectScan(content: Uint8Array): Promise<ScanFacts> {
  if (content.length > mostBytes) throw new ProblemError('file-too-large', `${content.length} bytes`);
  const mime = mimeOf(content);
  if (mime === null) throw new ProblemError('file-type-unknown');
  const pages = mime === 'application/pdf' ? await pdfPages(content) : await imagePages(content);
  if (pages < 1) throw new ProblemError('image-unreadable', 'no page');
  if (pages > mostPages) throw new ProblemError('file-too-large', `${pages} pages`);
  return { mime, pages };
}

function mimeOf(content: Uint8Array): ScanFacts['mime'] | null {
  const head = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 8)).toString('hex');
  if (head.startsWith('255044462d')) return 'application/pdf';
  if (head.startsWith('ffd8ff')) return 'image/jpeg';
  if (head === '89504e470d0a1a0a') return 'image/png';
  if (head.startsWith('49492a00') || head.startsWith('4d4d002a')) return 'image/tiff';
  return null;
}

async function pdfPages(content: Uint8Array): Promise<number> {
  // ISO 32000-1 section 7.5.5: the last line is the end mark; one that was cut off while writing lacks it.
  const tail = Buffer.from(content.buffer, content.byteOffset + Math.max(0, content.length - 2048), Math.min(content.length, 2048));
  if (!tail.includes('%%EOF')) throw new ProblemError('image-unreadable', 'cut off');
  const pages = await countPages(content);
  if (pages === null) throw new ProblemError('image-unreadable', 'pdf');
  return pages;
}

/** In a thread of its own, so that no file from outside can hold up the service or take its memory. */
function countPages(content: Uint8Array): Promise<number | null> {
  return new Promise((resolve) => {
    const thread = startWorker('pdf-pages', { workerData: content, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    const end = (pages: number | null): void => {
      clearTimeout(timer);
      resolve(pages);
      void thread.terminate();
    };
    const timer = setTimeout(() => end(null), pdfPatienceMs);
    thread.once('message', ({ pages }: PdfPages) => end(pages));
    thread.once('error', () => end(null));
    thread.once('exit', () => end(null));
  });
}

async function imagePages(content: Uint8Array): Promise<number> {
  const { default: sharp } = await import('sharp');
  const options = { failOn: 'truncated', limitInputPixels: mostPixels } as const;
  try {
    const { pages = 1, width, height } = await sharp(content, { ...options, limitInputPixels: false }).metadata();
    if (width * height > mostPixels) throw new ProblemError('image-too-large', `${width} × ${height}`);
    for (let page = 0; page < Math.min(pages, mostPages + 1); page++) {
      // Only decoding every pixel shows that none is missing; statistics keep no picture in memory.
      await sharp(content, { ...options, page }).stats();
    }
    return pages;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('image-unreadable');
  }
}
