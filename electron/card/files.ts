import { ProblemError } from '../../shared/contracts/problems.ts';
import { endOfFile, isWrongLength, ok, selectFile, swText, type Answer } from './apdu.ts';
import { ChannelClosed, type CardChannel } from './channel.ts';
import { select } from './select.ts';
import { readTlv, tlv, tlvHeader } from './tlv.ts';

/** Files of the eMRTD application (ICAO 9303-10 clause 4): identifier, whose low byte is the short one, and outer tag. */
export const cardFiles = {
  COM: { id: 0x011e, tag: 0x60 },
  SOD: { id: 0x011d, tag: 0x77 },
  DG1: { id: 0x0101, tag: 0x61 },
  DG2: { id: 0x0102, tag: 0x75 },
  DG11: { id: 0x010b, tag: 0x6b },
  DG12: { id: 0x010c, tag: 0x6c },
  DG13: { id: 0x010d, tag: 0x6d },
  DG14: { id: 0x010e, tag: 0x6e },
  DG15: { id: 0x010f, tag: 0x6f },
} as const;
export type FileName = keyof typeof cardFiles;

/** EF.CardSecurity, which stands under the master file (clause 3.11.4); a CMS message without an outer tag of its own. */
const cardSecurityFile = { id: 0x011d, tag: 0x30 } as const;

export type FileReading =
  | { state: 'read'; bytes: Uint8Array }
  | { state: 'missing' }
  | { state: 'denied' };

/** Answer lengths to ask for, longest first; what a card refuses is not asked again. Over 223 needs extended length. */
const readLengths: readonly number[] = [65_536, 4_096, 256, 223, 160];
/** Lengths of the first read of a file, which shows how long it is; most small files are read whole by it. */
const firstLengths: readonly number[] = [223, 160, 4];
/** That length once the card has answered at extended length: only a face and a SOD are longer. */
const firstExtended = 1_024;
/** The longest answer data that fits a short answer under secure messaging with either block size. */
const maxShort = 223;
/** At most so much at once: at the slowest rate of contactless cards, 106 kbit/s, it comes within the time for one answer. */
const maxAtOnce = 30_000;
const maxFile = 200_000;
/** Beyond this offset READ BINARY needs its odd form (ISO/IEC 7816-4 clause 7.2.3). */
const maxOffset = 0x7fff;
const headerOfOdd = 4;
const maxReopenings = 5;

const refusals = { missing: new Set([0x6a82, 0x6a88, 0x6a83]), denied: new Set([0x6982, 0x6985, 0x6988]) };
const wrongObjects = 0x6988;

/** Reads files over an opened channel with the fewest commands that the card allows. */
export class FileReader {
  readonly #channel: CardChannel;
  readonly #reopen: () => Promise<void>;
  readonly #lengths: readonly number[];
  readonly #onProgress: ((file: FileName, bytes: number, of: number) => void) | undefined;
  #length = 0;
  #firstLength = 0;
  #shortIds = true;
  #reopenings = 0;
  #extended: 'not-seen' | 'works' | 'not-for-first' = 'not-seen';

  constructor(channel: CardChannel, reopen: () => Promise<void>, options: {
    lengths?: readonly number[];
    onProgress?: ((file: FileName, bytes: number, of: number) => void) | undefined;
  } = {}) {
    this.#channel = channel;
    this.#reopen = reopen;
    this.#lengths = options.lengths ?? readLengths;
    this.#onProgress = options.onProgress;
  }

  /**
   * One file whole, as its own length field says.
   * @throws ProblemError `card-file-invalid` (cut, too long, other tag), `card-protocol`, and those of the channel
   */
  async read(name: FileName): Promise<FileReading> {
    return this.#read(name, cardFiles[name], (bytes, of) => this.#onProgress?.(name, bytes, of));
  }

  /** EF.CardSecurity, as long as nothing but the master file is selected. Throws as `read` does. */
  async readCardSecurity(): Promise<FileReading> {
    return this.#read('CardSecurity', cardSecurityFile, () => undefined);
  }

  /** Whether the card may be asked for answers of more than 256 bytes: as long as it has not refused them. */
  get extended(): boolean {
    return this.#lengths[this.#length]! > maxShort;
  }

