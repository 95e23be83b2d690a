import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { setup } from '../../texts/setup.ts';
import { laneErrors, newLane, type LaneDraft } from './draft.ts';
import type { StepProps } from './index.tsx';

const text = setup.lanes;
const directions = (['in', 'out', 'both'] as const).map((id) => ({ id, label: text.directions[id] }));
const inputs = (['any', 'camera', 'wedge', 'serial', 'hid', 'card'] as const).map((id) => ({ id, label: text.inputs[id] }));
const deviceWords: Partial<Record<LaneDraft['input'], { label: string; hint: string }>> = {
  serial: { label: text.path, hint: text.pathHint }, hid: { label: text.scanner, hint: text.scannerHint }, card: { label: text.reader, hint: text.readerHint },
};
const mostLanes = 8;

export function LanesStep({ draft, change }: StepProps) {
  const { lanes } = draft;
  const put = (key: number, part: Partial<LaneDraft>): void => change({ lanes: lanes.map((l) => l.key === key ? { ...l, ...part } : l) });
  return (
    <div className="stack">
      <p className="soft">{text.intro}</p>
      {lanes.map((lane) => {
        const errors = laneErrors(lane, lanes);
        const deviceField = deviceWords[lane.input];
        return (
          <section key={lane.key} className="setup-lane" aria-label={lane.name}>
            {lanes.length > 1 && (
              <header className="setup-lane-head row row-apart">
                <span className="strong">{lane.name}</span>
                <Button kind="quiet" icon={<IconTrash size={22} aria-hidden />} onPress={() => change({ lanes: lanes.filter((l) => l.key !== lane.key) })}>{text.remove(lane.name)}</Button>
              </header>
            )}
            <Field label={text.name} value={lane.name} onChange={(name) => put(lane.key, { name })} error={errors.name} maxLength={60} autoComplete="off" />
            <Field label={text.id} value={lane.lane} onChange={(id) => put(lane.key, { lane: id })} error={errors.lane} maxLength={20} autoComplete="off" />
            <Select label={text.direction} options={directions} value={lane.direction} onChange={(direction) => put(lane.key, { direction })} />
            <Select label={text.input} options={inputs} value={lane.input} onChange={(input) => put(lane.key, { input, device: '' })} />
            {deviceField && (
              <div className="setup-lane-device">
                <Field {...deviceField}
                  value={lane.device} onChange={(device) => put(lane.key, { device })} maxLength={190} autoComplete="off" />
              </div>
            )}
          </section>
        );
      })}
      {lanes.length < mostLanes && <div><Button icon={<IconPlus size={22} aria-hidden />} onPress={() => change({ lanes: [...lanes, newLane(lanes)] })}>{text.add}</Button></div>}
    </div>
  );
}
