import { describe, expect, it } from 'vitest';
import { emptiedBy, emptiedOf, mostEmptied } from '../../shared/contracts/erasure.ts';

const [own, former] = ['00000000000000aa', '00000000000000bb'];
const told = (emptied: unknown) => emptiedBy({ epoch: own, seq: 100, payload: { emptied, basis: 'Luật' } });

describe('which events an erasure names', () => {
  it('numbersOfSeveralEpochs_becomeRuns_inWhateverOrderTheyCome', () => {
    const events = [[own, 7], [own, 3], [own, 4], [former, 9], [own, 4], [own, 5]].map(([epoch, seq]) => ({ epoch: epoch as string, seq: seq as number }));
    const emptied = emptiedOf(events);
    expect(emptied).toEqual([{ epoch: own, runs: [[3, 5], [7, 7]] }, { epoch: former, runs: [[9, 9]] }]);
    expect(told(emptied)).toEqual(emptied);
    expect(emptiedOf([])).toEqual([]);
  });

  it('anEventWithCountsOnly_namesNone', () => {
    expect(emptiedBy({ epoch: own, seq: 5, payload: { workers: 3, events: 40 } })).toEqual([]);
  });

  it.each([
    ['itself', [{ epoch: own, runs: [[99, 100]] }]], ['backwards', [{ epoch: former, runs: [[5, 4]] }]], ['twice', [{ epoch: former, runs: [[1, 4], [4, 5]] }]],
    ['falling', [{ epoch: former, runs: [[5, 6], [1, 2]] }]], ['too many', [{ epoch: former, runs: [[1, mostEmptied + 1]] }]], ['nothing', [{ epoch: former, runs: [] }]],
    ['an epoch twice', [{ epoch: former, runs: [[1, 1]] }, { epoch: former, runs: [[2, 2]] }]], ['no epoch', [{ epoch: 'x', runs: [[1, 1]] }]], ['text', 'all'], ['zero', [{ epoch: former, runs: [[0, 1]] }]],
  ])('%s_isRefused', (_, emptied) => {
    expect(told(emptied)).toBeNull();
  });

  it('asManyAsAreAllowed_areTaken', () => {
    expect(told([{ epoch: former, runs: [[1, mostEmptied]] }])).toHaveLength(1);
  });
});
