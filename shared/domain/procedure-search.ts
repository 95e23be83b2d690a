import type { Procedure } from '../contracts/dossier.ts';
import { fold } from './vietnamese.ts';

/** A test for procedures whose name, field or code holds every word of a query, accents or not; an empty query fits all. */
export function procedureSearch(query: string): (procedure: Pick<Procedure, 'code' | 'name' | 'field'>) => boolean {
  const words = fold(query).split(' ').filter((word) => word !== '');
  return ({ code, name, field }) => {
    const text = fold(`${code} ${name} ${field}`);
    return words.every((word) => text.includes(word));
  };
}
