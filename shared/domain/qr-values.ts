import type { Citizen, ReadValue } from '../contracts/identity.ts';
import type { QrWarning } from './identity-qr.ts';

/** Where each value of a citizen comes from and how well it was read. Only values that are there have an entry. */
export type CitizenValues = Partial<Record<keyof Citizen, ReadValue>>;

type Doubt = readonly [fields: readonly (keyof Citizen)[], confidence: 'medium' | 'low'];
const letters = ['fullName', 'sex', 'residence', 'father', 'mother'] as const;
const every = [...letters, 'personalId', 'oldId', 'birthDate', 'issuedOn', 'cancelledId'] as const;

/** Which values a remark makes less certain, the most serious first. A remark without an entry concerns no value. */
const doubts: Partial<Record<QrWarning, Doubt>> = {
  'marks-missing': [['fullName', 'residence', 'father', 'mother'], 'low'],
  'parents-order-assumed': [['father', 'mother'], 'low'],
  'old-id-unusual': [['oldId'], 'low'],
  'name-unusual': [['fullName'], 'low'],
  'separator-replaced': [every, 'medium'],
  'layout-foreign': [every, 'medium'],
  'text-repaired': [letters, 'medium'],
  'signs-removed': [letters, 'medium'],
  'id-sex-differs': [['personalId', 'sex'], 'medium'],
  'id-birth-year-differs': [['personalId', 'birthDate'], 'medium'],
  'id-place-unknown': [['personalId'], 'medium'],
  'birth-year-only': [['birthDate'], 'medium'],
  'issue-date-early': [['issuedOn'], 'medium'],
  'tail-order-assumed': [['cancelledId'], 'medium'],
  'old-id-from-tail': [['oldId'], 'medium'],
};

/** Source, confidence and its reason (the code of the remark) for each value that the text has. */
export function valuesOf(citizen: Partial<Citizen>, warnings: ReadonlySet<QrWarning>): CitizenValues {
  const values: CitizenValues = {};
  for (const [field, value] of Object.entries(citizen) as [keyof Citizen, unknown][]) {
    if (value === null || value === undefined || value === '') continue;
    const found = (Object.entries(doubts) as [QrWarning, Doubt][]).find(([warning, [fields]]) => warnings.has(warning) && fields.includes(field));
    values[field] = found === undefined ? { source: 'qr', confidence: 'high' } : { source: 'qr', confidence: found[1][1], reason: found[0] };
  }
  return values;
}
