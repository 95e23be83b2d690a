// Field of 256 elements, modulus x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004, 7.5.2); the generator's roots are a^0, a^1 ...
const powers = new Uint8Array(512);
const logs = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  powers[i] = x;
  powers[i + 255] = x;
  logs[x] = i;
  x = (x << 1) ^ (x >= 128 ? 0x11d : 0);
}

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : powers[logs[a]! + logs[b]!]!);
const inverse = (a: number): number => powers[255 - logs[a]!]!;

/** Value of a polynomial, lowest coefficient first, at a^exponent. */
function valueAt(polynomial: ArrayLike<number>, exponent: number): number {
  let sum = 0;
  for (let i = 0; i < polynomial.length; i++) {
    const c = polynomial[i]!;
    if (c !== 0) sum ^= powers[(logs[c]! + i * exponent) % 255]!;
  }
  return sum;
}

/**
 * Corrects a block in place, as far as twice the errors plus the erasures is at most `capacity`.
 * Returns how many codewords were wrong at places that were not given as erased, or null where it cannot be corrected;
 * then the block is as it was.
 * @param word codewords, correction last, at most 255
 * @param correction how many of them are correction
 * @param erased places of codewords not to be trusted
 * @param capacity at most `correction`; each one less makes it 256 times less likely that noise passes for a block
 */
export function correct(word: Uint8Array, correction: number, erased: readonly number[], capacity: number): number | null {
  if (erased.length > capacity) return null;
  const length = word.length;
  const syndromes = new Uint8Array(correction);
  let clean = true;
  for (let i = 0; i < correction; i++) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum = times(sum, powers[i]!) ^ word[k]!;
    syndromes[i] = sum;
    if (sum !== 0) clean = false;
  }
  if (clean) return 0;
  const { locator, degree } = locatorOf(syndromes, erased.map((place) => length - 1 - place));
  const count = locator.length - 1;
  // A register longer than its polynomial fits no error pattern: without this one word of 256 passes, corrected to no codeword.
  if (degree !== count) return null;
  const errors = count - erased.length;
  if (errors < 0 || 2 * errors + erased.length > capacity) return null;
  const places: number[] = [];
  for (let exponent = 0; exponent < length; exponent++) if (valueAt(locator, 255 - exponent) === 0) places.push(exponent);
  if (places.length !== count) return null;
  // Forney: value = x * evaluator(1/x) / locator'(1/x), for roots that begin at a^0.
  const evaluator = new Uint8Array(correction);
  for (let i = 0; i < correction; i++) for (let k = 0; k <= Math.min(i, count); k++) evaluator[i]! ^= times(locator[k]!, syndromes[i - k]!);
  const derivative = locator.map((c, i) => (i % 2 === 1 ? c : 0)).slice(1);
  const magnitudes = places.map((exponent) => {
    const slope = valueAt(derivative, (255 - exponent) % 255);
    return slope === 0 ? 0 : times(powers[exponent]!, times(valueAt(evaluator, (255 - exponent) % 255), inverse(slope)));
  });
  for (const [i, exponent] of places.entries()) word[length - 1 - exponent]! ^= magnitudes[i]!;
  return errors;
}

/** Error locator, lowest coefficient first, and the length of its register, by Berlekamp and Massey begun at the locator of the erasures (Blahut). */
function locatorOf(syndromes: Uint8Array, erasures: readonly number[]): { locator: number[]; degree: number } {
  let locator = [1];
  for (const exponent of erasures) locator = plus(locator, [0, ...locator.map((c) => times(c, powers[exponent]!))]);
  let before = locator;
  let degree = erasures.length;
  for (let step = erasures.length; step < syndromes.length; step++) {
    let discrepancy = 0;
    for (let k = 0; k < locator.length && k <= step; k++) discrepancy ^= times(locator[k]!, syndromes[step - k]!);
    before = [0, ...before];
    if (discrepancy === 0) continue;
    const next = plus(locator, before.map((c) => times(c, discrepancy)));
    if (2 * degree <= step + erasures.length) {
      const shrink = inverse(discrepancy);
      before = locator.map((c) => times(c, shrink));
      degree = step + 1 + erasures.length - degree;
    }
    locator = next;
  }
  while (locator.length > 1 && locator.at(-1) === 0) locator.pop();
  return { locator, degree };
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) ^ (b[i] ?? 0));
}
