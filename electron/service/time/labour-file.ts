import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { faultWords } from '../../../shared/domain/labour-words.ts';
import { dateText, workDateOf } from '../../../shared/domain/work-date.ts';
import { readKiosk, type Store } from '../../store/index.ts';
import { labourFindings } from './labour-report.ts';
import { forms, local, minutesOfDay, sheetBook, type Field } from '../sheet-writer.ts';

type Row = Output<'labour/worker'>;
type Finding = Row['findings'][number];

const people: Field<Pick<Row, 'row'>>[] = [
  { header: 'STT', width: 7, value: (_, index) => index + 1 },
  { header: 'Mã số', width: 14, value: ({ row }) => row.workerId },
  { header: 'Họ và tên', width: 28, value: ({ row }) => row.fullName },
  { header: 'Bộ phận', width: 20, value: ({ row }) => row.department },
  { header: 'Doanh nghiệp', width: 30, value: ({ row }) => row.employer },
];

const hours = (header: string, of: (row: Row) => number | null): Field<Row> => (
  { header, width: 12, form: forms.hours, value: (row) => { const minutes = of(row); return minutes === null ? null : minutes / minutesOfDay; } });

const rowFields: Field<Row>[] = [
  ...people,
  { header: 'Ca', width: 10, value: ({ row }) => row.shiftId },
  hours('Làm thêm trong tháng', ({ row }) => row.month.used), hours('Mức tháng', ({ row }) => row.month.cap),
  hours('Làm thêm trong năm', ({ row }) => row.year.used), hours('Mức năm', ({ row }) => row.year.cap),
  { header: 'Tỷ lệ cao nhất', width: 12, form: '0%', value: ({ row }) => row.share / 100 },
  { header: 'Vượt mức', width: 11, value: ({ row }) => (row.isOver ? 'Có' : null) },
  hours('Làm thêm ngày thường (150 %)', ({ months }) => months[0]!.workingDayOvertime), hours('Làm thêm ngày nghỉ (200 %)', ({ months }) => months[0]!.restDayOvertime),
  hours('Làm thêm ngày lễ (300 %)', ({ months }) => months[0]!.holidayOvertime), hours('Giờ đêm', ({ months }) => months[0]!.night),
  hours('Làm thêm ban đêm', ({ months }) => months[0]!.nightOvertime),
];

const findingFields: Field<Pick<Row, 'row'> & { finding: Finding }>[] = [
  ...people,
  { header: 'Ngày', width: 12, form: forms.date, value: ({ finding }) => new Date(`${finding.date}T00:00:00Z`) },
  { header: 'Nội dung', width: 40, value: ({ finding }) => faultWords[finding.fault] },
  { header: 'Mức độ', width: 12, value: ({ finding }) => (finding.level === 'violation' ? 'Vi phạm' : 'Lưu ý') },
  { header: 'Thực tế', width: 10, form: forms.hours, value: ({ finding }) => finding.actual / minutesOfDay },
  { header: 'Quy định', width: 10, form: forms.hours, value: ({ finding }) => finding.allowed / minutesOfDay },
  { header: 'Căn cứ', width: 60, value: ({ finding }) => finding.basis },
];

/** The list of who is near a cap or over it, and every finding of the month, as an Excel file. `now` in milliseconds since 1970. */
export async function labourFile(store: Store, asked: Input<'labour/export'> & { now: number }): Promise<Output<'labour/export'>> {
  const { month, filter, now } = asked;
  const made = local(now)!.toISOString();
  const book = await sheetBook([
    `LÀM THÊM GIỜ THÁNG ${month.slice(5)}/${month.slice(0, 4)}`,
    `Doanh nghiệp: ${filter.employer ?? 'Tất cả'}${readKiosk(store) === null ? '' : ` – Nơi chấm công: ${readKiosk(store)!.unit.name}`}`,
    `Lập lúc ${made.slice(11, 16)} ngày ${dateText(workDateOf(now))}. Giờ ghi dạng giờ:phút. Số giờ tính vào mức đã trừ nghỉ giữa ca được tính là giờ làm (Nghị định 145/2020 Điều 60 khoản 5).`,
  ]);
  const sheet = book.sheet<Row>('Gần và vượt mức', 3, rowFields);
  const found: (Pick<Row, 'row'> & { finding: Finding })[] = [];
  for (const row of labourFindings(store, asked)) {
    sheet.add(row);
    for (const finding of row.findings) found.push({ row: row.row, finding });
  }
  sheet.end();
  const second = book.sheet('Chi tiết', 3, findingFields);
  found.forEach(second.add);
  second.end();
  return { fileName: `lam-them-gio-${month}.xlsx`, content: await book.content() as Uint8Array<ArrayBuffer> };
}
