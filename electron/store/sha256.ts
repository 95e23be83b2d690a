import { createHash } from 'node:crypto';
import type { Sha256 } from '../../shared/contracts/event.ts';

/** Hex SHA-256 over the parts one after the other; texts as UTF-8. */
export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
