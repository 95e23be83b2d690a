import { describe, expect, it } from 'vitest';
import { allSteps, decodeFrame, type Reading, type ReadQr } from '../../shared/qr/decode.ts';
import { createLiveDecoder, guideBox, liveEffort } from '../../shared/qr/live.ts';
import { blurred, cropped, Darkroom, enlarged, greyOf, greyPartOf, newGrey, type Grey, type Pixels } from '../../shared/qr/pixels.ts';
import { sight } from '../../shared/qr/sight.ts';

function picture(width: number, height: number, level: (x: number, y: number) => number): Grey {
  const grey = newGrey(width, height);
  for (let i = 0; i < width * height; i++) grey.data[i] = level(i % width, Math.floor(i / width));
  return grey;
}
const coloured = ({ data, width, height }: Grey): Pixels => ({ data: Uint8ClampedArray.from([...data].flatMap((level) => [level, level, level, 255])), width, height });
const greys = ({ data }: Grey): number[] => [...data];
const corner = { x: 0, y: 0 };
const reading = (bytes: Uint8Array): Reading => ({ isValid: true, bytes, position: { topLeft: corner, topRight: corner, bottomRight: corner, bottomLeft: corner }, symbol: { width: 21 } });

/** A decoder that finds its text in the n-th picture that it is shown, and notes what it was shown. */
function scripted(hitAt: number, bytes: Uint8Array = new TextEncoder().encode('Nguyễn'.normalize('NFD'))) {
  const shown: { width: number; height: number }[] = [];
  const read: ReadQr = ({ width, height }) => {
    shown.push({ width, height });
    return Promise.resolve(shown.length === hitAt ? [reading(bytes)] : []);
  };
  return { read, shown };
}

describe('the steps', () => {
  it('blur spreads a point by 1-2-1 both ways and keeps an even picture', () => {
    const point = picture(5, 5, (x, y) => (x === 2 && y === 2 ? 160 : 0));
    expect(greys(blurred(point))).toEqual([0, 0, 0, 0, 0, 0, 10, 20, 10, 0, 0, 20, 40, 20, 0, 0, 10, 20, 10, 0, 0, 0, 0, 0, 0]);
    expect(new Set(greys(blurred(picture(4, 3, () => 77))))).toEqual(new Set([77]));
  });
  it('enlarging makes one and a half as much, in between linear, even stays even', () => {
    const even = enlarged(picture(4, 6, () => 200));
    expect(even).toMatchObject({ width: 6, height: 9 });
    expect(new Set(greys(even))).toEqual(new Set([200]));
    const [left, middle, right] = greys(enlarged(picture(2, 2, (x) => x * 100)));
    expect([left, middle, right]).toEqual([0, 50, 100]);
  });
  it('a picture is a file with the head of a portable grey map', () => {
    expect(new TextDecoder('latin1').decode(picture(2, 1, (x) => 65 + x).file)).toBe('P5\n2 1\n255\nAB');
  });
  it('colour counts by its brightness, wherever the bytes lie in memory', () => {
    const green = [0, 255, 0, 255];
    const data = Uint8ClampedArray.from([9, ...green, ...green]);
    expect(greys(greyOf({ data: data.subarray(1), width: 2, height: 1 }))).toEqual([150, 150]);
    expect(greys(greyOf({ data: data.slice(1), width: 2, height: 1 }))).toEqual([150, 150]);
  });
  it('the grey of a part is the part of the grey', () => {
    const colour = coloured(picture(5, 4, (x, y) => x * 40 + y));
    const box = { x: 1, y: 2, width: 3, height: 2 };
    expect(greys(greyPartOf(colour, box))).toEqual(greys(cropped(greyOf(colour), box)));
  });
  it('a used picture is used again, one of another size is not', () => {
    const darkroom = new Darkroom();
    const first = darkroom.grey('blur', 4, 3);
    expect(darkroom.grey('blur', 4, 3)).toBe(first);
    expect(darkroom.grey('crop', 4, 3)).not.toBe(first);
    expect(darkroom.grey('blur', 3, 4)).not.toBe(first);
    first.data.fill(255);
    expect(greys(blurred(picture(4, 3, (x) => x), first))).toEqual(greys(blurred(picture(4, 3, (x) => x))));
    const ramp = greys(enlarged(picture(8, 4, (x, y) => x * 12 + y * 30)));
    // Pixel 7 of row 4 lies at 4.5 across and 2.5 down, pixel 6 of row 2 at 3.83 and 1.17.
    expect([ramp[4 * 12 + 7], ramp[2 * 12 + 6]]).toEqual([129, 81]);
  });
  it('a crop keeps to the edges of the picture', () => {
    const counted = picture(3, 3, (x, y) => y * 3 + x);
    expect(greys(cropped(counted, { x: 1, y: 1, width: 9, height: 9 }))).toEqual([4, 5, 7, 8]);
    expect(cropped(counted, { x: 5, y: 5, width: 9, height: 9 })).toMatchObject({ width: 0, height: 0 });
  });
  it('pictures of no size go through', async () => {
    const { read } = scripted(0);
    expect(await decodeFrame({ data: new Uint8ClampedArray(0), width: 0, height: 0 }, read)).toBeNull();
  });
});

