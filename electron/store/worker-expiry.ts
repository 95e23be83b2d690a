import { bandOf, type ExpiryBand, type ExpiryKind } from '../../shared/domain/worker-expiry.ts';
import { fold } from '../../shared/domain/vietnamese.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import type { Store } from './store.ts';

export interface ExpiryLine {
  workerId: string; fullName: string; department: string; employer: string; nationality: string | null; what: ExpiryKind; date: string; band: ExpiryBand;
}

/**
 * Permits, passports and contracts of those who still work here that end within 60 days or are over, the most pressing
 * first. Walks the whole roster: not for the path of scans. @param today ISO date
 */
export function readExpiries(store: Store, { today, what, query }: { today: string; what: ExpiryKind | null; query: string }): ExpiryLine[] {
  const words = fold(query).split(' ').filter((word) => word !== '');
  const rows = store.sql<(string | null)[], Omit<ExpiryLine, 'band'> & { searchText: string }>(`
    with worker_date as (
      select worker_id, full_name, department, employer, nationality, search_text, 'permit' as what, json_extract(details, '$.permit.expiresOn') as date from worker
        where details <> '{}' and (end_date is null or end_date >= ?)
      union all
      select worker_id, full_name, department, employer, nationality, search_text, 'passport', json_extract(details, '$.passportExpiresOn') from worker
        where details <> '{}' and (end_date is null or end_date >= ?)
      union all
      select worker_id, full_name, department, employer, nationality, search_text, 'contract', json_extract(details, '$.contractTo') from worker
        where details <> '{}' and (end_date is null or end_date >= ?))
    select worker_id as workerId, full_name as fullName, department, employer, nationality, search_text as searchText, what, date from worker_date
    where date is not null and date <= ? and (? is null or what = ?) order by date, worker_id`).all(today, today, today, addDays(today, 60), what, what);
  return rows.filter(({ searchText }) => words.every((word) => searchText.includes(word)))
    .map(({ workerId, fullName, department, employer, nationality, what: kind, date }) => (
      { workerId, fullName, department, employer, nationality, what: kind, date, band: bandOf(date, today) ?? '60' }));
}
