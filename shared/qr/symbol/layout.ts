/** Error correction level as the two bits of the format say it (ISO/IEC 18004, table 12). */
export type Level = 0 | 1 | 2 | 3;

// ISO/IEC 18004 table 9, versions 1 to 40, by the level's bits M, L, H, Q.
const correctionPerBlock: readonly (readonly number[])[] = [
  [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
];
const blockCounts: readonly (readonly number[])[] = [
  [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
  [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
  [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
];

/** What every symbol of a size has in common. A module's number is row times size plus column. */
export interface Layout {
  /** Modules a side. */
  size: number;
  /** 1 where every symbol of this size is dark, -1 where every one is light, 0 where it depends on the content. */
  fixed: Int8Array;
  /** Modules of the content in reading order, eight a codeword, the highest bit first. */
  path: Uint16Array;
  /** Modules of the format's 15 bits, the lowest first; each is there twice. */
  format: readonly (readonly [number, number])[];
}

const layouts = new Map<number, Layout>();

/** Layout of a symbol with so many modules a side, or null where there is no such version. */
export function layoutOf(size: number): Layout | null {
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > 40) return null;
  const kept = layouts.get(size);
  if (kept !== undefined) return kept;
  const fixed = fixedModules(size, version);
  const format = formatModules(size);
  const layout = { size, fixed, format, path: contentPath(size, fixed, new Set(format.flat())) };
  layouts.set(size, layout);
  return layout;
}

function fixedModules(size: number, version: number): Int8Array {
  const fixed = new Int8Array(size * size);
  const set = (row: number, column: number, dark: boolean): void => {
    if (row >= 0 && column >= 0 && row < size && column < size) fixed[row * size + column] = dark ? 1 : -1;
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const rings = (row: number, column: number, radius: number, isDark: (ring: number) => boolean): void => {
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) set(row + dy, column + dx, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) rings(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  const centres = alignmentCentres(size, version);
  const last = centres.length - 1;
  for (const [i, row] of centres.entries()) {
    for (const [j, column] of centres.entries()) {
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) rings(row, column, 2, (ring) => ring !== 1);
    }
  }
  set(size - 8, 8, true);
  if (version >= 7) {
    const bits = (version << 12) | remainder(version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(a, b, ((bits >> i) & 1) === 1);
      set(b, a, ((bits >> i) & 1) === 1);
    }
  }
  return fixed;
}

/** ISO/IEC 18004 annex E, as arithmetic: equal even steps from the far side, version 32 apart. */
function alignmentCentres(size: number, version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)];
}

function formatModules(size: number): [number, number][] {
  return Array.from({ length: 15 }, (_, i): [number, number] => {
    const near = i < 6 ? i * size + 8 : i < 8 ? (i + 1) * size + 8 : i === 8 ? 8 * size + 7 : 8 * size + 14 - i;
    const far = i < 8 ? 8 * size + size - 1 - i : (size - 15 + i) * size + 8;
    return [near, far];
  });
}

function contentPath(size: number, fixed: Int8Array, format: ReadonlySet<number>): Uint16Array {
  const path: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; i++) {
      const row: number = upwards ? size - 1 - i : i;
      for (const column of [right, right - 1]) {
        const module = row * size + column;
        if (fixed[module] === 0 && !format.has(module)) path.push(module);
      }
    }
    upwards = !upwards;
  }
  return Uint16Array.from(path);
}

/** Remainder of the BCH codes of format and version. */
function remainder(value: number, bits: number, generator: number): number {
  let rest = value << bits;
  for (let shift = 31 - Math.clz32(rest); shift >= bits && rest !== 0; shift = 31 - Math.clz32(rest)) rest ^= generator << (shift - bits);
  return rest;
}

/** The fifteen bits that tell level and mask (ISO/IEC 18004, 7.9), as they stand in the symbol. */
export function formatBits(level: Level, mask: number): number {
  const data = (level << 3) | mask;
  return ((data << 10) | remainder(data, 10, 0x537)) ^ 0x5412;
}

/** Whether the mask (0 to 7) turns a module over. */
export function isMasked(mask: number, row: number, column: number): boolean {
  const product = row * column;
  switch (mask) {
    case 0: return (row + column) % 2 === 0;
    case 1: return row % 2 === 0;
    case 2: return column % 3 === 0;
    case 3: return (row + column) % 3 === 0;
    case 4: return (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0;
    case 5: return (product % 2) + (product % 3) === 0;
    case 6: return ((product % 2) + (product % 3)) % 2 === 0;
    default: return (((row + column) % 2) + (product % 3)) % 2 === 0;
  }
}

/**
 * The codewords of each block as their places in the symbol's order, data first, then correction; and how many at the
 * end of each block are correction.
 */
export function blocksOf({ size, path }: Layout, level: Level): { blocks: readonly (readonly number[])[]; correction: number } {
  const version = (size - 17) / 4;
  const correction = correctionPerBlock[level]![version - 1]!;
  const count = blockCounts[level]![version - 1]!;
  const total = path.length >> 3;
  const short = Math.floor(total / count) - correction;
  const long = total % count;
  const blocks: number[][] = Array.from({ length: count }, () => []);
  let place = 0;
  for (let i = 0; i <= short; i++) for (let k = i < short ? 0 : count - long; k < count; k++) blocks[k]!.push(place++);
  for (let i = 0; i < correction; i++) for (let k = 0; k < count; k++) blocks[k]!.push(place++);
  return { blocks, correction };
}
