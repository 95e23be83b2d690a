import { ProblemError } from '../../shared/contracts/problems.ts';
import { sameBytes } from './bytes.ts';
import { hash, type HashName } from './ciphers.ts';
import { parseSignedCms, type SignedCms } from './pki/cms.ts';
import { children, Fields, sequenceIn, tags, valueOf } from './pki/der.ts';
import { hashNameOf } from './pki/public-key.ts';
import { oidText, readTlv, smallInteger } from './tlv.ts';

/** EF.SOD opened, nothing of it checked yet (ICAO 9303-10 clause 4.6.2): the CMS, and what its LDSSecurityObject lists. */
export interface Sod extends SignedCms {
  hashName: HashName;
  /** Hash by data group number. */
  hashes: ReadonlyMap<number, Uint8Array>;
}

export const ldsSecurityObject = '2.23.136.1.1.1';
const sodTag = 0x77;
const maxGroups = 32;

/** @throws ProblemError `card-file-invalid` */
export function parseSod(file: Uint8Array): Sod {
  const { tag, value } = readTlv(file);
  if (tag !== sodTag) throw new ProblemError('card-file-invalid', 'SOD: tag');
  const cms = parseSignedCms(value);
  return { ...cms, ...parseSecurityObject(cms.content) };
}

function parseSecurityObject(content: Uint8Array): { hashName: HashName; hashes: Map<number, Uint8Array> } {
  const fields = new Fields(sequenceIn(content, 'SOD'), 'SOD');
  fields.need(tags.integer);
  const algorithm = new Fields(fields.need(tags.sequence).value, 'SOD hash');
  const hashName = hashNameOf(oidText(algorithm.need(tags.oid).value));
  const hashes = new Map<number, Uint8Array>();
  for (const entry of children(fields.need(tags.sequence).value)) {
    const pair = new Fields(valueOf(entry, tags.sequence, 'SOD entry'), 'SOD entry');
    hashes.set(smallInteger(pair.need(tags.integer).value, 'SOD'), pair.need(tags.octets).value);
    if (hashes.size > maxGroups) throw new ProblemError('card-file-invalid', 'SOD: too many groups');
  }
  return { hashName, hashes };
}

/** Whether a data group as it was read, header included, is the signed one. Null when the SOD does not list it. */
export function groupMatches(sod: Sod, group: number, file: Uint8Array): boolean | null {
  const expected = sod.hashes.get(group);
  return expected === undefined ? null : sameBytes(expected, hash(sod.hashName, file));
}
