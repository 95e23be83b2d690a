import type { Hint } from '../../shared/qr/hint.ts';

/** Page to worker: a stream of video frames to empty, or single pictures where the browser has no such stream. */
export type ToWorker =
  | { kind: 'stream'; frames: ReadableStream<VideoFrame> }
  | { kind: 'picture'; picture: ImageBitmap };

/** What is worth telling a person who holds a card before the camera. */
export type ShownHint = Exclude<Hint, 'ok' | 'none'>;

/** Worker to page. Times are milliseconds since 1970 with fractions: worker and page have different zero points. */
export type FromWorker =
  | { kind: 'text'; text: string; capturedAt: number; decodedAt: number }
  /** Some times a second while pictures come, and at once when the hint changes. */
  | { kind: 'view'; hint: ShownHint | null }
  /** The picture has been looked at; the next may be sent. */
  | { kind: 'ready' };
