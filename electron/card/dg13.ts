import { PersonalId, type ChipPerson } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { maxDepth, readTlv, readTlvs, type Tlv } from './tlv.ts';

/** The fields of DG13 by index, their texts in order, NFC and trimmed. */
export interface Dg13 {
  fields: ReadonlyMap<number, readonly string[]>;
  /** What stands beside each index, as it stands in the file: of an index that we do not know, all there is. */
  raw: ReadonlyMap<number, Uint8Array>;
  /** A text that is no valid UTF-8 was left out. */
  damaged: boolean;
}

// Vietnam's own layout, known only from programs that read it: one SEQUENCE a field, INTEGER index, then its texts.
const index = {
  personalId: 1, fullName: 2, birthDate: 3, sex: 4, nationality: 5, ethnicity: 6, religion: 7, origin: 8, residence: 9,
  features: 10, issuedOn: 11, expiresOn: 12, parents: 13, spouses: 14, oldId: 15, unnamed: 16,
} as const;
const known = new Set<number>(Object.values(index));

const sequence = 0x30;
const integer = 0x02;
const texts = new Set([0x0c, 0x13, 0x16, 0x04]);
const maxText = 2_000;
const maxTextsOfField = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * DG13 by a true BER parser: fields are found at any depth, in any order, of any length; unknown indices are kept,
 * missing texts are no fault. Where an index comes twice the first holds.
 * @throws ProblemError `card-file-invalid` when it is no TLV, or has no field at all
 */
export function parseDg13(file: Uint8Array): Dg13 {
  const found: Found = { fields: new Map(), raw: new Map(), damaged: false };
  collectFields(readTlvs(readTlv(file).value), found, 0);
  if (found.fields.size === 0) throw new ProblemError('card-file-invalid', 'DG13: no field');
  return found;
}

interface Found {
  fields: Map<number, string[]>;
  raw: Map<number, Uint8Array>;
  damaged: boolean;
}

function collectFields(nodes: readonly Tlv[], found: Found, depth: number): void {
  if (depth > maxDepth) throw new ProblemError('card-file-invalid', 'DG13: too deep');
  for (const node of nodes) {
    if (!node.constructed) continue;
    const children = readTlvs(node.value);
    const [first] = children;
    const number = node.tag === sequence && first?.tag === integer ? indexOf(first.value) : null;
    if (number !== null && first) {
      if (found.fields.has(number)) continue;
      found.fields.set(number, collectTexts(children.slice(1), found, depth + 1));
      found.raw.set(number, node.value.subarray(first.raw.length));
    } else collectFields(children, found, depth + 1);
  }
}

/** A byte, which may have a zero before it; null for what is no index. */
function indexOf(value: Uint8Array): number | null {
  if (value.length === 1) return value[0]!;
  return value.length === 2 && value[0] === 0 ? value[1]! : null;
}

/** The texts in their order; one that is missing in its wrapper, or damaged, keeps its place as an empty one. */
function collectTexts(nodes: readonly Tlv[], found: Found, depth: number): string[] {
  if (depth > maxDepth) throw new ProblemError('card-file-invalid', 'DG13: too deep');
  const out: string[] = [];
  for (const node of nodes) {
    if (node.constructed) {
      const inner = collectTexts(readTlvs(node.value), found, depth + 1);
      out.push(...(inner.length === 0 ? [''] : inner));
    } else if (texts.has(node.tag)) {
      const text = decode(node.value);
      if (text === null) found.damaged = true;
      out.push(text ?? '');
    }
    if (out.length > maxTextsOfField) throw new ProblemError('card-file-invalid', 'DG13: too many texts');
  }
  return out;
}

function decode(value: Uint8Array): string | null {
  if (value.length > maxText) return null;
  try {
    return utf8.decode(value).replaceAll('\0', '').trim().normalize('NFC');
  } catch {
    return null;
  }
}

/** `dd/mm/yyyy` (also with - or .) or a lone year, as ISO; null when it is no date. */
export function vietnameseDate(text: string | undefined): string | null {
  const match = /^(?:(\d{1,2})[/.-](\d{1,2})[/.-])?(\d{4})$/.exec(text ?? '');
  if (!match) return null;
  const [, day, month, year = ''] = match;
  if (day === undefined || month === undefined) return year;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso) === true ? iso : null;
}

/** The person as DG13 tells it; null when it does not name a personal number. */
export function personFromDg13({ fields }: Dg13): ChipPerson | null {
  const text = (n: number): string | null => fields.get(n)?.[0] || null;
  const personalId = PersonalId.safeParse(text(index.personalId));
  if (!personalId.success) return null;
  const sex = text(index.sex)?.toLowerCase();
  const expiry = text(index.expiresOn);
  // An unknown father keeps his place as an empty text.
  const [father, mother] = fields.get(index.parents) ?? [];
  return {
    personalId: personalId.data,
    fullName: text(index.fullName) ?? '',
    birthDate: vietnameseDate(text(index.birthDate) ?? undefined) ?? '',
    sex: sex === 'nam' ? 'Nam' : sex === 'nữ' ? 'Nữ' : null,
    nationality: text(index.nationality),
    ethnicity: text(index.ethnicity),
    religion: text(index.religion),
    origin: text(index.origin),
    residence: text(index.residence),
    features: text(index.features),
    issuedOn: vietnameseDate(text(index.issuedOn) ?? undefined),
    expiresOn: expiry !== null && /kh[ôo]ng\s+th[ờo]i\s+h[ạa]n/i.test(expiry) ? 'no-expiry' : vietnameseDate(expiry ?? undefined),
    father: father || null,
    mother: mother || null,
    spouses: (fields.get(index.spouses) ?? []).filter((name) => name !== ''),
    oldId: text(index.oldId),
  };
}

/** Whether there are fields beyond the sixteen known ones: cards of 2024 may hold more. */
export function hasUnknownFields({ fields }: Dg13): boolean {
  return [...fields.keys()].some((number) => !known.has(number));
}
