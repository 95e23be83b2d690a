import { ProblemError } from '../../shared/contracts/problems.ts';
import type { HashName, SuiteName } from './ciphers.ts';
import { standardCurves } from './curves.ts';
import { standardGroups } from './dh-group.ts';
import { dhDomain, ecDomain, type Domain } from './key-agreement.ts';
import { agreementKey, type AgreementKey } from './agreement-key.ts';
import { oidText, readTlv, readTlvs, smallInteger, type Tlv } from './tlv.ts';

/** How PACE maps the nonce (ICAO 9303-11 clause 4.4.3.3). Integrated mapping is left out: no card seen offers it alone. */
export type Mapping = 'generic' | 'chip-authentication';

/** One way of PACE that the card offers and that we can do. */
export interface PaceOffer {
  oid: string;
  mapping: Mapping;
  suite: SuiteName;
  parameterId: number;
  domain: Domain;
}

/** One way of Chip Authentication: algorithm, and the number of its key where the card has several. */
export interface ChipAuthenticationOffer {
  oid: string;
  kind: Domain['kind'];
  suite: SuiteName;
  keyId: Uint8Array | null;
}

/** A static public key of the chip (ChipAuthenticationPublicKeyInfo); null where its parameters are none that we know. */
export interface ChipKey {
  kind: Domain['kind'];
  keyId: Uint8Array | null;
  key: AgreementKey | null;
}

// Object identifiers of ICAO 9303-11 clause 9.2: the last arc of PACE and of Chip Authentication names the cipher.
const paceMappings: Record<string, { mapping: Mapping; kind: Domain['kind'] }> = {
  '0.4.0.127.0.7.2.2.4.1': { mapping: 'generic', kind: 'dh' },
  '0.4.0.127.0.7.2.2.4.2': { mapping: 'generic', kind: 'ecdh' },
  '0.4.0.127.0.7.2.2.4.6': { mapping: 'chip-authentication', kind: 'ecdh' },
};
const chipAuthentications: Record<string, Domain['kind']> = { '0.4.0.127.0.7.2.2.3.1': 'dh', '0.4.0.127.0.7.2.2.3.2': 'ecdh' };
const chipKeys: Record<string, Domain['kind']> = { '0.4.0.127.0.7.2.2.1.1': 'dh', '0.4.0.127.0.7.2.2.1.2': 'ecdh' };
const activeAuthentication = '2.23.136.1.1.5';
const plainEcdsa = '0.4.0.127.0.7.1.1.4.1';

const suiteByArc: Record<string, SuiteName> = { 1: '3des', 2: 'aes-128', 3: 'aes-192', 4: 'aes-256' };
const hashByArc: Record<string, HashName> = { 1: 'sha1', 2: 'sha224', 3: 'sha256', 4: 'sha384', 5: 'sha512' };
/** Strongest first; beside equal ciphers the mapping that proves the chip too, then the quicker group. */
const strength: readonly SuiteName[] = ['aes-256', 'aes-192', 'aes-128', '3des'];
const paceVersion = 2;
const maxInfos = 64;

/** The SEQUENCEs of a SecurityInfos SET (EF.CardAccess, and DG14 inside its tag). @throws ProblemError `card-file-invalid` */
function securityInfos(file: Uint8Array): { oid: string; rest: Tlv[] }[] {
  const set = readTlv(file);
  if (set.tag !== 0x31) throw new ProblemError('card-file-invalid', 'security infos');
  return readTlvs(set.value).slice(0, maxInfos).flatMap((node) => {
    const [id, ...rest] = node.tag === 0x30 ? readTlvs(node.value) : [];
    return id?.tag === 0x06 ? [{ oid: oidText(id.value), rest }] : [];
  });
}

function split(oid: string): [base: string, arc: string] {
  const dot = oid.lastIndexOf('.');
  return [oid.slice(0, dot), oid.slice(dot + 1)];
}

