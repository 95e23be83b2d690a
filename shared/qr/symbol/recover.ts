import { newGrey, type Grey } from '../pixels.ts';
import { blocksOf, formatBits, isMasked, type Layout, type Level } from './layout.ts';
import { correct } from './reed-solomon.ts';

// Correction symbols that stay unused: two make it 65,536 times less likely that noise passes for a block.
const SPARE = 2;

/**
 * Finds the symbol that soft modules mean: positive is dark, negative light, the more the surer, about 0 unknown.
 * Codewords that are least sure are given up one after the other (erasures count half of errors), which is what
 * decoders that see only black and white cannot do. Null where no symbol lies near enough.
 */
export function recover(layout: Layout, soft: Float32Array): Int8Array | null {
  for (const { level, mask } of formats(layout, soft).slice(0, 2)) {
    const codewords = correctedCodewords(layout, soft, level, mask);
    if (codewords !== null) return symbolOf(layout, codewords, level, mask);
  }
  return null;
}

/** Level and mask, the likeliest first. */
function formats(layout: Layout, soft: Float32Array): { level: Level; mask: number; score: number }[] {
  const all: { level: Level; mask: number; score: number }[] = [];
  for (let k = 0; k < 32; k++) {
    const [level, mask] = [(k >> 3) as Level, k & 7];
    const bits = formatBits(level, mask);
    let score = 0;
    for (const [i, [near, far]] of layout.format.entries()) score += (soft[near]! + soft[far]!) * ((bits >> i) & 1 ? 1 : -1);
    all.push({ level, mask, score });
  }
  // All light, or nothing seen, would be a valid symbol of zeros; a format is never that.
  return all.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

function correctedCodewords(layout: Layout, soft: Float32Array, level: Level, mask: number): Uint8Array | null {
  const { size, path } = layout;
  const total = path.length >> 3;
  const words = new Uint8Array(total);
  const sureness = new Float32Array(total);
  for (let i = 0; i < total; i++) {
    let word = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let bit = 0; bit < 8; bit++) {
      const module = path[i * 8 + bit]!;
      const value = soft[module]! * (isMasked(mask, Math.floor(module / size), module % size) ? -1 : 1);
      word = (word << 1) | (value > 0 ? 1 : 0);
      least = Math.min(least, Math.abs(value));
    }
    words[i] = word;
    sureness[i] = least;
  }
  const { blocks, correction } = blocksOf(layout, level);
  for (const places of blocks) {
    const corrected = correctedBlock(places.map((place) => words[place]!), places.map((place) => sureness[place]!), correction);
    if (corrected === null) return null;
    for (const [i, place] of places.entries()) words[place] = corrected[i]!;
  }
  return words;
}

function correctedBlock(words: readonly number[], sureness: readonly number[], correction: number): Uint8Array | null {
  const byDoubt = sureness.map((_, i) => i).sort((a, b) => sureness[a]! - sureness[b]!);
  const capacity = correction - SPARE;
  for (let erased = 0; erased <= capacity; erased += 2) {
    const block = Uint8Array.from(words);
    if (correct(block, correction, byDoubt.slice(0, erased), capacity) !== null) return block;
  }
  return null;
}

function symbolOf(layout: Layout, codewords: Uint8Array, level: Level, mask: number): Int8Array {
  const { size, fixed, format, path } = layout;
  const modules = Int8Array.from(fixed);
  const bits = formatBits(level, mask);
  for (const [i, places] of format.entries()) for (const place of places) modules[place] = (bits >> i) & 1 ? 1 : -1;
  for (let i = 0; i < path.length; i++) {
    const module = path[i]!;
    const word = codewords[i >> 3] ?? 0;
    const dark = (((word >> (7 - (i & 7))) & 1) === 1) !== isMasked(mask, Math.floor(module / size), module % size);
    modules[module] = dark ? 1 : -1;
  }
  return modules;
}

/** A clean picture of a symbol, four pixels a module with the quiet zone around, for a decoder to read. */
export function drawn(modules: Int8Array, size: number): Grey {
  const scale = 4;
  const side = (size + 8) * scale;
  const picture = newGrey(side, side);
  picture.data.fill(255);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (modules[row * size + column]! <= 0) continue;
      for (let y = 0; y < scale; y++) {
        const from = ((row + 4) * scale + y) * side + (column + 4) * scale;
        picture.data.fill(0, from, from + scale);
      }
    }
  }
  return picture;
}
