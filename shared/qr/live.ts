import { lookAt, type DecodedQr, type ReadQr, type Step } from './decode.ts';
import { hintOf, steadied, type Hint, type SteadyHint } from './hint.ts';
import { cropped, Darkroom, greyOf, type Box, type Grey, type Pixels } from './pixels.ts';
import type { Place } from './place.ts';
import { viewOf, type View } from './view.ts';

/** The guide box that the screen draws, as parts of the picture: the dear steps look only there. */
export const guideBox = { x: 0.15, y: 0.08, width: 0.7, height: 0.84 } as const;

/** The guide box of a picture, in pixels. */
export function guideBoxOf({ width, height }: { width: number; height: number }): Box {
  return { x: guideBox.x * width, y: guideBox.y * height, width: guideBox.width * width, height: guideBox.height * height };
}

/** What one frame of live video gave. */
export interface LiveLook {
  found: DecodedQr | null;
  /** What to tell the person now; it is calm: it does not change from frame to frame. */
  hint: Hint;
  /** What was measured for the hint, renewed some times a second. */
  view: View | null;
}

export interface LiveDecoder {
  /**
   * Looks at one frame (colour, or its brightness plane alone, which a `VideoFrame` can give without a canvas).
   * One at a time: wait for the answer before the next call.
   * @param now milliseconds of any clock that only rises
   */
  decode(frame: Pixels | Grey, now: number): Promise<LiveLook>;
}

const MEASURE_EVERY_MS = 150;

/** A decoder for the frames of one camera, in order; it remembers what it needs of the frames before. */
export function createLiveDecoder(read: ReadQr): LiveDecoder {
  const darkroom = new Darkroom();
  let missed = 0;
  let view: View | null = null;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let steady: SteadyHint | null = null;

  return {
    async decode(frame, now) {
      const grey = 'file' in frame ? frame : greyOf(frame, darkroom.grey('frame', frame.width, frame.height));
      const { found, unread } = await lookLive(grey, missed, read, darkroom);
      missed = found === null ? missed + 1 : 0;
      if (now - measuredAt >= MEASURE_EVERY_MS) {
        view = viewOf(grey, guideBoxOf(grey), found?.place ?? unread);
        measuredAt = now;
        steady = steadied(steady, hintOf(view, found !== null), now);
      } else if (found !== null) {
        steady = steadied(steady, 'ok', now);
      }
      return { found, hint: steady?.shown ?? 'none', view };
    },
  };
}

/**
 * Steps for the next frame of live video after so many frames without a hit: the first step on every frame, the
 * two dear ones on alternate frames, so that no frame costs all three.
 */
export function liveEffort(missedFrames: number): readonly [Step, Step?] {
  if (missedFrames === 0) return ['plain'];
  return missedFrames % 2 === 1 ? ['plain', 'blur'] : ['plain', 'enlarge'];
}

/** The first step on the whole picture, so that no place in it is blind; after misses one of the dear steps on the guide box. */
async function lookLive(frame: Grey, missed: number, read: ReadQr, darkroom: Darkroom): Promise<{ found: DecodedQr | null; unread: Place | null }> {
  const [first, dear] = liveEffort(missed);
  const whole = await lookAt(frame, read, { effort: [first], darkroom });
  if (whole.found !== null || dear === undefined) return whole;
  const box = guideBoxOf(frame);
  const { found, unread } = await lookAt(cropped(frame, box, darkroom), read, { effort: [dear], darkroom });
  const back = (place: Place): Place => moved(place, Math.round(box.x), Math.round(box.y));
  return { found: found === null ? null : { ...found, place: back(found.place) }, unread: whole.unread ?? (unread === null ? null : back(unread)) };
}

function moved({ corners: [a, b, c, d], modules }: Place, dx: number, dy: number): Place {
  const at = ({ x, y }: { x: number; y: number }) => ({ x: x + dx, y: y + dy });
  return { corners: [at(a), at(b), at(c), at(d)], modules };
}
