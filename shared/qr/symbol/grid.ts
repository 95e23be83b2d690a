import { shrunk, type Darkroom, type Grey } from '../pixels.ts';
import { modulePixels, type Place } from '../place.ts';
import { FinderSearch } from './finders.ts';
import { fit, scoreAt } from './fit.ts';
import { layoutOf } from './layout.ts';
import { boxAround, reliefOf } from './relief.ts';
import { softModules } from './soft.ts';
import { placesOf } from './triples.ts';

/** The modules of a symbol as they were seen, though it may be too bad to be read. */
export interface Seen {
  place: Place;
  /** How dark each module is, about 1 dark, -1 light; row by row. */
  soft: Float32Array;
  /** The same of each frame where several were put together. */
  frames?: readonly Float32Array[];
}

/** A symbol laid over one frame module by module. */
export interface Grid extends Seen {
  /** How well it fits, 0 to 1. */
  score: number;
}

// Of 420 frames the worst true fit that could be read had 0.86, the best false one 0.75.
const LEAST_SCORE = 0.76;
const LEAST_FIRST_SCORE = 0.15;
// Finder patterns are looked for in a picture of about this width: more costs time and shows little more, namely
// symbols below 3.5 pixels a module in large frames.
const SEARCH_WIDTH = 700;
const FINE_SEARCH_WIDTH = 1400;
// How far a held card moves from one look to the next, in modules.
const MOVED = 3;

/**
 * The best symbol of a frame by its finder, timing, alignment and version patterns as a whole; null where none is seen.
 * @param unread where a decoder saw a symbol that it could not read: looked at first, it saves the search
 * @param before where the symbol was in the frame before
 * @param fine searches every place
 */
export function gridOf(frame: Grey, { unread = null, before = null, fine = false, darkroom }: { unread?: Place | null; before?: Place | null; fine?: boolean; darkroom: Darkroom }): Grid | null {
  return (unread === null ? null : gridAt(frame, [unread, ...otherSizes(unread)], 1))
    ?? (before === null ? null : gridAt(frame, [before], MOVED))
    ?? searched(frame, fine, darkroom);
}

function searched(frame: Grey, fine: boolean, darkroom: Darkroom): Grid | null {
  const by = Math.max(1, Math.round(frame.width / (fine ? FINE_SEARCH_WIDTH : SEARCH_WIDTH)));
  const small = by === 1 ? frame : shrunk(frame, by, darkroom.grey('search', Math.floor(frame.width / by), Math.floor(frame.height / by)));
  const picture = fine ? flattened(small, darkroom) : small;
  for (const places of placesOf(new FinderSearch(picture).all(fine))) {
    const grid = gridAt(frame, places.map((place) => grown(place, by)), 1);
    if (grid !== null) return grid;
  }
  return null;
}

/** Light that rises over a finder pattern hides it from the search; taken away it costs a little sharpness. */
function flattened(picture: Grey, darkroom: Darkroom): Grey {
  const { width, height } = picture;
  const flat = darkroom.grey('flat', width, height);
  const { data } = reliefOf(picture, { x: 0, y: 0, width, height }, 8);
  for (let i = 0; i < data.length; i++) flat.data[i] = Math.max(0, Math.min(255, 128 + data[i]!));
  return flat;
}

/**
 * The best grid from places that are nearly right, or null where none fits.
 * @param reach how far they may be off, in modules
 */
function gridAt(frame: Grey, places: readonly Place[], reach: number): Grid | null {
  const [first] = places;
  if (first === undefined) return null;
  const unit = modulePixels(first);
  if (!(unit > 1 && unit < 60)) return null;
  // Four modules each way hold about as much dark as light wherever they lie in a symbol.
  const relief = reliefOf(frame, boxAround(first, 5 * unit), Math.round(4 * unit));
  const likely = places.map((place) => ({ place, score: scoreAt(relief, place) })).sort((a, b) => b.score - a.score);
  for (const { place, score } of likely.slice(0, 2)) {
    if (score < LEAST_FIRST_SCORE) break;
    const fitted = fit(relief, place, reach);
    const layout = layoutOf(place.modules);
    if (fitted !== null && layout !== null && fitted.score >= LEAST_SCORE) return { place: fitted.place, soft: softModules(relief, fitted.place, layout), score: fitted.score };
  }
  return null;
}

/** Decoders that see a symbol badly count its modules wrong by a version or two. */
function otherSizes({ corners, modules }: Place): Place[] {
  return [-4, 4, -8, 8].map((more) => ({ corners, modules: modules + more }));
}

function grown({ corners: [a, b, c, d], modules }: Place, by: number): Place {
  const at = ({ x, y }: { x: number; y: number }) => ({ x: x * by, y: y * by });
  return { corners: [at(a), at(b), at(c), at(d)], modules };
}
