import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { Darkroom, newGrey, type Grey } from '../../shared/qr/pixels.ts';
import type { Place, Point } from '../../shared/qr/place.ts';
import { gridOf } from '../../shared/qr/symbol/grid.ts';
import { layoutOf } from '../../shared/qr/symbol/layout.ts';
import { recover, recoverTogether } from '../../shared/qr/symbol/recover.ts';
import { correct } from '../../shared/qr/symbol/reed-solomon.ts';
import { project, projectionOf } from '../../shared/qr/symbol/relief.ts';
import { GridStack } from '../../shared/qr/symbol/stack.ts';
import { Random } from '../fixtures/qr/random.ts';

const levels = ['L', 'M', 'Q', 'H'] as const;

/** A symbol by another author's encoder: 1 dark, -1 light. */
function symbol(version: number, errorCorrectionLevel: (typeof levels)[number], text = 'Nữ'): { size: number; modules: Float32Array } {
  const { modules } = QRCode.create([{ data: Buffer.from(text), mode: 'byte' }], { version, errorCorrectionLevel });
  return { size: modules.size, modules: Float32Array.from(modules.data, (dark) => (dark ? 1 : -1)) };
}

describe('layout', () => {
  it('of all forty versions agrees with another encoder, module by module and block by block', () => {
    for (let version = 1; version <= 40; version++) {
      for (const level of levels) {
        const { size, modules } = symbol(version, level);
        const layout = layoutOf(size)!;
        expect(layout.fixed.every((due, i) => due === 0 || due === modules[i]), `version ${version}`).toBe(true);
        // One wrong module in each of the first codewords: blocks of a wrong length could not correct them.
        const soft = modules.map((value, i) => (i === layout.path[3] || i === layout.path[8 * 7] ? -value : value));
        expect(recover(layout, soft), `version ${version}-${level}`).toEqual(Int8Array.from(modules));
      }
    }
  });
  it.each([0, 17, 20, 22, 181, 21.5])('%f modules a side is no version', (size) => {
    expect(layoutOf(size)).toBeNull();
  });
});

describe('correct', () => {
  // 26 codewords of version 1-M, 10 of them correction.
  const clean = (): Uint8Array => {
    const layout = layoutOf(21)!;
    const { modules } = symbol(1, 'M');
    const found = recover(layout, modules)!;
    const mask = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => wordsOf(found, layout.path, k)).find((words) => correct(words.slice(), 10, [], 0) === 0);
    return mask!;
  };
  function wordsOf(modules: Int8Array, path: Uint16Array, mask: number): Uint8Array {
    const masks = [(r: number, c: number) => (r + c) % 2, (r: number) => r % 2, (_: number, c: number) => c % 3, (r: number, c: number) => (r + c) % 3,
      (r: number, c: number) => ((r >> 1) + Math.floor(c / 3)) % 2, (r: number, c: number) => ((r * c) % 2) + ((r * c) % 3),
      (r: number, c: number) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r: number, c: number) => (((r + c) % 2) + ((r * c) % 3)) % 2];
    const words = new Uint8Array(path.length >> 3);
    for (let i = 0; i < words.length * 8; i++) {
      const dark = (modules[path[i]!]! > 0) !== (masks[mask]!(Math.floor(path[i]! / 21), path[i]! % 21) === 0);
      words[i >> 3]! |= (dark ? 1 : 0) << (7 - (i & 7));
    }
    return words;
  }

  it('every mix of errors and erasures within the capacity is corrected, and the errors counted', () => {
    const random = new Random(5);
    const word = clean();
    for (let erasures = 0; erasures <= 10; erasures++) {
      for (let errors = 0; 2 * errors + erasures <= 10; errors++) {
        for (let round = 0; round < 20; round++) {
          const places = Array.from(word, (_, i) => i).sort(() => random.next() - 0.5);
          const bad = word.slice();
          for (const place of places.slice(0, errors)) bad[place]! ^= random.whole(1, 255);
          const erased = places.slice(errors, errors + erasures);
          for (const place of erased) bad[place] = random.whole(0, 255);
          const clear = bad.every((value, i) => value === word[i]);
          expect(correct(bad, 10, erased, 10)).toBe(clear ? 0 : errors);
          expect(bad).toEqual(word);
        }
      }
    }
  });
  it('of random words as many pass as the free correction words let through, and each that passes is a codeword', () => {
    const random = new Random(7);
    let passed = 0;
    for (let round = 0; round < 20_000; round++) {
      const word = Uint8Array.from({ length: 26 }, () => random.whole(0, 255));
      if (correct(word, 10, [3, 1, 4, 15, 9, 2, 6, 5, 20], 10) === null) continue;
      passed += 1;
      expect(correct(word, 10, [], 0)).toBe(0);
    }
    // One in 256 is 78; nine times the deviation either way.
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThan(160);
  });
  it('more than the capacity is refused and the block left as it was', () => {
    const random = new Random(6);
    const word = clean();
    for (let round = 0; round < 300; round++) {
      const bad = word.map((value) => value ^ random.whole(1, 255));
      const before = bad.slice();
      expect(correct(bad, 10, [0, 1, 2], 8)).toBeNull();
      expect(bad).toEqual(before);
    }
  });
});

