import { fold } from '../../../shared/domain/vietnamese.ts';

/** A log-in name for a person: given name, then initials. `loginNameFor('Nguyễn Văn An') === 'an.nv'`. */
export function loginNameFor(displayName: string): string {
  const words = fold(displayName).replace(/[^a-z0-9 ]/g, '').split(' ').filter(Boolean);
  const given = words.pop();
  if (given === undefined) return '';
  const initials = words.map((w) => w.slice(0, 1)).join('');
  return (initials === '' ? given : `${given}.${initials}`).slice(0, 40);
}
