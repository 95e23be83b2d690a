import type { Breakdown, ReportAsk } from '../../../shared/contracts/report.ts';
import { daySheet, lateEarly, monthGrid, overtimeSheet } from '../../../shared/domain/report-attendance.ts';
import { formOn, type ReportForm } from '../../../shared/domain/report-catalogue.ts';
import { laneFlow, mealSheet } from '../../../shared/domain/report-flow.ts';
import { mobility } from '../../../shared/domain/report-mobility.ts';
import { labourChange, tetReturn } from '../../../shared/domain/report-movement.ts';
import type { Report } from '../../../shared/domain/report-model.ts';
import { labourSummary, peopleList } from '../../../shared/domain/report-people.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';
import { addDays, dateText } from '../../../shared/domain/work-date.ts';
import { periodDates } from '../../../shared/domain/timesheet-words.ts';
import { countWorkers, readKiosk, readMinuteCounts, siteScansFrom, type Store } from '../../store/index.ts';
import {
  attendanceEntries, mealEntries, mobilePeople, overtimeEntries, overtimeRules, peopleEntries, reportCalendar, toldUntil, wantedWorkers, type ReportInput,
} from './report-data.ts';
import { readReportSettings, reportCatalogue } from './report-forms.ts';

/** A report with what stands around it on paper. */
export interface BuiltReport extends Report {
  form: ReportForm;
  /** Left of the head: in whose name. */
  office: readonly string[];
  /** To whom, by the site's own settings; roles without a name are left out. */
  receivers: readonly string[];
  from: string;
  to: string;
}

export type Progress = (done: number, of: number) => void;
const tellEvery = 250;

/** The period that a report takes out of a question: one date, one month, or all of it. */
export function periodOf({ period }: Pick<ReportForm, 'period'>, { from, to }: Pick<ReportAsk, 'from' | 'to'>): { from: string; to: string } {
  if (period === 'day') return { from: to, to };
  return period === 'month' ? periodDates(to.slice(0, 7)) : { from, to };
}

/**
 * Makes a report of a store, row by row as it is read. `now` in milliseconds since 1970: what is not over by then is told as
 * it stands. Rows must be read once, to the end, before `end()` is asked.
 */
export function buildReport(store: Store, ask: ReportAsk, now: number, onProgress: Progress = () => undefined): BuiltReport {
  const catalogue = reportCatalogue();
  const form = formOn(catalogue, ask.id, ask.to);
  const period = periodOf(form, ask);
  const of = countWorkers(store);
  let done = 0;
  const input: ReportInput = {
    ...period, now, employer: form.filters.includes('employer') ? ask.employer : null, department: form.filters.includes('department') ? ask.department : null,
    onWorker: () => { done += 1; if (done % tellEvery === 0) onProgress(Math.min(done, of), of); },
  };
  const settings = readReportSettings(store);
  const unit = readKiosk(store)?.unit.name ?? '';
  const labels = new Map(catalogue.receiverRoles.map(({ role, label }) => [role, label]));
  return {
    form, ...period, ...makers[ask.id](store, form, input, ask),
    title: titleOf(form, period), subtitle: subtitleOf(form, period, input, now),
    office: [input.employer ?? unit].filter((each) => each !== ''),
    receivers: settings.receivers.filter(({ role, name }) => name !== '' && form.receivers.includes(role) && labels.has(role)).map(({ name, address }) => (address === '' ? name : `${name} (${address})`)),
  };
}

type Maker = (store: Store, form: ReportForm, input: ReportInput, ask: ReportAsk) => Omit<Report, 'title' | 'subtitle'>;

const makers: Readonly<Record<ReportAsk['id'], Maker>> = {
  'timesheet-month': (store, form, input) => monthGrid(form, { ...input, entries: attendanceEntries(store, input), calendar: reportCalendar(store, input.now) }),
  'timesheet-day': (store, form, input) => daySheet(form, { ...input, entries: attendanceEntries(store, input) }),
  'late-early': (store, form, input) => lateEarly(form, { ...input, entries: attendanceEntries(store, input) }),
  overtime: (store, form, input) => overtimeSheet(overtimeRules(store, form, input.to), overtimeEntries(store, input)),
  'labour-book': people, 'labour-use': people, 'foreign-workers': people, 'leased-labour': people,
  'labour-summary': (store, form, input) => labourSummary(form, { ...input, workers: wantedWorkers(store, input) }),
  'labour-change': (store, form, input) => labourChange(form, { ...input, people: mobilePeople(store, input, input.to) }),
  'tet-return': (store, form, input) => tetReturn(form, { ...input, people: mobilePeople(store, input, input.from), ...toldUntil(store, input.now) }),
  mobility: (store, form, input, ask) => {
    const absentDays = ask.absentDays ?? form.rules['absentDays'] ?? 5;
    const start = siteScansFrom(store) ?? input.from;
    const zones = new Map(readReportSettings(store).zones.map(({ employer, zone }) => [employer, zone]));
    const unit = readKiosk(store)?.unit.name ?? '';
    const breakdown: Breakdown = ask.breakdown !== null && form.breakdowns.includes(ask.breakdown) ? ask.breakdown : 'employer';
    return mobility(form, {
      ...input, absentDays, breakdown, people: mobilePeople(store, input, addDays(input.from, -absentDays - 1)), ...toldUntil(store, input.now), seenFrom: start,
      zoneOf: (employer) => zones.get(employer) || unit || 'Chưa rõ',
    });
  },
  meals: (store, _form, input) => mealSheet(mealEntries(store, input)),
  'lane-flow': (store, form, input) => laneFlow(form, {
    lanes: (readKiosk(store)?.lanes ?? []).map(({ lane, name }) => ({ lane, name })), counts: readMinuteCounts(store, startOfDay(input.from), startOfDay(addDays(input.to, 1))),
  }),
};

function people(store: Store, form: ReportForm, input: ReportInput): Omit<Report, 'title' | 'subtitle'> {
  return peopleList(form, { ...input, entries: peopleEntries(store, form, input), told: toldUntil(store, input.now) });
}

function titleOf({ title, period }: ReportForm, { from, to }: { from: string; to: string }): string {
  if (period === 'day') return `${title} ${dateText(to)}`;
  return period === 'month' ? `${title} THÁNG ${from.slice(5, 7)}/${from.slice(0, 4)}` : title;
}

function subtitleOf({ period, legalBasis }: ReportForm, { from, to }: { from: string; to: string }, { employer, department, now }: ReportInput, at = now): string[] {
  const made = new Date(at + 7 * 3_600_000).toISOString();
  return [
    period === 'range' ? (from === to ? `Ngày ${dateText(from)}` : `Từ ngày ${dateText(from)} đến ngày ${dateText(to)}`) : null,
    employer === null ? null : `Doanh nghiệp: ${employer}`, department === null ? null : `Bộ phận: ${department}`,
    legalBasis === null ? null : `Căn cứ: ${legalBasis}`, `Lập lúc ${made.slice(11, 16)} ngày ${dateText(made.slice(0, 10))}`,
  ].filter((line) => line !== null);
}
