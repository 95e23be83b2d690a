import { describe, expect, it } from 'vitest';
import { problem } from '../../shared/contracts/problems.ts';
import type { Input, Output } from '../../shared/contracts/requests/index.ts';
import { scanOnce } from '../../renderer/views/gate/scan-once.ts';

const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const scan = { code: 'NV1', lane: null, via: 'camera' as const };
const answer = { scanId: id } as Output<'gate/scan'>;

/** A service that answers or fails in this order. */
function service(...turns: (Error | Output<'gate/scan'> | ReturnType<typeof problem>)[]) {
  const asked: Input<'gate/scan'>[] = [];
  const waited: number[] = [];
  return {
    asked, waited,
    parts: (isBack: boolean) => ({
      newId: () => id,
      ask: async (_: 'gate/scan', input: Input<'gate/scan'>) => {
        asked.push(input);
        const turn = turns.shift()!;
        if ('scanId' in turn) return turn;
        throw turn;
      },
      serviceBack: async (ms: number) => {
        waited.push(ms);
        return isBack;
      },
    }),
  };
}

describe('a scan that is under way while the service ends', () => {
  it('is asked again with the same id when the service is back within two seconds', async () => {
    const { parts, asked, waited } = service(problem('service-restarted'), answer);
    expect(await scanOnce(parts(true), scan)).toBe(answer);
    expect(asked).toEqual([{ ...scan, scanId: id }, { ...scan, scanId: id }]);
    expect(waited).toEqual([2000]);
  });
  it('is told as not recorded when the service stays away, or ends once more', async () => {
    const away = service(problem('service-restarted'));
    await expect(scanOnce(away.parts(false), scan)).rejects.toMatchObject({ code: 'service-restarted' });
    const twice = service(problem('service-restarted'), problem('service-restarted'), answer);
    await expect(scanOnce(twice.parts(true), scan)).rejects.toMatchObject({ code: 'service-restarted' });
    expect([away.asked.length, twice.asked.length]).toEqual([1, 2]);
  });
  it('another failure is told at once', async () => {
    const { parts, asked, waited } = service(problem('disk-full'), answer);
    await expect(scanOnce(parts(true), scan)).rejects.toMatchObject({ code: 'disk-full' });
    expect([asked.length, waited.length]).toEqual([1, 0]);
  });
});
