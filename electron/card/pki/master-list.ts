import type { Verdict } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustAnchors } from './anchors.ts';
import type { X509 } from './certificate.ts';
import { checkChain } from './chain.ts';
import { checkCmsSignature, cmsSigner, parseSignedCms, type SignedCms } from './cms.ts';
import { Fields, sequenceIn, tags } from './der.ts';

/** Content type of a CSCA master list (ICAO 9303-12 clause 9). */
export const masterListType = '2.23.136.1.1.2';

/** The SET of certificates in a master list's content. @throws ProblemError `card-file-invalid` */
export function masterListMembers(content: Uint8Array): Uint8Array {
  const fields = new Fields(sequenceIn(content, 'master list'), 'master list');
  fields.need(tags.integer);
  return fields.need(tags.set).value;
}

/**
 * Whether a master list is what its signer signed, and whether the signer comes from a CSCA: one that is trusted already,
 * else one that is in the list itself, which shows no more than that the list agrees with itself.
 */
export function checkMasterList(
  list: Uint8Array, members: readonly X509[], { known, today }: { known: TrustAnchors; today: string },
): { signer: string; verdict: Verdict } {
  try {
    const cms = parseSignedCms(list);
    const signer = cmsSigner(cms);
    return { signer: signer?.subject.text ?? '', verdict: verdictOf(cms, signer, members, known, today) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { signer: '', verdict: { ok: null, reason: 'Chữ ký của danh sách có dạng hoặc thuật toán mà phần mềm chưa hỗ trợ.' } };
  }
}

function verdictOf(cms: SignedCms, signer: X509 | null, members: readonly X509[], known: TrustAnchors, today: string): Verdict {
  const result = checkCmsSignature(cms);
  if (!signer || result === 'no-certificate') return { ok: null, reason: 'Danh sách không kèm chứng thư của nơi ký nên chưa kiểm được chữ ký.' };
  if (result !== 'valid') return { ok: false, reason: 'Chữ ký của danh sách sai: danh sách đã bị sửa hoặc hỏng.' };
  const path = { today, purpose: 'master-list', others: cms.certificates } as const;
  const trusted = checkChain(signer, { ...path, anchors: known });
  if (trusted.ok === true) return { ok: true, reason: `Chữ ký của danh sách đúng. ${trusted.reason}` };
  const own = checkChain(signer, { ...path, anchors: { certificates: members.map(({ der }) => der), crls: known.crls } });
  // What is trusted already and says no (expired, revoked, not its key) is not overruled by what came along.
  if (trusted.ok === false || own.ok !== true) return trusted.ok === false ? trusted : own;
  return {
    ok: true,
    reason: `Chữ ký của danh sách đúng. ${own.reason} CSCA này nằm trong chính danh sách, chưa có trong kho tin cậy: hãy đối chiếu nguồn tải danh sách trước khi dùng.`,
  };
}
