import { ProblemError } from '../../shared/contracts/problems.ts';
import { parseMrz, type Mrz } from '../../shared/domain/mrz.ts';
import { needChild, readTlv, readTlvs } from './tlv.ts';

/**
 * The MRZ in DG1: 61 { 5F1F } (ICAO 9303-10 clause 4.7.1). A sign that no MRZ has counts as a filler, so that changed data
 * are still read and told as changed.
 * @throws ProblemError `card-file-invalid`
 */
export function parseDg1(file: Uint8Array): Mrz {
  const text = needChild(readTlvs(readTlv(file).value), 0x5f1f, 'DG1').value;
  if (text.length > 120) throw new ProblemError('card-file-invalid', 'DG1: too long');
  const written = String.fromCharCode(...text);
  const mrz = parseMrz(written) ?? parseMrz(written.replaceAll(/[^A-Z0-9<]/g, '<'));
  if (!mrz) throw new ProblemError('card-file-invalid', 'DG1: no MRZ');
  return mrz;
}
