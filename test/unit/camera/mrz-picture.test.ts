import { describe, expect, it } from 'vitest';
import { mrzBox, readMrzPicture } from '../../../renderer/camera/mrz/read-picture.ts';
import { newGrey } from '../../../shared/qr/pixels.ts';
import { cardBack, cardLines, greyBox, type CardView } from '../../fixtures/mrz/card-frames.ts';

const seen = async (lines: readonly string[], view: CardView) => readMrzPicture(await greyBox(await cardBack(lines, view), mrzBox));

/** Invented; names and numbers full of signs that look alike. */
const cards = [
  cardLines('035190001234', '900905', 'F', '300905', 'DANG<<THI<MY'),
  cardLines('001085508586', '850131', 'M', '991231', 'OQUANG<<BO<DO<QUOC'),
  cardLines('079301010101', '011010', 'F', '410101', 'SISU<<IBIS<ZIZI'),
];

describe('the back of a card before the camera', () => {
  it.each(cards.flatMap((lines) => [{ pitch: 52 }, { pitch: 40, tilt: 2 }, { pitch: 30, tilt: -3, blur: 1.6 }, { pitch: 20, tilt: 1 }].map((view) => [lines[2]!.replace(/<+$/, ''), view, lines] as const)))(
    'of %s is read sign by sign, seen as %j', async (_name, view, lines) => expect(await seen(lines, view)).toBe(lines.join('\n')));

  it('is not read where a check digit does not hold', async () => {
    const [one = '', two = '', three = ''] = cards[0]!;
    expect(await seen([one, two.replace('900905', '900906'), three], { pitch: 40 })).toBeNull();
  });
  it('is not read where a sign is hidden', async () => {
    const picture = await greyBox(await cardBack(cards[0]!, { pitch: 40 }), mrzBox);
    // A thumb over the middle of the lines.
    for (let y = 0; y < picture.height; y++) picture.data.fill(120, y * picture.width + 800, y * picture.width + 880);
    expect(readMrzPicture(picture)).toBeNull();
  });
  it('is not read, and not guessed, where it is far too small or out of focus', async () => {
    expect(await seen(cards[0]!, { pitch: 5 })).toBeNull();
    expect(await seen(cards[0]!, { pitch: 30, blur: 8 })).toBeNull();
  });
  it('is not seen in an empty picture, one of noise, or a tiny one', () => {
    const noise = newGrey(1000, 400);
    for (let i = 0, state = 7; i < noise.data.length; i++) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      noise.data[i] = state >> 16;
    }
    expect([newGrey(1000, 400), noise, newGrey(3, 2), newGrey(0, 0)].map(readMrzPicture)).toEqual([null, null, null, null]);
  });
});
