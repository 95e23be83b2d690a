import { emptyDetails, type WorkerDetails } from '../contracts/worker-details.ts';
import { readCode, readDate, readText, refuse, type Cell } from './sheet-cell.ts';
import { fold } from './vietnamese.ts';

/**
 * What a roster may tell of a worker beyond the gate's own needs, a column each. Dates `YYYY-MM-DD`. Null empties what was
 * known; a field that is missing leaves it.
 */
export interface DetailDraft {
  employerOfRecord?: string | null;
  province?: string | null;
  commune?: string | null;
  socialInsuranceNo?: string | null;
  position?: string | null;
  jobGroup?: WorkerDetails['jobGroup'];
  contractKind?: WorkerDetails['contractKind'];
  contractFrom?: string | null;
  contractTo?: string | null;
  skill?: string | null;
  heavyWorkFrom?: string | null;
  heavyWorkTo?: string | null;
  passport?: string | null;
  passportExpiresOn?: string | null;
  permitNumber?: string | null;
  permitKind?: 'permit' | 'exemption' | null;
  permitIssuedOn?: string | null;
  permitExpiresOn?: string | null;
  permitPosition?: string | null;
  permitForm?: string | null;
  permitProvinces?: string[] | null;
  pregnantFrom?: string | null;
  pregnantTo?: string | null;
  nursingFrom?: string | null;
  nursingTo?: string | null;
  disabledFrom?: string | null;
  disabledTo?: string | null;
  overtimeConsentFrom?: string | null;
  overtimeConsentTo?: string | null;
}
export type DetailField = keyof DetailDraft;

