import { beforeAll, describe, expect, it } from 'vitest';
import type { CardReading } from '../../../shared/contracts/identity.ts';
import { isProblemCode, ProblemError } from '../../../shared/contracts/problems.ts';
import { otherGroups, readCard, type ReadOptions } from '../../../electron/card/read-card.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput, Faults } from '../../virtual-card/profile.ts';

// A whole read with everything there is to prove and to show, once by each way of access.
const ways: readonly [string, CardProfileInput][] = [
  ['pace', { active: {}, chip: {}, faceBytes: 3_000 }],
  ['bac', { pace: null, active: { kind: 'rsa-1024' }, chip: { suite: '3des' }, faceBytes: 3_000 }],
];

function keyOf(card: IssuedCard) {
  return { mrz: card.mrz.join('') };
}

function withFaults(card: IssuedCard, faults: Partial<Faults>): IssuedCard {
  return { ...card, profile: { ...card.profile, faults: { ...card.profile.faults, ...faults } } };
}

async function readWhole(card: IssuedCard, options: ReadOptions = {}): Promise<CardReading> {
  return readCard(new VirtualChip(card), keyOf(card), { also: otherGroups, ...options });
}

/** An outcome that a card may bring about by misbehaving: got around, a forged chip, or a coded problem. */
function isFair({ ok, problem }: CardReading): boolean {
  return ok ? problem === null : isProblemCode(problem?.code) && !(problem?.detail ?? '').includes('unexpected');
}

describe.each(ways)('every command of a whole read, by %s', (_, profile) => {
  const card = issueCard(profile);
  let commands = 0;
  beforeAll(async () => {
    const chip = new VirtualChip(card);
    await readCard(chip, keyOf(card), { also: otherGroups });
    commands = chip.apdus;
  });

  it('noFault_everythingIsReadAndProved', async () => {
    expect(await readWhole(card)).toMatchObject({ ok: true, trust: { active: { ok: true }, chip: { ok: true } } });
    expect(commands).toBeGreaterThan(15);
  });

  it('cardPulled_isOneProblemAndTheNextReadWorks', async () => {
    for (let removeAfter = 0; removeAfter < commands; removeAfter += 1) {
      const pulled = await readWhole(withFaults(card, { removeAfter }));
      expect({ removeAfter, ok: pulled.ok, code: pulled.problem?.code }).toEqual({ removeAfter, ok: false, code: 'card-removed' });
    }
    expect((await readWhole(card)).ok).toBe(true);
  });

  it('answerOfNoBytes_isARemovedCard', async () => {
    for (let emptyAt = 1; emptyAt <= commands; emptyAt += 1) {
      expect({ emptyAt, code: (await readWhole(withFaults(card, { emptyAt }))).problem?.code }).toEqual({ emptyAt, code: 'card-removed' });
    }
  });

  it('stall_endsByTheTimeOut', async () => {
    for (let stallAt = 1; stallAt <= commands; stallAt += 1) {
      const reading = await readWhole(withFaults(card, { stallAt, stallMs: 300 }), { answerMs: 100 });
      expect({ stallAt, code: reading.problem?.code }).toEqual({ stallAt, code: 'card-timeout' });
    }
  });

  it.each(['garbageAt', 'cutAt', 'statusAt', 'replayAt', 'plainAt'] as const)('%s_isACodedProblemOrGotAround', async (fault) => {
    for (let at = 1; at <= commands; at += 1) {
      expect({ at, fair: isFair(await readWhole(withFaults(card, { [fault]: at }))) }).toEqual({ at, fair: true });
    }
  });

  it.each(['wrongMacAt', 'missingStatusAt', 'missingMacAt', 'otherStatusAt', 'bitAt', 'extraObjectAt'] as const)('%s_breaksTheChannel', async (fault) => {
    const outcomes: string[] = [];
    for (let at = 1; at <= commands && outcomes.at(-1) !== 'no such answer'; at += 1) {
      const { ok, problem, trust } = await readWhole(withFaults(card, { [fault]: at }));
      outcomes.push(ok ? 'no such answer' : trust.genuine.ok === true ? 'called genuine' : problem!.code);
    }
    expect(outcomes.pop()).toBe('no such answer');
    expect(outcomes.filter((outcome) => outcome === 'card-channel-broken').length).toBeGreaterThan(5);
    expect(new Set(outcomes)).toEqual(new Set(['card-channel-broken']));
  });

  it('wrongMacInTheProofOfTheChip_isAProblemBesideAFalseVerdict', async () => {
    const readings = [];
    for (let at = 1; readings.at(-1)?.ok !== true; at += 1) readings.push(await readWhole(withFaults(card, { wrongMacAt: at })));
    expect(readings.at(-2)).toMatchObject({
      ok: false, problem: { code: 'card-channel-broken' }, trust: { hashes: { ok: true }, signature: { ok: true }, chip: { ok: false }, genuine: { ok: false } },
    });
  });
});

describe('a card that cheats in the key agreement', () => {
  it.each<[string, CardProfileInput, string]>([
    ['pacePointOffCurve', { faults: { pacePointOffCurve: true }, bac: false }, 'card-protocol'],
    ['paceEchoesKey', { faults: { paceEchoesKey: true }, bac: false }, 'card-protocol'],
    ['paceTokenWrong', { faults: { paceTokenWrong: true } }, 'card-key-wrong'],
    ['bacNonceWrong', { pace: null, faults: { bacNonceWrong: true } }, 'card-protocol'],
  ])('%s_isRefused', async (_, profile, code) => {
    const card = issueCard(profile);
    expect((await readCard(new VirtualChip(card), keyOf(card))).problem?.code).toBe(code);
  });
});

describe('the reader and the person', () => {
  it('cancelledRead_endsAtOnce', async () => {
    const abort = new AbortController();
    const card = issueCard({ faults: { stallAt: 5, stallMs: 500 } });
    const reading = readCard(new VirtualChip(card), keyOf(card), { signal: abort.signal });
    abort.abort();
    expect((await reading).problem?.code).toBe('cancelled');
  });

  it('readerThatThrows_isARemovedCard', async () => {
    const reading = await readCard({ transmit: () => Promise.reject(new Error('Transaction failed')) }, { can: '012345' });
    expect(reading.problem?.code).toBe('card-removed');
  });

  it('readerThatFailsOnlyAtExtendedLength_isGotAround', async () => {
    const chip = new VirtualChip(issueCard());
    const reading = await readCard({
      transmit: (apdu) => (apdu.length > 5 && apdu[4] === 0 ? Promise.reject(new ProblemError('card-mute')) : chip.transmit(apdu)),
    }, { can: chip.card.can }, { also: ['DG2'] });
    expect(reading).toMatchObject({ ok: true, trust: { hashes: { ok: true } } });
  });

  it('endlessAnswers_endByTheCount', async () => {
    const reading = await readCard({ transmit: async () => Uint8Array.of(0x61, 0xff) }, { can: '012345' });
    expect(reading.problem?.code).toBe('card-protocol');
  });

  it('otherCard_isNoIdentityCard', async () => {
    const reading = await readCard({ transmit: async () => Uint8Array.of(0x6a, 0x82) }, { can: '012345' });
    expect(reading.problem?.code).toBe('card-not-identity');
  });

  it('answerOfMoreThanTheBuffer_isRefused', async () => {
    const reading = await readCard({ transmit: async () => new Uint8Array(70_000) }, { can: '012345' });
    expect(reading.problem?.code).toBe('card-protocol');
  });
});
