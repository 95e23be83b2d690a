/**
 * Texts of a keyboard scanner whose "keyboard country" is not US English: it presses the keys that give the text on
 * that country's keyboard. Keys are read here as on the US keyboard, so the text comes out in a cipher, and reading the
 * same keys on the right keyboard undoes it. Only layouts of scanners' country lists that move `|`, digits or letters.
 */

/** Stands before the sign of a key that was pressed with AltGr (Ctrl and Alt together), which the US keyboard has not. */
export const ALT_GR = '\ufffd';
/** Stand for a key that only Japanese keyboards have, beside Backspace, without and with Shift. */
export const YEN_KEY = '\u00a5\u203e';

export type KeyboardLayout = 'vn' | 'fr' | 'de' | 'es' | 'it' | 'jp';

// The keys of the US keyboard, row by row; each layout lists in the same order what is on them, `\0` where it is nothing a code holds.
const usPlain = '`1234567890-=[]\\;\',./';
const usShift = '~!@#$%^&*()_+{}|:"<>?';

interface Layout { plain: string; shift: string; altGr: Readonly<Record<string, string>>; letters?: Readonly<Record<string, string>>; yenKey?: string }

const layouts: Readonly<Record<KeyboardLayout, Layout>> = {
  // Digits and signs need AltGr; the tones are combining marks, so that every Vietnamese letter comes through.
  vn: {
    plain: '`ăâêô\u0300\u0309\u0303\u0301\u0323đ-₫ươ\\;\',./', shift: '~ĂÂÊÔ%^&*(Đ_+ƯƠ|:"<>?',
    altGr: { 1: '1', 2: '2', 3: '3', 4: '4', 5: '5', 6: '6', 7: '7', 8: '8', 9: '9', 0: '0', '!': '!', '@': '@', '#': '#', $: '$', ')': ')', '=': '=', '[': '[', ']': ']', '{': '{', '}': '}' },
  },
  fr: {
    plain: '²&é"\'(-è_çà)=\0$*mù;:!', shift: '\x001234567890°+\0£µM%./§',
    altGr: { 2: '~', 3: '#', 4: '{', 5: '[', 6: '|', 7: '`', 8: '\\', 9: '^', 0: '@', '-': ']', '=': '}' },
    letters: { q: 'a', a: 'q', w: 'z', z: 'w', m: ',', Q: 'A', A: 'Q', W: 'Z', Z: 'W', M: '?' },
  },
  de: {
    plain: '\x001234567890ß\0ü+#öä,.-', shift: '°!"§$%&/()=?`Ü*\'ÖÄ;:_', altGr: { '\\': '|', q: '@', 7: '{', 8: '[', 9: ']', 0: '}', '-': '\\', ']': '~' },
    letters: { y: 'z', z: 'y', Y: 'Z', Z: 'Y' },
  },
  es: {
    plain: 'º1234567890\'¡`+çñ´,.-', shift: 'ª!"·$%&/()=?¿^*ÇÑ¨;:_', altGr: { '`': '\\', 1: '|', 2: '@', 3: '#', '[': '[', ']': ']' },
  },
  it: {
    plain: '\\1234567890\'ìè+ùòà,.-', shift: '|!"£$%&/()=?^é*§ç°;:_', altGr: { ';': '@', '\'': '#', '[': '[', ']': ']' },
  },
  jp: {
    plain: '\x001234567890-^@[];:,./', shift: '\0!"#$%&\'()\0=~`{}+*<>?', altGr: {}, yenKey: '\\|',
  },
};

function readOn(layout: Layout, text: string): string {
  let read = '';
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === ALT_GR) {
      read += layout.altGr[text[i + 1] ?? ''] ?? ALT_GR;
      i += 1;
      continue;
    }
    const plainAt = usPlain.indexOf(sign);
    const shiftAt = usShift.indexOf(sign);
    const yenAt = YEN_KEY.indexOf(sign);
    if (yenAt >= 0) read += layout.yenKey?.[yenAt] ?? sign;
    else if (plainAt >= 0) read += layout.plain[plainAt];
    else if (shiftAt >= 0) read += layout.shift[shiftAt];
    else read += layout.letters?.[sign] ?? sign;
  }
  return read;
}

/** The text as the first layout gives it on which it makes sense; null where it does on none. */
export function fromForeignLayout(text: string, makesSense: (text: string) => boolean): { text: string; layout: KeyboardLayout } | null {
  for (const [layout, keys] of Object.entries(layouts) as [KeyboardLayout, Layout][]) {
    const read = readOn(keys, text).normalize('NFC');
    if (read !== text && makesSense(read)) return { text: read, layout };
  }
  return null;
}
