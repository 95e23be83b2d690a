import { Citizen, type QrKind, type Sex } from '../contracts/identity.ts';
import { problem, type Problem, type ProblemCode } from '../contracts/problems.ts';
import { birthDateOf, localDateOf, todayInVietnam } from './card-date.ts';
import { looksGarbled, repairMojibake } from './mojibake.ts';
import { personalIdWarnings, type PersonalIdWarning } from './personal-id.ts';
import { fold, nfc } from './vietnamese.ts';

/** The first day of the card after Luật Căn cước 2023; cards issued before are "CCCD gắn chip". */
const LAW_OF_2023_IN_FORCE = '2024-07-01';
const MAX_LENGTH = 2000;
const FIELDS = 7;

/** What a reader should be told though the text was read; each has its Vietnamese sentence. */
export const qrWarnings = {
  'text-repaired': 'Đầu đọc mã gửi sai bảng mã tiếng Việt; nội dung đã được khôi phục.',
  'separator-replaced': 'Đầu đọc mã gửi sai dấu ngăn cách; cần chỉnh ngôn ngữ bàn phím của đầu đọc.',
  'marks-missing': 'Họ tên và địa chỉ không có dấu tiếng Việt; cần đối chiếu với thẻ.',
  'signs-removed': 'Đã bỏ các ký tự điều khiển lẫn trong mã.',
  'birth-year-only': 'Thẻ chỉ ghi năm sinh.',
  'sex-other': 'Giới tính trên thẻ không phải Nam hoặc Nữ.',
  'name-unusual': 'Họ tên có ký tự lạ; cần đối chiếu với thẻ.',
  'old-id-unusual': 'Số CMND cũ không đúng 9 chữ số.',
  'residence-missing': 'Mã QR không có nơi cư trú.',
  'issue-date-missing': 'Mã QR không có ngày cấp.',
  'issue-date-early': 'Ngày cấp sớm hơn ngày bắt đầu cấp thẻ gắn chip.',
  'tail-unexpected': 'Thẻ cấp trước 01/7/2024 nhưng có thêm trường dữ liệu.',
  'tail-unknown': 'Mã QR có trường dữ liệu chưa biết.',
  'parents-order-assumed': 'Thứ tự họ tên cha, mẹ trong mã QR là suy đoán.',
  'id-place-unknown': 'Mã nơi đăng ký khai sinh không có trong danh mục 63 tỉnh, thành phố.',
  'id-sex-differs': 'Giới tính không khớp với số định danh.',
  'id-birth-year-differs': 'Năm sinh không khớp với số định danh.',
} as const satisfies Record<string, string>;
export type QrWarning = keyof typeof qrWarnings;

/**
 * What a QR text says. `ok` means that it has the form of an identity card, never that it is genuine: the QR
 * carries no signature. `partial` holds what is still usable of a garbled text (digits survive where letters
 * do not); `rawTail` holds the fields after the seventh, as they came.
 */
export interface QrReading {
  ok: boolean;
  kind: QrKind;
  citizen: Citizen | null;
  warnings: QrWarning[];
  problem: Problem | null;
  partial: { personalId: string; birthDate: string; issuedOn: string | null } | null;
  rawTail: string[];
}

export interface QrOptions {
  /** ISO date that counts as today; later dates are refused. Default: today in Vietnam. */
  today?: string;
  /** The way here carries only ASCII (a keyboard wedge), so marks are lost even where the text looks well. */
  asciiOnly?: boolean;
}

const refused = (code: ProblemCode, kind: QrKind = 'other', warnings: QrWarning[] = []): QrReading => (
  { ok: false, kind, citizen: null, warnings, problem: problem(code), partial: null, rawTail: [] });

/**
 * Reads the text of the QR on a Vietnamese identity card: seven fields parted by `|` (number, old number, name,
 * birth, sex, residence, issue date; Thông tư 06/2021/TT-BCA), further ones on cards of the 2023 law
 * (Thông tư 16/2024/TT-BCA: cancelled number, parents). Never throws; expected failures are in `problem`:
 * `code-too-long`, `qr-not-identity`, `qr-field-invalid`, `qr-garbled`, `scan-merged`.
 */
export function parseIdentityQr(text: string, options: QrOptions = {}): QrReading {
  if (text.length > MAX_LENGTH) return refused('code-too-long');
  const warnings = new Set<QrWarning>();
  const trimmed = trimEnds(text);
  const repaired = repairMojibake(trimmed);
  if (repaired !== null) warnings.add('text-repaired');
  const plain = withoutHiddenSigns(nfc(trimEnds(repaired ?? trimmed)), warnings);
  if (isMerged(plain)) return refused('scan-merged');
  const fields = splitFields(plain, warnings);
  if (fields === null) return refused('qr-not-identity');
  return readFields(fields.map((field) => field.replace(/\s+/gu, ' ').trim()), warnings, options);
}

