import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { decodeFace } from '../../card/decode-face.ts';
import type { FacePicture as ChipFace } from '../../card/dg2.ts';

/** How long a face is kept that nobody asks for, in milliseconds. */
const keptMs = 5 * 60_000;

export interface FacePicture {
  mime: 'image/jpeg' | 'image/png';
  content: Uint8Array<ArrayBuffer>;
}

/**
 * The face of the card read last, for the screen of the one person who read it. In memory only and one at a time:
 * another read, the end of the case or of the session, or some minutes without a look forget it.
 */
export interface FaceHold {
  /** Keeps the picture for `owner` and gives the name by which only that owner can have it. */
  keep(picture: FacePicture, owner: string): string;
  /** @throws ProblemError `not-found` when it was forgotten, or is another one's */
  get(faceId: string, owner: string): FacePicture;
  /** Forgets the one of this name, or whichever it is: a case that closes late must not take the next one's face along. */
  drop(faceId?: string | null): void;
}

export function createFaceHold(monoMs: () => number): FaceHold {
  let held: { faceId: string; owner: string; picture: FacePicture; at: number } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const drop = (faceId: string | null = null): void => {
    if (faceId !== null && held?.faceId !== faceId) return;
    clearTimeout(timer);
    // The memory is overwritten at once: when it would be given back is not for us to say.
    held?.picture.content.fill(0);
    held = null;
  };
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => { drop(); }, keptMs);
    timer.unref();
  };
  return {
    keep: (picture, owner) => {
      drop();
      held = { faceId: randomUUID(), owner, picture, at: monoMs() };
      watch();
      return held.faceId;
    },
    get: (faceId, owner) => {
      if (held !== null && monoMs() - held.at > keptMs) drop();
      if (held === null || held.faceId !== faceId || held.owner !== owner) throw new ProblemError('not-found', 'face');
      held.at = monoMs();
      watch();
      return { mime: held.picture.mime, content: held.picture.content.slice() };
    },
    drop,
  };
}

/**
 * The face of a chip as a browser shows it: a JPEG as it is, JPEG 2000 decoded and written as PNG. Null where the picture
 * is damaged: the person can be served all the same.
 */
export async function showableFace(face: ChipFace): Promise<FacePicture | null> {
  if (face.format === 'jpeg') return { mime: 'image/jpeg', content: Uint8Array.from(face.bytes) };
  try {
    const { width, height, rgba } = await decodeFace(face);
    // Loads its native part only where a card asks for it.
    const { default: sharp } = await import('sharp');
    return { mime: 'image/png', content: Uint8Array.from(await sharp(rgba, { raw: { width, height, channels: 4 } }).png().toBuffer()) };
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
