import { Citizen, type QrKind, type Sex } from '../contracts/identity.ts';
import { problem, type Problem, type ProblemCode } from '../contracts/problems.ts';
import { birthDateOf, localDateOf } from './card-date.ts';
import { todayInVietnam } from './local-day.ts';
import { looksGarbled, repairMojibake } from './mojibake.ts';
import { readMrz, type MrzReading } from './mrz-reading.ts';
import { readPass } from './pass-code.ts';
import { personalIdWarnings, type PersonalIdWarning } from './personal-id.ts';
import { onUsKeyboard, spoiltBy, withoutHiddenSigns, withoutPrefix } from './qr-clean.ts';
import { contentOf, qrContents, type QrContent } from './qr-content.ts';
import { readTail } from './qr-tail.ts';
import { valuesOf, type CitizenValues } from './qr-values.ts';
import { trimScan } from './scan-text.ts';
import { fold, nfc } from './vietnamese.ts';

/** The first day of the card after Luật Căn cước 2023; cards issued before are "CCCD gắn chip". */
const LAW_OF_2023_IN_FORCE = '2024-07-01';
const MAX_LENGTH = 2000;
const FIELDS = 7;

/** What a reader should be told though the text was read; each has its Vietnamese sentence. */
export const qrWarnings = {
  'text-repaired': 'Đầu đọc mã gửi sai bảng mã tiếng Việt; nội dung đã được khôi phục.',
  'separator-replaced': 'Đầu đọc mã gửi sai dấu ngăn cách; cần chỉnh ngôn ngữ bàn phím của đầu đọc.',
  'layout-foreign': 'Đầu đọc mã đặt ngôn ngữ bàn phím khác US English; nội dung đã được khôi phục, cần chỉnh lại đầu đọc.',
  'prefix-removed': 'Đầu đọc mã gửi kèm ký tự đầu mã; nên tắt tiền tố (prefix, Code ID) trên đầu đọc.',
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
  'tail-order-assumed': 'Số định danh đã hủy được nhận ra theo nội dung, không theo vị trí.',
  'old-id-from-tail': 'Số CMND cũ lấy từ trường dữ liệu cuối mã.',
  'parents-order-assumed': 'Thứ tự họ tên cha, mẹ trong mã QR là suy đoán.',
  'id-place-unknown': 'Mã nơi đăng ký khai sinh không có trong danh mục 63 tỉnh, thành phố.',
  'id-sex-differs': 'Giới tính không khớp với số định danh.',
  'id-birth-year-differs': 'Năm sinh không khớp với số định danh.',
} as const satisfies Record<string, string>;
export type QrWarning = keyof typeof qrWarnings;

/**
 * What a QR text says. `ok` means that it has the form of an identity card (or of a pass of our own, then `citizen` is
 * null and `pass` set), never that it is genuine: the QR carries no signature, and what a phone shows is told apart from
 * a card by nothing in the text. `partial` holds what is still usable of a garbled text (digits survive where letters do
 * not); `rawTail` holds the fields after the seventh, as they came.
 */
