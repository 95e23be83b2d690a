import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import type { ReportAsk } from '../../../shared/contracts/report.ts';
import type { ReportColumn, ReportRow } from '../../../shared/domain/report-model.ts';
import { maskPersonalId } from '../../../shared/domain/vietnamese.ts';
import type { Store } from '../../store/index.ts';
import { buildReport, type Progress } from './report-build.ts';

type Page = Output<'reports/show'>;
interface Kept { key: string; at: number; whole: Omit<Page, 'rows'>; rows: readonly ReportRow[] }

/** A report that is no older than this is shown again without being worked out anew. */
const keptMs = 30_000;
const kept = new WeakMap<Store, Kept>();

/** A page of a report for the screen; only the last one shown is kept. @param now milliseconds since 1970 */
export function reportPage(store: Store, { ask, offset, limit, fresh, now }: Input<'reports/show'> & { now: number }, onProgress?: Progress): Page {
  const key = JSON.stringify(ask);
  const known = kept.get(store);
  const isGood = known !== undefined && known.key === key && (offset > 0 || (!fresh && Math.abs(now - known.at) <= keptMs));
  const { whole, rows } = isGood ? known : keep(store, key, ask, now, onProgress);
  return { ...whole, rows: rows.slice(offset, offset + limit).map(({ kind, cells }) => ({ kind, cells: [...cells] })) };
}

/** All of a report as lines for the command line, numbers of persons masked. */
export function* reportLines(store: Store, ask: ReportAsk, now: number): Generator<object> {
  const report = buildReport(store, ask, now);
  const { title, subtitle, columns } = report;
  yield { title, subtitle, columns: columns.map(({ id, header, band, kind }) => ({ id, header, ...(band !== undefined && { band }), kind })), verified: report.form.verified, legalBasis: report.form.legalBasis, layoutVersion: report.form.layoutVersion };
  for (const { kind, cells } of report.rows) {
    const shown = masked(columns, { kind, cells });
    yield kind === 'group' ? { group: cells[0] } : { [kind]: Object.fromEntries(columns.map(({ id }, at) => [id, shown[at] ?? null])) };
  }
  yield { ...report.end() };
}

function keep(store: Store, key: string, ask: ReportAsk, now: number, onProgress?: Progress): Kept {
  // What was shown before goes first: two big ones need not stand side by side.
  kept.delete(store);
  const report = buildReport(store, ask, now, onProgress);
  const { title, subtitle } = report;
  const columns = [...report.columns];
  const rows: ReportRow[] = [];
  for (const row of report.rows) rows.push({ kind: row.kind, cells: masked(columns, row) });
  const { charts, notes } = report.end();
  const made: Kept = {
    key, at: now, rows,
    whole: {
      title, subtitle: [...subtitle], columns, total: rows.length, people: rows.filter(({ kind }) => kind === 'row').length, notes: [...notes], at: new Date(now).toISOString(),
      charts: charts.map((chart) => ({ ...chart, labels: [...chart.labels], series: chart.series.map(({ name, values }) => ({ name, values: [...values] })) })),
    },
  };
  kept.set(store, made);
  return made;
}

function masked(columns: readonly ReportColumn[], { kind, cells }: ReportRow): ReportRow['cells'] {
  if (kind !== 'row' || !columns.some(({ personal }) => personal === true)) return cells;
  return cells.map((cell, at) => (columns[at]?.personal === true && typeof cell === 'string' ? maskPersonalId(cell) : cell));
}
