import { describe, expect, it } from 'vitest';
import { isProblemCode, ProblemError } from '../../../shared/contracts/problems.ts';
import { readCard } from '../../../electron/card/read-card.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';

const ways: readonly [string, CardProfileInput][] = [['pace', {}], ['bac', { pace: null }]];

function keyOf(card: ReturnType<typeof issueCard>) {
  return { mrz: card.mrz.join('') };
}

/** How many commands a whole read of this card takes. */
async function commandsOf(profile: CardProfileInput): Promise<number> {
  const chip = new VirtualChip(issueCard(profile));
  await readCard(chip, keyOf(chip.card), { also: ['DG2'] });
  return chip.apdus;
}

describe.each(ways)('the card pulled, by %s', (_, profile) => {
  it('atEachCommand_isOneProblemAndTheNextReadWorks', async () => {
    const commands = await commandsOf(profile);
    const good = issueCard(profile);
    for (let removeAfter = 0; removeAfter < commands; removeAfter += 1) {
      const pulled = await readCard(new VirtualChip(issueCard({ ...profile, faults: { removeAfter } })), keyOf(good), { also: ['DG2'] });
      expect({ removeAfter, ok: pulled.ok, code: pulled.problem?.code }).toEqual({ removeAfter, ok: false, code: 'card-removed' });
      const next = await readCard(new VirtualChip(good), keyOf(good));
      expect({ removeAfter, ok: next.ok }).toEqual({ removeAfter, ok: true });
    }
  });
});

describe.each(ways)('a lying card, by %s', (_, profile) => {
  it.each(['wrongMacAt', 'missingStatusAt', 'missingMacAt', 'otherStatusAt'] as const)('%s_anyProtectedAnswer_breaksTheChannel', async (fault) => {
    // Six files are read after the application is selected by PACE; the first five answers exist either way.
    for (let at = 1; at <= 5; at += 1) {
      const card = issueCard({ ...profile, faults: { [fault]: at } });
      const reading = await readCard(new VirtualChip(card), keyOf(card), { also: ['DG2'] });
      expect({ at, ok: reading.ok, code: reading.problem?.code }).toEqual({ at, ok: false, code: 'card-channel-broken' });
    }
  });

  it('answerSentAgain_breaksTheChannel', async () => {
    const card = issueCard({ ...profile, faults: { replayAt: 3 } });
    expect((await readCard(new VirtualChip(card), keyOf(card))).problem?.code).toBe('card-channel-broken');
  });

  it('garbageAtAnyCommand_isACodedProblemOrGotAround', async () => {
    const commands = await commandsOf(profile);
    for (let garbageAt = 1; garbageAt <= commands; garbageAt += 1) {
      const card = issueCard({ ...profile, faults: { garbageAt } });
      const reading = await readCard(new VirtualChip(card), keyOf(card), { also: ['DG2'] });
      expect(reading.ok || isProblemCode(reading.problem?.code)).toBe(true);
      expect(reading.problem?.detail ?? '').not.toContain('unexpected');
    }
  });

  it('stallAtAnyCommand_endsByTheTimeOut', async () => {
    const commands = await commandsOf(profile);
    for (let stallAt = 1; stallAt <= commands; stallAt += 1) {
      const card = issueCard({ ...profile, faults: { stallAt, stallMs: 200 } });
      const reading = await readCard(new VirtualChip(card), keyOf(card), { also: ['DG2'], answerMs: 50 });
      expect({ stallAt, code: reading.problem?.code }).toEqual({ stallAt, code: 'card-timeout' });
    }
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
