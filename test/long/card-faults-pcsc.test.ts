import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../electron/card/read-card.ts';
import { PcscReaders } from '../../electron/devices/pcsc.ts';
import { channelLies, matrixCards, otherLies, pulled, stalled, type Fault } from '../fixtures/card/fault-matrix.ts';
import { PcscBench } from '../fixtures/card/pcsc-bench.ts';
import { startPcscd, type Pcscd } from '../virtual-card/pcscd.ts';

// The whole matrix over the true pcscd: every fault at every single command of a full read, about an hour.

let pcscd: Pcscd;
let readers: PcscReaders;

beforeAll(async () => {
  pcscd = await startPcscd();
  readers = new PcscReaders();
});
afterAll(async () => {
  readers.close();
  await pcscd.stop();
});

describe.each(Object.entries(matrixCards))('a full read by %s over pcscd', (_, profile) => {
  let bench: PcscBench;
  afterEach(() => bench.remove());

  async function wrongPlaces(fault: Fault, options: ReadOptions = {}): Promise<string[]> {
    bench = new PcscBench(readers, profile);
    const count = (await bench.measure())[fault.counts];
    const wrong: string[] = [];
    for (let at = fault.from; at <= count; at += 1) {
      const found = await bench.wrongAt(fault, at, options);
      if (found !== null) wrong.push(found);
    }
    return wrong;
  }

  it('pulledAtEveryCommand_isToldAndTheNextReadIsWhole', async () => {
    expect(await wrongPlaces(pulled)).toEqual([]);
  });

  // The reader's own patience, as a person would meet it.
  it('stalledAtEveryCommand_isToldWithinFiveSecondsAndTheNextReadIsWhole', async () => {
    expect(await wrongPlaces(stalled(4_600))).toEqual([]);
  });

  it.each([...channelLies, ...otherLies].map((fault) => [fault.name, fault] as const))('%s_atEveryPlace_isToldOrGotAround', async (_name, fault) => {
    expect(await wrongPlaces(fault)).toEqual([]);
  });
});
