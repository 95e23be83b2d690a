import type { Verdict } from '../../../shared/contracts/identity.ts';
import type { TrustAnchors } from './anchors.ts';
import { extensionIds, usageBit, type X509 } from './certificate.ts';
import { hasKey, Issuers, keyMark, maySignCertificates, openAnchors, signedBy, type OpenAnchors } from './issuers.ts';
import { revocation, type Fault } from './revocation.ts';
import { shownDay } from './time.ts';

/** What the signer's certificate must be made for. */
export type SignerPurpose = 'document' | 'master-list';

export interface ChainContext {
  anchors: TrustAnchors;
  /** ISO date. */
  today: string;
  /** Certificates that came with the signature: they may lead to an anchor (link certificates), they are none. */
  others?: readonly X509[];
  purpose?: SignerPurpose;
}

const masterListSigning = '2.23.136.1.1.3';
const deviationListSigning = '2.23.136.1.1.8';
/** Certificates that came along and are looked at: hostile ones could all have signed each other. */
const maxLinks = 8;
/** Tries of different keys for one certificate; no country has as many under one name. */
const maxKeys = 16;

const understood: ReadonlySet<string> = new Set(Object.values(extensionIds));

/**
 * Whether a signer's certificate comes from an authority that is trusted (ICAO 9303-11 clause 5.1, 9303-12 clause 6, RFC
 * 5280 clause 6 as far as these profiles go): signature by a CSCA of the issuer's name, rules of the path, days, CRL.
 * False names what is wrong; null says what is missing to tell.
 */
export function checkChain(signer: X509, context: ChainContext): Verdict {
  const { today, purpose = 'document' } = context;
  const unfit = unfitSigner(signer, purpose);
  if (unfit) return unfit;
  const opened = openAnchors(context.anchors);
  const links = new Set((context.others ?? []).filter((one) => one !== signer).slice(0, maxLinks));
  const verdict = issuerVerdict(signer, opened, context, links);
  const late = outOfDate(signer, `Chứng thư của ${role[purpose]}`, today);
  if (verdict.ok === null && late) return unknown(`${verdict.reason} ${late.reason}`);
  if (verdict.ok !== true) return verdict;
  const { note, issuer } = verdict;
  return late ?? { ok: true, reason: `Chứng thư của ${role[purpose]} do ${csca(issuer)} cấp, còn hiệu lực đến ${shownDay(signer.notAfter)}${note}.` };
}

const role: Readonly<Record<SignerPurpose, string>> = { 'document': 'đơn vị ký', 'master-list': 'đơn vị ký danh sách' };
const csca = ({ subject }: X509): string => `CSCA ${subject.short.replace(/^CSCA\s+/i, '')}${subject.country ? ` (${subject.country})` : ''}`;
const no = (reason: string): Fault => ({ ok: false, reason });
const unknown = (reason: string): Fault => ({ ok: null, reason });

function unfitSigner(signer: X509, purpose: SignerPurpose): Fault | null {
  const { isCa, usage, purposes } = signer;
  if (isCa) return no(`Chứng thư đã ký là chứng thư của cơ quan cấp chứng thư (CA), không được dùng để ký ${purpose === 'document' ? 'dữ liệu thẻ' : 'danh sách'}.`);
  if (usage && !usage[usageBit.digitalSignature]) return no('Chứng thư đã ký không được cấp để ký số.');
  const fits = purpose === 'master-list'
    ? purposes?.includes(masterListSigning) === true
    : !purposes?.some((one) => one === masterListSigning || one === deviationListSigning);
  if (!fits) return no(`Chứng thư đã ký không được cấp để ký ${purpose === 'document' ? 'dữ liệu thẻ' : 'danh sách CSCA'}.`);
  return hasUnknownRule(signer) ? unknown('Chứng thư của đơn vị ký có điều kiện bắt buộc mà phần mềm chưa hiểu.') : null;
}

/** A critical extension that is not understood: the certificate must not be relied on (RFC 5280 clause 4.2). */
function hasUnknownRule({ extensions }: X509): boolean {
  return [...extensions].some(([oid, { critical }]) => critical && !understood.has(oid));
}

