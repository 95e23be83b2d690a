import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { decodeFace } from '../../electron/card/decode-face.ts';
import { parseDg2 } from '../../electron/card/dg2.ts';
import { otherGroups, readCard, type ReadOptions } from '../../electron/card/read-card.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../virtual-card/issue.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';
import { percentile, rounded, type Figure } from './figure.ts';

const rounds = 30;

/** A card that counts its commands and the time that it takes itself, so that ours can be told apart. */
class Measured implements Transceiver {
  apdus = 0;
  ownMs = 0;
  readonly #chip: VirtualChip;

  constructor(chip: VirtualChip) {
    this.#chip = chip;
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const from = performance.now();
    const answer = await this.#chip.transmit(apdu);
    this.ownMs += performance.now() - from;
    this.apdus += 1;
    return answer;
  }
}

/** One read: commands after the application was selected, and our own time in milliseconds. */
async function oneRead(card: IssuedCard, options: ReadOptions): Promise<{ apdus: number; ms: number }> {
  const measured = new Measured(new VirtualChip(card));
  let access: number | null = null;
  const from = performance.now();
  const reading = await readCard(measured, { can: card.can }, { ...options, onProgress: () => { access ??= measured.apdus - 1; } });
  const ms = performance.now() - from - measured.ownMs;
  if (!reading.ok || reading.trust.hashes.ok !== true || access === null) throw new Error(`the bench's card was not read: ${reading.problem?.code}`);
  if (options.anchors && reading.trust.genuine.ok !== true) throw new Error(`the bench's card is not genuine: ${reading.trust.genuine.reason}`);
  return { apdus: measured.apdus - access, ms };
}

function figure(name: string, value: number, unit: string, goal: string, met: boolean): Figure {
  return { name, value, unit, peer: null, ratio: null, goal, met };
}

/** The 95th percentile of one thing done again and again, its first times left out: code that nobody ran yet is slow once. */
async function timed(name: string, limit: number, once: () => Promise<number>): Promise<Figure> {
  for (let i = 0; i < 3; i += 1) await once();
  const samples: number[] = [];
  for (let i = 0; i < rounds; i += 1) samples.push(await once());
  const p95 = percentile(samples, 95);
  return figure(`${name}, median ${rounded(percentile(samples, 50))}`, rounded(p95), 'ms p95', `<= ${limit} ms`, p95 <= limit);
}

function plainRead(name: string, profile: CardProfileInput): Promise<Figure> {
  const card = issueCard(profile);
  return timed(`card: own time, ${name}`, 150, async () => (await oneRead(card, {})).ms);
}

/** Everything: face of 15 kB, signature, chain and CRL, Active and Chip Authentication. */
function wholeRead(name: string, profile: CardProfileInput): Promise<Figure> {
  const card = issueCard({ faceBytes: 15_000, ...profile });
  const options: ReadOptions = { also: otherGroups, anchors: { certificates: [card.csca], crls: [card.crl] } };
  return timed(`card: own time, DG2 of 15 kB and full trust, ${name}`, 250, async () => (await oneRead(card, options)).ms);
}

async function decoding(): Promise<Figure> {
  const { bytes } = parseDg2(readFileSync(path.join(import.meta.dirname, '../fixtures/card/specimen/EF_DG2.bin')));
  return timed('card: JP2 face of 413 x 531 decoded', 250, async () => {
    const from = performance.now();
    await decodeFace({ bytes });
    return performance.now() - from;
  });
}

/** Figures of chip reading: commands of DG1, DG13 and SOD (with EF.COM), and our own time without waiting for the card. */
export async function bench(): Promise<Figure[]> {
  const extended = await oneRead(issueCard(), {});
  const short = await oneRead(issueCard({ faults: { noExtended: true } }), {});
  const strongest = { pace: { suite: 'aes-256', parameterId: 17 }, signer: 'ecdsa-brainpool-512-explicit' } as const;
  return [
    figure('card: commands after access, extended length', extended.apdus, 'APDU', '<= 16', extended.apdus <= 16),
    figure('card: commands after access, short length', short.apdus, 'APDU', '<= 40', short.apdus <= 40),
    await plainRead('PACE AES-128 on P-256 and read', {}),
    await plainRead('PACE AES-256 on brainpoolP512r1 and read', strongest),
    await plainRead('PACE AES-256 over 2,048-bit DH and read', { pace: { suite: 'aes-256', parameterId: 2 } }),
    await wholeRead('P-256, RSA-2048 AA', { active: { kind: 'rsa-2048' }, chip: {} }),
    await wholeRead('brainpoolP512r1 throughout', { ...strongest, active: { kind: 'ecdsa', parameterId: 17, hash: 'sha512' }, chip: { suite: 'aes-256', parameterId: 17 } }),
    await decoding(),
  ];
}
