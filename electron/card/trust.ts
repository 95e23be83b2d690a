import type { CardReading, Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { cardFiles, type FileName } from './files.ts';
import { checkSodSignature } from './signature.ts';
import { groupMatches, type Sod } from './sod.ts';

export type Trust = CardReading['trust'];

const noIssuer = (): Verdict => ({ ok: null, reason: 'Phiên bản này chưa đối chiếu chứng thư của cơ quan cấp thẻ.' });
const noCloneCheck = (): Verdict => ({ ok: null, reason: 'Phiên bản này chưa kiểm tra chip có bị sao chép hay không.' });
const noSignature = (): Verdict => ({ ok: null, reason: 'Không đọc được chữ ký của cơ quan cấp trong chip.' });
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
    hashes: sod ? judgeHashes(sod, files) : noSignature(),
    signature: sod ? judgeSignature(sod) : noSignature(),
    chain: noIssuer(),
    active: noCloneCheck(),
    chip: noCloneCheck(),
    genuine: { ok: null, reason: 'Chưa đủ căn cứ kết luận chip thật: chưa đối chiếu nơi cấp, chưa kiểm tra sao chép chip.' },
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
  if (changed.length > 0) return { ok: false, reason: `Dữ liệu trong chip không khớp với bản đã ký (${changed.join(', ')}).` };
  if (listed.length === 0) return { ok: null, reason: 'Chữ ký trong chip không bao gồm phần dữ liệu đã đọc.' };
  return { ok: true, reason: `Dữ liệu trong chip khớp với bản đã ký (${listed.join(', ')}).` };
}

function judgeSignature(sod: Sod): Verdict {
  try {
    const result = checkSodSignature(sod);
    if (result === 'valid') return { ok: true, reason: 'Chữ ký khớp với dữ liệu trong chip; chưa đối chiếu nơi cấp.' };
    if (result === 'no-certificate') return { ok: null, reason: 'Chip không kèm chứng thư của đơn vị ký nên chưa kiểm được chữ ký.' };
    return { ok: false, reason: result === 'invalid' ? 'Chữ ký trong chip sai.' : 'Chữ ký trong chip không phải của dữ liệu này.' };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: null, reason: 'Chữ ký trong chip dùng thuật toán mà phiên bản này chưa hỗ trợ.' };
  }
}
