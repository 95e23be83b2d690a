import { buildReport } from '../../electron/service/report/report-build.ts';
import { reportFile, type ReportFormat } from '../../electron/service/report/report-file.ts';
import { openStore, type Store } from '../../electron/store/index.ts';
import type { ReportAsk } from '../../shared/contracts/report.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { rounded, type Figure } from './figure.ts';
import { month, seeded } from './timesheet.ts';

const ask: ReportAsk = { id: 'timesheet-month', from: `${month}-01`, to: `${month}-31`, employer: null, department: null, breakdown: null, absentDays: null };
const now = startOfDay('2026-11-05');
const megabyte = 1_000_000;

/**
 * The month's grid of every worker as an Excel file, as a PDF, and the mobility picture: time, and how much memory the whole
 * process held at most; the times beside working the same rows out and writing nothing.
 */
export async function bench({ workers }: { workers: number }): Promise<Figure[]> {
  const store = openStore(seeded(workers), { appVersion: 'bench', readOnly: true });
  try {
    const bareStart = performance.now();
    let rows = 0;
    for (const { kind } of buildReport(store, ask, now).rows) rows += kind === 'row' ? 1 : 0;
    const bare = (performance.now() - bareStart) / 1000;
    if (rows !== workers) throw new Error(`the month has ${rows} rows of ${workers}`);
    const peer = { name: 'working out the same rows, no file', value: rounded(bare) };
    const figures: Figure[] = [];
    for (const format of ['xlsx', 'pdf'] as const) {
      const { seconds, peak, bytes } = await measured(store, ask, format);
      process.stderr.write(`bench: month of ${workers} workers as ${format}: ${Math.round(bytes / 1024)} kB\n`);
      // The goals are for 20,000 workers.
      const part = Math.max(1, workers / 20_000);
      figures.push(
        { name: `monthly sheet of ${workers} workers as ${format}`, value: rounded(seconds), unit: 's', peer, ratio: rounded(seconds / bare), goal: `<= ${rounded(120 * part)} s`, met: seconds <= 120 * part },
        { name: `memory of the process while that ${format} is made, at most`, value: rounded(peak), unit: 'MB', peer: null, ratio: null, goal: `<= ${rounded(1_000 * part)} MB`, met: peak <= 1_000 * part });
    }
    const picture = await measured(store, { ...ask, id: 'mobility', breakdown: 'day' }, 'xlsx');
    figures.push({ name: `mobility picture of ${workers} workers by day`, value: rounded(picture.seconds), unit: 's', peer, ratio: rounded(picture.seconds / bare), goal: null, met: null });
    return figures;
  } finally {
    store.close();
  }
}

async function measured(store: Store, question: ReportAsk, format: ReportFormat): Promise<{ seconds: number; peak: number; bytes: number }> {
  let peak = 0;
  const look = (): void => { peak = Math.max(peak, process.memoryUsage.rss()); };
  const timer = setInterval(look, 50);
  const start = performance.now();
  const { content } = await reportFile(store, { ask: question, format, now });
  const seconds = (performance.now() - start) / 1000;
  look();
  clearInterval(timer);
  return { seconds, peak: peak / megabyte, bytes: content.byteLength };
}
