import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, verifyChain } from '../../electron/store/index.ts';
import { isProblemCode, problems } from '../../shared/contracts/problems.ts';
import { importRows, setUpService } from './test-service.ts';

const qr = '001090000001||Nguyễn Văn An|01011990|Nam|Số 1, Hà Nội|01052021';

/** Mutations of true codes, and texts that were never one. */
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(qr.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 6 })).map(([at, drop, put]) => qr.slice(0, at) + put + qr.slice(at + drop)) },
  { weight: 2, arbitrary: fc.nat(qr.length).map((at) => qr.slice(0, at)) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 70 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9|]{0,200}$/) },
  { weight: 1, arbitrary: fc.constantFrom(qr + qr, '|'.repeat(3999), '0'.repeat(4000), "' or 1=1 --", '\ud800', '${7*7}', '../../../etc/passwd', '__proto__', '\u202eNV1', 'NV1\0', '١٢٣٤٥٦٧٨٩٠١٢') },
);

describe('hostile codes', () => {
  it('10,000 of them are each answered and stored; none stops the gate or breaks the chain', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,,,CA1,7700001,P-1,');
    const codes = fc.sample(hostile, { numRuns: 10_000, seed: 20_261_122 });
    const first = readEvents(service.context.store, { afterSeq: 0, limit: 100 }).length;
    let last = first;
    for (const text of codes) {
      const answer = await service.ask('gate/scan', { code: text, lane: '1', via: 'camera' });
      expect(answer.seq).toBe(last += 1);
      const code = answer.problem?.code;
      expect(answer.problem?.vi).toBe(isProblemCode(code) ? problems[code].vi : undefined);
      expect(['recorded', 'repeat', 'unknown', 'unreadable']).toContain(answer.outcome);
      expect(answer.problem === null).toBe(answer.outcome === 'recorded' || answer.outcome === 'repeat');
    }
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true, events: first + 10_000 });
    expect(await service.ask('gate/scan', { code: '7700001', lane: 'ra', via: 'camera' })).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  }, 120_000);

  it('no event tells a residence or birth date of what was scanned', async () => {
    const service = await setUpService();
    for (const code of [qr, `${qr}x`, qr.replaceAll('|', '\n'), qr.slice(3), qr.replaceAll('|', ' ')]) await service.ask('gate/scan', { code, lane: '1', via: 'camera' });
    expect(JSON.stringify(readEvents(service.context.store, { afterSeq: 0, limit: 100 }).map((event) => event.payload))).not.toMatch(/Hà Nội|01011990|Nguyễn Văn An\|/);
  });
});
