import type { ReportAsk } from '../../../shared/contracts/report.ts';
import { dayFaults } from '../../../shared/domain/labour-check.ts';
import { countDay, type DayCount } from '../../../shared/domain/labour-day.ts';
import { guardingOn, normalDay, valueOn, yearCap } from '../../../shared/domain/labour-rules.ts';
import { datesBetween, isEmployed, type AttendanceEntry, type Calendar, type OvertimeEntry, type Told } from '../../../shared/domain/report-attendance.ts';
import type { MobilePerson } from '../../../shared/domain/report-mobility.ts';
import { belongs, factFields, type PeopleEntry } from '../../../shared/domain/report-people.ts';
import type { ReportForm } from '../../../shared/domain/report-catalogue.ts';
import { mealTime, overlaps } from '../../../shared/domain/meal.ts';
import type { MealCount } from '../../../shared/domain/report-flow.ts';
import { shiftsOn } from '../../../shared/domain/shift.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  readCorrectionsByWorker, readFormerTerms, readGuardSettings, readMoves, readSeenDates, readShifts, readWorkerPlan, reportedUntil, reportWorkers, type ReportWorker, type Store, type WorkDay,
} from '../../store/index.ts';
import { labourLaw, readLabourSettings } from '../time/labour-law.ts';
import { keptDays, labourDay } from '../time/work-days.ts';

/** What a report is made of: the question, when it was asked (milliseconds since 1970), and who hears how far it is. */
export interface ReportInput extends Pick<ReportAsk, 'from' | 'to' | 'employer' | 'department'> { now: number; onWorker?: () => void }

const hourMs = 3_600_000;
/** A date is whole for telling absences so long after its end: whoever comes very late to a night shift has come by then. */
const patienceMs = 6 * hourMs;

/** The last date of which every gate of the site has told, and which gates hold it back. */
export function toldUntil(store: Store, now: number): Told {
  const { until, missing } = reportedUntil(store, now);
  const wholeAt = (at: number): string => addDays(workDateOf(at - patienceMs), -1);
  // A gate that is some minutes behind keeps no date open.
  return { decidedUntil: wholeAt(until), silent: missing.filter(({ since }) => wholeAt(since ?? 0) < wholeAt(now)) };
}

/** Holidays by the law's own list, and until when an absence may be told. */
export function reportCalendar(store: Store, now: number): Calendar {
  const holidays = new Set(labourLaw().holidays.map(({ date }) => date));
  return { ...toldUntil(store, now), isHoliday: (date) => holidays.has(date) };
}

/** The workers that a report asks for, by enterprise, department and code. */
export function* wantedWorkers(store: Store, { employer, department, onWorker }: ReportInput): Generator<ReportWorker> {
  for (const worker of reportWorkers(store)) {
    onWorker?.();
    if ((employer === null || worker.employer === employer) && (department === null || worker.department === department)) yield worker;
  }
}

type DaysOf = (worker: ReportWorker) => Pick<WorkDay, 'line' | 'plan' | 'breakMinutes'>[];

function daysBetween(store: Store, from: string, to: string, now: number): DaysOf {
  const daysOf = keptDays(store, { from, to, until: now });
  return (worker) => daysOf({ ...worker, searchText: '' });
}

function plannedDates(store: Store, worker: ReportWorker, dates: readonly string[], shifts: ReturnType<typeof readShifts>): ReadonlySet<string> {
  const plan = readWorkerPlan(store, worker, dates[0]!, dates.at(-1)!, shifts);
  return new Set(dates.filter((date) => shiftsOn(plan, date).length > 0));
}

/** Each wanted worker's lines of the period, and on which dates he had a shift. */
export function* attendanceEntries(store: Store, input: ReportInput): Generator<AttendanceEntry> {
  const { from, to, now } = input;
  const [daysOf, shifts, dates] = [daysBetween(store, from, to, now), readShifts(store), datesBetween(from, to)];
  for (const worker of wantedWorkers(store, input)) {
    const lines = daysOf(worker).map(({ line }) => line);
    if (lines.length === 0 && !dates.some((date) => isEmployed(worker, date))) continue;
    yield { worker, lines, planned: plannedDates(store, worker, dates, shifts) };
  }
}

