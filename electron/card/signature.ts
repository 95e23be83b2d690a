import { checkCmsSignature, type CmsSignature } from './pki/cms.ts';
import { ldsSecurityObject, type Sod } from './sod.ts';

/**
 * Checks the SOD's signature by the certificate inside it, and that what is signed is a security object: it says that
 * nothing was changed since signing, not who signed (ICAO 9303-11 clause 5.1).
 * @throws ProblemError `card-file-invalid` for algorithms and keys that we do not know
 */
export function checkSodSignature(sod: Sod): CmsSignature {
  return sod.contentType === ldsSecurityObject ? checkCmsSignature(sod) : 'wrong-content';
}
