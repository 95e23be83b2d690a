import { Tick } from '../../../components/choice.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { decimal } from '../../../format.ts';
import { lanes as texts } from '../../../texts/lanes.ts';
import { hasContacts } from './lane-draft.ts';
import type { LanePartProps } from './lane-form.tsx';
import { channels } from './lane-turnstile.tsx';

const text = texts.form;
const wirings = (['normally-open', 'normally-closed'] as const).map((id) => ({ id, label: text.wirings[id] }));
const waits = [3, 5, 8, 10, 15, 20, 30, 60];
const onFires = [{ id: 'hold', label: text.onFires.hold }, { id: 'nothing', label: text.onFires.nothing }, ...channels.map(({ id }) => ({ id, label: text.onFires.channel(Number(id)) }))];

/** What the board tells: somebody went through, fire; and what is done in a fire. */
export function LaneContacts({ draft, change }: LanePartProps) {
  if (!draft.hasSignal) return <Notice tone="information"><span className="notice-text">{text.noSignal}</span></Notice>;
  const within = [...new Set([...waits, draft.within])].toSorted((a, b) => a - b).map((n) => ({ id: `${n}`, label: text.seconds(decimal(n, 0)) }));
  return (
    <div className="stack">
      {hasContacts(draft.kind) && (
        <>
          <Tick value={draft.passage} onChange={(passage) => change({ passage })}>{text.passage}</Tick>
          {draft.passage && (
            <div className="three">
              <Select label={text.passageInput} options={channels} value={`${draft.passageInput}`} onChange={(n) => change({ passageInput: Number(n) })} />
              <Select label={text.wiring} options={wirings} value={draft.passageWiring} onChange={(passageWiring) => change({ passageWiring })} />
              <Select label={text.within} options={within} value={`${draft.within}`} onChange={(n) => change({ within: Number(n) })} />
            </div>
          )}
          <Tick value={draft.fire} onChange={(fire) => change({ fire })}>{text.fire}</Tick>
          {draft.fire && (
            <div className="three">
              <Select label={text.fireInput} options={channels} value={`${draft.fireInput}`} onChange={(n) => change({ fireInput: Number(n) })} />
              <Select label={text.wiring} hint={text.wiringHint} options={wirings} value={draft.fireWiring} onChange={(fireWiring) => change({ fireWiring })} />
            </div>
          )}
        </>
      )}
      <Select label={text.onFire} options={onFires} value={String(draft.onFire)} onChange={(id) => change({ onFire: id === 'hold' || id === 'nothing' ? id : Number(id) })} />
    </div>
  );
}
