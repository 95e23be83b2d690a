import type { CorrectionChanges } from '../../../../shared/contracts/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { exceptionWords, hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { date, dateAndTime, time, today } from '../../../format.ts';
import { correction as text } from '../../../texts/correction.ts';

export type Line = NonNullable<Output<'inbox/preview'>['line']>;

/** A clock time; with day and month where that is not the work date. */
export function clockOn(at: number | null, workDate: string): string {
  if (at === null) return '–';
  return today(new Date(at)) === workDate ? time(new Date(at)) : dateAndTime(new Date(at)).slice(0, 11);
}

/** What a correction does, in words. */
export function changeWords({ kind, add, leaveOut, overtimeMinutes, shift, wholeDay }: CorrectionChanges, workDate: string): string {
  const { changes: words } = text;
  if (kind !== 'change') return words[kind];
  return [
    ...add.map(({ direction, at }) => words[direction](clockOn(at, workDate))), ...leaveOut.map(({ at }) => words.leaveOut(clockOn(at, workDate))),
    ...(overtimeMinutes === null ? [] : [words.overtime(hoursText(overtimeMinutes))]), ...(shift === null ? [] : [shift.id === null ? words.noShift : words.shift(shift.id)]),
    ...(wholeDay ? [words.wholeDay] : []),
  ].join(', ');
}

/** A date's name in a list: who, under which code, when. */
export function PersonDate({ row: { fullName, workerId, workDate } }: { row: { fullName: string; workerId: string; workDate: string } }) {
  return <span className="line-words"><span>{fullName}</span><span className="small soft">{workerId}</span><span className="small soft digits">{date(workDate)}</span></span>;
}

/** A line of the timesheet in two short lines. */
export function LineWords({ line, workDate }: { line: Line | null; workDate: string }) {
  if (line === null) return <span className="soft">{text.day.noLine}</span>;
  const { day } = text;
  const more = [
    line.overtimeMinutes > 0 && day.overtimeOf(hoursText(line.overtimeMinutes)), line.lateMinutes > 0 && day.late(hoursText(line.lateMinutes)), line.earlyMinutes > 0 && day.early(hoursText(line.earlyMinutes)),
    ...line.exceptions.map((each) => exceptionWords[each].toLowerCase()),
  ].filter((each) => each !== false);
  return (
    <span className="line-words">
      <span className="digits">{clockOn(line.in, workDate)} – {clockOn(line.out, workDate)}</span>
      <span className="small soft">{[day.worked(hoursText(line.workedMinutes)), ...more].join(', ')}</span>
    </span>
  );
}
