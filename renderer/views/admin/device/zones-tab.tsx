import { useState } from 'react';
import { IconMap2, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Zone } from '../../../../shared/contracts/zone.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { zones as text } from '../../../texts/zones.ts';
import { NumberSetting } from '../number-setting.tsx';
import './zones.css';

const usualSeconds = 30;
const modes = (['off', 'soft', 'hard', 'timed'] as const).map((id) => ({ id, ...text.modes[id] }));

/** The zones of this gate and what each does with somebody who comes in twice; each change is stored at once. */
export function ZonesTab() {
  const loaded = useLoad('zones/get', {});
  const save = useRequest('zones/set');
  const toast = useToast();
  const [shown, setShown] = useState<readonly Zone[] | null>(null);
  const zones = shown ?? loaded.data?.zones ?? null;
  if (zones === null) return <><ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />{loaded.problem === null && <Skeleton lines={6} />}</>;
  const set = async (wanted: Zone[], done: string): Promise<void> => {
    const stored = await save.call({ zones: wanted });
    if (stored === null) return;
    setShown(stored.zones);
    toast('passed', done);
  };
  const add = (): void => {
    const free = Array.from({ length: zones.length + 1 }, (_, n) => n + 1).find((n) => !zones.some(({ id }) => id === `khu-${n}`))!;
    void set([...zones, { id: `khu-${free}`, name: text.fresh(free), mode: 'off', timeoutMinutes: 30 }], text.saved);
  };
  return (
    <div className="stack zones">
      <div className="row row-apart">
        <h3>{text.title}</h3>
        <Button kind="primary" busy={save.busy} icon={<IconPlus size={22} aria-hidden />} onPress={add}>{text.add}</Button>
      </div>
      <p className="soft">{text.hint}</p>
      {loaded.data?.fire === true && <Notice tone="stopped">{text.fire}</Notice>}
      <ProblemNotice problem={save.problem} onRetry={save.again} {...(save.problem?.code === 'zone-in-use' && { say: text.inUse(save.problem.detail ?? '') })} />
      {zones.length === 0 && <EmptyState icon={<IconMap2 size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>}
      <ul className="zone-list">
        {zones.map((zone) => (
          <ZoneCard key={zone.id} zone={zone} onChange={(part) => { void set(zones.map((one) => (one === zone ? { ...one, ...part } : one)), text.saved); }}
            onRemove={() => { void set(zones.filter((one) => one !== zone), text.removed(zone.name || zone.id)); }} />
        ))}
      </ul>
      <OppositePanel />
    </div>
  );
}

function ZoneCard({ zone, onChange, onRemove }: { zone: Zone; onChange: (part: Partial<Zone>) => void; onRemove: () => void }) {
  const [name, setName] = useState(zone.name || zone.id);
  const [isSure, setSure] = useState(false);
  const wanted = name.trim();
  const keepName = (): void => {
    if (wanted !== '' && wanted !== zone.name) onChange({ name: wanted });
  };
  return (
    <li className="zone-card">
      <Field label={text.name} value={name} onChange={setName} onBlur={keepName} maxLength={60} autoComplete="off" error={wanted === '' ? text.nameMissing : null} />
      <Select label={text.mode} options={modes} value={zone.mode} hint={text.modes[zone.mode].hint} onChange={(mode) => onChange({ mode })} />
      {zone.mode === 'timed' && (
        <NumberSetting label={text.minutes} hint={text.minutesHint} value={zone.timeoutMinutes} min={1} max={9999} isDisabled={false} onChange={(timeoutMinutes) => onChange({ timeoutMinutes })} />
      )}
      <div className="zone-remove">
        {isSure
          ? <Button kind="danger" icon={<IconTrash size={22} aria-hidden />} onPress={onRemove}>{text.removeGo}</Button>
          : <Button aria-label={text.removeOne(zone.name || zone.id)} icon={<IconTrash size={22} aria-hidden />} onPress={() => setSure(true)}>{text.remove}</Button>}
      </div>
    </li>
  );
}

/** Whether whoever turns around at once has to see the guard. */
function OppositePanel() {
  const { data, problem, reload } = useLoad('settings/get', {});
  const save = useRequest('settings/set');
  const [shown, setShown] = useState<number | null | undefined>(undefined);
  if (data === null) return <ProblemNotice problem={problem} onRetry={reload} />;
  const seconds = shown === undefined ? data.oppositeSeconds : shown;
  const set = async (oppositeSeconds: number | null): Promise<void> => {
    const stored = await save.call({ oppositeSeconds });
    if (stored !== null) setShown(stored.oppositeSeconds);
  };
  return (
    <section className="stack">
      <h3>{text.opposite}</h3>
      <Tick value={seconds !== null} onChange={(isOn) => { void set(isOn ? usualSeconds : null); }}>{text.oppositeTick}</Tick>
      {seconds !== null && (
        <div className="zone-seconds">
          <NumberSetting label={text.oppositeSeconds} hint={text.oppositeHint} value={seconds} min={1} max={3600} isDisabled={false} onChange={(wanted) => { void set(wanted); }} />
        </div>
      )}
      <ProblemNotice problem={save.problem} onRetry={save.again} />
    </section>
  );
}
