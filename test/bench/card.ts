import { performance } from 'node:perf_hooks';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import type { CardKey } from '../../electron/card/card-key.ts';
import { readCard, type ReadOptions } from '../../electron/card/read-card.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { issueCard } from '../virtual-card/issue.ts';
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
async function oneRead(profile: CardProfileInput, options: ReadOptions): Promise<{ apdus: number; ms: number }> {
  const card = issueCard(profile);
  const key: CardKey = { can: card.can };
  const measured = new Measured(new VirtualChip(card));
  let access: number | null = null;
  const from = performance.now();
  const reading = await readCard(measured, key, { ...options, onProgress: () => { access ??= measured.apdus - 1; } });
  const ms = performance.now() - from - measured.ownMs;
  if (!reading.ok || reading.trust.hashes.ok !== true || access === null) throw new Error(`the bench's card was not read: ${reading.problem?.code}`);
  return { apdus: measured.apdus - access, ms };
}

function figure(name: string, value: number, unit: string, goal: string, met: boolean): Figure {
  return { name, value, unit, peer: null, ratio: null, goal, met };
}

async function ownTime(name: string, profile: CardProfileInput, options: ReadOptions, limit: number): Promise<Figure> {
  await oneRead(profile, options);
  const samples: number[] = [];
  for (let i = 0; i < rounds; i += 1) samples.push((await oneRead(profile, options)).ms);
  const p95 = percentile(samples, 95);
  return figure(name, rounded(p95), 'ms p95', `<= ${limit} ms`, p95 <= limit);
}

/** Figures of chip reading: commands of DG1, DG13 and SOD (with EF.COM), and our own time without waiting for the card. */
export async function bench(): Promise<Figure[]> {
  const extended = await oneRead({}, {});
  const short = await oneRead({ faults: { noExtended: true } }, {});
  return [
    figure('card: commands after access, extended length', extended.apdus, 'APDU', '<= 16', extended.apdus <= 16),
    figure('card: commands after access, short length', short.apdus, 'APDU', '<= 40', short.apdus <= 40),
    await ownTime('card: own time, PACE AES-128 on P-256 and read', {}, {}, 150),
    await ownTime('card: own time, PACE AES-256 on brainpoolP512r1 and read', { pace: { suite: 'aes-256', parameterId: 17 } }, {}, 150),
    await ownTime('card: own time, with DG2 of 15 kB', { faceBytes: 15_000 }, { also: ['DG2'] }, 250),
  ];
}
