import { toBigInt, toHex } from '../../electron/card/bytes.ts';
import { readTlv, tlv } from '../../electron/card/tlv.ts';
import { attempt, type ChipCommand, type Reply } from './chip-command.ts';
import type { IssuedCard } from './issue.ts';

const application = 'A0000002471001';
/** Files under the master file; EF.CardSecurity shares its identifier with the application's EF.SOD. */
const masterFiles = { cardAccess: 0x011c, cardSecurity: 0x011d } as const;

type Place = 'master-file' | 'application';
type Selected = { place: Place; id: number };

/** Selecting and reading (ISO/IEC 7816-4 clauses 7.1 and 7.2, ICAO 9303-10 clause 3.6), the card's side. */
export class ChipFiles {
  readonly #card: IssuedCard;
  #place: Place = 'master-file';
  #selected: Selected | null = null;

  constructor(card: IssuedCard) {
    this.#card = card;
  }

  get inApplication(): boolean {
    return this.#place === 'application';
  }

  /** `open`: a channel stands; without it only EF.CardAccess is given. */
  select({ p1, p2, data }: ChipCommand, open: boolean): Reply {
    if (p1 === 0x04 && toHex(data) === application) return this.#enter('application');
    if (p1 === 0 && p2 === 0x0c && toHex(data) === '3F00') {
      return this.#card.profile.faults.refuseMasterFile ? { sw: 0x6d00 } : this.#enter('master-file');
    }
    if (p1 !== 0x02 || data.length !== 2) return { sw: 0x6a82 };
    return this.#selectFile(data[0]! * 256 + data[1]!, open);
  }

  /** READ BINARY before a channel stands. */
  readPlain({ p1, p2, le }: ChipCommand): Reply {
    const { cardAccess, profile } = this.#card;
    const byShortId = p1 === 0x9c && profile.faults.cardAccess === 'short-id';
    if (!cardAccess || !(byShortId || this.#selected?.id === masterFiles.cardAccess)) return { sw: p1 >= 0x80 ? 0x6a82 : 0x6982 };
    return cut(cardAccess, byShortId ? p2 : p1 * 256 + p2, le);
  }

  /** READ BINARY on a channel, by short identifier or of the selected file, in its even and its odd form. */
  read({ ins, p1, p2, le, data }: ChipCommand): Reply {
    if (ins === 0xb0 && p1 >= 0x80) {
      const id = 0x0100 | (p1 & 0x1f);
      if (this.#card.profile.faults.noShortIds) return { sw: 0x6a86 };
      const { sw } = this.#selectFile(id, true);
      return sw === 0x9000 ? this.#part(this.#fileAt({ place: this.#place, id })!, p2, le) : { sw };
    }
    const file = this.#selected === null ? undefined : this.#fileAt(this.#selected);
    if (!file) return { sw: 0x6986 };
    if (ins === 0xb0) return this.#part(file, p1 * 256 + p2, le);
    return attempt(() => {
      const part = this.#part(file, Number(toBigInt(readTlv(data).value)), le - 4);
      return part.data ? { data: tlv(0x53, part.data), sw: part.sw } : part;
    });
  }

  #enter(place: Place): Reply {
    this.#place = place;
    this.#selected = null;
    return { sw: 0x9000 };
  }

  #fileAt({ place, id }: Selected): Uint8Array | undefined {
    const { cardAccess, cardSecurity, files, profile } = this.#card;
    if (id === masterFiles.cardAccess) return profile.faults.cardAccess === place ? cardAccess ?? undefined : undefined;
    if (place === 'application') return files.get(id);
    return id === masterFiles.cardSecurity ? cardSecurity ?? undefined : undefined;
  }

  #selectFile(id: number, open: boolean): Reply {
    const wanted: Selected = { place: this.#place, id };
    if (!this.#fileAt(wanted)) return { sw: 0x6a82 };
    if (id !== masterFiles.cardAccess && !open) return { sw: 0x6982 };
    if (this.inApplication && this.#isDenied(id)) return { sw: 0x6982 };
    this.#selected = wanted;
    return { sw: 0x9000 };
  }

  #isDenied(id: number): boolean {
    return this.#card.profile.faults.denied.some((group) => Number(group.slice(2)) === (id & 0xff));
  }

  #part(file: Uint8Array, offset: number, le: number): Reply {
    const { shortReads, shortReadsWarn } = this.#card.profile.faults;
    const part = cut(file, offset, Math.min(le, shortReads ?? le));
    return shortReadsWarn && part.data && part.data.length < le ? { ...part, sw: 0x6282 } : part;
  }
}

function cut(file: Uint8Array, offset: number, le: number): Reply {
  if (offset >= file.length) return { sw: 0x6b00 };
  return { data: file.subarray(offset, offset + le), sw: offset + le > file.length ? 0x6282 : 0x9000 };
}