function readFields(fields: string[], warnings: Set<QrWarning>, options: QrOptions): QrReading {
  const [personalId = '', oldId = '', fullName = '', birth = '', sexText = '', residence = '', issue = '', ...rawTail] = fields;
  const today = options.today ?? todayInVietnam();
  const birthDate = birthDateOf(birth);
  const issuedOn = issue === '' ? null : localDateOf(issue);
  const kind = kindOf(issuedOn, rawTail);
  const broken = fields.length < FIELDS || !/^\d{12}$/.test(personalId) || birthDate === null || (issue !== '' && issuedOn === null)
    || birthDate > today || (issuedOn !== null && (issuedOn > today || issuedOn < birthDate))
    || fullName.length > 200 || residence.length > 500;
  if (broken) return { ...refused('qr-field-invalid', kind, [...warnings]), rawTail };

  const letters = fullName + sexText + residence + rawTail.join('');
  if (fullName === '' || looksGarbled(letters) || isSexGarbled(sexText) || (options.asciiOnly === true && isAscii(letters))) {
    return { ...refused('qr-garbled', kind, [...warnings]), partial: { personalId, birthDate, issuedOn }, rawTail };
  }
  const sex = sexOf(sexText);
  const tail = readTail(rawTail, warnings);
  const old = oldId === '' ? tail.oldId : /^\d{9}$/.test(oldId) ? oldId : null;
  warnIf(warnings, {
    'birth-year-only': birthDate.length === 4,
    'sex-other': sex === null,
    'old-id-unusual': oldId !== '' && old === null,
    'name-unusual': !/^[\p{L}\p{M}][\p{L}\p{M} '’‘ʼ`´\-‐‑.,]*$/u.test(fullName),
    'marks-missing': isAscii(letters) && residence !== '',
    'residence-missing': residence === '',
    'issue-date-missing': issuedOn === null,
    'issue-date-early': issuedOn !== null && issuedOn < '2021-01-01',
    'tail-unexpected': kind === 'cccd-2021' && rawTail.some((field) => field !== ''),
  });
  const found: PersonalIdWarning[] = personalIdWarnings(personalId, { sex, birthDate });
  for (const warning of found) warnings.add(warning);

  const { cancelledId, father, mother } = tail;
  const parsed = Citizen.safeParse({
    personalId, oldId: old, fullName, birthDate, sex, residence, issuedOn,
    ...(cancelledId !== null && { cancelledId }), ...(father !== null && { father }), ...(mother !== null && { mother }),
  });
  if (!parsed.success) return { ...refused('qr-field-invalid', kind, [...warnings]), rawTail };
  return { ok: true, kind, citizen: parsed.data, warnings: [...warnings], problem: null, partial: null, rawTail };
}

function warnIf(warnings: Set<QrWarning>, found: Partial<Record<QrWarning, boolean>>): void {
  for (const [warning, is] of Object.entries(found)) if (is) warnings.add(warning as QrWarning);
}

function trimEnds(text: string): string {
  // U+00A0 and C1 controls stay: in mojibake they are the second half of a letter (à as `Ã` and a hard space).
  return text.replace(/^(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+|(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+$/gu, '');
}

function withoutHiddenSigns(text: string, warnings: Set<QrWarning>): string {
  // Controls, zero-width and direction signs: invisible on screen, so they could make two names look the same.
  const plain = text.replace(/(?![\t\n\r\u0080-\u009f])[\p{Cc}\p{Cf}]/gu, '');
  if (plain !== text) warnings.add('signs-removed');
  return plain;
}

function isMerged(text: string): boolean {
  return (text.match(/\d{12}\|(?:\d{9})?\|[^|]*\|\d{4,8}\|/g) ?? []).length > 1;
}

/** Fields of an identity text; null where the text has not the look of one at all. */
function splitFields(text: string, warnings: Set<QrWarning>): string[] | null {
  const fields = text.split('|');
  if (fields.length > 1) return looksLikeIdentity(fields) ? fields : null;
  // A keyboard set to another country sends another sign for `|`: believed only where all digit fields are in place.
  const sign = /^\d{12}([^\p{L}\p{N}\s,])/u.exec(text)?.[1];
  const parts = sign === undefined ? [] : text.split(sign);
  if (parts.length < FIELDS || birthDateOf(parts[3] ?? '') === null || localDateOf(parts[6] ?? '') === null) return null;
  warnings.add('separator-replaced');
  return parts;
}

function looksLikeIdentity(fields: string[]): boolean {
  if (/^\s*\d{12}\s*$/.test(fields[0] ?? '')) return true;
  return fields.length >= FIELDS && /^\d{4,8}$/.test(fields[3] ?? '') && /^\d{4,8}$/.test(fields[6] ?? '');
}

function kindOf(issuedOn: string | null, tail: string[]): QrKind {
  if (issuedOn !== null) return issuedOn < LAW_OF_2023_IN_FORCE ? 'cccd-2021' : 'can-cuoc-2024';
  return tail.length > 0 ? 'can-cuoc-2024' : 'cccd-2021';
}

function sexOf(text: string): Sex | null {
  const folded = fold(text);
  return folded === 'nam' ? 'Nam' : folded === 'nu' ? 'Nữ' : null;
}

/** `N`, `N?`, `N÷`: a Nữ that lost its letter. */
function isSexGarbled(text: string): boolean {
  return /^n.?$/iu.test(text) && sexOf(text) === null;
}

function isAscii(text: string): boolean {
  return !/[\u0080-\u{10ffff}]/u.test(text);
}

interface Tail { cancelledId: string | null; oldId: string | null; father: string | null; mother: string | null }

/** The order of the fields after the seventh is in no published text, so each is known by its content. */
function readTail(fields: string[], warnings: Set<QrWarning>): Tail {
  const tail: Tail = { cancelledId: null, oldId: null, father: null, mother: null };
  const names: { name: string; at: number }[] = [];
  fields.forEach((field, at) => {
    if (field === '') return;
    if (/^\d{12}$/.test(field) && tail.cancelledId === null) tail.cancelledId = field;
    else if (/^\d{9}$/.test(field) && tail.oldId === null) tail.oldId = field;
    else if (/^[\p{L}\p{M}][^\d]{0,199}$/u.test(field) && names.length < 2) names.push({ name: field, at });
    else warnings.add('tail-unknown');
  });
  if (names.length > 0) warnings.add('parents-order-assumed');
  if (names.length === 1 && names[0]!.at >= 2) tail.mother = names[0]!.name;
  else [tail.father, tail.mother] = [names[0]?.name ?? null, names[1]?.name ?? null];
  return tail;
}