/** The PACE offers of EF.CardAccess that we know, best first, in the card's order otherwise. */
export function paceOffers(cardAccess: Uint8Array): PaceOffer[] {
  const offers = securityInfos(cardAccess).flatMap(({ oid, rest }): PaceOffer[] => {
    const [base, arc] = split(oid);
    const way = paceMappings[base];
    const suite = suiteByArc[arc];
    const [version, parameter] = rest;
    if (!way || !suite || version?.tag !== 0x02 || smallInteger(version.value, 'pace version') !== paceVersion) return [];
    if (parameter?.tag !== 0x02) return [];
    const parameterId = smallInteger(parameter.value, 'pace parameter');
    const domain = standardDomain(way.kind, parameterId);
    return domain ? [{ oid, mapping: way.mapping, suite, parameterId, domain }] : [];
  });
  const rank = ({ suite, mapping, domain }: PaceOffer): number =>
    strength.indexOf(suite) * 4 + (mapping === 'generic' ? 1 : 0) + (domain.kind === 'dh' ? 2 : 0);
  return offers.toSorted((a, b) => rank(a) - rank(b));
}

/** The group of a standardised domain parameter id (ICAO 9303-11 clause 9.5.1); undefined for one that is reserved. */
function standardDomain(kind: Domain['kind'], parameterId: number): Domain | undefined {
  if (kind === 'dh') {
    const group = standardGroups[parameterId];
    return group && dhDomain(group);
  }
  const curve = standardCurves[parameterId];
  return curve && ecDomain(curve.point);
}

/** What DG14, or the content of EF.CardSecurity, says about proving that the chip is no copy. */
export interface ChipSecurity {
  /** Best first. */
  offers: ChipAuthenticationOffer[];
  keys: ChipKey[];
  /** The ways of PACE that it repeats from EF.CardAccess, signed here: object identifier and parameter id. */
  pace: { oid: string; parameterId: number }[];
  /** Hash of an elliptic Active Authentication (ActiveAuthenticationInfo); null when not given. */
  activeHash: HashName | null;
}

/** @throws ProblemError `card-file-invalid` */
export function chipSecurity(infos: Uint8Array): ChipSecurity {
  const found: ChipSecurity = { offers: [], keys: [], pace: [], activeHash: null };
  for (const { oid, rest } of securityInfos(infos)) {
    const [base, arc] = split(oid);
    const agreement = chipAuthentications[base];
    const suite = suiteByArc[arc];
    const kind = chipKeys[oid];
    if (agreement && suite) found.offers.push({ oid, kind: agreement, suite, keyId: keyIdOf(rest[1]) });
    else if (kind && rest[0]) found.keys.push({ kind, keyId: keyIdOf(rest[1]), key: readableKey(rest[0]) });
    else if (paceMappings[base] && rest[1]?.tag === 0x02) found.pace.push({ oid, parameterId: smallInteger(rest[1].value, 'pace parameter') });
    else if (oid === activeAuthentication && rest[1]?.tag === 0x06) {
      const [family, which] = split(oidText(rest[1].value));
      if (family === plainEcdsa) found.activeHash = hashByArc[which] ?? null;
    }
  }
  found.offers = found.offers.toSorted((a, b) => strength.indexOf(a.suite) - strength.indexOf(b.suite));
  return found;
}

/** DG14: 6E { SecurityInfos } (ICAO 9303-10 clause 4.7.14). @throws ProblemError `card-file-invalid` */
export function parseDg14(file: Uint8Array): ChipSecurity {
  return chipSecurity(readTlv(file).value);
}

/** A key that is damaged is one that we cannot use: the others still hold. */
function readableKey(info: Tlv): AgreementKey | null {
  try {
    return agreementKey(info);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function keyIdOf(node: Tlv | undefined): Uint8Array | null {
  if (node?.tag !== 0x02) return null;
  if (node.value.length === 0 || node.value.length > 16) throw new ProblemError('card-file-invalid', 'key id');
  // As it is sent: the number without the zero that only keeps it positive.
  return node.value.length > 1 && node.value[0] === 0 ? node.value.subarray(1) : node.value;
}