describe('recover', () => {
  const layout = layoutOf(49)!;
  const { modules } = symbol(8, 'M', '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021');
  it('a fifth of the symbol hidden is given up, not guessed, and the rest read', () => {
    // All of one corner unknown, with noise that a hard decision would take for modules.
    const random = new Random(1);
    const soft = modules.map((value, i) => (i % 49 > 26 && Math.floor(i / 49) > 26 ? random.between(-0.1, 0.1) : value * random.between(0.4, 1)));
    expect(recover(layout, soft)).toEqual(Int8Array.from(modules));
  });
  it('noise is no symbol, of one block or of four', () => {
    const random = new Random(2);
    for (let round = 0; round < 200; round++) expect(recover(layout, new Float32Array(49 * 49).map(() => random.between(-1, 1)))).toBeNull();
    const small = layoutOf(25)!;
    for (let round = 0; round < 3000; round++) expect(recover(small, new Float32Array(25 * 25).map(() => random.between(-1, 1)))).toBeNull();
  });
  it('a block with too little left after what is hidden is refused, though what is left fits it', () => {
    // All codewords of 2-M but 18 of 44 hidden: 28 data, 16 correction; seventeen hidden could be anything.
    const { modules: true2 } = symbol(2, 'M');
    const layout2 = layoutOf(25)!;
    const hidden = (words: number): Float32Array => {
      const soft = Float32Array.from(true2);
      for (let i = 0; i < words * 8; i++) soft[layout2.path[i]!] = 0.001;
      return soft;
    };
    expect(recover(layout2, hidden(12))).toEqual(Int8Array.from(true2));
    expect(recover(layout2, hidden(14))).toBeNull();
  });
  it('nothing seen at all is no symbol', () => {
    // All codewords zero are a valid block of every code: a dead sensor must not read as an empty text.
    expect(recover(layout, new Float32Array(49 * 49))).toBeNull();
  });
});

