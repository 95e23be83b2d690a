import type { Breakdown } from '../contracts/report.ts';
import type { ReportForm } from './report-catalogue.ts';
import { datesBetween, decidedNote, isEmployed, perDay, type Told } from './report-attendance.ts';
import { grouped, type GroupedRow, type Report, type ReportChart, type ReportColumn } from './report-model.ts';
import { addDays, dateText } from './work-date.ts';

/** What of a worker may change from one to another. */
export interface Place { employer: string; department: string; province: string; commune: string }

/** A change of place, first told on a date, ISO. */
export interface Move { date: string; from: Place; to: Place }

/** A worker as the mobility picture sees him. Dates ISO; `endDate` is the last work date. */
export interface MobilePerson {
  workerId: string; fullName: string; startDate: string | null; endDate: string | null;
  /** Where he belongs now, and how he came there, oldest first. */
  place: Place;
  moves: readonly Move[];
  /** Dates on which a gate saw him, ISO, in order; from some time before the period on. */
  seen: readonly string[];
}

interface MobilityInput extends Told {
  from: string; to: string; breakdown: Breakdown; absentDays: number;
  people: readonly MobilePerson[];
  /** The first date of which there are scans at all: before it nobody was absent. */
  seenFrom: string;
  zoneOf(employer: string): string;
}

const timeBreakdowns: readonly Breakdown[] = ['day', 'week', 'month'];
const unknown = 'Chưa rõ';

/** Whether nobody moved between two words about a worker: an empty field that is filled in later is knowledge, not a move. */
export function samePlace(before: Place, after: Place): boolean {
  return (['employer', 'department', 'province', 'commune'] as const).every((field) => before[field] === after[field] || before[field] === '');
}

/** Where somebody belonged at the end of a date. */
export function placeAt({ place, moves }: Pick<MobilePerson, 'place' | 'moves'>, date: string): Place {
  const later = moves.find((move) => move.date > date);
  return later === undefined ? place : later.from;
}

/** Whether somebody on the roster has not been seen for more than so many days, as of a date. */
export function isAbsent({ startDate, endDate, seen }: Pick<MobilePerson, 'startDate' | 'endDate' | 'seen'>, date: string, absentDays: number, seenFrom: string): boolean {
  if (!isEmployed({ startDate, endDate }, date)) return false;
  const last = seen.findLast((each) => each <= date);
  const begun = startDate !== null && startDate > seenFrom ? startDate : seenFrom;
  // Who was never seen is missed from the first date on which he could have been.
  const since = last === undefined ? begun : addDays(last, 1);
  return addDays(since, absentDays) <= date;
}

export interface MobilityCounts { opening: number; joined: number; left: number; movedIn: number; movedOut: number; closing: number; presentDays: number; absent: number }
const nothing = (): MobilityCounts => ({ opening: 0, joined: 0, left: 0, movedIn: 0, movedOut: 0, closing: 0, presentDays: 0, absent: 0 });

/**
 * Joined, left, moved, present and absent by place. For each place: opening + joined + moved in − left − moved out = closing;
 * the opening counts who had begun before `from`, the closing who works on after `to`. Absence is as of the last date of the
 * period that every gate has told, and presence counts until then: the average is over these dates.
 */
