import { describe, expect, it } from 'vitest';
import type { CardReading } from '../../shared/contracts/identity.ts';
import { otherGroups, readCard, type ReadOptions } from '../../electron/card/read-card.ts';
import { channelLies, complaint, matrixCards, otherLies, pulled, stalled, type Fault } from '../fixtures/card/fault-matrix.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../virtual-card/issue.ts';
import { Faults } from '../virtual-card/profile.ts';

// The card pulled, stalled or lying at every single command of a full read, in process: every fault at every place.

const named = (faults: readonly Fault[]): [string, Fault][] => faults.map((fault) => [fault.name, fault]);
const fast: ReadOptions = { answerMs: 40 };

function fullRead(chip: VirtualChip, options: ReadOptions = {}): Promise<CardReading> {
  const { card } = chip;
  return readCard(chip, { mrz: card.mrz.join('') }, { also: otherGroups, anchors: { certificates: [card.csca], crls: [card.crl] }, ...options });
}

const withFaults = (card: IssuedCard, faults: Partial<Faults>): IssuedCard => ({ ...card, profile: { ...card.profile, faults: Faults.parse(faults) } });

/** Every step of the read was done, and every verdict is yes. */
const whole = ({ ok, trust }: CardReading): boolean => ok && Object.values(trust).every((verdict) => verdict.ok === true);

describe.each(Object.entries(matrixCards))('a full read by %s', (way, profile) => {
  const card = issueCard(profile);
  const id = card.profile.person.personalId;

  /** What is wrong at which place, over every place of a full read; empty when all is as it must be. */
  async function wrongPlaces(fault: Fault, options: ReadOptions = {}): Promise<unknown[]> {
    const good = new VirtualChip(card);
    const wrong: unknown[] = whole(await fullRead(good)) ? [] : ['the good card is not read'];
    const count = fault.counts === 'commands' ? good.apdus : good.protectedAnswers;
    for (let at = fault.from; at <= count; at += 1) {
      const reading = await fullRead(new VirtualChip(withFaults(card, fault.at(at))), options);
      const found = complaint(fault, reading, id);
      if (found !== null) wrong.push({ at, found, problem: reading.problem });
    }
    return whole(await fullRead(new VirtualChip(card))) ? wrong : [...wrong, 'the next card is not read'];
  }

  it('pulledAtEveryCommand_isACardRemovedAndTheNextReadWorks', async () => {
    expect(await wrongPlaces(pulled)).toEqual([]);
  });
  it('stalledAtEveryCommand_isATimeOutAndTheNextReadWorks', async () => {
    expect(await wrongPlaces(stalled(2_000), fast)).toEqual([]);
  });
  it.each(named(channelLies))('%s_atEveryAnswer_breaksTheChannel', async (_name, fault) => {
    expect(await wrongPlaces(fault)).toEqual([]);
  });
  // By the other ways of opening, what can be got around is the same code.
  it.each(named(way === 'PACE' ? otherLies : otherLies.slice(0, 3)))('%s_atEveryCommand_isACodedProblemOrGotAround', async (_name, fault) => {
    expect(await wrongPlaces(fault)).toEqual([]);
  });
});
