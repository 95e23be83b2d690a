import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { parseMrz } from '../../../shared/domain/mrz.ts';
import { chipAuthenticationChoices } from '../../../electron/card/chip-authentication.ts';
import { parseDg1 } from '../../../electron/card/dg1.ts';
import { parseDg11, parseDg12 } from '../../../electron/card/dg11.ts';
import { parseDg13, personFromDg13 } from '../../../electron/card/dg13.ts';
import { parseDg15 } from '../../../electron/card/dg15.ts';
import { parseDg2 } from '../../../electron/card/dg2.ts';
import { parseCom } from '../../../electron/card/ef-com.ts';
import { codestreamOf, imageHeader } from '../../../electron/card/image-header.ts';
import { recover } from '../../../electron/card/iso-9796.ts';
import { paceOffers, parseDg14 } from '../../../electron/card/security-info.ts';
import { checkSodSignature } from '../../../electron/card/signature.ts';
import { parseSod } from '../../../electron/card/sod.ts';
import { readTlvs } from '../../../electron/card/tlv.ts';
import { otherGroups, readCard } from '../../../electron/card/read-card.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';

const card = issueCard({ active: { kind: 'rsa-1024' }, chip: { keyId: 3, secondKey: true }, details: true, face: { format: 'jp2' } });
const others = [
  issueCard({ active: {}, chip: { parameterId: 0 }, face: { record: '39794-5' } }), issueCard({ document: {}, details: true, chip: { parameters: 'standardised' } }),
];
const seeds: Uint8Array[] = [...[card, ...others].flatMap(({ files }) => [...files.values()]), card.cardAccess!];
const parsers: Record<string, (bytes: Uint8Array) => unknown> = {
  tlv: readTlvs,
  com: parseCom,
  dg1: parseDg1,
  dg13: (bytes) => personFromDg13(parseDg13(bytes)),
  dg2: parseDg2,
  dg11: parseDg11,
  dg12: parseDg12,
  dg14: (bytes) => chipAuthenticationChoices(parseDg14(bytes)),
  dg15: parseDg15,
  image: (bytes) => [imageHeader(bytes), codestreamOf(bytes)],
  recovered: recover,
  cardAccess: paceOffers,
  sod: (bytes) => checkSodSignature(parseSod(bytes)),
};

/** A file with some bytes changed, cut out or put in. */
const mutated = fc.tuple(
  fc.constantFrom(...seeds),
  fc.array(fc.record({ at: fc.nat(), how: fc.constantFrom('set', 'cut', 'put'), byte: fc.integer({ min: 0, max: 255 }), length: fc.integer({ min: 1, max: 30 }) }), { minLength: 1, maxLength: 8 }),
).map(([seed, changes]) => {
  let bytes = [...seed];
  for (const { at, how, byte, length } of changes) {
    const place = at % (bytes.length + 1);
    if (how === 'set') bytes[place] = byte;
    else if (how === 'cut') bytes.splice(place, length);
    else bytes = [...bytes.slice(0, place), ...Array<number>(length).fill(byte), ...bytes.slice(place)];
  }
  return Uint8Array.from(bytes);
});
const input = fc.oneof(mutated, fc.uint8Array({ maxLength: 300 }));

describe.each(Object.entries(parsers))('%s', (_, parse) => {
  it('mutatedBytes_onlyCodedProblems', () => {
    const surprises: unknown[] = [];
    fc.assert(fc.property(input, (bytes) => {
      try {
        parse(bytes);
      } catch (error) {
        if (!(error instanceof ProblemError)) surprises.push(error);
      }
    }), { numRuns: 1_500 });
    expect(surprises).toEqual([]);
  });
});

describe('whole reads', () => {
  it('anyFileMutated_readEndsWithoutAnUnexpectedFault', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...card.files.keys()), mutated, async (id, bytes) => {
      const files = new Map(card.files).set(id, bytes);
      const reading = await readCard(new VirtualChip({ ...card, files }), { can: card.can }, { also: otherGroups });
      expect(reading.problem?.detail ?? '').not.toContain('unexpected');
    }), { numRuns: 150 });
  });

  it('randomAnswers_endInACodedProblem', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 40 }), async (answers) => {
      const left = [...answers];
      const reading = await readCard({ transmit: async () => left.shift() ?? Uint8Array.of(0x90, 0) }, { mrz: card.mrz.join('') });
      expect(reading.ok).toBe(false);
      expect(reading.problem?.detail ?? '').not.toContain('unexpected');
    }), { numRuns: 300 });
  });
});

describe('MRZ texts', () => {
  it('anyText_isAnMrzOrNull', () => {
    const unit = fc.constantFrom(...'<<<<0123456789ABCXYZ \n');
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit, minLength: 85, maxLength: 95 })), (text) => {
      const mrz = parseMrz(text);
      expect(mrz === null || mrz.lines.length >= 2).toBe(true);
    }), { numRuns: 3_000 });
  });
});
