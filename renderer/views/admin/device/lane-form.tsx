import { useState } from 'react';
import { IconTrash } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Lane } from '../../../../shared/contracts/requests/system.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { useToast } from '../../../components/toast.tsx';
import { common } from '../../../texts/common.ts';
import { lanes as texts } from '../../../texts/lanes.ts';
import { draftOf, readDraft, type LaneDraft, type LaneErrors } from './lane-draft.ts';
import { LaneReader } from './lane-reader.tsx';
import { LaneContacts } from './lane-contacts.tsx';
import { LaneTurnstile } from './lane-turnstile.tsx';

export type Plugged = Output<'lanes/get'>['plugged'];

/** What each part of the form is given. */
export interface LanePartProps {
  draft: LaneDraft;
  change: (part: Partial<LaneDraft>) => void;
  /** What is wrong with a field, once it may be told. */
  error: (field: keyof LaneDraft) => string | null;
  tell: (field: keyof LaneDraft) => () => void;
  plugged: Plugged;
}

const text = texts.form;
const directions = (['in', 'out', 'both'] as const).map((id) => ({ id, label: texts.direction[id] }));
const wholeSite = '';
type Part = keyof typeof text.tabs;
const partOf: Partial<Record<keyof LaneDraft, Part>> = { name: 'way', lane: 'way', input: 'reader', wiegandLine: 'reader' };

/** The part of the form in which something is wrong first. */
function firstWrong(errors: LaneErrors): Part | null {
  const [field] = Object.keys(errors) as (keyof LaneDraft)[];
  return field === undefined ? null : partOf[field] ?? 'signal';
}

/** One lane, new or changed; saving sets all lanes. */
export function LaneForm({ lane, all, plugged, onClose, onDone }: { lane: Lane | null; all: readonly Lane[]; plugged: Plugged; onClose: () => void; onDone: () => void }) {
  // By its code: the list is asked for anew while the form stands open, and its lanes are other objects then.
  const others = all.filter((one) => one.lane !== lane?.lane);
  const [draft, setDraft] = useState(() => draftOf(lane, others));
  const [told, setTold] = useState<ReadonlySet<keyof LaneDraft>>(new Set());
  const [part, setPart] = useState<Part>('way');
  const [isSure, setSure] = useState(false);
  const save = useRequest('lanes/set');
  const toast = useToast();
  const { lane: entered, errors } = readDraft(draft, others);
  const parts: LanePartProps = {
    draft, plugged,
    change: (changed) => setDraft((before) => ({ ...before, ...changed })),
    error: (field) => (told.has(field) ? errors[field] ?? null : null),
    tell: (field) => () => setTold((before) => new Set(before).add(field)),
  };
  const set = async (lanes: Lane[], done: string): Promise<void> => {
    const output = await save.call({ lanes });
    if (!output) return;
    toast('passed', output.changed ? done : texts.unchanged);
    onDone();
  };
  const store = (): void => {
    setTold(new Set(Object.keys(draft) as (keyof LaneDraft)[]));
    const wrong = firstWrong(errors);
    if (wrong !== null) setPart(wrong);
    if (entered !== null) void set(lane === null ? [...all, entered] : all.map((one) => (one.lane === lane.lane ? entered : one)), texts.saved);
  };
  return (
    <Dialog open wide title={lane === null ? text.addTitle : texts.editOne(lane.name || lane.lane)} onClose={onClose} actions={(
      <>
        {lane !== null && all.length > 1 && (isSure
          ? <Button kind="danger" busy={save.busy} icon={<IconTrash size={22} aria-hidden />} onPress={() => { void set(others, texts.removed(lane.name || lane.lane)); }}>{text.removeGo}</Button>
          : <Button icon={<IconTrash size={22} aria-hidden />} onPress={() => setSure(true)}>{text.remove}</Button>)}
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={save.busy} onPress={store}>{text.save}</Button>
      </>
    )}>
      <ProblemNotice problem={save.problem} onRetry={save.again} />
      {isSure && <Notice tone="attention"><span>{text.removeSure}</span></Notice>}
      <div className="lane-form">
        <Tabs label={text.parts} value={part} onChange={setPart} items={[
          { id: 'way', label: text.tabs.way, content: <LaneWay {...parts} isNew={lane === null} /> },
          { id: 'reader', label: text.tabs.reader, content: <LaneReader {...parts} /> },
          { id: 'signal', label: text.tabs.signal, content: <LaneTurnstile {...parts} /> },
          { id: 'contact', label: text.tabs.contact, content: <LaneContacts {...parts} /> },
        ]} />
      </div>
    </Dialog>
  );
}

/** Name, direction, zone. */
function LaneWay({ draft, change, error, tell, isNew }: LanePartProps & { isNew: boolean }) {
  const { data } = useLoad('zones/get', {});
  const zones = [{ id: wholeSite, label: text.zoneNone }, ...(data?.zones ?? []).map(({ id, name }) => ({ id, label: name || id }))];
  if (draft.zone !== null && !zones.some(({ id }) => id === draft.zone)) zones.push({ id: draft.zone, label: draft.zone });
  return (
    <div className="stack">
      <div className="two">
        <Field label={text.name} value={draft.name} onChange={(name) => change({ name })} onBlur={tell('name')} error={error('name')} maxLength={60} autoComplete="off" />
        <Field label={text.id} hint={isNew ? text.idHint : undefined} value={draft.lane} onChange={(lane) => change({ lane })} onBlur={tell('lane')} error={error('lane')} maxLength={20} isDisabled={!isNew} autoComplete="off" />
      </div>
      <Choice label={text.direction} options={directions} value={draft.direction} onChange={(direction) => change({ direction })} across />
      {zones.length > 1 && <Select label={text.zone} options={zones} value={draft.zone ?? wholeSite} onChange={(id) => change({ zone: id === wholeSite ? null : id })} />}
    </div>
  );
}
