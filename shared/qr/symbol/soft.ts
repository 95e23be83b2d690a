import type { Place } from '../place.ts';
import type { Layout } from './layout.ts';
import { projectionOf, reliefAt, type Relief } from './relief.ts';

// Each module is judged by what is seen at its middle, edges, corners and as far as its neighbours' middles.
const TAPS = 25;
const SIZE = TAPS + 1;

/**
 * How dark each module is: about 1 dark, -1 light, 0 unknown. What neighbours blur into a module is taken out by a linear
 * filter that is learnt (least squares) from the symbol's own fixed modules, then once more from all that it made sure
 * of; so it fits this picture's blur, direction of motion and noise.
 */
export function softModules(relief: Relief, place: Place, layout: Layout): Float32Array {
  const { size, fixed } = layout;
  const seen = halfSteps(relief, place);
  let known = Float32Array.from(fixed);
  let soft = filtered(seen, size, learnt(seen, size, known));
  for (let round = 0; round < 2; round++) {
    known = soft.map((value, i) => (fixed[i] !== 0 ? fixed[i]! : Math.abs(value) > 0.5 ? Math.sign(value) : 0));
    soft = filtered(seen, size, learnt(seen, size, known));
  }
  return soft;
}

/** The relief at every half module, from one module outside the symbol on: a grid of 2 * size + 5 a side. */
function halfSteps(relief: Relief, place: Place): Float32Array {
  const side = place.modules * 2 + 5;
  const p = projectionOf(place);
  const seen = new Float32Array(side * side);
  for (let row = 0, i = 0; row < side; row++) {
    for (let column = 0; column < side; column++, i++) {
      const [u, v] = [(column - 2) / 2, (row - 2) / 2];
      const w = p[6]! * u + p[7]! * v + 1;
      seen[i] = reliefAt(relief, (p[0]! * u + p[1]! * v + p[2]!) / w, (p[3]! * u + p[4]! * v + p[5]!) / w);
    }
  }
  return seen;
}

function tapsAt(seen: Float32Array, size: number, module: number, taps: Float64Array): void {
  const side = size * 2 + 5;
  // The middle of module (row, column) lies at half steps (2 row + 3, 2 column + 3).
  const from = (Math.floor(module / size) * 2 + 1) * side + (module % size) * 2 + 1;
  for (let row = 0, i = 0; row < 5; row++) for (let column = 0; column < 5; column++, i++) taps[i] = seen[from + row * side + column]!;
  taps[TAPS] = 1;
}

function filtered(seen: Float32Array, size: number, weights: Float64Array): Float32Array {
  const soft = new Float32Array(size * size);
  const taps = new Float64Array(SIZE);
  for (let module = 0; module < soft.length; module++) {
    tapsAt(seen, size, module, taps);
    let sum = 0;
    for (let i = 0; i < SIZE; i++) sum += taps[i]! * weights[i]!;
    soft[module] = sum;
  }
  return soft;
}

/** Weights that come nearest to what is known, by normal equations with a little ridge against few examples. */
function learnt(seen: Float32Array, size: number, known: Float32Array): Float64Array {
  const matrix = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  const taps = new Float64Array(SIZE);
  let power = 0;
  for (let module = 0; module < known.length; module++) {
    if (known[module] === 0) continue;
    tapsAt(seen, size, module, taps);
    for (let i = 0; i < SIZE; i++) {
      right[i]! += taps[i]! * known[module]!;
      for (let k = 0; k <= i; k++) matrix[i * SIZE + k]! += taps[i]! * taps[k]!;
    }
    power += taps[12]! * taps[12]!;
  }
  for (let i = 0; i < SIZE; i++) matrix[i * SIZE + i]! += power * 0.02 + 1e-6;
  return solved(matrix, right);
}

/** Solves a positive definite system by Cholesky; only the lower half of the matrix is read, and it is overwritten. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = matrix[i * n + k]!;
      for (let j = 0; j < k; j++) sum -= matrix[i * n + j]! * matrix[k * n + j]!;
      matrix[i * n + k] = i === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[k * n + k]!;
    }
  }
  const out = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) out[i]! -= matrix[i * n + k]! * out[k]!;
    out[i]! /= matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) out[i]! -= matrix[k * n + i]! * out[k]!;
    out[i]! /= matrix[i * n + i]!;
  }
  return out;
}
