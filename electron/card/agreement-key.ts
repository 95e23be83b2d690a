import { ProblemError } from '../../shared/contracts/problems.ts';
import { toBigInt } from './bytes.ts';
import { curveByOid, curveByParameters, pointFromBytes, standardCurves, type NamedCurve } from './curves.ts';
import { dhBytes, groupByParameters, standardGroups, type DhGroup } from './dh-group.ts';
import { dhDomain, ecDomain, type Domain } from './key-agreement.ts';
import { needChild, oidText, readTlv, readTlvs, smallInteger, type Tlv } from './tlv.ts';

/** A public key for key agreement: its group, and the key as it would be sent. */
export interface AgreementKey {
  domain: Domain;
  /** The curve, null for a number field. */
  curve: NamedCurve | null;
  publicKey: Uint8Array;
}

const ecPublicKey = '1.2.840.10045.2.1';
const dhKeyAgreement = '1.2.840.113549.1.3.1';
const dhPublicNumber = '1.2.840.10046.2.1';
/** standardizedDomainParameters: the number of ICAO 9303-11 clause 9.5.1 in the place of parameters. */
const standardised = '0.4.0.127.0.7.1.2';

/**
 * The key of a SubjectPublicKeyInfo, with named, standardised or written-out parameters; null when they are none that
 * we know: unknown parameters are never computed with.
 * @throws ProblemError `card-file-invalid`
 */
export function agreementKey(info: Tlv): AgreementKey | null {
  const [algorithm, bits] = info.tag === 0x30 ? readTlvs(info.value) : [];
  if (algorithm?.tag !== 0x30 || bits?.tag !== 0x03 || bits.value[0] !== 0) throw new ProblemError('card-file-invalid', 'public key');
  const [id, parameters] = readTlvs(algorithm.value);
  if (id?.tag !== 0x06 || !parameters) throw new ProblemError('card-file-invalid', 'public key algorithm');
  const oid = oidText(id.value);
  const key = bits.value.subarray(1);
  const curve = curveOf(oid, parameters);
  if (curve) return ecKey(curve, key);
  const group = groupOf(oid, parameters);
  return group ? dhKey(group, key) : null;
}

function curveOf(oid: string, parameters: Tlv): NamedCurve | undefined {
  if (oid === standardised && parameters.tag === 0x02) return standardCurves[smallInteger(parameters.value, 'domain parameters')];
  if (oid !== ecPublicKey) return undefined;
  return parameters.tag === 0x06 ? curveByOid(oidText(parameters.value)) : curveByParameters(parameters.raw);
}

function groupOf(oid: string, parameters: Tlv): DhGroup | undefined {
  if (oid === standardised && parameters.tag === 0x02) return standardGroups[smallInteger(parameters.value, 'domain parameters')];
  if (oid === dhKeyAgreement) return groupByParameters(parameters.raw, 'pkcs3');
  return oid === dhPublicNumber ? groupByParameters(parameters.raw, 'x942') : undefined;
}

function ecKey(curve: NamedCurve, key: Uint8Array): AgreementKey {
  try {
    return { domain: ecDomain(curve.point), curve, publicKey: pointFromBytes(curve.point, key).toBytes(false) };
  } catch {
    throw new ProblemError('card-file-invalid', 'public key: point');
  }
}

function dhKey(group: DhGroup, key: Uint8Array): AgreementKey {
  const value = toBigInt(needChild([readTlv(key)], 0x02, 'dh key').value);
  if (value < 2n || value >= group.p) throw new ProblemError('card-file-invalid', 'dh key');
  return { domain: dhDomain(group), curve: null, publicKey: dhBytes(group, value) };
}