/** The anchor at the end of the path, and what is to be said of revocation; or what is wrong. */
type IssuerVerdict = { ok: true; issuer: X509; note: string } | Fault;

function issuerVerdict(child: X509, opened: OpenAnchors, context: ChainContext, links: Set<X509>): IssuerVerdict {
  const named = opened.issuers.of(child);
  const signers = signersAmong(child, named);
  if (signers.length > 0) return bestOf(signers.map((issuer) => judgeIssuer(child, issuer, opened, context)));
  // No anchor signed it: a link certificate that came along may lead to one. Each is tried once.
  for (const link of signersAmong(child, new Issuers(links).of(child))) {
    if (!links.delete(link) || !maySignCertificates(link) || hasUnknownRule(link)) continue;
    const above = issuerVerdict(link, opened, context, links);
    if (above.ok !== true) continue;
    const fault = outOfDate(link, 'Chứng thư liên kết', context.today) ?? revocation(child, [link, above.issuer], opened.crls, context.today).fault;
    return fault ?? above;
  }
  if (named.length === 0) {
    return unknown(`Chưa có chứng thư CSCA của nơi cấp (${child.issuer.text.slice(0, 120)}) trong kho tin cậy. Hãy nhập chứng thư CSCA trong mục Quản trị.`);
  }
  if (named.slice(0, maxKeys).some((one) => signedBy(child, one) === 'unsupported')) return unknown('Chứng thư của đơn vị ký dùng thuật toán mà phần mềm chưa hỗ trợ.');
  const rolledOver = child.issuerKeyId !== null && !named.some((one) => hasKey(one, child.issuerKeyId));
  return no(`Chứng thư của đơn vị ký ghi do ${csca(named[0]!)} cấp nhưng không khóa nào của CSCA này trong kho tin cậy đã ký nó.${rolledOver ? ' Nếu CSCA vừa đổi khóa, hãy nhập chứng thư CSCA mới trong mục Quản trị.' : ''}`);
}

/** Those whose key made the signature. */
function signersAmong(child: X509, candidates: readonly X509[]): X509[] {
  const tried = new Map<string, boolean>();
  return candidates.filter((candidate) => {
    const mark = keyMark(candidate);
    if (!tried.has(mark) && tried.size < maxKeys) tried.set(mark, signedBy(child, candidate) === 'valid');
    return tried.get(mark) === true;
  });
}

function judgeIssuer(child: X509, issuer: X509, opened: OpenAnchors, { today }: ChainContext): IssuerVerdict {
  if (!maySignCertificates(issuer)) return no(`Chứng thư ký bằng khóa của ${issuer.subject.short}, khóa này không được phép cấp chứng thư.`);
  if (hasUnknownRule(issuer)) return unknown(`Chứng thư ${csca(issuer)} có điều kiện bắt buộc mà phần mềm chưa hiểu.`);
  const revoked = revocation(child, opened.issuers.of(child), opened.crls, today);
  if (revoked.fault) return revoked.fault;
  const above = revocation(issuer, opened.issuers.of(issuer), opened.crls, today);
  if (above.fault) return no(`Chứng thư ${csca(issuer)} đã bị thu hồi.`);
  const late = outOfDate(issuer, `Chứng thư ${csca(issuer)}`, today);
  return late ?? { ok: true, issuer, note: revoked.note };
}

/** The same key may be in several certificates: one good one is enough; else the first complaint stands. */
function bestOf(verdicts: readonly IssuerVerdict[]): IssuerVerdict {
  return verdicts.find(({ ok }) => ok === true) ?? verdicts.find(({ ok }) => ok === false) ?? verdicts[0]!;
}

function outOfDate({ notBefore, notAfter }: X509, what: string, today: string): Fault | null {
  if (today < notBefore.slice(0, 10)) return no(`${what} chưa có hiệu lực (từ ${shownDay(notBefore)}).`);
  return today > notAfter.slice(0, 10) ? no(`${what} đã hết hạn ngày ${shownDay(notAfter)}.`) : null;
}

