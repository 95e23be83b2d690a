import { ALT_GR, YEN_KEY } from './keyboard-layout.ts';
import { decode1258 } from './mojibake.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * A scanner that plays keyboard ("keyboard wedge"): a burst of key presses that no person types. Letters are taken
 * from the physical key on the US layout, never from what the system makes of it: with Telex or VNI switched on,
 * `dd` would become `đ` and digits after vowels would vanish. What a scanner cannot press is lost all the same, so
 * identity texts that come this way are parsed with `asciiOnly`, which also undoes other keyboard countries and names
 * the setting to change. An input method that rewrites the keys before the page sees them (Unikey, EVKey) shows by its
 * backspaces, which stay in the text as U+0008.
 */

/** One `keydown`, as the page's event tells it. `timeStamp` in milliseconds, of the press and not of its handling. */
export interface WedgeKey {
  code: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey?: boolean;
  /** AltGr as the system tells it (`getModifierState('AltGraph')`). */
  altGraph?: boolean;
  timeStamp: number;
}

/** A burst that is being collected. */
export interface WedgeBurst {
  text: string;
  /** Digits of an Alt code (Alt held, number on the number pad) that is being pressed. */
  altDigits: string;
  /** What the Alt codes from 128 to 255 were: `ansi` with a leading zero, else `oem`, whose code page nobody can know. */
  altBytes: 'none' | 'ansi' | 'oem';
  /** CapsLock was pressed within the burst: letters change their case. */
  caps: boolean;
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

export const noBurst: WedgeBurst = { text: '', altDigits: '', altBytes: 'none', caps: false, presses: 0, lastAt: Number.NEGATIVE_INFINITY };

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
  IntlYen: YEN_KEY, IntlRo: '\\_',
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
  // Some scanners switch CapsLock to write capitals.
  if (key.code === 'CapsLock') return { burst: { ...next, caps: !burst.caps }, scans, swallow: false };
  if (/^(?:(?:Shift|Alt|Control)(?:Left|Right)|NumLock)$/.test(key.code)) {
    const kept = key.code.startsWith('Alt') ? withAltCode(next) : next;
    // A modifier alone starts no burst: people hold Shift, too.
    return { burst: burst.presses === 0 ? { ...noBurst, caps: burst.caps, lastAt: burst.caps ? key.timeStamp : noBurst.lastAt } : kept, scans, swallow: false };
  }
  const sign = signOf(key, burst);
  if (sign === null) return { burst: noBurst, scans: [...scans, ...(certain ? completed(burst) : [])], swallow: false };
  const pressed = isAltCode(key, burst)
    ? { ...next, altDigits: (next.altDigits + sign).slice(0, 8) }
    : withText(withAltCode(next), sign);
  return { burst: { ...pressed, presses: burst.presses + 1 }, scans, swallow: certain };
}

function signOf(key: WedgeKey, burst: WedgeBurst): string | null {
  // Backspace, and a sign without a key: an input method at work, but only within a burst.
  if (key.code === 'Backspace' || key.code === '') return burst.presses > 0 ? '\b' : null;
  const sign = usSign(key.code, key.shiftKey !== (burst.caps && key.code.startsWith('Key')));
  if (sign === null || isAltCode(key, burst)) return sign;
  // AltGr is Ctrl and Alt on Windows, and the right Alt key alone where the system's keyboard is a US one.
  if (key.altGraph === true || key.altKey) return ALT_GR + sign;
  return key.ctrlKey === true ? null : sign;
}

/** A digit on the number pad with Alt held; or the form with `+` and hexadecimal digits, whose letters are ordinary keys. */
function isAltCode(key: WedgeKey, burst: WedgeBurst): boolean {
  if (!key.altKey || key.ctrlKey === true) return false;
  return key.code.startsWith('Numpad') || (burst.altDigits.startsWith('+') && /^Key[A-F]$/.test(key.code));
}

/** The text of a burst whose end key never came; to be called when the gap has passed without a press. */
export function endOfBurst(burst: WedgeBurst): string[] {
  return completed(burst);
}

function completed(burst: WedgeBurst): string[] {
  const ended = withAltCode(burst);
  const text = ended.altBytes === 'none' ? ended.text : textOfAltCodes(ended.text, ended.altBytes);
  return burst.presses >= CERTAIN_PRESSES && text.length >= SHORTEST_TEXT ? [text] : [];
}

/** Alt codes from 128 to 255 may be the bytes of UTF-8, else signs of the Vietnamese code page. */
function textOfAltCodes(text: string, kind: 'ansi' | 'oem'): string {
  const bytes = Array.from(text, (sign) => sign.codePointAt(0)!);
  if (bytes.some((byte) => byte > 255)) return kind === 'oem' ? withoutUpper(text) : text;
  return decodeUtf8(bytes) ?? (kind === 'oem' ? withoutUpper(text) : decode1258(bytes));
}

function withoutUpper(text: string): string {
  return text.replace(/[\u0080-\u00ff]/g, '?');
}

function isEnd({ code, ctrlKey }: WedgeKey): boolean {
  if (ctrlKey) return code === 'KeyJ' || code === 'KeyM';
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';
}

function withText(burst: WedgeBurst, text: string): WedgeBurst {
  return burst.text.length >= LONGEST_TEXT ? burst : { ...burst, text: burst.text + text };
}

/** Alt and a number above 255 is a Unicode sign; from 128 on it is a sign or byte that is known when the text is complete. */
function withAltCode(burst: WedgeBurst): WedgeBurst {
  const { altDigits } = burst;
  if (altDigits === '') return burst;
  const hex = altDigits.startsWith('+');
  const point = hex ? Number.parseInt(altDigits.slice(1), 16) : /^\d+$/.test(altDigits) ? Number(altDigits) : Number.NaN;
  const known = point >= 0x20 && point <= 0x10ffff && point !== 0x7f;
  const isByte = known && !hex && point >= 128 && point <= 255;
  const altBytes = !isByte ? burst.altBytes : altDigits.startsWith('0') ? 'ansi' : 'oem';
  return withText({ ...burst, altDigits: '', altBytes }, known ? String.fromCodePoint(point) : '?');
}
