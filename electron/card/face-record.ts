import { ProblemError } from '../../shared/contracts/problems.ts';
import { findImage } from './image-header.ts';

const magic = [0x46, 0x41, 0x43, 0x00];
const version2005 = [0x30, 0x31, 0x30, 0x00];
const headerLength = 14;
const facialInformation = 20;
const featurePoint = 8;
const imageInformation = 12;

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65_536 + u16(bytes, at + 2);

/**
 * The first image of a face record of ISO/IEC 19794-5:2005 (clause 5: header, facial information, feature points, image
 * information, image); null when it is no such record at all. Of a later version, which no sample shows, the image is
 * found by its own first bytes.
 * @throws ProblemError `card-file-invalid` when lengths do not fit
 */
export function imageOfFaceRecord(record: Uint8Array): Uint8Array | null {
  if (!magic.every((byte, i) => record[i] === byte)) return null;
  if (!version2005.every((byte, i) => record[4 + i] === byte)) return foundImage(record);
  const total = u32(record, 8);
  const faces = u16(record, 12);
  if (total > record.length || faces === 0) throw new ProblemError('card-file-invalid', 'DG2: face record');
  const block = record.subarray(headerLength, total);
  const length = u32(block, 0);
  const before = facialInformation + u16(block, 4) * featurePoint + imageInformation;
  if (length > block.length || before >= length) throw new ProblemError('card-file-invalid', 'DG2: face block');
  return block.subarray(before, length);
}

function foundImage(record: Uint8Array): Uint8Array {
  const at = findImage(record);
  if (at < 0) throw new ProblemError('card-file-invalid', 'DG2: face record');
  return record.subarray(at);
}
