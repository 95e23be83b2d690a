/** A camera and a code before it. */
export interface CodeBeforeCamera {
  /** Pixels across the camera's picture. */
  pixelsAcross: number;
  /** Angle that the lens sees across the picture, in degrees. */
  lensDegrees: number;
  /** From the lens to the code, in millimetres. */
  distanceMm: number;
  /** Side of the code in millimetres. */
  codeMm: number;
  /** Modules a side: 49 for version 8, as on cards. */
  modules: number;
}

/** The code on a card: 11 mm (draft of the circular of 2024) and version 8, the middle of what such texts need. */
export const cardCode = { codeMm: 11, modules: 49 } as const;

// Measured on 300 frames with the decoder of this app (test/bench/qr.ts): 1 of 9 below 2.5, 13 of 25 to 3, 28 of 37 to
// 3.5, 52 of 62 to 4.5, and 162 of 167 above.
export const modulePixelsNeeded = { some: 2.5, most: 3.5, good: 4.5 } as const;

export type OpticsVerdict = 'unreadable' | 'poor' | 'readable' | 'good';

/** Width in millimetres of what the camera sees at a distance. */
export function seenWidthMm({ lensDegrees, distanceMm }: Pick<CodeBeforeCamera, 'lensDegrees' | 'distanceMm'>): number {
  return 2 * distanceMm * Math.tan((lensDegrees * Math.PI) / 360);
}

/** Pixels that one module of the code gets, straight before the lens; it decides whether a code can be read. */
export function pixelsPerModule(before: CodeBeforeCamera): number {
  return (before.pixelsAcross / seenWidthMm(before)) * (before.codeMm / before.modules);
}

/** How well a QR with modules of so many pixels is read. */
export function opticsVerdict(modulePixels: number): OpticsVerdict {
  if (modulePixels >= modulePixelsNeeded.good) return 'good';
  if (modulePixels >= modulePixelsNeeded.most) return 'readable';
  return modulePixels >= modulePixelsNeeded.some ? 'poor' : 'unreadable';
}

/** The distance in millimetres at which a module still gets so many pixels. */
export function farthestMm({ pixelsAcross, lensDegrees, codeMm, modules }: Omit<CodeBeforeCamera, 'distanceMm'>, modulePixels: number): number {
  return (pixelsAcross * codeMm) / (modules * modulePixels * seenWidthMm({ lensDegrees, distanceMm: 1 }));
}
