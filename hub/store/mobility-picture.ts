import { formOn, ReportCatalogue, type ReportForm } from '../../shared/domain/report-catalogue.ts';
import { datesBetween } from '../../shared/domain/report-attendance.ts';
import { mobilityColumns, mobilityCounts, placeAt, sumOf, type MobilePerson, type MobilityCounts, type Move, type Place } from '../../shared/domain/report-mobility.ts';
import { grouped, type GroupedRow, type ReportColumn, type ReportRow } from '../../shared/domain/report-model.ts';
import { addDays, dateText } from '../../shared/domain/work-date.ts';
import { dateOfDay, dayOfDate } from '../../shared/domain/local-day.ts';
import catalogueData from '../../resources/forms/gate-reports.json' with { type: 'json' };
import type { Sql, Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import { eachSeenDay } from './mobility.ts';
import { openWorker } from './sealed-row.ts';
import { decidedUntil, unitTimes, type UnitTimes } from './unit-times.ts';
import { employmentOf, readPast } from './worker-past.ts';
import { readZones } from './zones.ts';

export const pictureBreakdowns = ['employer', 'zone', 'commune', 'province'] as const;
export type PictureBreakdown = (typeof pictureBreakdowns)[number];

/** Dates ISO, both included; null takes all. */
export interface PictureAsk { from: string; to: string; by: PictureBreakdown; absentDays: number; zone: string | null; unit: string | null; employer: string | null }

export interface PictureDay { date: string; present: number; joined: number; left: number; isWhole: boolean }

/** The mobility picture of the province: counts only, nobody's name or number. */
export interface Picture {
  ask: PictureAsk; form: ReportForm; catalogue: ReportCatalogue;
  columns: readonly ReportColumn[]; rows: readonly ReportRow[]; days: readonly PictureDay[];
  /** Of everything shown; null while no unit has told a whole date of the period. */
  sums: Omit<MobilityCounts, 'presentDays' | 'absent'> & { employers: number; present: number | null; absent: number | null };
  notes: readonly string[];
  /** What can be chosen: all there is, whatever was asked. */
  units: readonly UnitTimes[]; zones: readonly string[]; employers: readonly string[];
}

const unknown = 'Chưa rõ';
const noEmployer = 'Chưa ghi doanh nghiệp';
const apart = '\u0000';
let parsed: ReportCatalogue | undefined;

interface Line { counts: MobilityCounts; present: number; isTold: boolean }

/** Makes the picture: each unit by its own gates' word, then all of them together. Rosters lie sealed and are opened one by one. */
export async function mobilityPicture(sql: Sql | Tx, keys: HubKeys, ask: PictureAsk): Promise<Picture> {
  const { from, to, by, absentDays } = ask;
  const catalogue = parsed ??= ReportCatalogue.parse(catalogueData);
  const [units, zoneOf] = [await unitTimes(sql, null), await readZones(sql)];
  const first = addDays(from, -absentDays - 1);
  const dates = datesBetween(from, to);
  const lines = new Map<string, Line>();
  const days = new Map(dates.map((date): [string, PictureDay] => [date, { date, present: 0, joined: 0, left: 0, isWhole: true }]));
  const all = { counts: sumOf([]), present: 0, isTold: false };
  const [employers, zones, shownEmployers] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const behind: string[] = [];
  const seen = await seenDates(sql, first, to);
  for (const unit of units) {
    const unitSeen = seen.get(unit.code) ?? new Map<string, number[]>();
    const people = await peopleOf(sql, keys, unit.code, unitSeen);
    for (const employer of people.flatMap(({ place, moves }) => [place, ...moves.map((move) => move.from)]).map(({ employer: name }) => name)) {
      employers.add(employer || noEmployer);
      zones.add(zoneOf(unit, employer));
    }
    if (people.length === 0 || (ask.unit !== null && ask.unit !== unit.code)) continue;
    const isShown = ({ employer }: Place): boolean => (ask.employer === null || ask.employer === (employer || noEmployer)) && (ask.zone === null || ask.zone === zoneOf(unit, employer));
    const keyOf = (place: Place): string => (isShown(place) ? labelOf(by, place, zoneOf(unit, place.employer)) : '');
    const decided = decidedUntil(unit);
    const told = dates.filter((date) => date <= decided).length;
    const counts = mobilityCounts({ from, to, people, absentDays, decidedUntil: decided, seenFrom: seenFrom(unit, unitSeen, first) }, keyOf);
    counts.delete('');
    if (counts.size === 0) continue;
    if (told < dates.length) behind.push(`${unit.name} (${told === 0 ? 'chưa đủ ngày nào' : `đến hết ${dateText(decided)}`})`);
    for (const [key, one] of counts) {
      const line = lines.get(key) ?? { counts: sumOf([]), present: 0, isTold: false };
      const present = told === 0 ? 0 : one.presentDays / told;
      lines.set(key, { counts: sumOf([line.counts, one]), present: line.present + present, isTold: line.isTold || told > 0 });
      all.counts = sumOf([all.counts, one]);
      all.present += present;
      all.isTold ||= told > 0;
    }
    for (const person of people) addDaysOf(person, isShown, days, (employer) => shownEmployers.add(employer));
    for (const day of days.values()) if (day.date > decided) day.isWhole = false;
  }
  const columns = mobilityColumns(by, absentDays);
  const rows = [...lines].sort(([a], [b]) => a.localeCompare(b, 'vi')).map(([key, { counts, present, isTold }]): GroupedRow => {
    const [group, label] = key.split(apart) as [string, string];
    const { opening, joined, left, movedIn, movedOut, closing, absent } = counts;
    return { group: group === '' ? null : group, cells: [null, label, opening, joined, left, movedIn, movedOut, closing, isTold ? present : null, isTold ? absent : null] };
  });
  const { presentDays: _days, absent, ...sums } = all.counts;
  return {
    ask, form: formOn(catalogue, 'mobility', to), catalogue, columns, rows: wholeRows(grouped(columns, rows)), days: [...days.values()],
    sums: { ...sums, employers: shownEmployers.size, present: all.isTold ? Math.round(all.present) : null, absent: all.isTold ? absent : null },
    notes: notesOf(absentDays, behind), units, zones: sorted(zones), employers: sorted(employers),
  };
}

/** Averages are rounded after they were added up: a total is the rounded total, as it stands in the figures too. */
function wholeRows(rows: Iterable<ReportRow>): ReportRow[] {
  return [...rows].map(({ kind, cells }) => ({ kind, cells: cells.map((cell) => (typeof cell === 'number' ? Math.round(cell) : cell)) }));
}

const sorted = (names: ReadonlySet<string>): string[] => [...names].sort((a, b) => a.localeCompare(b, 'vi'));

/** Group and label of a place's row. */
function labelOf(by: PictureBreakdown, { employer, province, commune }: Place, zone: string): string {
  if (by === 'employer') return `${zone}${apart}${employer || noEmployer}`;
  if (by === 'zone') return `${apart}${zone}`;
  return by === 'province' ? `${apart}${province || unknown}` : `${province || unknown}${apart}${commune || unknown}`;
}

function notesOf(absentDays: number, behind: readonly string[]): string[] {
  return [
    'Vào làm, nghỉ việc theo ngày vào và ngày làm cuối trong danh sách; chuyển đến, chuyển đi theo ngày danh sách được cập nhật. Ai sang doanh nghiệp có cổng khác thì tính là nghỉ việc và vào làm.',
    `Có mặt: có lượt qua cổng trong ngày. Vắng: có tên trong danh sách, quá ${absentDays} ngày liền không qua cổng, tính đến ngày cuối mà mọi cổng của đơn vị đã gửi đủ dữ liệu.`,
    ...(behind.length === 0 ? [] : [`Còn chờ cổng gửi: ${behind.slice(0, 20).join('; ')}${behind.length > 20 ? `; và ${behind.length - 20} đơn vị khác` : ''}.`]),
    'Chỉ là số đếm, không có tên, mã hay số giấy tờ của người lao động.',
  ];
}

/** By unit and worker's code the days since 1970 on which a gate saw him. */
async function seenDates(sql: Sql | Tx, from: string, to: string): Promise<Map<string, Map<string, number[]>>> {
  const units = new Map<string, Map<string, number[]>>();
  await eachSeenDay(sql, { from: dayOfDate(from), to: dayOfDate(to), unit: null }, (unit, workerId, day) => {
    const workers = units.get(unit) ?? new Map<string, number[]>();
    units.set(unit, workers);
    const own = workers.get(workerId);
    if (own === undefined) workers.set(workerId, [day]);
    else own.push(day);
  });
  return units;
}

/** Everybody of a unit, each time of work alone: who came back under the same code is there twice. */
async function peopleOf(sql: Sql | Tx, keys: HubKeys, unit: string, seen: ReadonlyMap<string, number[]>): Promise<MobilePerson[]> {
  const pasts = await readPast(sql, keys, unit);
  const people: MobilePerson[] = [];
  const query = sql<{ workerId: string; body: Record<string, unknown> | null; sealed: Buffer | null }[]>`
    select worker_id as "workerId", body, sealed from worker where unit = ${unit}`;
  for await (const rows of query.cursor(1_000)) {
    for (const { workerId, body, sealed } of rows) {
      const { place, startDate, endDate } = employmentOf(openWorker(keys, unit, workerId, body, sealed));
      const dates = (seen.get(workerId) ?? []).sort((a, b) => a - b).map(dateOfDay);
      const own = pasts.get(workerId) ?? [];
      const moves = own.flatMap((past): Move[] => (past.kind === 'move' ? [past.move] : []));
      let since = '';
      for (const past of own) {
        if (past.kind !== 'term') continue;
        const { term } = past;
        people.push({ workerId, fullName: '', startDate: term.startDate, endDate: term.endDate, place: term.place, moves: [], seen: dates.filter((date) => (term.startDate ?? '') <= date && date <= term.endDate) });
        since = term.endDate > since ? term.endDate : since;
      }
      people.push({
        workerId, fullName: '', startDate, endDate, place, moves: moves.filter(({ date }) => date > since && date > (startDate ?? '')), seen: since === '' ? dates : dates.filter((date) => date > since),
      });
    }
  }
  return people;
}

/** Before a gate of the unit told anything nobody was missed; earlier than `first` is not asked for. */
function seenFrom({ enrolledOn }: UnitTimes, seen: ReadonlyMap<string, number[]>, first: string): string {
  let earliest = dayOfDate(enrolledOn ?? first);
  for (const days of seen.values()) for (const day of days) earliest = Math.min(earliest, day);
  return dateOfDay(Math.max(earliest, dayOfDate(first)));
}

function addDaysOf(person: MobilePerson, isShown: (place: Place) => boolean, days: ReadonlyMap<string, PictureDay>, employer: (name: string) => void): void {
  const { startDate, endDate } = person;
  const add = (date: string | null, what: 'present' | 'joined' | 'left'): void => {
    const day = date === null ? undefined : days.get(date);
    if (day !== undefined && isShown(placeAt(person, day.date))) day[what] += 1;
  };
  for (const date of person.seen) add(date, 'present');
  add(startDate, 'joined');
  add(endDate, 'left');
  const [first, last] = [[...days.keys()][0]!, [...days.keys()].at(-1)!];
  if ((startDate === null || startDate <= last) && (endDate === null || endDate >= first) && isShown(person.place)) employer(person.place.employer);
}
