import { Label, Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';

export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** While it is dragged. */
  onChange: (value: number) => void;
  /** When it is let go. */
  onDone?: (value: number) => void;
  /** How a value is said. */
  say?: (value: number) => string;
  isDisabled?: boolean;
}

/** A value within a range, by dragging or by arrow keys. */
export function Slider({ label, value, min, max, step, onChange, onDone, say = String, isDisabled }: SliderProps) {
  return (
    <AriaSlider className="slider" value={value} minValue={min} maxValue={max} step={step} isDisabled={isDisabled} onChange={onChange} onChangeEnd={onDone}>
      <div className="row row-apart">
        <Label className="field-label">{label}</Label>
        <SliderOutput className="slider-value digits">{say(value)}</SliderOutput>
      </div>
      <SliderTrack className="slider-track"><SliderThumb className="slider-thumb" /></SliderTrack>
    </AriaSlider>
  );
}
