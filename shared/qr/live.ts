import { lookAt, textOf, type DecodedQr, type Look, type LookOptions, type ReadQr, type Step } from './decode.ts';
import { hintOf, steadied, type Hint, type SteadyHint } from './hint.ts';
import { cropped, Darkroom, fitted, greyOf, greyPartOf, type Box, type Grey, type Pixels } from './pixels.ts';
import { moved, type Place } from './place.ts';
import { GridStack } from './symbol/stack.ts';
import { viewOf, type View } from './view.ts';

/** The guide box that the screen draws, as parts of the picture: the dear steps look only there. */
export const guideBox = { x: 0.15, y: 0.08, width: 0.7, height: 0.84 } as const;

/** The guide box of a picture, in pixels. */
function guideBoxOf({ width, height }: { width: number; height: number }): Box {
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
// Above this a frame is looked at in the guide box first and whole every other time: 1080p would cost twice 720p.
const LARGE = 1400;

/** A decoder for the frames of one camera, in order; it remembers what it needs of the frames before. */
export function createLiveDecoder(read: ReadQr): LiveDecoder {
  const darkroom = new Darkroom();
  const stack = new GridStack();
  let [missed, turn] = [0, 0];
  let view: View | null = null;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let steady: SteadyHint | null = null;

  /** Looks at a picture whose origin lies at `x`, `y` of the frame; places come back as of the frame. */
  const look = async (picture: Grey, { x, y }: { x: number; y: number }, options: LookOptions): Promise<Look> => {
    const inward = (place: Place | null | undefined): Place | null => (place ? moved(place, -x, -y) : null);
    const outward = (place: Place): Place => moved(place, x, y);
    const { found, unread, grid } = await lookAt(picture, read, { ...options, unread: inward(options.unread), before: inward(options.before), darkroom });
    return {
      found: found && { ...found, place: outward(found.place) }, unread: unread && outward(unread), grid: grid && { ...grid, place: outward(grid.place) },
    };
  };

  const together = async (): Promise<DecodedQr | null> => {
    const grid = stack.together();
    const text = grid === null ? undefined : await textOf(grid, read);
    return grid === null || text === undefined ? null : { text, step: 'frames', place: grid.place };
  };

  return {
    async decode(frame, now) {
      const box = fitted(guideBoxOf(frame), frame);
      const boxFirst = frame.width > LARGE && turn++ % 2 === 0;
      const picture = boxFirst ? partOf(frame, box, darkroom) : wholeOf(frame, darkroom);
      const origin = boxFirst ? box : { x: 0, y: 0 };
      let { found, unread } = await look(picture, origin, { effort: ['plain'] });
      const dear = liveEffort(missed);
      if (found === null && dear !== null) {
        const part = boxFirst ? picture : cropped(picture, box, darkroom);
        const again = await look(part, box, { effort: [dear], unread, before: stack.placeAt(now) });
        ({ found } = again);
        unread ??= again.unread;
        if (again.grid !== null) {
          stack.add(again.grid, now);
          found ??= await together();
        }
      }
      if (found !== null) stack.clear();
      else stack.forget(now);
      missed = found === null ? missed + 1 : 0;
      if (!boxFirst && now - measuredAt >= MEASURE_EVERY_MS) {
        view = viewOf(picture, box, found?.place ?? unread);
        measuredAt = now;
        steady = steadied(steady, hintOf(view, found !== null), now);
      } else if (found !== null) {
        steady = steadied(steady, 'ok', now);
      }
      return { found, hint: steady?.shown ?? 'none', view };
    },
  };
}

function wholeOf(frame: Pixels | Grey, darkroom: Darkroom): Grey {
  return 'file' in frame ? frame : greyOf(frame, darkroom.grey('frame', frame.width, frame.height));
}

function partOf(frame: Pixels | Grey, box: Box, darkroom: Darkroom): Grey {
  return 'file' in frame ? cropped(frame, box, darkroom) : greyPartOf(frame, box, darkroom.grey('crop', box.width, box.height));
}

// The grid reads most, and its looks can be put together; the others see what it cannot: large symbols, odd shapes. The fine
// search costs five times as much and reads one of a hundred more.
const dearSteps = ['blur', 'grid', 'grid', 'enlarge', 'grid', 'grid', 'blur', 'grid', 'grid', 'fine-grid'] as const satisfies readonly Step[];

/**
 * The dear step for the next frame of live video, beside the plain one, after so many frames without a hit: one a frame,
 * in turn, so that no frame costs them all. Null for the first frame.
 */
export function liveEffort(missedFrames: number): Step | null {
  return missedFrames === 0 ? null : dearSteps[(missedFrames - 1) % dearSteps.length]!;
}