/** The names by which each column is known, folded: case, accents and spaces do not count. */
export const detailHeaders: Readonly<Record<DetailField, readonly string[]>> = {
  employerOfRecord: ['employerofrecord', 'employer of record', 'don vi cho thue lai', 'cong ty cho thue lai', 'doanh nghiep cho thue lai', 'doanh nghiep cho thue lai lao dong', 'ben cho thue lai'],
  province: ['province', 'tinh', 'tinh/thanh pho', 'tinh thanh pho', 'tinh/tp', 'tinh cu tru', 'noi cu tru (tinh)'],
  commune: ['commune', 'xa', 'xa/phuong', 'phuong/xa', 'xa phuong', 'noi cu tru (xa)'],
  socialInsuranceNo: ['socialinsuranceno', 'social insurance no', 'ma so bhxh', 'so bhxh', 'bhxh', 'ma bhxh', 'so so bhxh'],
  position: ['position', 'chuc vu', 'chuc danh', 'chuc danh nghe', 'vi tri', 'cong viec', 'nghe nghiep'],
  jobGroup: ['jobgroup', 'job group', 'vi tri viec lam', 'nhom vi tri viec lam'],
  contractKind: ['contractkind', 'contract kind', 'loai hop dong', 'loai hdld', 'loai hop dong lao dong'],
  contractFrom: ['contractfrom', 'contract from', 'hop dong tu ngay', 'hdld tu ngay', 'ngay ky hop dong', 'ngay ky hdld'],
  contractTo: ['contractto', 'contract to', 'hop dong den ngay', 'hdld den ngay', 'ngay het han hop dong', 'ngay het han hdld', 'han hop dong'],
  skill: ['skill', 'trinh do', 'trinh do chuyen mon', 'trinh do chuyen mon ky thuat', 'bac tho', 'bac ky nang', 'tay nghe'],
  heavyWorkFrom: ['heavyworkfrom', 'nang nhoc doc hai tu ngay', 'doc hai tu ngay', 'nghe nang nhoc tu ngay'],
  heavyWorkTo: ['heavyworkto', 'nang nhoc doc hai den ngay', 'doc hai den ngay', 'nghe nang nhoc den ngay'],
  passport: ['passport', 'passport no', 'ho chieu', 'so ho chieu'],
  passportExpiresOn: ['passportexpireson', 'passport expires on', 'passport expiry', 'han ho chieu', 'ngay het han ho chieu', 'ho chieu het han'],
  permitNumber: ['permitnumber', 'permit number', 'work permit', 'so giay phep', 'so giay phep lao dong', 'giay phep lao dong', 'so gpld', 'gpld'],
  permitKind: ['permitkind', 'permit kind', 'loai giay phep', 'loai giay phep lao dong', 'loai gpld'],
  permitIssuedOn: ['permitissuedon', 'permit issued on', 'ngay cap giay phep', 'ngay cap giay phep lao dong', 'ngay cap gpld'],
  permitExpiresOn: ['permitexpireson', 'permit expires on', 'permit expiry', 'han giay phep', 'ngay het han giay phep', 'ngay het han giay phep lao dong', 'ngay het han gpld', 'han gpld'],
  permitPosition: ['permitposition', 'permit position', 'vi tri tren giay phep', 'vi tri gpld', 'chuc danh tren giay phep'],
  permitForm: ['permitform', 'permit form', 'hinh thuc lam viec', 'hinh thuc gpld'],
  permitProvinces: ['permitprovinces', 'permit provinces', 'tinh tren giay phep', 'dia ban giay phep', 'noi lam viec theo giay phep', 'tinh gpld'],
  pregnantFrom: ['pregnantfrom', 'pregnant from', 'mang thai tu ngay', 'thai san tu ngay'],
  pregnantTo: ['pregnantto', 'pregnant to', 'mang thai den ngay', 'ngay du sinh', 'thai san den ngay'],
  nursingFrom: ['nursingfrom', 'nursing from', 'nuoi con tu ngay', 'nuoi con nho tu ngay'],
  nursingTo: ['nursingto', 'nursing to', 'nuoi con den ngay', 'nuoi con nho den ngay'],
  disabledFrom: ['disabledfrom', 'disabled from', 'khuyet tat tu ngay'],
  disabledTo: ['disabledto', 'disabled to', 'khuyet tat den ngay'],
  overtimeConsentFrom: ['overtimeconsentfrom', 'overtime consent from', 'dong y lam them tu ngay', 'dong y tang ca tu ngay'],
  overtimeConsentTo: ['overtimeconsentto', 'overtime consent to', 'dong y lam them den ngay', 'dong y tang ca den ngay'],
};
/** What each column is called in a refusal and on the screen. */
export const detailLabels: Readonly<Record<DetailField, string>> = {
  employerOfRecord: 'Đơn vị cho thuê lại lao động', province: 'Tỉnh, thành phố', commune: 'Xã, phường', socialInsuranceNo: 'Mã số BHXH', position: 'Chức vụ, chức danh',
  jobGroup: 'Vị trí việc làm', contractKind: 'Loại hợp đồng', contractFrom: 'Hợp đồng từ ngày', contractTo: 'Hợp đồng đến ngày', skill: 'Trình độ, bậc nghề',
  heavyWorkFrom: 'Nặng nhọc, độc hại từ ngày', heavyWorkTo: 'Nặng nhọc, độc hại đến ngày', passport: 'Số hộ chiếu', passportExpiresOn: 'Ngày hết hạn hộ chiếu',
  permitNumber: 'Số giấy phép lao động', permitKind: 'Loại giấy phép', permitIssuedOn: 'Ngày cấp giấy phép', permitExpiresOn: 'Ngày hết hạn giấy phép',
  permitPosition: 'Vị trí trên giấy phép', permitForm: 'Hình thức làm việc', permitProvinces: 'Tỉnh ghi trên giấy phép', pregnantFrom: 'Mang thai từ ngày',
  pregnantTo: 'Mang thai đến ngày', nursingFrom: 'Nuôi con nhỏ từ ngày', nursingTo: 'Nuôi con nhỏ đến ngày', disabledFrom: 'Khuyết tật từ ngày', disabledTo: 'Khuyết tật đến ngày',
  overtimeConsentFrom: 'Đồng ý làm thêm từ ngày', overtimeConsentTo: 'Đồng ý làm thêm đến ngày',
};
export const detailFields = Object.keys(detailHeaders) as DetailField[];

const groups = {
  jobGroup: {
    manager: ['manager', 'nha quan ly', 'quan ly'], high: ['high', 'chuyen mon ky thuat bac cao', 'cmkt bac cao', 'bac cao'],
    middle: ['middle', 'chuyen mon ky thuat bac trung', 'cmkt bac trung', 'bac trung'], other: ['other', 'khac', 'lao dong khac'],
  },
  contractKind: {
    indefinite: ['indefinite', 'khong xac dinh thoi han', 'hdld khong xac dinh thoi han', 'khong thoi han', 'vo thoi han'],
    definite: ['definite', 'xac dinh thoi han', 'hdld xac dinh thoi han', 'co thoi han'],
    other: ['other', 'khac', 'thu viec', 'duoi 1 thang'],
  },
  permitKind: {
    permit: ['permit', 'giay phep', 'giay phep lao dong', 'gpld'],
    exemption: ['exemption', 'mien', 'mien giay phep', 'khong thuoc dien cap', 'khong thuoc dien cap giay phep lao dong'],
  },
} as const;

