import { CameraDial, type CameraSetup } from '../../shared/contracts/requests/system.ts';

/** One thing that this camera lets us set: its range, and whether the camera can do it by itself. */
export interface Dial {
  name: CameraDial;
  min: number;
  max: number;
  step: number;
  canBeAutomatic: boolean;
}

/** What a camera offers, read from what the browser says of its track. */
export interface Offer {
  dials: readonly Dial[];
  torch: boolean;
  /** Modes that let the camera do it by itself. */
  continuous: readonly Mode[];
  largest: { width: number; height: number } | null;
  facesUser: boolean;
}

type Mode = 'focusMode' | 'exposureMode' | 'whiteBalanceMode';
const modes: readonly Mode[] = ['focusMode', 'exposureMode', 'whiteBalanceMode'];
const modeOf: Partial<Record<CameraDial, Mode>> = { focusDistance: 'focusMode', exposureTime: 'exposureMode' };

const field = (from: unknown, name: string): unknown => typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
const finite = (value: unknown): number | null => typeof value === 'number' && Number.isFinite(value) ? value : null;
const words = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : [];

/** Reads `track.getCapabilities()`, whose image part TypeScript does not know and a driver may fill with anything. */
export function offerOf(capabilities: unknown): Offer {
  const modesOffered = (mode: Mode): readonly unknown[] => words(field(capabilities, mode));
  const dials = CameraDial.options.flatMap((name): Dial[] => {
    const range = field(capabilities, name);
    const [min, max] = [finite(field(range, 'min')), finite(field(range, 'max'))];
    if (min === null || max === null || max <= min) return [];
    const mode = modeOf[name];
    // Without the manual mode a value would be taken and have no effect.
    if (mode !== undefined && !modesOffered(mode).includes('manual')) return [];
    const step = finite(field(range, 'step')) ?? 0;
    const fine = (max - min) / 100;
    return [{ name, min, max, step: step > 0 ? step : fine, canBeAutomatic: mode === undefined || modesOffered(mode).includes('continuous') }];
  });
  const [width, height] = [finite(field(field(capabilities, 'width'), 'max')), finite(field(field(capabilities, 'height'), 'max'))];
  return {
    dials, torch: field(capabilities, 'torch') === true,
    continuous: modes.filter((mode) => modesOffered(mode).includes('continuous')),
    largest: width === null || height === null ? null : { width, height },
    facesUser: words(field(capabilities, 'facingMode')).includes('user'),
  };
}

/** One constraint set of the image part. */
export type ImageSet = Readonly<Record<string, string | number | boolean>>;

/** What is to be asked of the camera so that it is as set: by hand where a value was chosen, else by itself. */
export function imageSets(offer: Offer, setup: Pick<CameraSetup, 'torch' | 'dials'>): ImageSet[] {
  const sets: ImageSet[] = [];
  for (const mode of offer.continuous) {
    const byHand = offer.dials.some((d) => modeOf[d.name] === mode && setup.dials[d.name] !== undefined);
    if (!byHand) sets.push({ [mode]: 'continuous' });
  }
  for (const { name, min, max } of offer.dials) {
    const value = setup.dials[name];
    if (value === undefined) continue;
    const mode = modeOf[name];
    sets.push({ ...(mode !== undefined && { [mode]: 'manual' }), [name]: Math.min(max, Math.max(min, value)) });
  }
  if (offer.torch) sets.push({ torch: setup.torch });
  return sets;
}

/** Sets the camera: all at once, or one by one where a driver refuses any, so that one refusal spoils no other. */
export async function applyImageSets(track: Pick<MediaStreamTrack, 'applyConstraints'>, sets: readonly ImageSet[]): Promise<void> {
  // Sizes must not stand beside these: Chromium does not mix the two kinds.
  const apply = (advanced: readonly ImageSet[]): Promise<boolean> => track.applyConstraints({ advanced: [...advanced] }).then(() => true, () => false);
  if (sets.length === 0 || await apply(sets)) return;
  for (const set of sets) await apply([set]);
}