function countsOf(store: Store): (worker: ReportWorker, days: ReturnType<DaysOf>) => DayCount[] {
  const [law, settings] = [labourLaw(), readLabourSettings(store)];
  return (worker, days) => days.map((day) => countDay(law, settings, worker, labourDay(day)));
}

const guardedWords = { pregnant: 'mang thai', nursing: 'nuôi con nhỏ', disabled: 'khuyết tật', elderly: 'cao tuổi', child: 'dưới 15 tuổi', minor: 'chưa đủ 18 tuổi' } as const;

/** The overtime of the period's last month and of its year up to then, as the law counts it (Nghị định 145/2020 art. 60). */
export function* overtimeEntries(store: Store, input: ReportInput): Generator<OvertimeEntry> {
  const { to, now } = input;
  const [law, settings, counts] = [labourLaw(), readLabourSettings(store), countsOf(store)];
  const daysOf = daysBetween(store, `${to.slice(0, 4)}-01-01`, to, now);
  const sum = (all: readonly DayCount[]): number => all.reduce((minutes, { capped }) => minutes + capped, 0);
  for (const worker of wantedWorkers(store, input)) {
    const all = counts(worker, daysOf(worker));
    const month = all.filter(({ workDate }) => workDate.startsWith(to.slice(0, 7)));
    const over = month.filter((day) => dayFaults(law, settings, day).length > 0);
    const most = (over.length > 0 ? over : month.filter(({ kind }) => kind === 'working')).reduce<DayCount | null>((best, day) => (day.overtime > (best?.overtime ?? 0) ? day : best), null);
    const { birthDate, department, details: { protections, overtimeConsent } } = worker;
    const guarded = guardingOn(law, settings, { birthDate, department, protections, overtimeConsent }, to).filter(({ overtimeForbidden }) => overtimeForbidden);
    yield {
      worker, dayMost: most?.overtime ?? 0, dayMostOn: most?.workDate ?? null, dayOver: over.length > 0, month: sum(month), year: sum(all),
      protectedBy: guarded.length === 0 ? null : guarded.map(({ group }) => guardedWords[group]).join(', '),
    };
  }
}

/** Caps of a date in hours, from the rule file in the place of the catalogue's own. */
export function overtimeRules(store: Store, form: ReportForm, date: string): Pick<ReportForm, 'rules'> {
  const [law, settings] = [labourLaw(), readLabourSettings(store)];
  return {
    rules: {
      ...form.rules, monthHours: valueOn(law, date, 'overtimeMonth') / 60, yearHours: yearCap(law, settings, date) / 60,
      ...(settings.scheme === 'week' ? { dayTotalHours: valueOn(law, date, 'dayTotal') / 60 } : { dayHours: (normalDay(law, settings, date) * valueOn(law, date, 'overtimeDayPercent')) / 100 / 60 }),
    },
  };
}

/** Everybody who belongs into a form's list, with what the gate counted of him where a column asks for it. */
export function* peopleEntries(store: Store, form: ReportForm, input: ReportInput): Generator<PeopleEntry> {
  const { from, to, now } = input;
  const isCounted = form.columns.some(({ field }) => field !== null && factFields.includes(field));
  const { decidedUntil: decided, isHoliday } = reportCalendar(store, now);
  const [daysOf, counts, shifts, dates] = [daysBetween(store, from, to, now), countsOf(store), readShifts(store), datesBetween(from, to)];
  for (const worker of wantedWorkers(store, input)) {
    if (!belongs(form, worker, input)) continue;
    if (!isCounted) {
      yield { worker, facts: { daysPresent: 0, absentDays: 0, overtimeMinutes: 0 } };
      continue;
    }
    const days = daysOf(worker);
    const seen = new Set(days.map(({ line }) => line.workDate));
    const missed = [...plannedDates(store, worker, dates, shifts)].filter((date) => date <= decided && !seen.has(date) && !isHoliday(date) && isEmployed(worker, date));
    yield { worker, facts: { daysPresent: seen.size, absentDays: missed.length, overtimeMinutes: counts(worker, days).reduce((sum, { overtime }) => sum + overtime, 0) } };
  }
}

