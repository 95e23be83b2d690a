import type { Grey } from '../../shared/qr/pixels.ts';

/** Pixels a side of a cell; a code that is too far away still spans several. */
const CELL = 8;
// Mean step from pixel to pixel, of 255. Sensor noise makes 2 to 6 in both directions; modules of one pixel make 20.
const BUSY = 9;
const LEAST_CELLS = 4;
const MOST_ASPECT = 1.5;
const LEAST_FILL = 0.75;
const LEAST_CALM_AROUND = 0.7;
const LIGHTER_AROUND = 12;

/**
 * Side in pixels of the largest patch that looks like a code too far away to be located: about square, busy in both
 * directions all over, on a calm and lighter ground (its quiet zone). Null where there is none. A photo, a face, a line
 * of text or a patterned shirt lack one of these. Costs about a millisecond.
 */
export function densePatch(picture: Grey): number | null {
  const map = busyMap(picture);
  const { columns, rows, busy } = map;
  const seen = new Uint8Array(busy.length);
  let best: number | null = null;
  for (let start = 0; start < busy.length; start++) {
    if (busy[start] === 0 || seen[start] === 1) continue;
    const part = connected(map, seen, start);
    const [wide, high] = [part.right - part.left + 1, part.bottom - part.top + 1];
    if (Math.min(wide, high) < LEAST_CELLS || Math.max(wide, high) > Math.min(wide, high) * MOST_ASPECT) continue;
    if (part.cells < LEAST_FILL * wide * high || part.left === 0 || part.top === 0 || part.right === columns - 1 || part.bottom === rows - 1) continue;
    const side = Math.sqrt(wide * high) * CELL;
    if (side > (best ?? 0) && hasQuietZone(map, part)) best = side;
  }
  return best;
}

interface BusyMap { columns: number; rows: number; busy: Uint8Array; level: Uint8Array }
interface Part { left: number; right: number; top: number; bottom: number; cells: number }

function busyMap({ data, width, height }: Grey): BusyMap {
  const [columns, rows] = [Math.floor((width - 1) / CELL), Math.floor((height - 1) / CELL)];
  const busy = new Uint8Array(columns * rows);
  const level = new Uint8Array(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      let [across, down, sum] = [0, 0, 0];
      for (let y = 0; y < CELL; y += 2) {
        for (let x = 0, i = (row * CELL + y) * width + column * CELL; x < CELL; x++, i++) {
          const here = data[i]!;
          across += Math.abs(data[i + 1]! - here);
          down += Math.abs(data[i + width]! - here);
          sum += here;
        }
      }
      const count = (CELL * CELL) / 2;
      level[cell] = sum / count;
      if (across > BUSY * count && down > BUSY * count) busy[cell] = 1;
    }
  }
  return { columns, rows, busy, level };
}

function connected({ columns, busy }: BusyMap, seen: Uint8Array, start: number): Part {
  const part: Part = { left: columns, right: 0, top: Number.POSITIVE_INFINITY, bottom: 0, cells: 0 };
  const open = [start];
  seen[start] = 1;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    part.cells += 1;
    part.left = Math.min(part.left, column);
    part.right = Math.max(part.right, column);
    part.top = Math.min(part.top, row);
    part.bottom = Math.max(part.bottom, row);
    const beside = [column > 0 ? cell - 1 : -1, column < columns - 1 ? cell + 1 : -1, cell - columns, cell + columns];
    for (const next of beside) {
      if (next < 0 || next >= busy.length || busy[next] === 0 || seen[next] === 1) continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  return part;
}

/** Whether the ring one cell around is mostly calm and lighter than the patch: white between and around black. */
function hasQuietZone({ columns, busy, level }: BusyMap, { left, right, top, bottom }: Part): boolean {
  let [calm, ring, ringLevel, inside, insideLevel] = [0, 0, 0, 0, 0];
  for (let row = top - 1; row <= bottom + 1; row++) {
    for (let column = left - 1; column <= right + 1; column++) {
      const cell = row * columns + column;
      if (row >= top && row <= bottom && column >= left && column <= right) {
        inside += 1;
        insideLevel += level[cell]!;
      } else {
        ring += 1;
        if (busy[cell] === 0) calm += 1;
        ringLevel += level[cell]!;
      }
    }
  }
  return calm >= LEAST_CALM_AROUND * ring && ringLevel / ring - insideLevel / inside >= LIGHTER_AROUND;
}
