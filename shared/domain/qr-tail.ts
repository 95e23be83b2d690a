import type { QrWarning } from './identity-qr.ts';

/** What the fields after the seventh tell. */
export interface Tail { cancelledId: string | null; oldId: string | null; father: string | null; mother: string | null }

/** The order of the fields after the seventh is in no published text, so each is known by its content. */
export function readTail(fields: string[], warnings: Set<QrWarning>): Tail {
  const tail: Tail = { cancelledId: null, oldId: null, father: null, mother: null };
  const names: { name: string; at: number }[] = [];
  fields.forEach((field, at) => {
    if (field === '') return;
    if (/^\d{12}$/.test(field) && tail.cancelledId === null) {
      tail.cancelledId = field;
      if (at !== 0) warnings.add('tail-order-assumed');
    }
    else if (/^\d{9}$/.test(field) && tail.oldId === null) tail.oldId = field;
    else if (/^[\p{L}\p{M}][^\d]{0,199}$/u.test(field) && names.length < 2) names.push({ name: field, at });
    else warnings.add('tail-unknown');
  });
  if (names.length > 0) warnings.add('parents-order-assumed');
  if (names.length === 1 && names[0]!.at >= 2) tail.mother = names[0]!.name;
  else [tail.father, tail.mother] = [names[0]?.name ?? null, names[1]?.name ?? null];
  return tail;
}