export function mobilityCounts({ from, to, people, absentDays, decidedUntil, seenFrom }: Omit<MobilityInput, 'breakdown' | 'zoneOf' | 'silent'>, keyOf: (place: Place) => string): Map<string, MobilityCounts> {
  const byKey = new Map<string, MobilityCounts>();
  const at = (key: string): MobilityCounts => {
    const known = byKey.get(key) ?? nothing();
    byKey.set(key, known);
    return known;
  };
  const absentOn = decidedUntil < to ? decidedUntil : to;
  for (const person of people) {
    const { startDate, endDate, moves } = person;
    if ((startDate !== null && startDate > to) || (endDate !== null && endDate < from)) continue;
    const joins = startDate !== null && startDate >= from;
    const begins = joins ? startDate : from;
    // Nearly nobody moves: his place is written as a key once.
    const home = moves.length === 0 ? keyOf(person.place) : null;
    const keyOn = (date: string): string => home ?? keyOf(placeAt(person, date));
    let key = keyOn(joins ? startDate : addDays(from, -1));
    at(key)[joins ? 'joined' : 'opening'] += 1;
    for (const { date, to: target } of moves) {
      if (date < begins || (joins && date === begins) || date > to || (endDate !== null && date > endDate)) continue;
      const next = keyOf(target);
      if (next === key) continue;
      at(key).movedOut += 1;
      at(next).movedIn += 1;
      key = next;
    }
    if (endDate !== null && endDate <= to) at(key).left += 1;
    else at(key).closing += 1;
    for (const date of person.seen) if (from <= date && date <= absentOn) at(keyOn(date)).presentDays += 1;
    if (absentOn >= from && isAbsent(person, absentOn, absentDays, seenFrom)) at(keyOn(absentOn)).absent += 1;
  }
  return byKey;
}

/** Several places as one. */
export function sumOf(all: Iterable<MobilityCounts>): MobilityCounts {
  const sum = nothing();
  for (const one of all) for (const key of Object.keys(sum) as (keyof MobilityCounts)[]) sum[key] += one[key];
  return sum;
}

/** The periods of a breakdown by time, as they lie in a period: days, weeks from Monday, months. */
function periodsOf(breakdown: Breakdown, from: string, to: string): { from: string; to: string; label: string }[] {
  const periods: { from: string; to: string; label: string }[] = [];
  for (const date of datesBetween(from, to)) {
    const starts = periods.length === 0 || breakdown === 'day' || (breakdown === 'week' ? new Date(`${date}T00:00:00Z`).getUTCDay() === 1 : date.endsWith('-01'));
    if (starts) periods.push({ from: date, to: date, label: '' });
    else periods.at(-1)!.to = date;
  }
  return periods.map((one) => ({ ...one, label: one.from === one.to ? dateText(one.from) : `${dateText(one.from)} – ${dateText(one.to)}` }));
}

const headers: Readonly<Record<Breakdown, string>> = {
  employer: 'Doanh nghiệp', department: 'Bộ phận', province: 'Tỉnh, thành phố cư trú', commune: 'Xã, phường cư trú', zone: 'Khu công nghiệp', day: 'Ngày', week: 'Tuần', month: 'Tháng',
};

/** The columns of the picture: a place has movers in and out, a time only how many moved. */
export function mobilityColumns(breakdown: Breakdown, absentDays: number): ReportColumn[] {
  const byTime = timeBreakdowns.includes(breakdown);
  const count = (id: string, header: string, sum = true): ReportColumn => ({ id, header, kind: 'count', width: 9, ...(sum && { sum }) });
  return [
    { id: 'index', header: 'STT', kind: 'index', width: 5 }, { id: 'label', header: headers[breakdown], kind: 'text', width: 34 },
    count('opening', 'Đầu kỳ', !byTime), count('joined', 'Vào làm'), count('left', 'Nghỉ việc'), count('movedIn', byTime ? 'Chuyển nơi làm, nơi ở' : 'Chuyển đến'),
    ...(byTime ? [] : [count('movedOut', 'Chuyển đi')]), count('closing', 'Cuối kỳ', !byTime),
    count('present', 'Có mặt bình quân ngày', !byTime), count('absent', `Vắng trên ${absentDays} ngày`, !byTime),
  ];
}

