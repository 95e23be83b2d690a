import type { WorkerDetails } from '../contracts/worker-details.ts';
import { fold } from './vietnamese.ts';
import { addDays } from './work-date.ts';

/** What of a worker ends on a date: giấy phép lao động, hộ chiếu, hợp đồng lao động. */
export type ExpiryKind = 'permit' | 'passport' | 'contract';
export interface Expiry { what: ExpiryKind; date: string }
/** How near an end is: over, or within so many days. */
export type ExpiryBand = 'over' | '7' | '30' | '60';
export const expiryBands = ['over', '7', '30', '60'] as const satisfies readonly ExpiryBand[];

/** Everything of a worker that ends, the nearest first. */
export function expiriesOf({ permit, passportExpiresOn, contractTo }: WorkerDetails): Expiry[] {
  const dates: [ExpiryKind, string | null][] = [['permit', permit?.expiresOn ?? null], ['passport', passportExpiresOn], ['contract', contractTo]];
  return dates.flatMap(([what, date]) => (date === null ? [] : [{ what, date }])).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** The narrowest band in which a date lies; null where it is more than 60 days away. The last day of validity is not over. */
export function bandOf(date: string, today: string): ExpiryBand | null {
  if (date < today) return 'over';
  return (['7', '30', '60'] as const).find((days) => date <= addDays(today, Number(days))) ?? null;
}

// Some write the kind of unit before the name, some do not.
const kinds = /^(?:tinh|thanh pho|tp\.?)\s+/;

/** Whether a permit holds in a province. One that names none does not say where it holds: true. */
export function isPermitFor(provinces: readonly string[], province: string): boolean {
  const plain = (name: string): string => fold(name).replace(kinds, '');
  return provinces.length === 0 || provinces.some((each) => plain(each) === plain(province));
}
