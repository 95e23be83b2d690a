import type { ReportForm } from './report-catalogue.ts';
import { datesBetween, decidedNote, isEmployed, perDay, type Told } from './report-attendance.ts';
import { grouped, type GroupedRow, type Report, type ReportColumn } from './report-model.ts';
import type { MobilePerson } from './report-mobility.ts';
import { addDays, dateText } from './work-date.ts';

const noEmployer = 'Chưa ghi doanh nghiệp';
const employerOf = ({ place: { employer } }: MobilePerson): string => (employer === '' ? noEmployer : employer);

function byEmployer<P extends MobilePerson>(people: readonly P[]): [string, P[]][] {
  const groups = Map.groupBy(people, employerOf);
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'vi'));
}

/**
 * Trở lại làm việc sau Tết: from the first work day `from` on, how many of those on the roster that day have come back by each
 * date, and the same for each enterprise at the end. An enterprise is open from the first date on which one of its people came.
 */
export function tetReturn(_form: ReportForm, { from, to, people, ...told }: Told & { from: string; to: string; people: readonly MobilePerson[] }): Omit<Report, 'title' | 'subtitle'> {
  const columns: ReportColumn[] = [
    { id: 'label', header: 'Ngày, doanh nghiệp', kind: 'text', width: 36 }, { id: 'all', header: 'Số doanh nghiệp', kind: 'count', width: 9 }, { id: 'open', header: 'Đã hoạt động lại', kind: 'count', width: 10 },
    { id: 'openedOn', header: 'Hoạt động từ ngày', kind: 'date', width: 11 }, { id: 'workers', header: 'Tổng lao động', kind: 'count', width: 10 }, { id: 'back', header: 'Đã trở lại', kind: 'count', width: 10 },
    { id: 'part', header: 'Tỷ lệ', kind: 'percent', width: 10 }, { id: 'fresh', header: 'Trở lại trong ngày', kind: 'count', width: 10 },
  ];
  const own = people.filter((person) => isEmployed(person, from)).map((person) => ({ ...person, back: person.seen.find((date) => date >= from && date <= to) ?? null }));
  const dates = datesBetween(from, told.decidedUntil < to ? told.decidedUntil : to);
  const enterprises = byEmployer(own).map(([name, all]) => {
    const first = all.map(({ back }) => back).filter((date) => date !== null).toSorted()[0] ?? null;
    return { name, all, first };
  });
  const backBy = (date: string, all = own): number => all.filter(({ back }) => back !== null && back <= date).length;
  const curve = dates.map((date) => backBy(date));
  const part = (n: number, of: number): number => (of === 0 ? 0 : n / of);
  const last = dates.at(-1);
  const rows: GroupedRow[] = [
    ...dates.map((date, n) => ({
      group: 'Theo ngày',
      cells: [dateText(date), enterprises.length, enterprises.filter(({ first }) => first !== null && first <= date).length, null, own.length, curve[n]!, part(curve[n]!, own.length), curve[n]! - (curve[n - 1] ?? 0)],
    })),
    ...(last === undefined ? [] : enterprises.map(({ name, all, first }) => {
      const back = backBy(last, all);
      return { group: `Theo doanh nghiệp, đến hết ngày ${dateText(last)}`, cells: [name, 1, first === null ? 0 : 1, first, all.length, back, part(back, all.length), backBy(last, all) - (dates.length > 1 ? backBy(addDays(last, -1), all) : 0)] };
    })),
  ];
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [
        perDay('Số người đã trở lại', dates, [{ name: 'Đã trở lại', values: curve }, { name: 'Tổng lao động', values: dates.map(() => own.length) }], 'return'),
        { id: 'employers', kind: 'bars', title: 'Đã trở lại theo doanh nghiệp', labels: enterprises.slice(0, 12).map(({ name }) => name),
          series: [{ name: 'Tổng lao động', values: enterprises.slice(0, 12).map(({ all }) => all.length) }, { name: 'Đã trở lại', values: enterprises.slice(0, 12).map(({ all }) => (last === undefined ? 0 : backBy(last, all))) }] },
      ],
      notes: [`Tổng lao động là số người có tên trong danh sách ngày ${dateText(from)}. Trở lại: có lượt qua cổng, hoặc được bổ sung công, từ ngày đó.`, ...decidedNote(told, to)],
    }),
  };
}

/**
 * Biến động từ N người: each enterprise's joiners and leavers of the period by name, with its sum and whether the sum of either
 * reaches the threshold (rule data, since the sources differ). Only enterprises with a change.
 */
export function labourChange({ rules }: Pick<ReportForm, 'rules'>, { from, to, people }: { from: string; to: string; people: readonly (MobilePerson & { birthDate: string | null; sex: string | null; personalNumber: string | null })[] }): Omit<Report, 'title' | 'subtitle'> {
  const threshold = rules['threshold'] ?? 50;
  const columns: ReportColumn[] = [
    { id: 'index', header: 'STT', kind: 'index', width: 5 }, { id: 'workerId', header: 'Mã số', kind: 'text', width: 10 }, { id: 'fullName', header: 'Họ và tên', kind: 'text', width: 24 },
    { id: 'birthDate', header: 'Ngày sinh', kind: 'date', width: 11 }, { id: 'sex', header: 'Giới tính', kind: 'symbol', width: 6 }, { id: 'personalNumber', header: 'Số CCCD/ CMND/ Hộ chiếu', kind: 'text', width: 14, personal: true },
    { id: 'department', header: 'Bộ phận', kind: 'text', width: 18 }, { id: 'joined', header: 'Ngày vào', kind: 'date', width: 11 }, { id: 'left', header: 'Ngày làm cuối', kind: 'date', width: 11 },
  ];
  const inPeriod = (date: string | null): date is string => date !== null && from <= date && date <= to;
  const changes = byEmployer(people).map(([name, all]) => {
    const [joined, left] = [all.filter(({ startDate }) => inPeriod(startDate)), all.filter(({ endDate }) => inPeriod(endDate))];
    return { name, joined, left, reached: joined.length >= threshold || left.length >= threshold };
  }).filter(({ joined, left }) => joined.length + left.length > 0);
  const rows = changes.flatMap(({ name, joined, left, reached }) => {
    const both = new Set([...joined, ...left]);
    const group = `${name}: tăng ${joined.length}, giảm ${left.length}${reached ? ` – ĐẠT NGƯỠNG ${threshold} NGƯỜI` : ''}`;
    return [...both].sort((a, b) => (a.workerId < b.workerId ? -1 : 1)).map((person): GroupedRow => ({
      group, cells: [null, person.workerId, person.fullName, person.birthDate, person.sex, person.personalNumber, person.place.department, inPeriod(person.startDate) ? person.startDate : null, inPeriod(person.endDate) ? person.endDate : null],
    }));
  });
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [{ id: 'employers', kind: 'bars', title: 'Tăng, giảm theo doanh nghiệp', labels: changes.slice(0, 12).map(({ name }) => name),
        series: [{ name: 'Tăng', values: changes.slice(0, 12).map(({ joined }) => joined.length) }, { name: 'Giảm', values: changes.slice(0, 12).map(({ left }) => left.length) }] }],
      notes: [changes.some(({ reached }) => reached)
        ? `Doanh nghiệp đạt ngưỡng ${threshold} người: ${changes.filter(({ reached }) => reached).map(({ name }) => name).join('; ')}.`
        : `Chưa có doanh nghiệp nào tăng hoặc giảm tới ${threshold} người trong kỳ.`],
    }),
  };
}
