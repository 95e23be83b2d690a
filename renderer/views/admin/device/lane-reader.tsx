import { Field } from '../../../components/field.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Tick } from '../../../components/choice.tsx';
import { lanes as texts } from '../../../texts/lanes.ts';
import type { LanePartProps, Plugged } from './lane-form.tsx';

const text = texts.form;
const { inputs } = texts;
export const baudRates = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200].map((rate) => ({ id: `${rate}`, label: `${rate}` }));
export const parities = (['none', 'even', 'odd'] as const).map((id) => ({ id, label: text.parities[id] }));
const ends = (['any', 'cr', 'lf', 'tab', 'etx', 'pause'] as const).map((id) => ({ id, label: text.ends[id] }));
const bits = [24, 26, 32, 34].map((n) => ({ id: `${n}`, label: n === 26 || n === 34 ? text.wiegandParity(n) : text.wiegandBit(n) }));
const writes = (['decimal', 'facility-number', 'hex'] as const).map((id) => ({ id, label: text.writes[id] }));

/** What a reader is called on screen: `any`, `serial:/dev/ttyACM0`, `hid:S1` and so on. */
export function inputLabel(input: string, plugged: Plugged | null): string {
  const [kind = '', name] = [input.split(':', 1)[0], input.includes(':') ? input.slice(input.indexOf(':') + 1) : null];
  if (name === null) return Object.hasOwn(inputs, kind) ? String(inputs[kind as 'any']) : input;
  if (kind === 'serial') return inputs.serialOne(plugged?.serial.find(({ path }) => path === name)?.label ?? name);
  if (kind === 'hid') return inputs.hidOne(plugged?.hid.find(({ id }) => id === name)?.label ?? name);
  return kind === 'card' ? inputs.cardOne(name) : input;
}

/** Which ports there are to name. */
export function pathHint({ serial }: Plugged): string {
  return serial.length === 0 ? text.pathHint : text.pathsHere(serial.map(({ path }) => path).join(', '));
}

/** A serial line that is typed: one that is not plugged in now, or that the system does not list. */
const otherLine = 'serial:';

/** All that may be chosen: what is plugged in, and what was chosen and is not. */
function inputOptions(chosen: string, plugged: Plugged): Option[] {
  const all = [
    'any', 'camera', 'wedge', 'hid', 'card',
    ...plugged.serial.map(({ path }) => `serial:${path}`), ...plugged.hid.map(({ id }) => `hid:${id}`), ...plugged.readers.map((name) => `card:${name}`),
  ];
  const options: Option[] = [...all.map((id) => ({ id, label: inputLabel(id, plugged) })), { id: otherLine, label: inputs.serialOther }];
  return all.includes(chosen) || chosen.startsWith(otherLine) ? options : [...options, { id: chosen, label: inputLabel(chosen, plugged), hint: inputs.absent }];
}

/** Which reader serves the lane, and how a serial one is set. */
export function LaneReader({ draft, change, error, tell, plugged }: LanePartProps) {
  const isSerial = draft.input.startsWith(otherLine);
  const isTyped = isSerial && !plugged.serial.some(({ path }) => draft.input === `${otherLine}${path}`);
  return (
    <div className="stack">
      <Select label={text.input} hint={text.inputHint} options={inputOptions(draft.input, plugged)} value={isTyped ? otherLine : draft.input} onChange={(input) => change({ input })} />
      {isTyped && (
        <Field label={text.path} hint={pathHint(plugged)} value={draft.input.slice(otherLine.length)} onChange={(path) => change({ input: `${otherLine}${path}` })} onBlur={tell('input')} error={error('input')} maxLength={190} autoComplete="off" />
      )}
      {isSerial && (
        <>
          <div className="three">
            <Select label={text.baudRate} options={baudRates} value={draft.baudRate} onChange={(baudRate) => change({ baudRate })} />
            <Select label={text.parity} options={parities} value={draft.parity} onChange={(parity) => change({ parity })} />
            <Select label={text.end} options={ends} value={draft.end} onChange={(end) => change({ end })} />
          </div>
          <Tick value={draft.wiegand} onChange={(wiegand) => change({ wiegand })}>{text.wiegand}</Tick>
          {draft.wiegand && (
            <div className="three">
              <Field label={text.wiegandLine} hint={text.wiegandLineHint} value={draft.wiegandLine} onChange={(wiegandLine) => change({ wiegandLine })} onBlur={tell('wiegandLine')} error={error('wiegandLine')} maxLength={60} autoComplete="off" />
              <Select label={text.wiegandBits} options={bits} value={draft.wiegandBits} onChange={(wiegandBits) => change({ wiegandBits })} />
              <Select label={text.wiegandWrite} options={writes} value={draft.wiegandWrite} onChange={(wiegandWrite) => change({ wiegandWrite })} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
