import { cardCode, modulePixelsNeeded } from '../../shared/domain/optics.ts';
import { steadied, type Hint, type SteadyHint } from '../../shared/qr/hint.ts';
import type { Grey } from '../../shared/qr/pixels.ts';
import { densePatch } from './dense-patch.ts';
import type { ShownHint } from './messages.ts';
import { noHint, patientHint } from './patient-hint.ts';

const LOOK_EVERY_MS = 150;

/**
 * What to tell the person, frame by frame. The decoder speaks of codes that it located; one too far away for that is
 * looked for here, for that is what most people do wrong.
 */
export class LiveHint {
  #steady: SteadyHint | null = null;
  #patient = noHint;
  #patch: number | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param hint what the decoder says, which is calm by itself @param now milliseconds of a clock that only rises */
  next(picture: Grey, hint: Hint, now: number): ShownHint | null {
    if (hint !== 'none') this.#patch = null;
    else if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now;
      this.#patch = densePatch(picture);
    }
    const isFar = this.#patch !== null && this.#patch / cardCode.modules < modulePixelsNeeded.most;
    this.#steady = steadied(this.#steady, isFar ? 'closer' : 'none', now);
    this.#patient = patientHint(this.#patient, hint === 'none' ? this.#steady.shown : hint, now);
    return this.#patient.shown;
  }
}
