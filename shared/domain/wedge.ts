/**
 * A scanner that plays keyboard ("keyboard wedge"): a burst of key presses that no person types. Letters are taken
 * from the physical key on the US layout, never from what the system makes of it: with Telex or VNI switched on,
 * `dd` would become `đ` and digits after vowels would vanish. What a scanner cannot press is lost all the same, so
 * identity texts that come this way are parsed with `asciiOnly`.
 */

/** One `keydown`, as the page's event tells it. `timeStamp` in milliseconds, of the press and not of its handling. */
export interface WedgeKey {
  code: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey?: boolean;
  timeStamp: number;
}

/** A burst that is being collected. */
export interface WedgeBurst {
  text: string;
  /** Digits of an Alt code (Alt held, number on the number pad) that is being pressed. */
  altDigits: string;
  presses: number;
  lastAt: number;
}

export interface WedgeStep {
  burst: WedgeBurst;
  /** Texts that are complete: at most two, where a new burst follows one that had no end key. */
  scans: string[];
  /** The press belongs to a burst for certain: nobody else should see it. */
  swallow: boolean;
}

export const noBurst: WedgeBurst = { text: '', altDigits: '', presses: 0, lastAt: Number.NEGATIVE_INFINITY };

/** Longest pause inside a burst; public measurements of scanners lie between 1 and 30 ms, of fast typists above 60. */
export const WEDGE_GAP_MS = 50;
/** Where no text field has the focus nobody types, so a busy system that delivers keys late must not cut a scan in two. */
export const WEDGE_IDLE_GAP_MS = 300;
const CERTAIN_PRESSES = 3;
const SHORTEST_TEXT = 4;
// One more than the identity parser takes, so that a longer text is refused there with its own problem.
const LONGEST_TEXT = 2001;

const shiftedDigits = ')!@#$%^&*(';
const signs: Readonly<Record<string, string>> = {
  Space: '  ', Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', IntlBackslash: '\\|', Semicolon: ';:',
  Quote: '\'"', Backquote: '`~', Comma: ',<', Period: '.>', Slash: '/?',
  NumpadAdd: '++', NumpadSubtract: '--', NumpadMultiply: '**', NumpadDivide: '//', NumpadDecimal: '..',
};

/** The sign of a physical key on the US layout; null for keys without one. */
export function usSign(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? shiftedDigits[Number(digit)]! : digit;
  const pad = /^Numpad(\d)$/.exec(code)?.[1];
  if (pad !== undefined) return pad;
  return Object.hasOwn(signs, code) ? signs[code]![shift ? 1 : 0]! : null;
}

/** Takes one key press. Pure: the caller keeps the burst and hands it in again. */
export function pressKey(before: WedgeBurst, key: WedgeKey, gap: number = WEDGE_GAP_MS): WedgeStep {
  const fast = key.timeStamp - before.lastAt <= gap;
  const scans: string[] = [];
  if (!fast && before.presses > 0) scans.push(...completed(before));
  const burst = fast ? before : noBurst;
  const certain = fast && burst.presses + 1 >= CERTAIN_PRESSES;
  if (isEnd(key)) {
    if (!certain) return { burst: noBurst, scans, swallow: false };
    return { burst: noBurst, scans: [...scans, ...completed(burst)], swallow: true };
  }
  const next = { ...burst, lastAt: key.timeStamp };
  if (/^(Shift|Alt)(Left|Right)$/.test(key.code)) {
    const kept = key.code.startsWith('Alt') ? withAltCode(next) : next;
    // A modifier alone starts no burst: people hold Shift, too.
    return { burst: burst.presses === 0 ? noBurst : kept, scans, swallow: false };
  }
  const sign = key.ctrlKey ? null : usSign(key.code, key.shiftKey);
  if (sign === null) return { burst: noBurst, scans: [...scans, ...(certain ? completed(burst) : [])], swallow: false };
  const pressed = key.altKey && key.code.startsWith('Numpad')
    ? { ...next, altDigits: (next.altDigits + sign).slice(0, 7) }
    : withText(withAltCode(next), sign);
  return { burst: { ...pressed, presses: burst.presses + 1 }, scans, swallow: certain };
}

/** The text of a burst whose end key never came; to be called when the gap has passed without a press. */
export function endOfBurst(burst: WedgeBurst): string[] {
  return completed(burst);
}

function completed(burst: WedgeBurst): string[] {
  const { text } = withAltCode(burst);
  return burst.presses >= CERTAIN_PRESSES && text.length >= SHORTEST_TEXT ? [text] : [];
}

function isEnd({ code, ctrlKey }: WedgeKey): boolean {
  if (ctrlKey) return code === 'KeyJ' || code === 'KeyM';
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';
}

function withText(burst: WedgeBurst, text: string): WedgeBurst {
  return burst.text.length >= LONGEST_TEXT ? burst : { ...burst, text: burst.text + text };
}

/** Alt and a number above 255 is a Unicode sign; smaller numbers mean a code page that nobody can know here. */
function withAltCode(burst: WedgeBurst): WedgeBurst {
  if (burst.altDigits === '') return burst;
  const point = Number(burst.altDigits);
  const known = point > 255 ? point <= 0x10ffff : point >= 0x20 && point < 0x7f;
  return withText({ ...burst, altDigits: '' }, known ? String.fromCodePoint(point) : '?');
}
