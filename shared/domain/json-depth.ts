/**
 * Whether a value nests deeper than `most` levels. Walked without recursion: a body of a megabyte can nest half a million
 * deep, which neither our own walks nor the databases' JSON functions survive.
 */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** How deep an event's payload may nest. */
export const deepestPayload = 40;
