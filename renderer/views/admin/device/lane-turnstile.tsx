import { Tick } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { Select } from '../../../components/select.tsx';
import { decimal } from '../../../format.ts';
import { lanes as texts } from '../../../texts/lanes.ts';
import { usualPort } from './lane-draft.ts';
import type { LanePartProps } from './lane-form.tsx';
import { baudRates, parities, pathHint } from './lane-reader.tsx';

const text = texts.form;
const kinds = (['tcp', 'rtu-over-tcp', 'rtu', 'lcus', 'hid'] as const).map((id) => ({ id, label: text.kinds[id] }));
const none = 'none';
export const channels = Array.from({ length: 16 }, (_, i) => ({ id: `${i + 1}`, label: text.channel(i + 1) }));
const outputs = [{ id: none, label: text.outNone }, ...channels];
const pulses = [200, 300, 500, 800, 1000, 2000, 3000, 5000];
const anyRelay = '';

/** The board of relays that opens the lane, and which of its outputs. */
export function LaneTurnstile(props: LanePartProps) {
  const { draft, change, error } = props;
  const lengths = [...new Set([...pulses, draft.pulseMs])].toSorted((a, b) => a - b).map((ms) => ({ id: `${ms}`, label: text.seconds(decimal(ms / 1000, 1)) }));
  const output = (id: string): number | null => (id === none ? null : Number(id));
  return (
    <div className="stack">
      <Tick value={draft.hasSignal} onChange={(hasSignal) => change({ hasSignal })}>{text.hasSignal}</Tick>
      {draft.hasSignal && (
        <>
          <Board {...props} />
          <div className="three">
            <Select label={text.outIn} options={outputs} value={draft.outIn === null ? none : `${draft.outIn}`} onChange={(id) => change({ outIn: output(id) })} error={error('outIn')} />
            <Select label={text.outOut} options={outputs} value={draft.outOut === null ? none : `${draft.outOut}`} onChange={(id) => change({ outOut: output(id) })} />
            <Select label={text.pulse} options={lengths} value={`${draft.pulseMs}`} onChange={(ms) => change({ pulseMs: Number(ms) })} />
          </div>
          <Tick value={draft.onRepeat} onChange={(onRepeat) => change({ onRepeat })}>{text.onRepeat}</Tick>
        </>
      )}
    </div>
  );
}

function Board({ draft, change, error, tell, plugged }: LanePartProps) {
  const byNet = draft.kind === 'tcp' || draft.kind === 'rtu-over-tcp';
  const isModbus = byNet || draft.kind === 'rtu';
  const relays = [{ id: anyRelay, label: text.relayAny }, ...[...new Set([...plugged.relays, ...(draft.relay === null ? [] : [draft.relay])])].map((id) => ({ id, label: id }))];
  const digits = (typed: string): string => typed.replace(/\D/g, '');
  return (
    <>
      <Select label={text.kind} options={kinds} value={draft.kind} onChange={(kind) => change({ kind, port: usualPort(kind) })} />
      {byNet && (
        <div className="three">
          <Field label={text.host} placeholder="192.168.1.200" value={draft.host} onChange={(host) => change({ host })} onBlur={tell('host')} error={error('host')} maxLength={190} autoComplete="off" />
          <Field label={text.port} value={draft.port} onChange={(port) => change({ port: digits(port) })} onBlur={tell('port')} error={error('port')} inputMode="numeric" maxLength={5} autoComplete="off" />
          <Field label={text.unit} value={draft.unit} onChange={(unit) => change({ unit: digits(unit) })} onBlur={tell('unit')} error={error('unit')} inputMode="numeric" maxLength={3} autoComplete="off" />
        </div>
      )}
      {(draft.kind === 'rtu' || draft.kind === 'lcus') && (
        <Field label={text.path} hint={pathHint(plugged)} value={draft.path} onChange={(path) => change({ path })} onBlur={tell('path')} error={error('path')} maxLength={190} autoComplete="off" />
      )}
      {draft.kind === 'rtu' && (
        <div className="three">
          <Select label={text.baudRate} options={baudRates} value={draft.boardBaud} onChange={(boardBaud) => change({ boardBaud })} />
          <Select label={text.parity} options={parities} value={draft.boardParity} onChange={(boardParity) => change({ boardParity })} />
          <Field label={text.unit} value={draft.unit} onChange={(unit) => change({ unit: digits(unit) })} onBlur={tell('unit')} error={error('unit')} inputMode="numeric" maxLength={3} autoComplete="off" />
        </div>
      )}
      {draft.kind === 'hid' && <Select label={text.relay} options={relays} value={draft.relay ?? anyRelay} onChange={(id) => change({ relay: id === anyRelay ? null : id })} />}
      {isModbus && <Tick value={draft.timed} onChange={(timed) => change({ timed })}>{text.timed}</Tick>}
    </>
  );
}
