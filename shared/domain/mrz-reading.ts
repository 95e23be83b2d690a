import type { Sex } from '../contracts/identity.ts';
import { problem, type Problem, type ProblemCode } from '../contracts/problems.ts';
import { todayInVietnam } from './local-day.ts';
import { allFit, findMrz } from './mrz-lines.ts';
import { mrzBirthDate, mrzExpiry, type Mrz, type MrzFormat } from './mrz.ts';
import { personalIdWarnings, readPersonalId, type PersonalIdWarning } from './personal-id.ts';

/** Remarks about an MRZ that was read; each with its Vietnamese sentence. */
export const mrzWarnings = {
  'fillers-mended': 'Số dấu < ở cuối dòng chưa đúng; đã tự sửa.',
  'letters-mended': 'Có ký tự dễ nhầm (O và 0, I và 1); đã tự sửa theo số kiểm tra.',
  'birth-unknown': 'Giấy tờ không ghi ngày sinh.',
  'birth-year-only': 'Giấy tờ chỉ ghi năm sinh.',
  'name-cut': 'Họ tên dài, có thể đã bị cắt ở vùng máy đọc.',
  'expired': 'Giấy tờ đã hết hạn sử dụng.',
  'number-differs': 'Số thẻ không phải 9 số cuối của số định danh.',
  'id-place-unknown': 'Mã nơi đăng ký khai sinh không có trong danh mục 63 tỉnh, thành phố.',
  'id-sex-differs': 'Giới tính không khớp với số định danh.',
  'id-birth-year-differs': 'Năm sinh không khớp với số định danh.',
} as const satisfies Record<string, string>;
export type MrzWarning = keyof typeof mrzWarnings;

/**
 * One MRZ as a person needs it. A wrong check digit gives `ok` false, problem `mrz-check-digit`, and all values
 * nevertheless: the text was read, but one of its signs is wrong. (A chip's DG1 with wrong digits is only a warning
 * of `readCard`: there nobody can have mistyped, and the signature decides.)
 */
export interface MrzReading {
  ok: boolean;
  /** Null where the text is no MRZ, or that of a visa. */
  format: MrzFormat | null;
  documentNumber: string | null;
  personalId: string | null;
  /** ISO, `YYYY` where day or month are not known, null where nothing is. */
  birthDate: string | null;
  /** As Vietnamese cards have it; null for X and filler. */
  sex: Sex | null;
  /** ISO or `no-expiry`. The century is always the 21st. */
  expiryDate: string | null;
  issuer: string | null;
  nationality: string | null;
  surname: string | null;
  givenNames: string | null;
  /** Only the check digits that this document prints: documentNumber, birthDate, expiryDate, composite, personalId, optional. */
  checks: Record<string, boolean>;
  warnings: MrzWarning[];
  problem: Problem | null;
}

const refused = (code: ProblemCode): MrzReading => ({
  ok: false, format: null, documentNumber: null, personalId: null, birthDate: null, sex: null, expiryDate: null, issuer: null,
  nationality: null, surname: null, givenNames: null, checks: {}, warnings: [], problem: problem(code),
});

/**
 * Reads the lines of one MRZ (ICAO 9303 parts 4 to 6: TD1, TD2, TD3), typed or scanned. Never throws; problems:
 * `mrz-not-found`, `mrz-visa` (part 7, MRV-A and MRV-B), `mrz-field-invalid` (a date that does not exist), `mrz-check-digit`.
 * @param today ISO date, decides centuries and expiry; today in Vietnam when not given
 */
export function readMrz(text: string, today: string = todayInVietnam()): MrzReading {
  const found = findMrz(text);
  if (found === null) return refused('mrz-not-found');
  const { mrz } = found;
  if (mrz.format !== 'TD1' && mrz.documentCode.startsWith('V')) return refused('mrz-visa');
  const birthDate = mrzBirthDate(mrz, today);
  const expiryDate = mrzExpiry(mrz);
  const sex: Sex | null = mrz.sex === 'M' ? 'Nam' : mrz.sex === 'F' ? 'Nữ' : null;
  const failure: ProblemCode | null = !allFit(mrz) ? 'mrz-check-digit'
    : (birthDate === null && mrz.birth !== '<<<<<<') || (expiryDate === null && mrz.expiry !== '<<<<<<') ? 'mrz-field-invalid' : null;
  const { format, documentNumber, personalId, issuer, nationality, surname, givenNames } = mrz;
  const known: Partial<Record<MrzWarning, boolean>> = {
    'fillers-mended': found.fillersMended,
    'letters-mended': found.lettersMended,
    'birth-unknown': mrz.birth === '<<<<<<',
    'birth-year-only': birthDate?.length === 4,
    'name-cut': mrz.lines[format === 'TD1' ? 2 : 0]!.at(-1) !== '<',
    // A lone year counts to its end; 'no-expiry' lies after every date.
    'expired': expiryDate !== null && expiryDate < today.slice(0, expiryDate.length),
    'number-differs': personalId !== null && format === 'TD1' && documentNumber !== personalId.slice(3),
  };
  return {
    ok: failure === null, format, documentNumber, personalId, birthDate, sex, expiryDate, issuer, nationality, surname, givenNames,
    checks: Object.fromEntries(Object.entries(mrz.checks).filter((check): check is [string, boolean] => check[1] !== null)),
    warnings: [
      ...(Object.keys(known) as MrzWarning[]).filter((warning) => known[warning]),
      ...numberWarnings(mrz, sex),
    ],
    problem: failure === null ? null : problem(failure),
  };
}

/** The number against sex and year. The year's last two digits are compared: the century comes from the number itself. */
function numberWarnings({ personalId, birth }: Mrz, sex: Sex | null): PersonalIdWarning[] {
  const parts = personalId === null ? null : readPersonalId(personalId);
  if (personalId === null || parts === null) return [];
  const year = birth.slice(0, 2);
  return personalIdWarnings(personalId, { sex, birthDate: /^\d\d$/.test(year) ? `${String(parts.birthYear).slice(0, 2)}${year}` : null });
}
