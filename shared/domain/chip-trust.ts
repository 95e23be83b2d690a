import type { CardReading, ChipTrust } from '../contracts/identity.ts';

const words: Readonly<Record<ChipTrust, string>> = {
  'failed': 'Chip không qua được kiểm tra. Không dùng dữ liệu này; hãy kiểm tra lại giấy tờ.',
  'genuine': 'Chip thật: dữ liệu nguyên vẹn, đúng nơi cấp, không phải bản sao.',
  'chained': 'Dữ liệu nguyên vẹn, đúng nơi cấp. Chưa kiểm tra được chip có bị sao chép hay không.',
  'intact': 'Dữ liệu nguyên vẹn từ khi được ký. Chưa đối chiếu được nơi cấp.',
  'not-checked': 'Chưa kiểm tra được dữ liệu trong chip.',
};

/**
 * How far a chip can be trusted, in one word and one sentence: `failed` when any check failed, else the highest state that
 * was reached (ICAO 9303-11 clause 5: intact by hashes and signature, chained to a trusted CSCA, genuine by AA or CA too).
 */
export function chipTrust(trust: CardReading['trust']): { state: ChipTrust; vi: string } {
  const state = stateOf(trust);
  return { state, vi: words[state] };
}

function stateOf({ hashes, signature, chain, active, chip, genuine }: CardReading['trust']): ChipTrust {
  if ([hashes, signature, chain, active, chip, genuine].some(({ ok }) => ok === false)) return 'failed';
  if (hashes.ok !== true || signature.ok !== true) return 'not-checked';
  if (chain.ok !== true) return 'intact';
  return genuine.ok === true ? 'genuine' : 'chained';
}