/** Reads one detail cell. Throws a `Refusal`. */
export function readDetail<F extends DetailField>(field: F, label: string, cell: Cell): DetailDraft[F] {
  return readers[field](label, cell) as DetailDraft[F];
}

const text = (label: string, cell: Cell): string | null => readText(label, cell, 160);
const oneOf = (field: keyof typeof groups) => (label: string, { text: written }: Cell): string | null => {
  if (written === '') return null;
  const folded = fold(written);
  const found = Object.entries(groups[field]).find(([, names]) => (names as readonly string[]).includes(folded));
  return found?.[0] ?? refuse(`${label} “${written.slice(0, 40)}” không có trong danh mục.`);
};
const readers: Record<DetailField, (label: string, cell: Cell) => unknown> = {
  employerOfRecord: text, province: text, commune: text, position: text, skill: text, permitPosition: text, permitForm: text,
  socialInsuranceNo: readInsuranceNo, passport: readPassport, permitNumber: readCode,
  jobGroup: oneOf('jobGroup'), contractKind: oneOf('contractKind'), permitKind: oneOf('permitKind'), permitProvinces: readProvinces,
  contractFrom: readDate, contractTo: readDate, heavyWorkFrom: readDate, heavyWorkTo: readDate, passportExpiresOn: readDate,
  permitIssuedOn: readDate, permitExpiresOn: readDate, pregnantFrom: readDate, pregnantTo: readDate, nursingFrom: readDate, nursingTo: readDate,
  disabledFrom: readDate, disabledTo: readDate, overtimeConsentFrom: readDate, overtimeConsentTo: readDate,
};

function readInsuranceNo(label: string, cell: Cell): string | null {
  const digits = readCode(label, cell)?.replace(/[ .]/g, '') ?? null;
  if (digits === null) return null;
  // Ten digits of the book, or since the personal number serves here too, its twelve.
  return /^(?:\d{10}|\d{12})$/.test(digits) ? digits : refuse(`${label} phải có 10 hoặc 12 chữ số; có thể Excel đã bỏ số 0 ở đầu.`);
}

function readPassport(label: string, cell: Cell): string | null {
  const number = readCode(label, cell)?.replace(/ /g, '').toUpperCase() ?? null;
  if (number === null) return null;
  return /^[A-Z0-9]{5,20}$/.test(number) ? number : refuse(`${label} phải gồm 5 đến 20 chữ cái hoặc chữ số.`);
}

function readProvinces(label: string, cell: Cell): string[] | null {
  const names = (readText(label, cell, 1_200) ?? '').split(/[;,]/).map((name) => name.trim()).filter((name) => name !== '');
  if (names.length > 20) refuse(`${label} có hơn 20 tỉnh.`);
  if (names.some((name) => name.length > 60)) refuse(`${label} có tên tỉnh dài quá 60 ký tự; cần ngăn cách bằng dấu chấm phẩy.`);
  return names.length === 0 ? null : names;
}

/** Details after what a row tells. The same object comes back where nothing changes. Throws a `Refusal` where parts contradict. */
export function applyDetails(known: WorkerDetails, told: DetailDraft): WorkerDetails {
  if (Object.keys(told).length === 0) return known;
  const pick = <F extends DetailField & keyof WorkerDetails>(field: F): WorkerDetails[F] => (told[field] === undefined ? known[field] : told[field] as WorkerDetails[F]);
  const next: WorkerDetails = {
    employerOfRecord: pick('employerOfRecord'), province: pick('province'), commune: pick('commune'), socialInsuranceNo: pick('socialInsuranceNo'),
    position: pick('position'), jobGroup: pick('jobGroup'), contractKind: pick('contractKind'), contractFrom: pick('contractFrom'),
    contractTo: pick('contractTo'), skill: pick('skill'), heavyWorkFrom: pick('heavyWorkFrom'), heavyWorkTo: pick('heavyWorkTo'),
    passport: pick('passport'), passportExpiresOn: pick('passportExpiresOn'), permit: permitOf(known, told), protections: protectionsOf(known, told),
    overtimeConsent: consentOf(known, told),
  };
  inOrder('Hợp đồng lao động', next.contractFrom, next.contractTo);
  inOrder('Nghề nặng nhọc, độc hại', next.heavyWorkFrom, next.heavyWorkTo);
  inOrder('Giấy phép lao động', next.permit?.issuedOn ?? null, next.permit?.expiresOn ?? null);
  inOrder('Đồng ý làm thêm giờ', next.overtimeConsent?.from ?? null, next.overtimeConsent?.to ?? null);
  for (const { from, to } of next.protections) inOrder('Thời gian được bảo vệ', from, to);
  return JSON.stringify(next) === JSON.stringify(known) ? known : next;
}