/** A symbol seen askew in a frame, each pixel the mean of four points, under noise. */
function seen(modules: Float32Array, place: Place, { noise = 0, hide = null as Place['corners'][0] | null } = {}): Grey {
  const frame = newGrey(400, 300);
  const random = new Random(3);
  const p = projectionOf(place);
  const n = place.modules;
  // The inverse by Newton's way, for the projection bends little.
  const back = (x: number, y: number, from: Point): Point => {
    let [u, v] = [from.x, from.y];
    for (let i = 0; i < 4; i++) {
      const [here, right, down] = [project(p, u, v), project(p, u + 0.01, v), project(p, u, v + 0.01)];
      const [a, b, c, d] = [(right.x - here.x) * 100, (down.x - here.x) * 100, (right.y - here.y) * 100, (down.y - here.y) * 100];
      const [dx, dy, det] = [x - here.x, y - here.y, a * d - b * c];
      [u, v] = [u + (d * dx - b * dy) / det, v + (a * dy - c * dx) / det];
    }
    return { x: u, y: v };
  };
  for (let y = 0; y < 300; y++) {
    for (let x = 0; x < 400; x++) {
      let light = 0;
      for (let k = 0; k < 4; k++) {
        const { x: u, y: v } = back(x + (k % 2) / 2 + 0.25, y + Math.floor(k / 2) / 2 + 0.25, { x: n / 2, y: n / 2 });
        const dark = u >= 0 && v >= 0 && u < n && v < n && modules[Math.floor(v) * n + Math.floor(u)]! > 0;
        light += dark ? 60 : 180;
      }
      const hidden = hide !== null && Math.hypot(x - hide.x, y - hide.y) < 22;
      frame.data[y * 400 + x] = Math.min(255, Math.max(0, (hidden ? 250 : light / 4) + random.between(-noise, noise)));
    }
  }
  return frame;
}

describe('gridOf', () => {
  const { size, modules } = symbol(7, 'M', 'x'.repeat(100));
  const place: Place = { corners: [{ x: 130, y: 70 }, { x: 262, y: 88 }, { x: 251, y: 221 }, { x: 112, y: 206 }], modules: size };
  const wrong = (soft: Float32Array): number => soft.filter((value, i) => value > 0 !== modules[i]! > 0).length;
  it('finds a symbol of three pixels a module askew, to a third of a module, and every module of it', () => {
    const grid = gridOf(seen(modules, place, { noise: 30 }), { fine: true, darkroom: new Darkroom() })!;
    for (const [i, corner] of grid.place.corners.entries()) expect(Math.hypot(corner.x - place.corners[i]!.x, corner.y - place.corners[i]!.y)).toBeLessThan(1);
    expect({ modules: grid.place.modules, wrong: wrong(grid.soft) }).toEqual({ modules: size, wrong: 0 });
  });
  it('a place that a decoder guessed two versions too small is put right without a search', () => {
    const frame = seen(modules, place, { noise: 10 });
    const guess: Place = { corners: place.corners.map(({ x, y }) => ({ x: x + 1.5, y: y - 1 })) as unknown as Place['corners'], modules: size - 8 };
    expect(gridOf(frame, { unread: guess, darkroom: new Darkroom() })).toMatchObject({ place: { modules: size } });
  });
  it('what light hides is unsure, what it leaves is read', () => {
    const grid = gridOf(seen(modules, place, { noise: 10, hide: { x: 195, y: 160 } }), { fine: true, darkroom: new Darkroom() })!;
    expect(recover(layoutOf(size)!, grid.soft)).toEqual(Int8Array.from(modules));
  });
  it('an empty, an even and a tiny picture have none', () => {
    for (const frame of [newGrey(0, 0), newGrey(1, 1), newGrey(30, 2), newGrey(640, 480)]) expect(gridOf(frame, { fine: true, darkroom: new Darkroom() })).toBeNull();
  });
});