export interface QrReading {
  ok: boolean;
  kind: QrKind;
  citizen: Citizen | null;
  /** Source and confidence of each value of `citizen`, or of `partial`. */
  values: CitizenValues;
  /** The code on a printed pass, without its check signs. */
  pass: string | null;
  /** What the code is where it is neither; its sentence stands in `problem.vi`. */
  content: QrContent | null;
  /** The machine readable zone, where the code holds one. */
  mrz: MrzReading | null;
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

const unread = (kind: QrKind, warnings: QrWarning[]): QrReading => (
  { ok: false, kind, citizen: null, values: {}, pass: null, content: null, mrz: null, warnings, problem: null, partial: null, rawTail: [] });
const refused = (code: ProblemCode, kind: QrKind = 'other', warnings: QrWarning[] = []): QrReading => ({ ...unread(kind, warnings), problem: problem(code) });

/** The answer for a text that was not read as far as to be parsed. */
export const unreadQr = (code: ProblemCode): QrReading => refused(code);

/**
 * Reads the text of the QR on a Vietnamese identity card: seven fields parted by `|` (number, old number, name,
 * birth, sex, residence, issue date; Thông tư 06/2021/TT-BCA), further ones on cards of the 2023 law
 * (Thông tư 16/2024/TT-BCA: cancelled number, parents); or that of our own printed pass. Never throws; expected
 * failures are in `problem`: `code-too-long`, `qr-not-identity` (with `content`), `qr-field-invalid`, `qr-garbled`,
 * `scan-merged`, `scanner-input-method`, `scanner-layout`, `scanner-seven-bit`, `pass-check-digit`.
 */
export function parseIdentityQr(text: string, options: QrOptions = {}): QrReading {
  if (text.length > MAX_LENGTH) return refused('code-too-long');
  const warnings = new Set<QrWarning>();
  const trimmed = trimScan(text);
  const repaired = repairMojibake(trimmed);
  if (repaired !== null) warnings.add('text-repaired');
  const shown = withoutPrefix(nfc(trimScan(withoutHiddenSigns(repaired ?? trimmed, warnings))), warnings);
  const plain = options.asciiOnly === true ? onUsKeyboard(shown, warnings) : shown;
  if (isMerged(plain)) return refused('scan-merged');
  const pass = readPass(plain);
  if (pass !== null) {
    return pass.code === undefined ? refused('pass-check-digit', 'pass') : { ...unread('pass', [...warnings]), ok: true, pass: pass.code };
  }
  const fields = splitFields(plain, warnings);
  // Backspaces between keys come from a Vietnamese input method, and stand at the end where it rewrote the last letter.
  const spoilt = options.asciiOnly === true && text.includes('\b') ? 'scanner-input-method'
    : spoiltBy(trimmed, { asciiOnly: options.asciiOnly === true, isIdentity: fields !== null });
  if (fields === null) return spoilt === null ? elsewhere(plain) : refused(spoilt);
  const reading = readFields(fields.map((field) => field.replace(/\s+/gu, ' ').trim()), warnings, options);
  if (spoilt === null || (reading.ok && spoilt === 'scanner-layout')) return reading;
  return { ...refused(spoilt, reading.kind, reading.warnings), partial: reading.partial ?? partialOf(reading.citizen), values: digitsOf(reading.values) };
}

/** A code that is no identity text: what it is, and the sentence that says so. */
function elsewhere(text: string): QrReading {
  const content = contentOf(text);
  const mrz = content === 'mrz' ? readMrz(text) : null;
  return { ...refused('qr-not-identity'), content, mrz, problem: { ...problem('qr-not-identity', content), vi: qrContents[content] } };
}

function partialOf(citizen: Citizen | null): QrReading['partial'] {
  return citizen === null ? null : { personalId: citizen.personalId, birthDate: citizen.birthDate, issuedOn: citizen.issuedOn };
}

function digitsOf({ personalId, birthDate, issuedOn }: CitizenValues): CitizenValues {
  return { ...(personalId && { personalId }), ...(birthDate && { birthDate }), ...(issuedOn && { issuedOn }) };
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
  const lost = isAscii(letters) && (options.asciiOnly === true || hasWordWithoutVowel(fullName));
  if (fullName === '' || looksGarbled(letters) || isSexGarbled(sexText) || lost) {
    const partial = { personalId, birthDate, issuedOn };
    return { ...refused('qr-garbled', kind, [...warnings]), partial, values: valuesOf(partial, warnings), rawTail };
  }
  const sex = sexOf(sexText);
  const tail = readTail(rawTail, warnings);
  const old = oldId === '' ? tail.oldId : /^\d{9}$/.test(oldId) ? oldId : null;
  warnIf(warnings, {
    'birth-year-only': birthDate.length === 4,
    'sex-other': sex === null,
    'old-id-unusual': oldId !== '' && old === null,
    // Letters of other scripts look like Latin ones and are no part of a name on a card.
    'name-unusual': hasWordWithoutVowel(fullName) || !/^[\p{Script=Latin}][\p{Script=Latin}\p{M} '’‘ʼ`´\-‐‑.,]*$/u.test(fullName),
    'old-id-from-tail': oldId === '' && tail.oldId !== null,
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
  return { ...unread(kind, [...warnings]), ok: true, citizen: parsed.data, values: valuesOf(parsed.data, warnings), rawTail };
}

function warnIf(warnings: Set<QrWarning>, found: Partial<Record<QrWarning, boolean>>): void {
  for (const [warning, is] of Object.entries(found)) if (is) warnings.add(warning as QrWarning);
}

/** Two cards or two passes in one text: the scanner sends no end mark. */
function isMerged(text: string): boolean {
  return (text.match(/\d{12}\|(?:\d{9})?\|[^|]*\|\d{4,8}\|/g) ?? []).length > 1 || (text.match(/MCK1-/gi) ?? []).length > 1;
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

/** `Trn Vn`: letters that a device could not send are left out. No name of the country has such a word. */
function hasWordWithoutVowel(name: string): boolean {
  return fold(name).split(/[^\p{L}]+/u).some((word) => word.length > 1 && !/[aeiouy]/.test(word));
}

function isAscii(text: string): boolean {
  return !/[\u0080-\u{10ffff}]/u.test(text);
}