function inOrder(label: string, from: string | null, to: string | null): void {
  if (from !== null && to !== null && to < from) refuse(`${label}: ngày kết thúc sớm hơn ngày bắt đầu.`);
}

function permitOf({ permit }: WorkerDetails, told: DetailDraft): WorkerDetails['permit'] {
  const number = told.permitNumber === undefined ? permit?.number ?? null : told.permitNumber;
  const rest = {
    issuedOn: told.permitIssuedOn === undefined ? permit?.issuedOn ?? null : told.permitIssuedOn,
    expiresOn: told.permitExpiresOn === undefined ? permit?.expiresOn ?? null : told.permitExpiresOn,
    position: told.permitPosition === undefined ? permit?.position ?? null : told.permitPosition,
    form: told.permitForm === undefined ? permit?.form ?? null : told.permitForm,
    provinces: told.permitProvinces === undefined ? permit?.provinces ?? [] : told.permitProvinces ?? [],
  };
  if (number === null) {
    const hasRest = [told.permitIssuedOn, told.permitExpiresOn, told.permitPosition, told.permitForm, told.permitProvinces].some((value) => value !== undefined && value !== null);
    return hasRest ? refuse('Có ngày hoặc nội dung giấy phép lao động nhưng thiếu số giấy phép.') : null;
  }
  return { kind: told.permitKind ?? permit?.kind ?? 'permit', number, ...rest };
}

const protectionKinds = ['pregnant', 'nursing', 'disabled'] as const;

function protectionsOf({ protections }: WorkerDetails, told: DetailDraft): WorkerDetails['protections'] {
  if (protectionKinds.every((kind) => told[`${kind}From`] === undefined && told[`${kind}To`] === undefined)) return protections;
  const kept = protections.filter(({ kind }) => !protectionKinds.some((own) => own === kind && (told[`${own}From`] !== undefined || told[`${own}To`] !== undefined)));
  const added = protectionKinds.flatMap((kind) => {
    const [from, to] = [told[`${kind}From`], told[`${kind}To`]];
    if (from === undefined && to === undefined) return [];
    const before = protections.find((each) => each.kind === kind);
    const next = { kind, from: from === undefined ? before?.from ?? null : from, to: to === undefined ? before?.to ?? null : to };
    return next.from === null && next.to === null ? [] : [next];
  });
  return [...kept, ...added].toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

function consentOf({ overtimeConsent }: WorkerDetails, told: DetailDraft): WorkerDetails['overtimeConsent'] {
  if (told.overtimeConsentFrom === undefined && told.overtimeConsentTo === undefined) return overtimeConsent;
  const from = told.overtimeConsentFrom === undefined ? overtimeConsent?.from ?? null : told.overtimeConsentFrom;
  const to = told.overtimeConsentTo === undefined ? overtimeConsent?.to ?? null : told.overtimeConsentTo;
  return from === null && to === null ? null : { from, to };
}

/** Whole years of age on a date. Both ISO. */
export function ageOn(birthDate: string, date: string): number {
  return Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (date.slice(5) < birthDate.slice(5) ? 1 : 0);
}

/** Người lao động chưa thành niên: under 18 (Bộ luật Lao động 2019 art. 143). False where the birth date is not known. */
export function isMinorOn(birthDate: string | null, date: string): boolean {
  return birthDate !== null && ageOn(birthDate, date) < 18;
}

/** Whether anything is known at all. */
export function hasDetails(details: WorkerDetails): boolean {
  return details !== emptyDetails && JSON.stringify(details) !== JSON.stringify(emptyDetails);
}