describe('GridStack', () => {
  const { size, modules } = symbol(8, 'L', 'Nguyễn Văn An, Thôn 1, Gia Bình'.repeat(3));
  const other = symbol(8, 'L', '0123456789'.repeat(12)).modules;
  const place: Place = { corners: [{ x: 0, y: 0 }, { x: 98, y: 0 }, { x: 98, y: 98 }, { x: 0, y: 98 }], modules: size };
  const random = new Random(4);
  /** The symbol with a stripe of it hidden and noise over all. */
  const grid = (of: Float32Array, from: number, to: number, noise = 0.4) => ({
    place, score: 0.9, soft: of.map((value, i) => (i % size >= from && i % size < to ? 0 : value) + random.between(-noise, noise)),
  });
  const layout = layoutOf(size)!;

  it('frames of which none can be read alone are read together', () => {
    const grids = [grid(modules, 9, 21, 0.7), grid(modules, 21, 33, 0.7), grid(modules, 33, 45, 0.7)];
    expect(grids.map(({ soft }) => recover(layout, soft))).toEqual([null, null, null]);
    const stack = new GridStack();
    for (const [i, one] of grids.entries()) stack.add(one, i * 50);
    expect(recover(layout, stack.together()!.soft)).toEqual(Int8Array.from(modules));
  });
  it('another symbol begins anew and is never mixed with the one before', () => {
    const stack = new GridStack();
    stack.add(grid(modules, 0, 10), 0);
    stack.add(grid(modules, 0, 10), 50);
    stack.add(grid(other, 0, 10, 0.15), 100);
    expect(stack.together()).toBeNull();
    stack.add(grid(other, 10, 20, 0.15), 150);
    expect(recover(layout, stack.together()!.soft)).toEqual(Int8Array.from(other));
  });
  it('cards of one household, alike in most of their text, never make a third, nor is one told while the other is seen', () => {
    const residence = 'Số 7, Ngõ 105/30 Phố Bạch Mai, Tổ 28, Phường Thanh Nhàn, Quận Hai Bà Trưng, Thành phố Hà Nội';
    const twin = (id: string, name: string) => symbol(10, 'L', `${id}|012345678|${name}|17091990|Nam|${residence}|10052021`);
    const [an, ha] = [twin('001090012345', 'Nguyễn Văn An'), twin('001090054321', 'Nguyễn Văn Hà')];
    const twins = layoutOf(an.size)!;
    const draw = new Random(9);
    const seenOf = (of: Float32Array): Float32Array => {
      const [from, noise, strength] = [draw.whole(0, an.size), draw.between(0.2, 0.6), draw.between(0.5, 1)];
      return of.map((value, i) => ((i % an.size - from + an.size) % an.size < 16 ? 0 : value * strength) + draw.between(-noise, noise));
    };
    let [mixed, taken] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const frames = Array.from({ length: 5 }, (_, i) => seenOf((i < round % 4 + 1 ? an : ha).modules));
      const soft = frames[0]!.map((_, i) => frames.reduce((sum, frame) => sum + frame[i]!, 0));
      if (recover(twins, soft) !== null) taken += 1;
      if (recoverTogether(twins, soft, frames) !== null) mixed += 1;
    }
    // The danger is there: without the frames' consent one of the two is read.
    expect(taken).toBeGreaterThan(30);
    expect(mixed).toBe(0);
    const own = [4, 20, 36].map((from) => an.modules.map((value, i) => (i % an.size >= from && i % an.size < from + 10 ? 0 : value * 0.8) + draw.between(-0.4, 0.4)));
    expect(recoverTogether(twins, own[0]!.map((_, i) => own.reduce((sum, frame) => sum + frame[i]!, 0)), own)).toEqual(Int8Array.from(an.modules));
  });
  it('what is older than a second and a half is forgotten', () => {
    const stack = new GridStack();
    stack.add(grid(modules, 0, 10), 0);
    stack.add(grid(modules, 0, 10), 1000);
    expect(stack.placeAt(1400)).toBe(place);
    expect(stack.together()).not.toBeNull();
    expect(stack.placeAt(1600)).toBe(place);
    expect(stack.together()).toBeNull();
    stack.forget(3000);
    expect(stack.placeAt(3000)).toBeNull();
  });
  it('holds five at the most', () => {
    const stack = new GridStack();
    for (let i = 0; i < 40; i++) stack.add({ place, score: 1, soft: modules }, i);
    const loudest = Math.max(...stack.together()!.soft);
    expect(Math.round(loudest * 0.1)).toBe(5);
  });
});
