import type { DueDate, Procedure } from '../contracts/dossier.ts';
import { addDays, dateText } from './work-date.ts';
import {
  closingMinute, dayOff, instantOf, localMoment, minuteOf, nextWorkingDay, officeSpans, openingMinute,
  type LocalMoment, type WorkingCalendar,
} from './working-calendar.ts';

export interface TermRule { term: Procedure['term']; cutOff: Procedure['cutOff'] }

const minutesOfWorkingDay = 8 * 60;

/**
 * When a result is due, with each step in Vietnamese; null where the procedure has no term.
 * Days: the day of intake does not count, the last day ends with office hours (Bộ luật Dân sự 2015 art. 147, 148);
 * days off are passed over. Hours, and days with a half: office hours from the moment of intake, 8 to a day.
 * Intake after `cutOff`, after closing or on a day off counts as intake at the next opening.
 */
export function dueDate({ term, cutOff }: TermRule, receivedAt: string, calendar: WorkingCalendar): DueDate | null {
  if (term === null) return null;
  const log = new Explanation(calendar);
  const received = localMoment(receivedAt);
  const start = countedFrom(received, cutOff, calendar, log);
  const wholeDays = term.unit === 'working-day' && Number.isInteger(term.amount);
  const end = wholeDays
    ? afterDays(start, term.firstDayCounts === true ? term.amount - 1 : term.amount, term.firstDayCounts === true, calendar, log)
    : afterMinutes(start, Math.round(term.amount * (term.unit === 'working-day' ? minutesOfWorkingDay : 60)), calendar, log);
  const explanation = log.lines(received, start, end, term);
  return { dueAt: instantOf(end), explanation };
}

/**
 * The due date after a pause (waiting for a supplement): what was left of the term when it stopped runs on from when
 * it starts again. A term that ended with office hours ends with office hours again.
 */
export function dueAfterPause(due: DueDate, pausedAt: string, resumedAt: string, calendar: WorkingCalendar): DueDate {
  const paused = opened(localMoment(pausedAt), calendar);
  const resumed = opened(localMoment(resumedAt), calendar);
  const dueMoment = localMoment(due.dueAt);
  const left = minutesBetween(paused, dueMoment, calendar);
  const log = new Explanation(calendar);
  let end = left <= 0 ? resumed : afterMinutes(resumed, left, calendar, log);
  if (dueMoment.minute === closingMinute(calendar)) end = { date: end.date, minute: closingMinute(calendar) };
  return {
    dueAt: instantOf(end),
    explanation: [
      ...due.explanation,
      `Tạm dừng từ ${say(localMoment(pausedAt))} đến ${say(localMoment(resumedAt))} (chờ bổ sung hồ sơ)`,
      ...log.skippedLines(),
      `Hẹn trả mới: ${say(end)}`,
    ],
  };
}

function countedFrom(received: LocalMoment, cutOff: string | null, calendar: WorkingCalendar, log: Explanation): LocalMoment {
  const off = dayOff(received.date, calendar);
  if (off !== null) {
    log.reason = `nhận vào ngày nghỉ (${off})`;
    return { date: nextWorkingDay(received.date, calendar, log.skip), minute: openingMinute(calendar) };
  }
  if (cutOff !== null && received.minute > minuteOf(cutOff)) {
    log.reason = `nhận sau ${minuteOf(cutOff) % 60 === 0 ? `${Number(cutOff.slice(0, 2))} giờ` : cutOff}`;
    return { date: nextWorkingDay(received.date, calendar, log.skip), minute: openingMinute(calendar) };
  }
  if (received.minute >= closingMinute(calendar)) {
    log.reason = 'nhận sau giờ làm việc';
    return { date: nextWorkingDay(received.date, calendar, log.skip), minute: openingMinute(calendar) };
  }
  return received;
}

/** The moment itself, or the next opening where it lies on a day off or after closing. */
function opened(moment: LocalMoment, calendar: WorkingCalendar): LocalMoment {
  if (dayOff(moment.date, calendar) === null && moment.minute < closingMinute(calendar)) return moment;
  return { date: nextWorkingDay(moment.date, calendar), minute: openingMinute(calendar) };
}

