import type { Input } from '../../../shared/contracts/requests/index.ts';
import type { TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { exceptionWords, hoursText } from '../../../shared/domain/timesheet-words.ts';
import { dateText, workDateOf } from '../../../shared/domain/work-date.ts';
import { readKiosk, type Store } from '../../store/index.ts';
import { allDifferences, type Difference } from './correction-list.ts';
import { differencePdf } from './correction-pdf.ts';
import { paperMoment } from '../pdf-text.ts';
import { forms, local, minutesOfDay, sheetBook, type Field } from '../sheet-writer.ts';

type Asked = Input<'corrections/export'> & { now: number };

/** What an inspector reads beside the original and the corrected line: who, when, why, and where it stands in the chain. */
export interface DifferenceWords { date: string; before: string; after: string; reason: string; proposed: string; decided: string; proof: string }

const line = (name: string, of: (row: Difference) => TimesheetLine | null): Field<Difference>[] => {
  const minutes = (header: string, field: 'workedMinutes' | 'overtimeMinutes' | 'nightMinutes' | 'lateMinutes' | 'earlyMinutes'): Field<Difference> => (
    { header: `${name}: ${header}`, width: 10, form: forms.hours, value: (row) => { const found = of(row); return found === null ? null : found[field] / minutesOfDay; } });
  return [
    { header: `${name}: ca`, width: 9, value: (row) => of(row)?.shiftId ?? null },
    { header: `${name}: vào`, width: 15, form: forms.clock, value: (row) => local(of(row)?.in ?? null) },
    { header: `${name}: ra`, width: 15, form: forms.clock, value: (row) => local(of(row)?.out ?? null) },
    minutes('giờ làm', 'workedMinutes'), minutes('tăng ca', 'overtimeMinutes'), minutes('ca đêm', 'nightMinutes'), minutes('đi muộn', 'lateMinutes'), minutes('về sớm', 'earlyMinutes'),
    { header: `${name}: cần xem`, width: 20, value: (row) => of(row)?.exceptions.map((each) => exceptionWords[each]).join('; ') ?? '' },
  ];
};

const fields: Field<Difference>[] = [
  { header: 'STT', width: 6, value: (_, index) => index + 1 },
  { header: 'Ngày công', width: 12, form: forms.date, value: ({ workDate }) => new Date(`${workDate}T00:00:00Z`) },
  { header: 'Mã số', width: 12, value: ({ workerId }) => workerId },
  { header: 'Họ và tên', width: 26, value: ({ fullName }) => fullName },
  { header: 'Bộ phận', width: 16, value: ({ department }) => department },
  { header: 'Doanh nghiệp', width: 24, value: ({ employer }) => employer },
  ...line('Gốc', ({ before }) => before), ...line('Sau', ({ after }) => after),
  { header: 'Lý do', width: 24, value: ({ reason }) => reason },
  { header: 'Ghi chú', width: 30, value: ({ note }) => note },
  { header: 'Người đề nghị', width: 20, value: ({ proposedBy }) => proposedBy },
  { header: 'Đề nghị lúc', width: 16, form: `${forms.clock}/yyyy`, value: ({ proposal }) => local(Date.parse(proposal.at)) },
  { header: 'Người duyệt', width: 20, value: ({ decidedBy }) => decidedBy },
  { header: 'Duyệt lúc', width: 16, form: `${forms.clock}/yyyy`, value: ({ decision }) => local(Date.parse(decision.at)) },
  { header: 'Ý kiến duyệt', width: 24, value: ({ decisionNote }) => decisionNote },
  { header: 'Thiết bị', width: 12, value: ({ proposal }) => proposal.device.slice(0, 16) },
  { header: 'Sự kiện đề nghị số', width: 10, value: ({ proposal }) => proposal.seq },
  { header: 'SHA-256 sự kiện đề nghị', width: 66, value: ({ proposal }) => proposal.hash },
  { header: 'Thiết bị duyệt', width: 12, value: ({ decision }) => decision.device.slice(0, 16) },
  { header: 'Sự kiện duyệt số', width: 10, value: ({ decision }) => decision.seq },
  { header: 'SHA-256 sự kiện duyệt', width: 66, value: ({ decision }) => decision.hash },
];

/**
 * Each corrected date of a period as the scans gave it and as it is paid, for an inspector, as a spreadsheet or on paper.
 * The events that are named stand in the kiosk's chain, which shows that nothing was written over.
 */
export async function differenceFile(store: Store, { period, query, format, now }: Asked): Promise<{ fileName: string; content: Uint8Array }> {
  const { from, to } = period;
  const made = paperMoment(now);
  const head = [
    'BÁO CÁO ĐIỀU CHỈNH CÔNG',
    `Nơi chấm công: ${readKiosk(store)?.unit.name ?? ''} – Kỳ: từ ${dateText(from)} đến ${dateText(to)}${query.trim() === '' ? '' : ` – Lọc: “${query.trim()}”`}`,
    `Lập lúc ${made.time} ngày ${dateText(workDateOf(now))}. Lượt quét gốc không bị sửa; mỗi điều chỉnh do một người đề nghị và một người khác duyệt, ghi thành sự kiện nối chuỗi.`,
  ];
  const fileName = `dieu-chinh-cong-${from}-${to}.${format}`;
  const rows = allDifferences(store, { period, query, now });
  if (format === 'pdf') return { fileName, content: await differencePdf(head, wordsOf(rows), now) };
  const book = await sheetBook(head);
  const sheet = book.sheet('Điều chỉnh công', 4, fields);
  for (const row of rows) sheet.add(row);
  sheet.end();
  return { fileName, content: await book.content() };
}

function* wordsOf(rows: Iterable<Difference>): Generator<DifferenceWords & { worker: string; team: string }> {
  for (const { workerId, fullName, department, workDate, before, after, reason, note, proposedBy, decidedBy, decisionNote, proposal, decision } of rows) {
    yield {
      date: dateText(workDate), worker: fullName, team: [workerId, department].filter((each) => each !== '').join(' · '),
      before: sayLine(before), after: sayLine(after), reason: [reason, note].filter((each) => each !== '').join(': '),
      proposed: `${proposedBy}, ${sayMoment(proposal.at)}`, decided: [`${decidedBy}, ${sayMoment(decision.at)}`, decisionNote].filter((each) => each !== '').join(': '),
      proof: `Đề nghị: máy ${proposal.device.slice(0, 8)}, sự kiện ${proposal.seq}, SHA-256 ${inPairs(proposal.hash)} – Duyệt: máy ${decision.device.slice(0, 8)}, sự kiện ${decision.seq}, SHA-256 ${inPairs(decision.hash)}`,
    };
  }
}

/** `4b 81 …`: easier to compare by eye, and each pair is laid out once in a whole document. */
function inPairs(hash: string): string {
  return hash.replace(/..(?=.)/g, '$& ');
}

function sayMoment(at: string): string {
  const { time, date } = paperMoment(at);
  return `${time} ${date}`;
}

function sayLine(found: TimesheetLine | null): string {
  if (found === null) return 'Không có công';
  const clock = (at: number | null): string => (at === null ? '–' : paperMoment(at).time);
  const more = [
    found.overtimeMinutes > 0 && `tăng ca ${hoursText(found.overtimeMinutes)}`, found.lateMinutes > 0 && `muộn ${hoursText(found.lateMinutes)}`,
    found.earlyMinutes > 0 && `sớm ${hoursText(found.earlyMinutes)}`, ...found.exceptions.map((each) => exceptionWords[each].toLowerCase()),
  ].filter((each) => each !== false);
  return [`${found.shiftId === null ? 'Không ca' : `Ca ${found.shiftId}`}, ${clock(found.in)} – ${clock(found.out)}, làm ${hoursText(found.workedMinutes)}`, ...more].join('; ');
}
