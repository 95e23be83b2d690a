import { describe, expect, it } from 'vitest';
import { allSteps, decodeFrame, liveEffort, type ReadQr } from '../../shared/qr/decode.ts';
import { decodeLive, guideBox, sight } from '../../shared/qr/live.ts';
import { blurred, cropped, enlarged, type Pixels } from '../../shared/qr/pixels.ts';

function picture(width: number, height: number, grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set([grey(i % width, Math.floor(i / width)), grey(i % width, Math.floor(i / width)), grey(i % width, Math.floor(i / width)), 255], i * 4);
  return { data, width, height };
}
const greys = ({ data }: Pixels): number[] => Array.from({ length: data.length / 4 }, (_, i) => data[i * 4]!);

/** A decoder that finds its text in the n-th picture that it is shown, and notes what it was shown. */
function scripted(hitAt: number, bytes: Uint8Array = new TextEncoder().encode('Nguyễn'.normalize('NFD'))) {
  const shown: { width: number; height: number }[] = [];
  const read: ReadQr = ({ width, height }) => {
    shown.push({ width, height });
    return Promise.resolve(shown.length === hitAt ? [{ bytes }] : []);
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
  it('grey pictures are opaque', () => {
    expect(blurred(picture(1, 1, () => 9)).data).toEqual(Uint8ClampedArray.from([9, 9, 9, 255]));
  });
  it('colour counts by its brightness', () => {
    const green: Pixels = { data: Uint8ClampedArray.from([0, 255, 0, 255]), width: 1, height: 1 };
    expect(greys(blurred(green))).toEqual([150]);
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
  const frame = picture(20, 10, () => 0);
  it.each([[1, 'plain'], [2, 'blur'], [3, 'enlarge']])('hit at picture %i is of step %s', async (hitAt, step) => {
    const { read, shown } = scripted(hitAt);
    expect(await decodeFrame(frame, read)).toEqual({ text: 'Nguyễn', step });
    expect(shown).toHaveLength(hitAt);
  });
  it('no hit after all steps is null; the last picture is the large one', async () => {
    const { read, shown } = scripted(0);
    expect(await decodeFrame(frame, read)).toBeNull();
    expect(shown).toEqual([{ width: 20, height: 10 }, { width: 20, height: 10 }, { width: 30, height: 15 }]);
    expect(allSteps).toHaveLength(3);
  });
  it('bytes that are no UTF-8 have no text, but are a find', async () => {
    const { read } = scripted(1, Uint8Array.from([0x93, 0xfa]));
    expect(await decodeFrame(frame, read)).toEqual({ text: null, step: 'plain' });
  });
});

describe('live video', () => {
  it('first step always, the dear ones on alternate missed frames', () => {
    expect([0, 1, 2, 3].map(liveEffort)).toEqual([['plain'], ['plain', 'blur'], ['plain', 'enlarge'], ['plain', 'blur']]);
  });
  it('the first step sees the whole picture, a dear one the guide box', async () => {
    const { read, shown } = scripted(0);
    await decodeLive(picture(200, 100, () => 0), 0, read);
    await decodeLive(picture(200, 100, () => 0), 1, read);
    expect(shown).toEqual([{ width: 200, height: 100 }, { width: 200, height: 100 }, { width: 200 * guideBox.width, height: 100 * guideBox.height }]);
  });
  const play = (sightings: [text: string, at: number][]) => {
    let before: Parameters<typeof sight>[0] = null;
    return sightings.filter(([text, at]) => {
      const { sighting, report } = sight(before, text, at);
      before = sighting;
      return report;
    });
  };
  it('a held card is reported once a second', () => {
    const held = Array.from({ length: 60 }, (_, i): [string, number] => ['an', i * 50]);
    expect(play(held).map(([, at]) => at)).toEqual([0, 1000, 2000]);
  });
  it('the next person is reported at once, the one before again after', () => {
    expect(play([['an', 0], ['binh', 33], ['an', 66], ['an', 99]])).toEqual([['an', 0], ['binh', 33], ['an', 66]]);
  });
  it('a card that left the picture and came back is reported again, one that flickered is not', () => {
    expect(play([['an', 0], ['an', 300], ['an', 699]])).toEqual([['an', 0]]);
    expect(play([['an', 0], ['an', 400]])).toEqual([['an', 0], ['an', 400]]);
  });
});
