import type { Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Opened } from './access.ts';
import { runActiveAuthentication, type ActiveResult } from './active-authentication.ts';
import type { Random } from './bac.ts';
import type { CardChannel } from './channel.ts';
import { chipAuthenticationChoices, NotProved, runChipAuthentication } from './chip-authentication.ts';
import { proveByMapping } from './chip-mapping.ts';
import { parseDg15, type ActiveKey } from './dg15.ts';
import type { FileName } from './files.ts';
import type { TrustAnchors } from './pki/anchors.ts';
import { parseDg14, type ChipSecurity } from './security-info.ts';

/** What was read and how the chip was opened, to prove that it is no copy. */
export interface ProofContext {
  channel: CardChannel;
  opened: Opened;
  files: ReadonlyMap<FileName, Uint8Array>;
  /** EF.CardSecurity, where PACE with chip authentication mapping gave a reason to read it. */
  cardSecurity: Uint8Array | null;
  anchors: TrustAnchors;
  today: string;
  random: Random;
  /** Whether answers of more than 256 bytes may be asked for. */
  extended: boolean;
  /** Opens the channel anew after the card has closed it. */
  reopen: () => Promise<void>;
}

export interface Proof {
  verdicts: { active: Verdict; chip: Verdict; chipKeySigned: boolean };
  derSignature: boolean;
  /** DG14 repeats what the card offers for opening it, and what it was opened by is not among that. */
  offerDiffers: boolean;
  /** What broke the read at the very end, when all files were there. */
  fault: ProblemError | null;
}

const unreadableKey = (group: string): Verdict => ({ ok: null, reason: `Tệp khóa ${group} của chip không đúng cấu trúc nên chưa kiểm tra được.` });
const noKey = (group: string): Verdict => ({ ok: null, reason: `Chưa kiểm tra: không có tệp khóa ${group} đọc từ chip.` });

/**
 * Active Authentication with the key of DG15, then Chip Authentication with that of DG14 unless PACE has proved the chip
 * already. Chip Authentication comes last: whatever comes of it, nothing is left to be read.
 * @throws ProblemError those of the channel
 */
export async function proveChip(context: ProofContext): Promise<Proof> {
  const security = parsed(context.files.get('DG14'), parseDg14);
  const active = await proveActive(context, security === 'damaged' ? null : security);
  const mapping = proveByMapping(context, security === 'damaged' ? null : security);
  const { verdict: chip, fault } = mapping && mapping.verdict.ok !== null ? { verdict: mapping.verdict, fault: null } : await proveByAgreement(context, security);
  return {
    verdicts: { active: active.verdict, chip, chipKeySigned: mapping?.keySigned === true && chip === mapping.verdict },
    derSignature: active.derSignature,
    offerDiffers: offerDiffers(context.opened, security === 'damaged' ? null : security),
    fault,
  };
}

/** EF.CardAccess is not signed; DG14 repeats it (ICAO 9303-11 clause 9.2), so that nobody in between makes it weaker. */
function offerDiffers({ offer }: Opened, security: ChipSecurity | null): boolean {
  if (!offer || !security || security.pace.length === 0) return false;
  return !security.pace.some(({ oid, parameterId }) => oid === offer.oid && parameterId === offer.parameterId);
}

async function proveActive(context: ProofContext, security: ChipSecurity | null): Promise<ActiveResult> {
  const key = parsed(context.files.get('DG15'), parseDg15);
  if (key === 'damaged') return unproved(unreadableKey('DG15'));
  if (!key) return unproved(context.files.has('DG15') ? { ok: null, reason: 'Chip dùng khóa xác thực chủ động mà phần mềm chưa hỗ trợ.' } : noKey('DG15'));
  return runActive(context, key, security);
}

function unproved(verdict: Verdict): ActiveResult {
  return { verdict, derSignature: false, wrongLength: false };
}

/** A card that turns out not to answer at extended length is asked once more without it. */
async function runActive(context: ProofContext, key: ActiveKey, security: ChipSecurity | null): Promise<ActiveResult> {
  const hashName = security?.activeHash ?? null;
  const result = await runActiveAuthentication(context.channel, key, hashName, context.random, context.extended);
  if (!result.wrongLength || !context.extended) return result;
  await openAgain(context);
  return runActiveAuthentication(context.channel, key, hashName, context.random, false);
}

/** A card may close the channel with its refusal. Only where another command follows is it worth being opened anew. */
async function openAgain({ channel, reopen }: ProofContext): Promise<void> {
  if (!channel.protected) await reopen();
}

async function proveByAgreement(context: ProofContext, security: ChipSecurity | 'damaged' | null): Promise<{ verdict: Verdict; fault: ProblemError | null }> {
  if (security === 'damaged') return { verdict: unreadableKey('DG14'), fault: null };
  if (!security) return { verdict: noKey('DG14'), fault: null };
  if (chipAuthenticationChoices(security).length > 0) await openAgain(context);
  try {
    return { verdict: await runChipAuthentication(context.channel, security, context.random), fault: null };
  } catch (error) {
    if (error instanceof NotProved) return { verdict: error.verdict, fault: error };
    throw error;
  }
}

function parsed<T>(file: Uint8Array | undefined, parse: (file: Uint8Array) => T): T | 'damaged' | null {
  if (!file) return null;
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof ProblemError) return 'damaged';
    throw error;
  }
}
