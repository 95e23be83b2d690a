import type { CardReading, Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { TrustAnchors } from './pki/anchors.ts';
import { checkChain } from './pki/chain.ts';
import { cmsSigner } from './pki/cms.ts';
import { checkSodSignature } from './signature.ts';
import { groupMatches, type Sod } from './sod.ts';

export type Trust = CardReading['trust'];

/** What a reading is judged by besides its files. */
export interface JudgeContext {
  anchors: TrustAnchors;
  /** ISO date. */
  today: string;
  /** What Active and Chip Authentication proved of the chip at hand, as such; whether it counts is judged here. */
  active: Verdict;
  chip: Verdict;
  /** The chip's key was found signed and chained by itself (EF.CardSecurity), so that DG14 need not hold it. */
  chipKeySigned?: boolean;
}

const noSod = (): Verdict => ({ ok: null, reason: 'Không đọc được chữ ký của cơ quan cấp trong chip.' });
const notRead = (): Verdict => ({ ok: null, reason: 'Chưa đọc được chip.' });
const activeGroup = 15;
const chipGroup = 14;

/** The verdicts before anything was read. */
export function nothingChecked(): Trust {
  return { hashes: notRead(), signature: notRead(), chain: notRead(), active: notRead(), chip: notRead(), genuine: notRead() };
}

/** Number of a data group as the SOD names it; null for EF.COM and EF.SOD, which it does not list. */
export function groupNumber(name: string): number | null {
  const number = /^DG(\d{1,2})$/.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}

/**
 * Judges what was read of a chip (ICAO 9303-11 clauses 5 and 6): each verdict by itself, then whether the chip is genuine.
 * Null means not checked, with what is missing. `files` are whole, by `COM`, `SOD`, `DG1` …
 */
export function judge(sod: Sod | null, files: ReadonlyMap<string, Uint8Array>, context: JudgeContext): Trust {
  const hashes = sod ? judgeHashes(sod, files) : noSod();
  const signature = sod ? judgeSignature(sod) : noSod();
  const chain = sod ? judgeChain(sod, context) : noSod();
  const isBound = (group: number): boolean => {
    const file = files.get(`DG${group}`);
    return sod !== null && signature.ok === true && file !== undefined && groupMatches(sod, group, file) === true;
  };
  const active = bound(context.active, activeGroup, isBound);
  const chip = context.chipKeySigned === true ? context.chip : bound(context.chip, chipGroup, isBound);
  return { hashes, signature, chain, active, chip, genuine: judgeGenuine({ hashes, signature, chain, active, chip }, withheld(sod, files)) };
}

function judgeHashes(sod: Sod, files: ReadonlyMap<string, Uint8Array>): Verdict {
  const same: string[] = [];
  const changed: string[] = [];
  const unread: string[] = [];
  for (const group of [...sod.hashes.keys()].sort((a, b) => a - b)) {
    const name = `DG${group}`;
    const file = files.get(name);
    if (!file) unread.push(name);
    else if (groupMatches(sod, group, file) === true) same.push(name);
    else changed.push(name);
  }
  const rest = unread.length > 0 ? ` Có trong danh sách được ký nhưng không đọc: ${unread.join(', ')}.` : '';
  if (changed.length > 0) return { ok: false, reason: `Dữ liệu trong chip không khớp với bản đã ký (${changed.join(', ')}).${rest}` };
  if (same.length === 0) return { ok: null, reason: `Chữ ký trong chip không bao gồm phần dữ liệu đã đọc.${rest}` };
  return { ok: true, reason: `Dữ liệu trong chip khớp với bản đã ký (${same.join(', ')}).${rest}` };
}

function judgeSignature(sod: Sod): Verdict {
  try {
    const result = checkSodSignature(sod);
    if (result === 'valid') return { ok: true, reason: 'Chữ ký số khớp với dữ liệu trong chip.' };
    if (result === 'no-certificate') return { ok: null, reason: 'Chip không kèm chứng thư của đơn vị ký nên chưa kiểm được chữ ký.' };
    return { ok: false, reason: result === 'invalid' ? 'Chữ ký trong chip sai.' : 'Chữ ký trong chip không phải của dữ liệu này.' };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: null, reason: 'Chữ ký trong chip dùng thuật toán mà phần mềm chưa hỗ trợ.' };
  }
}

function judgeChain(sod: Sod, { anchors, today }: JudgeContext): Verdict {
  const signer = cmsSigner(sod);
  if (!signer) return { ok: null, reason: 'Chip không kèm chứng thư của đơn vị ký nên chưa đối chiếu được nơi cấp.' };
  return checkChain(signer, { anchors, today, others: sod.certificates });
}

/** A proof by a key counts only if the file that holds the key is signed: else anyone can bring a key of their own. */
function bound(proof: Verdict, group: number, isBound: (group: number) => boolean): Verdict {
  if (proof.ok !== true || isBound(group)) return proof;
  return { ok: null, reason: `Chip chứng minh được khóa trong DG${group}, nhưng khóa này chưa được chữ ký của cơ quan cấp xác nhận nên không có giá trị.` };
}

/** Key files that are signed and were not got: a copy that cannot prove itself would leave them out. */
function withheld(sod: Sod | null, files: ReadonlyMap<string, Uint8Array>): string[] {
  return [chipGroup, activeGroup].filter((group) => sod?.hashes.has(group) === true && !files.has(`DG${group}`)).map((group) => `DG${group}`);
}

function judgeGenuine(trust: Omit<Trust, 'genuine'>, hidden: readonly string[]): Verdict {
  const { hashes, signature, chain, active, chip } = trust;
  const failed = [hashes, signature, chain, active, chip].filter(({ ok }) => ok === false);
  if (failed.length > 0) return { ok: false, reason: `Chip không qua được kiểm tra: ${failed.map(({ reason }) => reason).join(' ')}` };
  const missing = [
    ...(hashes.ok === null ? ['dữ liệu chưa được đối chiếu với bản đã ký'] : []),
    ...(signature.ok === null ? ['chữ ký chưa được kiểm tra'] : []),
    ...(chain.ok === null ? ['chưa đối chiếu được nơi cấp'] : []),
    ...(active.ok !== true && chip.ok !== true ? ['chưa kiểm tra được chip có bị sao chép hay không'] : []),
  ];
  if (missing.length === 0) return { ok: true, reason: 'Chip thật: dữ liệu nguyên vẹn, đúng nơi cấp, không phải bản sao.' };
  const note = hidden.length > 0 ? ` Thẻ được cấp với ${hidden.join(', ')} nhưng không đọc được tệp này: có thể là bản sao.` : '';
  return { ok: null, reason: `Chưa đủ căn cứ kết luận chip thật: ${missing.join('; ')}.${note}` };
}
