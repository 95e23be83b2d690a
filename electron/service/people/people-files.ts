import type { Output } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { detailLabels } from '../../../shared/domain/roster-details.ts';
import type { ExpiryBand, ExpiryKind } from '../../../shared/domain/worker-expiry.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import {
  findWorkerById, listErasures, readExpiries, formerTermsOf, readKiosk, readPinHash, readWorkerAccess, readWorkerPhoto, readWorkerScanLog, type Store,
} from '../../store/index.ts';
import { localDay, localInstant, tableFile, type TableSheet, type TableValue } from '../table-file.ts';

type Report = Pick<Output<'roster/import'>, 'refused' | 'moves' | 'reHires' | 'leavers'>;
interface File { fileName: string; content: Uint8Array }

const expiryWords: Record<ExpiryKind, string> = { permit: 'Giấy phép lao động', passport: 'Hộ chiếu', contract: 'Hợp đồng lao động' };
const bandWords: Record<ExpiryBand, string> = { over: 'Đã hết hạn', 7: 'Trong 7 ngày', 30: 'Trong 30 ngày', 60: 'Trong 60 ngày' };
const outcomeWords: Readonly<Record<string, string>> = {
  'recorded': 'Đã ghi nhận', 'repeat': 'Quẹt lặp', 'expired': 'Hết thời hạn', 'not-yet-valid': 'Chưa đến ngày', 'barred': 'Không được vào', 'ask-guard': 'Hỏi bảo vệ', 'passback': 'Sai lượt',
};
const mostScans = 200_000;

/** What an import found, whole: a sheet for rows refused, moves, those who came back, those who are missing. */
export async function rosterReportFile(_store: Store, { report, listName, now }: { report: Report; listName: string; now: number }): Promise<File> {
  const head = (title: string): string[] => [title, `Danh sách: ${listName}`, `Lập lúc ${localInstant(new Date(now).toISOString())}`];
  const sheets: TableSheet[] = [
    { name: 'Dòng bị từ chối', head: head('CÁC DÒNG BỊ TỪ CHỐI'), columns: [{ header: 'Dòng', width: 9 }, { header: 'Mã công nhân', width: 18 }, { header: 'Lý do', width: 90 }],
      rows: report.refused.map(({ row, workerId, detail }) => [row, workerId, detail]) },
    { name: 'Chuyển bộ phận', head: head('CHUYỂN BỘ PHẬN, DOANH NGHIỆP'),
      columns: [{ header: 'Mã công nhân', width: 18 }, { header: 'Họ và tên', width: 28 }, { header: 'Thay đổi', width: 16 }, { header: 'Từ', width: 32 }, { header: 'Sang', width: 32 }],
      rows: report.moves.map(({ workerId, fullName, field, from, to }) => [workerId, fullName, field === 'department' ? 'Bộ phận' : 'Doanh nghiệp', from, to]) },
    { name: 'Vào làm lại', head: head('NGƯỜI VÀO LÀM LẠI'),
      columns: [{ header: 'Mã công nhân', width: 18 }, { header: 'Họ và tên', width: 28 }, { header: 'Mã trước đây', width: 18 }, { header: 'Đã nghỉ từ', width: 14 }],
      rows: report.reHires.map(({ workerId, fullName, formerId, endDate }) => [workerId, fullName, formerId, localDay(endDate)]) },
    { name: 'Không còn trong danh sách', head: head('NGƯỜI KHÔNG CÒN TRONG DANH SÁCH'),
      columns: [{ header: 'Mã công nhân', width: 18 }, { header: 'Họ và tên', width: 28 }, { header: 'Bộ phận', width: 24 }, { header: 'Doanh nghiệp', width: 32 }],
      rows: report.leavers.map(({ workerId, fullName, department, employer }) => [workerId, fullName, department, employer]) },
  ];
  return { fileName: `kiem-tra-danh-sach-${workDateOf(now)}.xlsx`, content: await tableFile(sheets) };
}

