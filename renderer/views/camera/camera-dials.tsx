import type { CameraSetup } from '../../../shared/contracts/requests/system.ts';
import type { Dial } from '../../camera/dials.ts';
import type { LiveCamera } from '../../camera/open-camera.ts';
import { Tick } from '../../components/choice.tsx';
import { Slider } from '../../components/slider.tsx';
import { cameraTexts as texts } from '../../texts/camera.ts';

type Dials = CameraSetup['dials'];

export interface CameraDialsProps {
  live: LiveCamera;
  dials: Dials;
  /** While a value is dragged: shown, not yet kept. */
  onChange: (dials: Dials) => void;
  onDone: (dials: Dials) => void;
}

/** What this camera lets us set, each by itself until it is taken in hand. */
export function CameraDials({ live, dials, onChange, onDone }: CameraDialsProps) {
  const { offer, track } = live;
  if (offer.dials.length === 0 && !offer.torch) return <p className="soft">{texts.noDials}</p>;
  return offer.dials.map((dial) => {
    const { name, min, max, step } = dial;
    const value = dials[name] ?? presentValue(track, dial);
    const byHand = dials[name] !== undefined;
    const withValue = (chosen: number): Dials => ({ ...dials, [name]: chosen });
    return (
      <div key={name} data-dial={name}>
        {dial.canBeAutomatic && (
          <Tick value={!byHand} onChange={(automatic) => { onDone(automatic ? without(dials, name) : withValue(value)); }}>{texts.automatic(texts.dial[name])}</Tick>
        )}
        {(byHand || !dial.canBeAutomatic) && (
          <Slider label={texts.dial[name]} value={value} min={min} max={max} step={step} say={(v) => sayPart(v, dial)}
            onChange={(v) => { onChange(withValue(v)); }} onDone={(v) => { onDone(withValue(v)); }} />
        )}
      </div>
    );
  });
}

function without(dials: Dials, name: Dial['name']): Dials {
  return Object.fromEntries(Object.entries(dials).filter(([other]) => other !== name));
}

function presentValue(track: MediaStreamTrack, { name, min, max }: Dial): number {
  const value: unknown = Reflect.get(track.getSettings(), name);
  return typeof value === 'number' && value >= min && value <= max ? value : (min + max) / 2;
}

// Units differ from driver to driver and say nothing to a person; the part of the range does.
function sayPart(value: number, { min, max }: Dial): string {
  return `${Math.round(((value - min) / (max - min)) * 100)}%`;
}
