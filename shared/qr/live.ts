import { decodeFrame, liveEffort, type DecodedQr, type ReadQr } from './decode.ts';
import { cropped, type Pixels } from './pixels.ts';

/** The guide box that the screen draws, as parts of the picture: the dear steps look only there. */
export const guideBox = { x: 0.15, y: 0.08, width: 0.7, height: 0.84 } as const;

/**
 * One frame of live video: the first step on the whole picture, so that no place in it is blind; after misses one of
 * the dear steps on the guide box.
 */
export async function decodeLive(frame: Pixels, missedFrames: number, read: ReadQr): Promise<DecodedQr | null> {
  const [first, dear] = liveEffort(missedFrames);
  const found = await decodeFrame(frame, read, { effort: [first] });
  if (found !== null || dear === undefined) return found;
  const { width, height } = frame;
  const box = { x: guideBox.x * width, y: guideBox.y * height, width: guideBox.width * width, height: guideBox.height * height };
  return decodeFrame(cropped(frame, box), read, { effort: [dear] });
}

/** What the camera has shown of late. */
export interface Sighting {
  text: string;
  reportedAt: number;
  seenAt: number;
}

const REPORT_AGAIN_MS = 1000;
// A held card is missed in single frames; only after this long without it has it left the picture.
const GONE_AFTER_MS = 400;

/**
 * Whether a text read at `now` (milliseconds, any clock that only rises) is to be reported: another text always and
 * at once, the same text once it has left the picture or a second has passed. The gate's own repeat rule decides
 * what a repeat means.
 */
export function sight(before: Sighting | null, text: string, now: number): { sighting: Sighting; report: boolean } {
  const report = before === null || before.text !== text || now - before.seenAt >= GONE_AFTER_MS || now - before.reportedAt >= REPORT_AGAIN_MS;
  return { sighting: { text, seenAt: now, reportedAt: report ? now : before.reportedAt }, report };
}