describe('decodeFrame', () => {
  const frame = coloured(picture(20, 10, () => 0));
  it.each([[1, 'plain'], [2, 'blur'], [3, 'enlarge']])('hit at picture %i is of step %s', async (hitAt, step) => {
    const { read, shown } = scripted(hitAt);
    expect(await decodeFrame(frame, read)).toMatchObject({ text: 'Nguyễn', step });
    expect(shown).toHaveLength(hitAt);
  });
  it('no hit after all steps is null; the last picture is the large one', async () => {
    const { read, shown } = scripted(0);
    expect(await decodeFrame(frame, read)).toBeNull();
    expect(shown).toEqual([{ width: 20, height: 10 }, { width: 20, height: 10 }, { width: 30, height: 15 }]);
    expect(allSteps).toHaveLength(5);
  });
  it('of two codes the one nearer the middle is taken, whatever the order', async () => {
    const at = (x: number, text: string): Reading => {
      const [left, right] = [{ x, y: 4 }, { x: x + 2, y: 6 }];
      return { ...reading(new TextEncoder().encode(text)), position: { topLeft: left, topRight: right, bottomRight: right, bottomLeft: left } };
    };
    for (const readings of [[at(0, 'edge'), at(9, 'middle')], [at(9, 'middle'), at(0, 'edge')]]) {
      expect(await decodeFrame(frame, () => Promise.resolve(readings))).toMatchObject({ text: 'middle' });
    }
  });
  it('bytes that are no UTF-8 have no text, but are a find', async () => {
    const { read } = scripted(1, Uint8Array.from([0x93, 0xfa]));
    expect(await decodeFrame(frame, read)).toMatchObject({ text: null, step: 'plain' });
  });
});

describe('live video', () => {
  it('one dear step a frame after a miss, every one in its turn', () => {
    expect(liveEffort(0)).toBeNull();
    const turns = Array.from({ length: 20 }, (_, i) => liveEffort(i + 1));
    expect(turns.slice(0, 10)).toEqual(turns.slice(10));
    expect(turns.filter((step) => step === 'fine-grid')).toHaveLength(2);
    expect(new Set(turns)).toEqual(new Set(allSteps.filter((step) => step !== 'plain')));
  });
  it('a frame larger than 720p is looked at in the guide box and whole by turns', async () => {
    const { read, shown } = scripted(0);
    const decoder = createLiveDecoder(read);
    for (const at of [0, 33]) await decoder.decode(picture(1920, 1080, () => 0), at);
    const box = { width: 1344, height: 908 };
    expect(shown).toEqual([box, { width: 1920, height: 1080 }, box]);
  });
  it('the first step sees the whole picture, a dear one the guide box', async () => {
    const { read, shown } = scripted(0);
    const decoder = createLiveDecoder(read);
    await decoder.decode(picture(200, 100, () => 0), 0);
    await decoder.decode(coloured(picture(200, 100, () => 0)), 33);
    expect(shown).toEqual([{ width: 200, height: 100 }, { width: 200, height: 100 }, { width: 200 * guideBox.width, height: 100 * guideBox.height }]);
  });
  const play = (sightings: [text: string, at: number][]) => {
    let before: Parameters<typeof sight>[0] = new Map();
    return sightings.filter(([text, at]) => {
      const seen = sight(before, text, at);
      before = seen.sightings;
      return seen.report;
    });
  };
  it('a held card is reported once a second', () => {
    const held = Array.from({ length: 60 }, (_, i): [string, number] => ['an', i * 50]);
    expect(play(held).map(([, at]) => at)).toEqual([0, 1000, 2000]);
  });
  it('the next person is reported at once, the one before once back', () => {
    expect(play([['an', 0], ['binh', 33], ['binh', 300], ['an', 600]])).toEqual([['an', 0], ['binh', 33], ['an', 600]]);
  });
  it('two codes in one picture, read by turns, are reported once a second each', () => {
    const turns = Array.from({ length: 60 }, (_, i): [string, number] => [i % 2 === 0 ? 'an' : 'binh', i * 40]);
    expect(play(turns)).toEqual([['an', 0], ['binh', 40], ['an', 1040], ['binh', 1080], ['an', 2080], ['binh', 2120]].filter(([, at]) => Number(at) < 2400));
  });
  it('a card that left the picture and came back is reported again, one that flickered is not', () => {
    expect(play([['an', 0], ['an', 300], ['an', 699]])).toEqual([['an', 0]]);
    expect(play([['an', 0], ['an', 400]])).toEqual([['an', 0], ['an', 400]]);
  });
});
