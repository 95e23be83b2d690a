import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PcscReaders } from '../../electron/devices/pcsc.ts';
import { channelLies, matrixCards, otherLies, pulled, stalled, type Fault } from '../fixtures/card/fault-matrix.ts';
import { PcscBench } from '../fixtures/card/pcsc-bench.ts';
import { startPcscd, type Pcscd } from '../virtual-card/pcscd.ts';

// A sample of the whole matrix (test/long/card-faults-pcsc.test.ts), over the true pcscd: the first and the last command,
// and one of each phase between them. All places at once are in card-faults.test.ts, in process.

let pcscd: Pcscd;
let readers: PcscReaders;
let bench: PcscBench;
let count: Record<Fault['counts'], number>;

beforeAll(async () => {
  pcscd = await startPcscd();
  readers = new PcscReaders();
  bench = new PcscBench(readers, matrixCards['PACE']!);
  count = await bench.measure();
});
afterAll(async () => {
  await bench.remove();
  readers.close();
  await pcscd.stop();
});

/** SELECT, PACE's first and last step, a file, the proofs: a place of each, as a share of the whole read. */
const phases = [0, 0.2, 0.35, 0.6, 0.9, 1];

function placeOf(fault: Fault, phase: number): number {
  return fault.from + Math.round(phase * (count[fault.counts] - fault.from));
}

describe('a full read with proofs over pcscd', () => {
  it.each(phases)('pulledAt_%d_ofTheRead_isToldAndTheNextReadIsWhole', async (phase) => {
    expect(await bench.wrongAt(pulled, placeOf(pulled, phase))).toBeNull();
  });

  it.each(phases)('stalledAt_%d_ofTheRead_isToldAndTheNextReadIsWhole', async (phase) => {
    const fault = stalled(900);
    expect(await bench.wrongAt(fault, placeOf(fault, phase), { answerMs: 300 })).toBeNull();
  });

  const sample = ['garbage', 'emptyAnswer', 'answerCutInHalf', 'status9000', 'status6700', 'status6988', 'status6F00', 'plainAt'];
  const others = otherLies.filter(({ name }) => sample.includes(name));
  const lies: [string, Fault, number][] = [...channelLies, ...others].map((fault, i) => [fault.name, fault, phases[(i * 5) % phases.length]!]);

  it.each(lies)('%s_atOnePlace_isToldOrGotAroundAndTheNextReadIsWhole', async (_, fault, phase) => {
    expect(await bench.wrongAt(fault, placeOf(fault, phase))).toBeNull();
  });
});