/** A worker as the mobility picture sees him, with what a list of joiners and leavers asks of him. */
export interface ReportPerson extends MobilePerson { birthDate: string | null; sex: string | null; personalNumber: string | null }

/**
 * Everybody wanted, each term of work alone, with the dates on which a gate saw him from `seenFrom` on and how he moved. Who
 * came back under the same code is there twice.
 */
export function mobilePeople(store: Store, input: ReportInput, seenFrom: string): ReportPerson[] {
  const { to } = input;
  const [seen, moves, correctedSeen] = [readSeenDates(store, seenFrom, to), readMoves(store), correctedDates(store, input, seenFrom)];
  const former = Map.groupBy(readFormerTerms(store), ({ workerNo }) => workerNo);
  const people: ReportPerson[] = [];
  for (const worker of wantedWorkers(store, input)) {
    const { workerId, fullName, birthDate, sex, details: { province, commune, passport } } = worker;
    const shared = { workerId, fullName, birthDate, sex, personalNumber: worker.personalId ?? passport };
    const dates = correctedSeen(worker, seen.get(worker.workerNo) ?? []);
    const terms = former.get(worker.workerNo) ?? [];
    const since = terms.at(-1)?.endDate ?? '';
    const home = { province: province ?? '', commune: commune ?? '' };
    for (const { startDate, endDate, employer, department } of terms) {
      people.push({ ...shared, startDate, endDate, place: { employer, department, ...home }, moves: [], seen: dates.filter((date) => (startDate ?? '') <= date && date <= endDate) });
    }
    people.push({
      ...shared, startDate: worker.startDate, endDate: worker.endDate, place: { employer: worker.employer, department: worker.department, ...home },
      moves: (moves.get(workerId) ?? []).filter(({ date }) => date > since && date > (worker.startDate ?? '')), seen: dates.filter((date) => date > since),
    });
  }
  return people;
}

/**
 * What gives the dates on which somebody was there, from those on which a gate saw him: of a date that two people corrected
 * the timesheet tells, which has punches that no reader saw and lacks those that were somebody else's.
 */
function correctedDates(store: Store, { to, now }: ReportInput, from: string): (worker: ReportWorker, seen: readonly string[]) => readonly string[] {
  const corrections = readCorrectionsByWorker(store, from, to);
  const daysOf = daysBetween(store, from, to, now);
  return (worker, seen) => {
    const corrected = new Set((corrections.get(worker.workerId) ?? []).filter(({ changes: { kind } }) => kind === 'change').map(({ workDate }) => workDate));
    if (corrected.size === 0) return seen;
    const there = daysOf(worker).map(({ line }) => line.workDate).filter((date) => corrected.has(date));
    return [...seen.filter((date) => !corrected.has(date)), ...there].sort();
  };
}

/** Whoever is not known to have gone counts as inside for so long. */
const openStayMs = 14 * hourMs;

/** How many were inside while each meal of each date was served, by team. */
export function mealEntries(store: Store, input: ReportInput): MealCount[] {
  const { from, to, now } = input;
  const meals = datesBetween(from, to).flatMap((date) => readGuardSettings(store).meals.map(({ name, ...meal }) => ({ date, name, time: mealTime(meal, date) })))
    .filter(({ time }) => time.from <= now);
  const counts = new Map<string, MealCount>();
  // A night shift of the day before is inside in the early hours; a meal over midnight reaches into the next date.
  const daysOf = daysBetween(store, addDays(from, -1), addDays(to, 1), now);
  for (const worker of wantedWorkers(store, input)) {
    const stays = daysOf(worker).flatMap(({ line }) => (line.in === null ? [] : [{ from: line.in, to: line.out ?? Math.min(now, line.in + openStayMs) }]));
    let first = 0;
    for (const { date, name, time } of meals) {
      while (first < stays.length && stays[first]!.to <= time.from - openStayMs) first += 1;
      if (!stays.slice(first, first + 4).some((stay) => overlaps(stay, time))) continue;
      const { employer, department } = worker;
      const key = JSON.stringify([date, employer, department, name]);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { date, employer, department, meal: name, people: 1 });
      else known.people += 1;
    }
  }
  return [...counts.values()];
}