function afterDays(start: LocalMoment, days: number, firstCounts: boolean, calendar: WorkingCalendar, log: Explanation): LocalMoment {
  log.firstDayCounts = firstCounts;
  let date = start.date;
  for (let day = 0; day < days; day++) date = nextWorkingDay(date, calendar, log.skip);
  return { date, minute: closingMinute(calendar) };
}

function afterMinutes(start: LocalMoment, minutes: number, calendar: WorkingCalendar, log: Explanation): LocalMoment {
  let left = minutes;
  let { date, minute } = start;
  for (;;) {
    for (const span of officeSpans(calendar)) {
      const from = Math.max(span.from, minute);
      if (from >= span.to) continue;
      if (left <= span.to - from) return { date, minute: from + left };
      left -= span.to - from;
    }
    date = nextWorkingDay(date, calendar, log.skip);
    minute = 0;
  }
}

/** Office minutes from one moment to another; 0 where the second is not later. */
function minutesBetween(from: LocalMoment, to: LocalMoment, calendar: WorkingCalendar): number {
  let sum = 0;
  for (let date = from.date; date <= to.date; date = addDays(date, 1)) {
    if (dayOff(date, calendar) !== null) continue;
    for (const span of officeSpans(calendar)) {
      const begin = date === from.date ? Math.max(span.from, from.minute) : span.from;
      const end = date === to.date ? Math.min(span.to, to.minute) : span.to;
      sum += Math.max(0, end - begin);
    }
  }
  return sum;
}

/** Collects why a date came out as it did. */
class Explanation {
  reason: string | null = null;
  firstDayCounts: boolean | null = null;
  readonly #calendar: WorkingCalendar;
  readonly #skipped: { date: string; why: string }[] = [];

  constructor(calendar: WorkingCalendar) {
    this.#calendar = calendar;
  }

  readonly skip = (date: string, why: string): void => {
    this.#skipped.push({ date, why });
  };

  lines(received: LocalMoment, start: LocalMoment, end: LocalMoment, term: NonNullable<Procedure['term']>): string[] {
    const amount = String(term.amount).replace('.', ',');
    return [
      this.reason === null ? `Nhận ${say(received)}` : `Nhận ${say(received)} → ${this.reason}, tính từ ${dateText(start.date)}`,
      term.firstDayCounts === true && term.amount === 1 ? 'Thời hạn: trong ngày làm việc'
        : `Thời hạn ${amount} ${term.unit === 'working-day' ? 'ngày' : 'giờ'} làm việc${this.firstDayCounts === false ? ', không tính ngày bắt đầu' : ''}`,
      ...this.skippedLines(),
      ...this.#openQuestions(received.date, end.date),
      `Hẹn trả: ${say(end)}`,
    ];
  }

  skippedLines(): string[] {
    if (this.#skipped.length === 0) return [];
    const groups = new Map<string, string[]>();
    for (const { date, why } of this.#skipped) groups.set(why, [...groups.get(why) ?? [], dateText(date)]);
    return [`Trừ ${[...groups].map(([why, dates]) => `${why} (${dates.length > 3 ? `${dates.length} ngày, ${dates[0]}–${dates.at(-1)}` : dates.join(', ')})`).join('; ')}`];
  }

  #openQuestions(from: string, to: string): string[] {
    const lines: string[] = [];
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
      if (!this.#calendar.years.includes(year)) lines.push(`Chưa có lịch nghỉ lễ năm ${year}; mới trừ ngày nghỉ hằng tuần`);
    }
    for (const day of this.#calendar.days) {
      if (day.kind === 'announced' && day.date >= from && day.date <= to) lines.push(`${dateText(day.date)} (${day.name}) chưa tính là ngày nghỉ`);
    }
    return lines;
  }
}

function say({ date, minute }: LocalMoment): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')} ${dateText(date)}`;
}
