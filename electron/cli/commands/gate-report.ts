import { ReportAsk, reportIds } from '../../../shared/contracts/report.ts';
import { formOn } from '../../../shared/domain/report-catalogue.ts';
import { noteExport } from '../../service/report/report-export.ts';
import { reportFile } from '../../service/report/report-file.ts';
import { reportCatalogue } from '../../service/report/report-forms.ts';
import { reportLines } from '../../service/report/report-screen.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';
import { writeWhole } from '../whole-file.ts';

export const reportUsage = `gate report ${reportIds.join('|')} --store DIR --from D --to D [--format json|xlsx|pdf] [--out FILE] [--employer TEXT] [--department TEXT] [--by employer|zone|department|province|commune|day|week|month] [--absent-days N]`;

/**
 * `motcua gate report ID`: a report of a store. `json` (the default): a line of head, one a row, one of notes and charts, with
 * numbers of persons masked. `xlsx`, `pdf`: a file, there only when it is whole, and the export in the log; one line tells of it.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(reportUsage, args, {
    store: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, format: { type: 'string', default: 'json' }, out: { type: 'string' },
    employer: { type: 'string' }, department: { type: 'string' }, by: { type: 'string' }, 'absent-days': { type: 'string' },
  }, [1, 1]);
  const dir = pathFrom(io, required(reportUsage, 'store', values.store));
  const { format, out } = values;
  const ask = ReportAsk.safeParse({
    id: positionals[0], from: required(reportUsage, 'from', values.from), to: required(reportUsage, 'to', values.to), employer: values.employer ?? null, department: values.department ?? null,
    breakdown: values.by ?? null, absentDays: values['absent-days'] === undefined ? null : Number(values['absent-days']),
  });
  if (!ask.success) {
    const wrong = String(ask.error.issues[0]?.path[0] ?? '');
    throw new UsageError(reportUsage, wrong === 'id' ? `Không có báo cáo (unknown report): ${positionals[0]}` : `Giá trị không hợp lệ (invalid value): ${wrong}`);
  }
  if (format === 'json') {
    if (out !== undefined) throw new UsageError(reportUsage, '--out cần --format xlsx hoặc pdf (--out needs a file format).');
    return withStore(dir, 'read', async (store) => {
      for (const line of reportLines(store, ask.data, store.clock.now())) io.out(line);
      return 0;
    });
  }
  if (format !== 'xlsx' && format !== 'pdf') throw new UsageError(reportUsage, `Không có dạng tệp (unknown format): ${format}`);
  return withStore(dir, 'write', async (store) => {
    const file = await reportFile(store, { ask: ask.data, format, now: store.clock.now() });
    const target = pathFrom(io, out ?? file.fileName);
    writeWhole(target, file.content, () => noteExport(store, {
      ask: ask.data, format, purpose: formOn(reportCatalogue(), ask.data.id, ask.data.to).purpose, file, actor: 'cli',
    }));
    io.out({ reportId: ask.data.id, from: file.from, to: file.to, format, file: target, rows: file.rows, bytes: file.content.byteLength, layoutVersion: file.layoutVersion });
    return 0;
  });
}