/** Permits, passports and contracts that end soon or are over. */
export async function expiriesFile(store: Store, { what, band, query, now }: { what: ExpiryKind | null; band: ExpiryBand | null; query: string; now: number }): Promise<File> {
  const today = workDateOf(now);
  const rows = readExpiries(store, { today, what, query }).filter((row) => band === null || row.band === band);
  const content = await tableFile([{
    name: 'Sắp hết hạn', head: ['GIẤY TỜ SẮP HẾT HẠN', `Nơi quản lý: ${readKiosk(store)?.unit.name ?? ''}`, `Tính đến ngày ${localDay(today)}`],
    columns: [
      { header: 'STT', width: 7 }, { header: 'Mã công nhân', width: 16 }, { header: 'Họ và tên', width: 28 }, { header: 'Quốc tịch', width: 16 }, { header: 'Bộ phận', width: 22 },
      { header: 'Doanh nghiệp', width: 32 }, { header: 'Giấy tờ', width: 22 }, { header: 'Hết hạn', width: 13 }, { header: 'Tình trạng', width: 18 },
    ],
    rows: rows.map((row, at) => [at + 1, row.workerId, row.fullName, row.nationality, row.department, row.employer, expiryWords[row.what], localDay(row.date), bandWords[row.band]]),
  }]);
  return { fileName: `giay-to-sap-het-han-${today}.xlsx`, content };
}

/** Everything that is kept of one worker, in full: it is his. Problem `not-found`. */
export async function ownDataFile(store: Store, { workerId, now }: { workerId: string; now: number }): Promise<File> {
  const worker = findWorkerById(store, workerId);
  if (worker === null) throw new ProblemError('not-found');
  const { details, workerNo } = worker;
  const photo = readWorkerPhoto(store, workerNo);
  const span = (from: string | null | undefined, to: string | null | undefined): string => [localDay(from ?? null) ?? '…', localDay(to ?? null) ?? '…'].join(' – ');
  const facts: [string, TableValue][] = [
    ['Mã công nhân', worker.workerId], ['Họ và tên', worker.fullName], ['Số định danh', worker.personalId ?? worker.maskedId], ['Ngày sinh', localDay(worker.birthDate)],
    ['Giới tính', worker.sex], ['Quốc tịch', worker.nationality], ['Bộ phận', worker.department], ['Doanh nghiệp', worker.employer], ['Ngày vào', localDay(worker.startDate)],
    ['Ngày làm việc cuối', localDay(worker.endDate)], ['Ca', worker.shiftId], ['Số thẻ', worker.cardNumber], ['Mã ra vào', worker.pass],
    ['Mã PIN', readPinHash(store, workerNo) === null ? 'Chưa đặt' : 'Đã đặt (chỉ lưu dạng băm)'], ['Bị cấm vào', worker.barred ? 'Có' : 'Không'],
    [detailLabels.employerOfRecord, details.employerOfRecord], [detailLabels.province, details.province], [detailLabels.commune, details.commune],
    [detailLabels.socialInsuranceNo, details.socialInsuranceNo], [detailLabels.position, details.position], [detailLabels.skill, details.skill],
    ['Hợp đồng lao động', span(details.contractFrom, details.contractTo)], [detailLabels.passport, details.passport], [detailLabels.passportExpiresOn, localDay(details.passportExpiresOn)],
    [detailLabels.permitNumber, details.permit?.number ?? null], ['Giấy phép có hiệu lực', details.permit === null ? null : span(details.permit.issuedOn, details.permit.expiresOn)],
    [detailLabels.permitProvinces, details.permit?.provinces.join('; ') ?? null],
    ...details.protections.map(({ kind, from, to }): [string, TableValue] => [`Chế độ bảo vệ: ${protectionWords[kind]}`, span(from, to)]),
    ['Đồng ý làm thêm giờ', details.overtimeConsent === null ? null : span(details.overtimeConsent.from, details.overtimeConsent.to)],
    ['Ảnh', photo === null ? 'Không lưu' : `Lưu ngày ${localInstant(photo.at)}, theo bản đồng ý ${photo.consentVersion}`],
  ];
  const title = ['DỮ LIỆU CÁ NHÂN ĐANG LƯU', `Nơi lưu: ${readKiosk(store)?.unit.name ?? ''}`, `Lập lúc ${localInstant(new Date(now).toISOString())}`];
  const content = await tableFile([
    { name: 'Thông tin', head: title, columns: [{ header: 'Mục', width: 34 }, { header: 'Nội dung', width: 60 }], rows: facts },
    { name: 'Thời gian làm việc trước', head: title, columns: [{ header: 'Mã', width: 16 }, { header: 'Từ', width: 13 }, { header: 'Đến', width: 13 }, { header: 'Bộ phận', width: 24 }, { header: 'Doanh nghiệp', width: 32 }],
      rows: formerTermsOf(store, workerNo).map((term) => [term.workerId, localDay(term.startDate), localDay(term.endDate), term.department, term.employer]) },
    { name: 'Lượt ra vào', head: title, columns: [{ header: 'Thời điểm', width: 22 }, { header: 'Ngày công', width: 13 }, { header: 'Làn', width: 12 }, { header: 'Chiều', width: 10 }, { header: 'Kết quả', width: 20 }],
      rows: readWorkerScanLog(store, workerNo, mostScans).map((scan) => [localInstant(scan.at), localDay(scan.workDate), scan.lane, scan.direction === null ? null : scan.direction === 'in' ? 'Vào' : 'Ra', outcomeWords[scan.outcome] ?? scan.outcome]) },
    { name: 'Ai đã xem', head: title, columns: [{ header: 'Thời điểm', width: 22 }, { header: 'Người xem', width: 28 }, { header: 'Nội dung', width: 30 }],
      rows: readWorkerAccess(store, workerNo, mostScans).map(({ at, userName, what }) => [localInstant(at), userName, accessWords[what] ?? what]) },
  ]);
  return { fileName: `du-lieu-cua-toi-${workDateOf(now)}.xlsx`, content };
}

