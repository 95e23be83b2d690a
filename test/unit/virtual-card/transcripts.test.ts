import { describe, expect, it } from 'vitest';
import vectors from '../../fixtures/card/icao-9303-11-chip.json' with { type: 'json' };
import { fromBigInt, fromHex, toHex } from '../../../electron/card/bytes.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';

/** What the key generation must be given to come to this private key: it adds one. */
const forKey = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);

function replay(...values: readonly string[]): (length: number) => Uint8Array {
  const left = [...values];
  return (length) => fromBigInt(BigInt(`0x${left.shift()!}`), length);
}

describe('ICAO 9303-11 appendix G.2, the side of the chip', () => {
  const pace = vectors.paceDhGm;

  it('virtualCard_replayed_answersEveryCommandAsPrinted', async () => {
    const issued = issueCard({ pace: { suite: 'aes-128', parameterId: 0 } });
    const chip = new VirtualChip({ ...issued, mrzInformation: pace.mrzInformation }, replay(pace.s, forKey(pace.skMapIC), forKey(pace.skEphIC)));
    const answers: string[] = [];
    for (const [command] of pace.apdus) answers.push(toHex(await chip.transmit(fromHex(command!))));
    // The example's chip also names a certification authority (87), which belongs to terminal authentication.
    const printed = pace.apdus.map(([, answer]) => answer!).map((answer) => answer.replace(/^7C1B(8608.{16})870F.{30}9000$/, '7C0A$19000'));
    expect(answers).toEqual(printed);
  });

  it('virtualCard_efCardAccess_isAsPrinted', () => {
    expect(toHex(issueCard({ pace: { suite: 'aes-128', parameterId: 0 } }).cardAccess!)).toBe(pace.efCardAccess);
  });
});

describe('ICAO 9303-11 appendix I, the side of the chip', () => {
  it('virtualCard_efCardAccessWithChipMappingOnly_isAsPrinted', () => {
    const card = issueCard({ pace: { mapping: 'cam', suite: 'aes-128', parameterId: 13, alsoGm: false } });
    expect(toHex(card.cardAccess!)).toBe(vectors.paceEcdhCam.efCardAccess);
  });
});