  async #read(name: string, file: { id: number; tag: number }, onProgress: (bytes: number, of: number) => void): Promise<FileReading> {
    for (;;) {
      try {
        return await this.#readOnce(name, file, onProgress);
      } catch (error) {
        // Some cards answer a length they cannot do by closing the channel, some readers by failing: open it again and
        // ask for less. A channel broken in any other way is not opened again.
        const refusal = error instanceof ChannelClosed && this.#inFirstRead ? refusalOf(error.sw) : null;
        if (refusal && this.#reopenings < maxReopenings) {
          this.#reopenings += 1;
          await this.#reopen();
          // Refused by its identifier too: it is the file that is meant.
          if (!this.#shortIds) return refusal;
          this.#shortIds = false;
          continue;
        }
        const lengthFault = error instanceof ChannelClosed || (error instanceof ProblemError && error.code === 'card-mute');
        const wrongLength = error instanceof ChannelClosed && isWrongLength(error.sw);
        if (!lengthFault || this.#reopenings >= maxReopenings || !this.#askLess(wrongLength)) throw error;
        this.#reopenings += 1;
        await this.#reopen();
      }
    }
  }

  /**
   * Steps down once. In the first read of a file: a shorter one when the length was named as the fault, else no short
   * identifiers. A card that cannot do the first length cannot do the longer ones either. False when nothing is left.
   */
  #askLess(wrongLength: boolean): boolean {
    if (this.#inFirstRead && this.#extended === 'works') {
      this.#extended = 'not-for-first';
      return true;
    }
    if (!this.#inFirstRead) {
      if (this.#length >= this.#lengths.length - 1) return false;
      this.#length += 1;
      return true;
    }
    if (!wrongLength && this.#shortIds) {
      this.#shortIds = false;
      return true;
    }
    if (this.#firstLength >= firstLengths.length - 1) return false;
    this.#firstLength += 1;
    const possible = this.#lengths.findIndex((length) => length <= firstLengths[this.#firstLength]!);
    this.#length = Math.max(this.#length, possible < 0 ? this.#lengths.length - 1 : possible);
    return true;
  }

  #inFirstRead = false;

  get #firstLe(): number {
    const short = firstLengths[this.#firstLength]!;
    return this.#extended === 'works' ? Math.max(short, Math.min(firstExtended, this.#lengths[this.#length]!)) : short;
  }

  async #readOnce(name: string, { id, tag }: { id: number; tag: number }, onProgress: (bytes: number, of: number) => void): Promise<FileReading> {
    this.#inFirstRead = true;
    const first = await this.#firstRead(id);
    this.#inFirstRead = false;
    if ('state' in first) return first;
    const { tag: found, headerLength, valueLength } = tlvHeader(first.data);
    const length = headerLength + valueLength;
    if (found !== tag) throw new ProblemError('card-file-invalid', `${name}: tag ${found.toString(16)}`);
    if (length > maxFile) throw new ProblemError('card-file-invalid', `${name}: too long`);
    const bytes = new Uint8Array(length);
    let at = Math.min(first.data.length, length);
    bytes.set(first.data.subarray(0, at));
    onProgress(at, length);
    while (at < length) {
      const part = await this.#readPart(name, at, length - at);
      bytes.set(part, at);
      at += part.length;
      onProgress(at, length);
    }
    return { state: 'read', bytes };
  }

  async #firstRead(id: number): Promise<Answer | FileReading> {
    while (this.#shortIds) {
      const answer = await this.#channel.send({ cla: 0, ins: 0xb0, p1: 0x80 | (id & 0x1f), p2: 0, le: this.#firstLe }, this.#firstLe > maxShort);
      if (isGood(answer)) return answer;
      if (!isWrongLength(answer.sw) || !this.#askLess(true)) break;
    }
    const selected = await select(this.#channel, selectFile(id));
    if (refusals.missing.has(selected.sw)) return { state: 'missing' };
    if (refusals.denied.has(selected.sw)) return { state: 'denied' };
    if (selected.sw !== ok) throw new ProblemError('card-protocol', `select ${swText(selected.sw)}`);
    for (;;) {
      const answer = await this.#channel.send({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: this.#firstLe }, this.#firstLe > maxShort);
      if (isGood(answer)) {
        // SELECT finds the file and the short identifier did not: this card does not know short identifiers.
        this.#shortIds = false;
        return answer;
      }
      if (refusals.denied.has(answer.sw)) return { state: 'denied' };
      if (!this.#askLess(true)) throw new ProblemError('card-protocol', `read ${swText(answer.sw)}`);
    }
  }

  async #readPart(name: string, offset: number, wanted: number): Promise<Uint8Array> {
    for (;;) {
      const most = this.#lengths[this.#length]!;
      const odd = offset > maxOffset;
      // What the odd form gives comes inside a data object, whose header counts too.
      const length = Math.min(most, odd ? wanted + headerOfOdd : wanted, maxAtOnce);
      const extended = length > maxShort;
      const answer = odd
        ? await this.#channel.send({ cla: 0, ins: 0xb1, p1: 0, p2: 0, data: tlv(0x54, offsetBytes(offset)), le: length }, extended)
        : await this.#channel.send({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: length }, extended);
      if (isGood(answer)) {
        if (extended && this.#extended === 'not-seen') this.#extended = 'works';
        const data = odd ? discretionary(answer.data) : answer.data;
        if (data.length > wanted) throw new ProblemError('card-protocol', `${name}: more than asked`);
        return data;
      }
      if (answer.sw === endOfFile || answer.sw === 0x6b00) throw new ProblemError('card-file-invalid', `${name}: cut`);
      if (!this.#askLess(true)) throw new ProblemError('card-protocol', `${name}: read ${swText(answer.sw)}`);
    }
  }
}

/** What a refusal without protection says of the file; a fault of the protection itself says nothing of it. */
function refusalOf(sw: number): FileReading | null {
  if (refusals.missing.has(sw)) return { state: 'missing' };
  return refusals.denied.has(sw) && sw !== wrongObjects ? { state: 'denied' } : null;
}

function isGood(answer: Answer): boolean {
  return (answer.sw === ok || answer.sw === endOfFile) && answer.data.length > 0;
}

function offsetBytes(offset: number): Uint8Array {
  return offset > 0xffff ? Uint8Array.of(offset >> 16, (offset >> 8) & 0xff, offset & 0xff) : Uint8Array.of(offset >> 8, offset & 0xff);
}

/** The data inside DO'53', which answers the odd READ BINARY. */
function discretionary(data: Uint8Array): Uint8Array {
  const node = readTlv(data);
  if (node.tag !== 0x53 || node.value.length === 0) throw new ProblemError('card-protocol', 'odd read');
  return node.value;
}