const protectionWords = { pregnant: 'mang thai', nursing: 'nuôi con nhỏ', disabled: 'khuyết tật', elderly: 'cao tuổi' } as const;
const accessWords: Readonly<Record<string, string>> = { 'worker-page': 'Trang công nhân', 'worker-numbers': 'Số giấy tờ đầy đủ', 'worker-photo': 'Ảnh', 'worker-own-data': 'Xuất dữ liệu của người lao động' };

/** The certificate of one run of the erasure. Problem `not-found`. */
export async function erasureCertificate(store: Store, { position }: { position: number }): Promise<File> {
  const run = listErasures(store).find((each) => each.position === position);
  if (run === undefined) throw new ProblemError('not-found');
  const content = await tableFile([{
    name: 'Biên bản xóa',
    head: [
      'BIÊN BẢN XÓA DỮ LIỆU CÁ NHÂN', `Đơn vị: ${readKiosk(store)?.unit.name ?? ''}`, `Thời điểm xóa: ${localInstant(run.at)}; bản ghi số ${run.position} trong chuỗi ghi nhận`,
      'Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 25; đã hết thời hạn lưu giữ do đơn vị đặt.', `Thời hạn lưu sau khi nghỉ việc: ${run.days} ngày`,
      `Đã xóa: ${run.workers} người; ${run.events} nội dung bản ghi; ${run.scans} lượt ra vào; ${run.photos} ảnh. ${run.keptTimesheet ? 'Lượt ra vào và giờ công được giữ theo mã công nhân.' : 'Lượt ra vào và giờ công cũng được xóa.'}`,
    ],
    columns: [{ header: 'STT', width: 7 }, { header: 'Mã công nhân (đã che)', width: 26 }, { header: 'Ngày làm việc cuối', width: 20 }],
    rows: run.erased.map(({ code, endDate }, at) => [at + 1, code, localDay(endDate)]),
  }]);
  return { fileName: `bien-ban-xoa-du-lieu-${workDateOf(Date.parse(run.at))}-${run.position}.xlsx`, content };
}
