import { describe, expect, it } from 'vitest';
import { blockBegin, blockStart, runText, siteBlock, stepBlock, toldText } from '../../shared/contracts/site.ts';
import { sha256 } from '../fixtures/scripted-kiosk.ts';

const event = (seq: number) => ({ seq, hash: sha256(String(seq)) });
const events = [3, 4, 9, 10, 90].map(event);

describe('what a gate signs of its events', () => {
  it.each([[1, 0], [siteBlock, 0], [siteBlock + 1, siteBlock], [2 * siteBlock, siteBlock]])('blockOf_%i_beginsAfter_%i', (seq, start) => {
    expect(blockStart(seq)).toBe(start);
  });

  it('theReckoning_isTheSameHoweverTheBlockIsCut', () => {
    const whole = stepBlock(blockBegin(0), events, sha256);
    for (let cut = 0; cut <= events.length; cut += 1) {
      expect(stepBlock(stepBlock(blockBegin(0), events.slice(0, cut), sha256), events.slice(cut), sha256)).toEqual(whole);
    }
  });

  it('anEventLeftOut_changed_orMoved_givesAnother', () => {
    const state = (of: readonly { seq: number; hash: string }[]): string => stepBlock(blockBegin(0), of, sha256).state;
    const others = [
      ...events.map((_, at) => events.toSpliced(at, 1)), ...events.map(({ seq }, at) => events.with(at, { seq, hash: sha256('other') })),
      ...events.map(({ hash }, at) => events.with(at, { seq: 50, hash })), events.toReversed(), [],
    ];
    expect(new Set([events, ...others].map(state)).size).toBe(others.length + 1);
  });

  it('aLaterBeginning_cannotBePassedOffAsAnEarlierOne', () => {
    // Whoever hides the first two says that the reckoning stood at 0 where it stood at 4: the next step holds that number.
    const at4 = stepBlock(blockBegin(0), events.slice(0, 2), sha256);
    expect(stepBlock({ seq: 0, state: at4.state }, events.slice(2), sha256).state).not.toBe(stepBlock(at4, events.slice(2), sha256).state);
  });

  it('whatIsSigned_namesDeviceEpochReachAndForm', () => {
    const last = stepBlock(blockBegin(0), events, sha256);
    const run = { device: sha256('a'), epoch: '0'.repeat(16), through: 100 };
    const texts = [runText(run, last), runText({ ...run, device: sha256('b') }, last), runText({ ...run, epoch: '1'.repeat(16) }, last),
      runText({ ...run, through: 101 }, last), runText(run, { ...last, seq: 91 }), runText(run, blockBegin(0))];
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts[0]).toMatch(/^motcua site run 2\n/);
    const told = { device: sha256('a'), name: 'Cổng 1\n2', epoch: null, seq: 1, until: null };
    expect(toldText(told)).not.toBe(toldText({ ...told, name: 'Cổng 1', seq: 2 }));
    expect(toldText(told).split('\n')).toHaveLength(2);
  });
});
