export interface Point {
  x: number;
  y: number;
}

/**
 * Where a QR symbol lies in a picture: its outer corners in pixels, going round from the one where reading starts (top
 * left of the upright symbol), and how many modules it has a side (21 to 177).
 */
export interface Place {
  corners: readonly [Point, Point, Point, Point];
  modules: number;
}

/** Pixels a module, of the side that is seen shortest: that one decides whether the symbol can be read. */
export function modulePixels({ corners, modules }: Place): number {
  const sides = corners.map((corner, i) => {
    const next = corners[(i + 1) % 4]!;
    return Math.hypot(next.x - corner.x, next.y - corner.y);
  });
  return Math.min((sides[0]! + sides[2]!) / 2, (sides[1]! + sides[3]!) / 2) / modules;
}

/** The same place in a picture whose origin lies elsewhere. */
export function moved({ corners: [a, b, c, d], modules }: Place, dx: number, dy: number): Place {
  const at = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return { corners: [at(a), at(b), at(c), at(d)], modules };
}
