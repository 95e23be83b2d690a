import { readFileSync, statSync } from 'node:fs';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { todayInVietnam } from '../../shared/domain/local-day.ts';
import type { TrustAnchors } from '../card/pki/anchors.ts';
import { parseTrustFile } from '../card/pki/trust-file.ts';
import { mostTrustFileBytes } from '../service/card/trust-file.ts';

/**
 * `--csca A B C` as `--csca A --csca B --csca C`: the next option ends the list, and so does a word that `isFree` knows as
 * something else.
 */
export function apartCscaFiles(args: readonly string[], isFree: (word: string) => boolean = () => false): string[] {
  const parted: string[] = [];
  let inList = false;
  for (const arg of args) {
    const isFirst: boolean = parted.at(-1) === '--csca';
    const isFile: boolean = inList && !arg.startsWith('--') && (isFirst || !isFree(arg));
    if (isFile && !isFirst) parted.push('--csca');
    inList = arg === '--csca' || isFile;
    parted.push(arg);
  }
  return parted;
}

/**
 * Anchors with those of files added, for one call only: certificates, master lists, CRLs, in every form that the trust
 * store takes. Who names the files answers for them; an entry that its own issuer never signed is left out.
 * @param paths absolute
 * @throws ProblemError `file-unreadable`, `trust-file-invalid`, `trust-file-too-large`
 */
export function withCscaFiles(known: TrustAnchors, paths: readonly string[]): TrustAnchors {
  let anchors = known;
  for (const path of paths) {
    const { certificates, crls } = parseTrustFile(contentOf(path), { known: anchors, today: todayInVietnam() });
    const der = (entries: readonly { der: Uint8Array; signature: { ok: boolean | null } }[]): Uint8Array[] =>
      entries.filter(({ signature }) => signature.ok !== false).map((entry) => entry.der);
    anchors = { certificates: [...anchors.certificates, ...der(certificates)], crls: [...anchors.crls, ...der(crls)] };
  }
  return anchors;
}

function contentOf(path: string): Uint8Array {
  try {
    if (statSync(path).size <= mostTrustFileBytes) return readFileSync(path);
  } catch {
    throw new ProblemError('file-unreadable');
  }
  throw new ProblemError('trust-file-too-large');
}