/** The mobility picture (biến động lao động) that a zone's authority asks for: a row a place or a time, with curves. */
export function mobility(_form: ReportForm, input: MobilityInput): Omit<Report, 'title' | 'subtitle'> {
  const { from, to, breakdown, absentDays, people, decidedUntil, seenFrom, zoneOf } = input;
  const byTime = timeBreakdowns.includes(breakdown);
  const columns = mobilityColumns(breakdown, absentDays);
  const keyOf: Record<string, (place: Place) => string> = {
    employer: ({ employer }) => employer || unknown, zone: ({ employer }) => zoneOf(employer), department: ({ employer, department }) => `${employer || unknown}\u0000${department || unknown}`,
    province: ({ province }) => province || unknown, commune: ({ province, commune }) => `${province || unknown}\u0000${commune || unknown}`,
  };
  const told = datesBetween(from, decidedUntil < to ? decidedUntil : to);
  const average = (sum: number, days: number): number => (days === 0 ? 0 : Math.round(sum / days));
  const wholePlace = (place: Place): string => JSON.stringify([place.employer, place.department, place.province, place.commune]);
  const rows: GroupedRow[] = byTime
    ? periodsOf(breakdown, from, to).map((one) => {
      const counts = sumOf(mobilityCounts({ ...input, from: one.from, to: one.to }, wholePlace).values());
      const days = told.filter((date) => one.from <= date && date <= one.to).length;
      return { group: null, cells: [null, one.label, counts.opening, counts.joined, counts.left, counts.movedIn, counts.closing, average(counts.presentDays, days), counts.absent] };
    })
    : [...mobilityCounts(input, keyOf[breakdown]!)].sort(([a], [b]) => a.localeCompare(b, 'vi')).map(([key, counts]) => {
      const [group, name] = key.includes('\u0000') ? key.split('\u0000') as [string, string] : [null, key];
      return { group, cells: [null, name, counts.opening, counts.joined, counts.left, counts.movedIn, counts.movedOut, counts.closing, average(counts.presentDays, told.length), counts.absent] };
    });
  const gone = people.filter((person) => person.startDate === null).length;
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [employerBars(mobilityCounts(input, keyOf['employer']!)), ...dayCurves(people, from, to, decidedUntil)],
      notes: [
        'Vào làm, nghỉ việc theo ngày vào và ngày làm cuối trong danh sách; chuyển nơi làm, nơi ở theo ngày danh sách được cập nhật.',
        ...decidedNote(input, to), ...(seenFrom > from ? [`Cổng bắt đầu có dữ liệu từ ngày ${dateText(seenFrom)}.`] : []),
        ...(gone > 0 ? [`${gone} người chưa có ngày vào làm, được tính là đã làm từ trước kỳ.`] : []),
      ],
    }),
  };
}

const mostBars = 12;

function employerBars(counts: Map<string, MobilityCounts>): ReportChart {
  const all = [...counts].sort(([, a], [, b]) => b.closing - a.closing || b.left - a.left);
  const rest = sumOf(all.slice(mostBars).map(([, one]) => one));
  const shown: [string, MobilityCounts][] = all.length <= mostBars ? all : [...all.slice(0, mostBars), [`${all.length - mostBars} doanh nghiệp khác`, rest]];
  return {
    id: 'employers', kind: 'bars', title: 'Vào, nghỉ, vắng lâu ngày theo doanh nghiệp', labels: shown.map(([name]) => name),
    series: [{ name: 'Vào làm', values: shown.map(([, { joined }]) => joined) }, { name: 'Nghỉ việc', values: shown.map(([, { left }]) => left) }, { name: 'Vắng lâu ngày', values: shown.map(([, { absent }]) => absent) }],
  };
}

function dayCurves(people: readonly MobilePerson[], from: string, to: string, decidedUntil: string): ReportChart[] {
  const dates = datesBetween(from, decidedUntil < to ? decidedUntil : to);
  if (dates.length === 0) return [];
  const at = new Map(dates.map((date, n) => [date, n]));
  const zeros = (): number[] => dates.map(() => 0);
  const [present, joined, left] = [zeros(), zeros(), zeros()];
  const add = (values: number[], date: string | null): void => { const n = date === null ? undefined : at.get(date); if (n !== undefined) values[n]! += 1; };
  for (const { seen, startDate, endDate } of people) {
    for (const date of seen) add(present, date);
    add(joined, startDate);
    add(left, endDate);
  }
  return [
    perDay('Số người có mặt mỗi ngày', dates, [{ name: 'Có mặt', values: present }], 'present'),
    perDay('Vào làm và nghỉ việc mỗi ngày', dates, [{ name: 'Vào làm', values: joined }, { name: 'Nghỉ việc', values: left }], 'turnover'),
  ];
}
