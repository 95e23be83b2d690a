import type { ReportAsk, ReportPurpose } from '../../../shared/contracts/report.ts';
import { appendEvent, sha256, type Store } from '../../store/index.ts';
import type { ReportFile, ReportFormat } from './report-file.ts';

/** Notes that a report leaves the kiosk: which, of what time, how many rows, its hash, who took it and why. */
export function noteExport(
  store: Store, { ask, format, purpose, file, actor }: { ask: ReportAsk; format: ReportFormat; purpose: ReportPurpose; file: ReportFile; actor: string },
): void {
  const { from, to, rows, layoutVersion, content } = file;
  store.transaction(() => appendEvent(store, {
    type: 'data-exported', actor, purpose,
    payload: { what: 'report', reportId: ask.id, layoutVersion, from, to, employer: ask.employer, department: ask.department, format, rows, bytes: content.byteLength, sha256: sha256(content) },
  }));
}
