import type { HashName, SuiteName } from '../../electron/card/ciphers.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import type { AgreementKey } from './chip-keys.ts';
import type { CardProfile, Chip } from './profile.ts';

/** SecurityInfos as the card writes them (ICAO 9303-11 clause 9.2, BSI TR-03110-3 clause A.1.1). */

const cipherArc: Record<SuiteName, number> = { '3des': 1, 'aes-128': 2, 'aes-192': 3, 'aes-256': 4 };
const plainEcdsaArc: Record<HashName, number> = { sha1: 1, sha224: 2, sha256: 3, sha384: 4, sha512: 5 };
const bsi = '0.4.0.127.0.7';
const integer = (n: number): Uint8Array => tlv(0x02, Uint8Array.of(n));
const info = (oid: string, ...fields: readonly Uint8Array[]): Uint8Array => tlv(0x30, tlv(0x06, oidBytes(oid)), ...fields);

/** A way of PACE that the card offers. */
export interface PaceWay {
  oid: string;
  mapping: 'gm' | 'cam';
}

/** id-PACE-DH-GM, id-PACE-ECDH-GM, id-PACE-ECDH-CAM, each with the cipher's arc. CAM is defined with AES only. */
export function paceWays(pace: CardProfile['pace']): PaceWay[] {
  if (!pace) return [];
  const cipher = cipherArc[pace.suite];
  const gm: PaceWay = { oid: `${bsi}.2.2.4.${pace.parameterId <= 2 ? 1 : 2}.${cipher}`, mapping: 'gm' };
  const cam: PaceWay = { oid: `${bsi}.2.2.4.6.${cipher}`, mapping: 'cam' };
  if (pace.mapping === 'gm') return [gm];
  return pace.alsoGm ? [gm, cam] : [cam];
}

export function paceInfo(way: PaceWay, parameterId: number): Uint8Array {
  return info(way.oid, integer(2), integer(parameterId));
}

/** ChipAuthenticationInfo, version 1 (TR-03110 also has 2 and 3 for other purposes). */
export function chipInfo({ parameterId, suite, keyId }: Pick<Chip, 'parameterId' | 'suite' | 'keyId'>): Uint8Array {
  return info(chipOid({ parameterId, suite }), integer(1), ...(keyId === null ? [] : [integer(keyId)]));
}

/** id-CA-DH or id-CA-ECDH with the cipher's arc. */
export function chipOid({ parameterId, suite }: Pick<Chip, 'parameterId' | 'suite'>): string {
  return `${bsi}.2.2.3.${parameterId <= 2 ? 1 : 2}.${cipherArc[suite]}`;
}

/** ChipAuthenticationPublicKeyInfo. */
export function chipPublicKeyInfo(key: AgreementKey, keyId: number | null): Uint8Array {
  return info(`${bsi}.2.2.1.${key.group.elliptic ? 2 : 1}`, key.publicKeyInfo, ...(keyId === null ? [] : [integer(keyId)]));
}

/** ActiveAuthenticationInfo (ICAO 9303-11 clause 9.2.8): ECDSA in plain form with this hash. */
export function activeInfo(hashName: HashName): Uint8Array {
  return info('2.23.136.1.1.5', integer(1), tlv(0x06, oidBytes(`${bsi}.1.1.4.1.${plainEcdsaArc[hashName]}`)));
}

/** DER sorts a SET by its encodings (ISO/IEC 8825-1 clause 11.6). */
export function securityInfoSet(infos: readonly Uint8Array[]): Uint8Array {
  return tlv(0x31, ...infos.toSorted((a, b) => Buffer.compare(a, b)));
}
