import type { ReportAsk } from '../../../shared/contracts/report.ts';
import type { Store } from '../../store/index.ts';
import { buildReport, type Progress } from './report-build.ts';
import { reportPdf } from './report-pdf.ts';
import { reportXlsx } from './report-xlsx.ts';

export type ReportFormat = 'xlsx' | 'pdf';

export interface ReportFile { fileName: string; content: Uint8Array<ArrayBuffer>; rows: number; layoutVersion: number; from: string; to: string }

/** A report as a whole file. @param now milliseconds since 1970. Problem: `report-too-long` (PDF). */
export async function reportFile(store: Store, { ask, format, now }: { ask: ReportAsk; format: ReportFormat; now: number }, onProgress?: Progress): Promise<ReportFile> {
  const report = buildReport(store, ask, now, onProgress);
  const { content, rows } = format === 'xlsx' ? await reportXlsx(report) : await reportPdf(report, now);
  const { from, to, form } = report;
  return { fileName: `${ask.id}_${from === to ? from : `${from}_${to}`}.${format}`.replaceAll('_', '-'), content, rows, layoutVersion: form.layoutVersion, from, to };
}
