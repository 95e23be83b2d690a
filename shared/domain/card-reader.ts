import type { ReaderKind, ReaderShape, ReadersNow } from '../contracts/requests/reader.ts';

// What no citizen's card is ever laid on: readers that the system invents for signing in (by PIN, phone, SIM, TPM), and
// slots whose card never leaves them (USB signing tokens, SAM and SIM slots of a reader).
const invented: readonly RegExp[] = [/windows hello/i, /^microsoft\b.*\b(virtual|uicc|passport)/i, /\b(tpm|virtual)\s+smart\s*card/i];
const fixed: readonly RegExp[] = [/\btoken\b/i, /etoken/i, /\bepass/i, /yubikey/i, /\brockey/i, /\bsam\b/i, /\b(sim|uicc|euicc)\b/i];
const simulated: readonly RegExp[] = [/^virtual pcd\b/i];

/** What a reader is, by the name that its driver gives: PC/SC tells nothing else of it. */
export function readerKind(name: string): ReaderKind {
  if (invented.some((pattern) => pattern.test(name))) return 'invented';
  if (simulated.some((pattern) => pattern.test(name))) return 'simulated';
  return fixed.some((pattern) => pattern.test(name)) ? 'fixed' : 'reader';
}

const contactless = /contactless|\bpicc\b|\bnfc\b|\bcl\b|rfid|prox|acr12[2-9]\d|acr125\d|acr155\d|scl\d{3}|utrust 37\d\d|omnikey 5[0-3]2\d|hid.*5022|felica|pasori|rc-s\d{3}/i;
const contact = /\bcontact\b|\bicc\b|acr3[89]|acr33|scr3\d{2}|utrust 2[57]\d\d|omnikey [13][01]\d\d|pc twin|smartterminal|st-[12]\d{3}|ez100|smartfold|keyboard/i;

/** Whether a card is laid on a reader or put into it, guessed by its name. */
export function readerShape(name: string): ReaderShape {
  if (contactless.test(name)) return 'contactless';
  return contact.test(name) ? 'contact' : 'unknown';
}

/** The name without the number that the reader service counts up when a reader is plugged in again; the slot stays. */
function unnumbered(name: string): string {
  return name.replace(/ \d\d( \d\d)$/, '$1').replace(/ \d$/, '').toLowerCase();
}

/**
 * Which readers are meant. By name: this one, else the same one under a new number, else those whose names hold the
 * words, letter case apart. Without one: those that a citizen's card may be laid on; a simulated reader only where no
 * true one is there.
 */
export function fittingReaders(names: readonly string[], wanted: string | null | undefined): string[] {
  if (wanted === null || wanted === undefined) {
    const real = names.filter((name) => readerKind(name) === 'reader');
    return real.length > 0 ? real : names.filter((name) => readerKind(name) === 'simulated');
  }
  if (names.includes(wanted)) return [wanted];
  const same = names.filter((name) => unnumbered(name) === unnumbered(wanted));
  if (same.length === 1) return same;
  return names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
}

/** How the readers are, for whoever waits for a card. `chosen`: the reader that this place has settled on, null for any. */
export function readersNow({ service, readers, chosen }: {
  service: boolean; readers: readonly { name: string; card: boolean }[]; chosen: string | null;
}): ReadersNow {
  const names = readers.map(({ name }) => name);
  const fitting = service ? fittingReaders(names, chosen) : [];
  const holding = fitting.filter((name) => readers.some((reader) => reader.name === name && reader.card));
  const inUse = holding.length === 1 ? holding[0]! : fitting.length === 1 ? fitting[0]! : null;
  return {
    state: stateOf(), chosen, inUse,
    readers: readers.map(({ name, card }) => ({ name, kind: readerKind(name), shape: readerShape(name), card })),
  };

  function stateOf(): ReadersNow['state'] {
    if (!service) return 'service-missing';
    if (fitting.length === 0) return chosen !== null && fittingReaders(names, null).length > 0 ? 'chosen-missing' : 'reader-missing';
    if (holding.length > 1) return 'choose';
    return holding.length === 1 ? 'card' : 'empty';
  }
}
