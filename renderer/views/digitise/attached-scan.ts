import { ask } from '../../kiosk.ts';
import { rememberScan } from './scan-content.ts';

/** A scan that the service has stored; `fileName` is only for the eye. */
export interface AttachedScan { sha256: string; size: number; mime: string; pages: number; fileName: string }

export const scanTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff', '.pdf', '.jpg', '.jpeg', '.png', '.tif', '.tiff'] as const;

/** Hands a file or a camera picture to the service. Rejects with a problem. */
export async function storeScan(content: Blob, fileName: string, origin: 'file' | 'camera'): Promise<AttachedScan> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  const stored = await ask('scan/add', { fileName, content: bytes, origin });
  rememberScan(stored.sha256, new Blob([content], { type: stored.mime }));
  return { sha256: stored.sha256, size: stored.size, mime: stored.mime, pages: stored.pages, fileName };
}

/** One more scan; the same bytes twice are one scan. */
export function withScan(scans: readonly AttachedScan[], scan: AttachedScan): AttachedScan[] {
  return scans.some((s) => s.sha256 === scan.sha256) ? [...scans] : [...scans, scan];
}
