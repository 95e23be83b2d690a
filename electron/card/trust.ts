import type { CardReading, Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { cardFiles, type FileName } from './files.ts';
import { checkSodSignature } from './signature.ts';
import { groupMatches, type Sod } from './sod.ts';

export type Trust = CardReading['trust'];

const notYet = (): Verdict => ({ ok: null, reason: 'Chưa kiểm tra ở phiên bản này.' });
const notRead = (): Verdict => ({ ok: null, reason: 'Chưa đọc được chip.' });

/** The verdicts before anything was read. */
export function nothingChecked(): Trust {
  return { hashes: notRead(), signature: notRead(), chain: notRead(), active: notRead(), chip: notRead(), genuine: notRead() };
}

/** Number of a data group as the SOD names it; null for EF.COM and EF.SOD, which it does not list. */
export function groupNumber(name: FileName): number | null {
  return name.startsWith('DG') ? cardFiles[name].id & 0xff : null;
}

/** Passive authentication as far as it goes without a trusted CSCA (ICAO 9303-11 clause 5.1). */
export function judge(sod: Sod | null, files: ReadonlyMap<FileName, Uint8Array>): Trust {
  return {
    hashes: sod ? judgeHashes(sod, files) : { ok: null, reason: 'Thẻ không có tệp chữ ký (EF.SOD) đọc được.' },
    signature: sod ? judgeSignature(sod) : { ok: null, reason: 'Thẻ không có tệp chữ ký (EF.SOD) đọc được.' },
    chain: notYet(),
    active: notYet(),
    chip: notYet(),
    genuine: { ok: null, reason: 'Chưa đủ căn cứ: chưa kiểm tra cơ quan cấp và chống sao chép chip.' },
  };
}

function judgeHashes(sod: Sod, files: ReadonlyMap<FileName, Uint8Array>): Verdict {
  const listed: FileName[] = [];
  const changed: FileName[] = [];
  for (const [name, bytes] of files) {
    const number = groupNumber(name);
    const matches = number === null ? null : groupMatches(sod, number, bytes);
    if (matches !== null) listed.push(name);
    if (matches === false) changed.push(name);
  }
  if (changed.length > 0) return { ok: false, reason: `Dữ liệu không khớp với bản được ký: ${changed.join(', ')}.` };
  if (listed.length === 0) return { ok: null, reason: 'Không tệp nào đã đọc có trong danh sách được ký.' };
  return { ok: true, reason: `Khớp với bản được ký: ${listed.join(', ')}.` };
}

function judgeSignature(sod: Sod): Verdict {
  try {
    const result = checkSodSignature(sod);
    if (result === 'valid') return { ok: true, reason: 'Chữ ký trên thẻ đúng; chưa xác định được cơ quan cấp.' };
    if (result === 'no-certificate') return { ok: null, reason: 'Thẻ không kèm chứng thư của người ký.' };
    return { ok: false, reason: result === 'invalid' ? 'Chữ ký trên thẻ sai.' : 'Chữ ký không thuộc về dữ liệu này.' };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: null, reason: 'Chữ ký dùng thuật toán chưa được hỗ trợ.' };
  }
}
