import { otherGroups, readCard } from '../../electron/card/read-card.ts';
import { VirtualChip } from './chip.ts';
import { issueCard } from './issue.ts';
import { SignatureKind, type CardProfileInput } from './profile.ts';
import { vectorChecks } from './self-check-vectors.ts';

// Bundled to one file and run inside Electron too, whose crypto is BoringSSL: what OpenSSL can do proves nothing there.

export interface Check {
  name: string;
  ok: boolean;
}

const day = '2026-01-15';

/** A full read: every verdict must be yes. */
async function wholeRead(profile: CardProfileInput): Promise<boolean> {
  const card = issueCard({ active: { kind: 'ecdsa' }, chip: {}, ...profile });
  const { ok, trust } = await readCard(new VirtualChip(card), { mrz: card.mrz.join('') }, {
    also: otherGroups, anchors: { certificates: [card.csca], crls: [card.crl] }, today: day,
  });
  return ok && Object.values(trust).every((verdict) => verdict.ok === true);
}

const curves = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const groups = [0, 1, 2];
const suites = ['3des', 'aes-128', 'aes-192', 'aes-256'] as const;
const hashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
const of = <T>(values: readonly T[], i: number): T => values[i % values.length]!;

/** Every parameter once, several at a time. */
const reads: Record<string, CardProfileInput> = {
  ...Object.fromEntries([...curves, ...groups].map((parameterId, i): [string, CardProfileInput] => [
    `parameter id ${parameterId}, ${of(suites, i)}`,
    { pace: { parameterId, suite: of(suites, i) }, chip: { parameterId, suite: of(suites, i + 1) }, active: { kind: 'ecdsa', parameterId: parameterId < 8 ? 12 : parameterId, hash: of(hashes, i) } },
  ])),
  ...Object.fromEntries(SignatureKind.options.map((signer, i): [string, CardProfileInput] => [
    `signed by ${signer}, ${of(hashes, i)}`,
    { signer, issuer: { cscaHash: of(hashes, i), signerHash: of(hashes, i), ldsHash: of(hashes, i) } },
  ])),
  ...Object.fromEntries((['rsa-1024', 'rsa-1280', 'rsa-1536', 'rsa-2048'] as const).map((kind, i): [string, CardProfileInput] => [
    `active authentication ${kind}, ${of(hashes, i)}`, { active: { kind, hash: of(hashes, i) } },
  ])),
  ...Object.fromEntries([12, 13, 17].map((parameterId): [string, CardProfileInput] => [
    `chip authentication mapping, id ${parameterId}`, { pace: { mapping: 'cam', parameterId, suite: 'aes-256' } },
  ])),
  'BAC, 3DES chip authentication': { pace: null, chip: { suite: '3des' } },
};

/** Every cipher, hash, curve and signature of the card code once, by the standard's examples and by whole reads. */
export async function selfCheck(): Promise<Check[]> {
  const all: Record<string, () => Promise<boolean>> = {
    ...vectorChecks,
    ...Object.fromEntries(Object.entries(reads).map(([name, profile]) => [`full read: ${name}`, () => wholeRead(profile)])),
  };
  const checks: Check[] = [];
  for (const [name, run] of Object.entries(all)) {
    // What a runtime cannot do throws: that is an answer here, not an end.
    checks.push({ name, ok: await run().catch(() => false) });
  }
  return checks;
}
