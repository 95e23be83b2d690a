import { useState } from 'react';
import { Label, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { ShiftForm as ShiftInput, shiftMinutes, type Shift } from '../../../../shared/contracts/shift.ts';
import { hoursText } from '../../../../shared/domain/timesheet-words.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { number } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { shifts } from '../../../texts/shifts.ts';
import { clockText, minutesText } from '../device/clock-text.ts';

export type ListedShift = Output<'shifts/list'>['shifts'][number];
const text = shifts.form;
const week = [1, 2, 3, 4, 5, 6, 7];
const step = 5;

interface Draft { id: string; name: string; start: string; end: string; breakMinutes: string; earlyInMinutes: string; lateOutMinutes: string; graceMinutes: string; days: readonly number[] }

function draftOf(shift: Shift | null, id: string): Draft {
  if (shift === null) return { id, name: '', start: '', end: '', breakMinutes: '30', earlyInMinutes: '60', lateOutMinutes: '240', graceMinutes: '0', days: [1, 2, 3, 4, 5, 6] };
  const { breakMinutes, earlyInMinutes, lateOutMinutes, graceMinutes, ...rest } = shift;
  return { ...rest, breakMinutes: `${breakMinutes}`, earlyInMinutes: `${earlyInMinutes}`, lateOutMinutes: `${lateOutMinutes}`, graceMinutes: `${graceMinutes}` };
}

/** What is entered as a shift, or what is wrong with it by field. */
function readDraft(draft: Draft): { shift: Shift | null; errors: Partial<Record<keyof Draft, string>> } {
  const errors: Partial<Record<keyof Draft, string>> = {};
  const clock = (field: 'start' | 'end'): string => clockText(draft[field]) ?? ((errors[field] = text.error.clock), '');
  const minutes = (field: 'breakMinutes' | 'earlyInMinutes' | 'lateOutMinutes' | 'graceMinutes'): number => minutesText(draft[field]) ?? ((errors[field] = text.error.minutes), 0);
  const shift = {
    id: draft.id.trim(), name: draft.name.trim(), start: clock('start'), end: clock('end'), breakMinutes: minutes('breakMinutes'),
    earlyInMinutes: minutes('earlyInMinutes'), lateOutMinutes: minutes('lateOutMinutes'), graceMinutes: minutes('graceMinutes'), days: week.filter((day) => draft.days.includes(day)),
  };
  const parsed = ShiftInput.safeParse(shift);
  if (parsed.success) return { shift: parsed.data, errors };
  const fields = new Set(parsed.error.issues.map(({ path }) => path[0]));
  if (fields.has('id')) errors.id = text.error.id;
  if (fields.has('days')) errors.days = text.error.days;
  if (errors.start === undefined && errors.end === undefined && shift.breakMinutes >= shiftMinutes(shift)) errors.breakMinutes ??= text.error.break;
  return { shift: null, errors };
}

interface MinutesProps { label: string; value: string; error: string | null; onChange: (value: string) => void; onBlur: () => void }

/** Minutes with a key on each side, for a finger. */
function Minutes({ label, value, error, onChange, onBlur }: MinutesProps) {
  const by = (minutes: number): void => onChange(`${Math.min(1440, Math.max(0, (minutesText(value) ?? 0) + minutes))}`);
  return (
    <div className="minutes">
      <Button aria-label={text.less(label)} onPress={() => by(-step)} icon={<IconMinus size={22} aria-hidden />} />
      <Field label={`${label} (${text.unit})`} value={value} onChange={onChange} onBlur={onBlur} error={error} inputMode="numeric" maxLength={4} />
      <Button aria-label={text.more(label)} onPress={() => by(step)} icon={<IconPlus size={22} aria-hidden />} />
    </div>
  );
}

/** One shift, new or changed; one that nobody uses can be taken out. */
export function ShiftForm({ shift, id, onClose, onDone }: { shift: ListedShift | null; id: string; onClose: () => void; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(shift, id));
  const [told, setTold] = useState<ReadonlySet<keyof Draft>>(new Set());
  const [isSure, setSure] = useState(false);
  const save = useRequest('shifts/save');
  const remove = useRequest('shifts/remove');
  const toast = useToast();
  const { shift: entered, errors } = readDraft(draft);
  const set = <F extends keyof Draft>(field: F) => (value: Draft[F]): void => setDraft((before) => ({ ...before, [field]: value }));
  const tell = (field: keyof Draft) => (): void => setTold((before) => new Set(before).add(field));
  const error = (field: keyof Draft): string | null => (told.has(field) ? errors[field] ?? null : null);
  const tidyClock = (field: 'start' | 'end') => (): void => {
    tell(field)();
    const clock = clockText(draft[field]);
    if (clock !== null) set(field)(clock);
  };
  const store = async (): Promise<void> => {
    setTold(new Set(Object.keys(draft) as (keyof Draft)[]));
    if (entered === null || !(await save.call({ shift: entered, fresh: shift === null }))) return;
    toast('passed', text.saved(entered.name || entered.id));
    onDone();
  };
  const takeOut = async (): Promise<void> => {
    if (shift === null || !(await remove.call({ shiftId: shift.id }))) return;
    toast('passed', text.removed(shift.name || shift.id));
    onDone();
  };
  const isUsed = shift !== null && shift.workers + shift.assignments > 0;
  const minutes = (field: 'breakMinutes' | 'earlyInMinutes' | 'lateOutMinutes' | 'graceMinutes', label: string) => (
    <Minutes label={label} value={draft[field]} error={error(field)} onChange={set(field)} onBlur={tell(field)} />
  );
  return (
    <Dialog open wide title={shift === null ? text.addTitle : shifts.edit(shift.name || shift.id)} onClose={onClose} actions={(
      <>
        {shift !== null && (isSure
          ? <Button kind="danger" busy={remove.busy} icon={<IconTrash size={22} aria-hidden />} onPress={() => { void takeOut(); }}>{text.removeGo}</Button>
          : <Button isDisabled={isUsed} icon={<IconTrash size={22} aria-hidden />} onPress={() => setSure(true)}>{text.remove}</Button>)}
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={save.busy} onPress={() => { void store(); }}>{text.save}</Button>
      </>
    )}>
      <ProblemNotice problem={save.problem ?? remove.problem} onRetry={save.again ?? remove.again} />
      <div className="shift-form">
        <Field label={text.id} hint={shift === null ? text.idHint : undefined} value={draft.id} onChange={set('id')} onBlur={tell('id')} error={error('id')} maxLength={40} isDisabled={shift !== null} autoComplete="off" />
        <Field label={text.name} hint={shift === null ? text.nameHint : undefined} value={draft.name} onChange={set('name')} maxLength={60} autoComplete="off" />
        <Field label={text.start} placeholder={text.clockHint} value={draft.start} onChange={set('start')} onBlur={tidyClock('start')} error={error('start')} inputMode="numeric" maxLength={5} autoComplete="off" />
        <Field label={text.end} placeholder={text.clockHint} value={draft.end} onChange={set('end')} onBlur={tidyClock('end')} error={error('end')} inputMode="numeric" maxLength={5} autoComplete="off" />
        {minutes('breakMinutes', text.break)}
        {minutes('graceMinutes', text.grace)}
        {minutes('earlyInMinutes', text.early)}
        {minutes('lateOutMinutes', text.late)}
        <div className="field whole">
          <Label className="field-label" id="shift-days">{text.days}</Label>
          <ToggleButtonGroup aria-labelledby="shift-days" className="row" selectionMode="multiple" selectedKeys={draft.days.map(String)}
            onSelectionChange={(keys) => { set('days')([...keys].map(Number)); tell('days')(); }}>
            {week.map((day) => <ToggleButton key={day} id={`${day}`} className="day-button" aria-label={shifts.dayName[day]}>{shifts.day[day]}</ToggleButton>)}
          </ToggleButtonGroup>
          {error('days') !== null && <Notice tone="attention"><span>{error('days')}</span></Notice>}
        </div>
      </div>
      {entered !== null && (
        <p className="soft">
          {text.summary(hoursText(shiftMinutes(entered)), hoursText(shiftMinutes(entered) - entered.breakMinutes))}{entered.end <= entered.start && ` ${text.summaryNight}`}
        </p>
      )}
      {isUsed && <p className="soft">{text.inUse(number(shift.workers), number(shift.assignments))}</p>}
      {isSure && !isUsed && <Notice tone="attention"><span>{text.removeSure}</span></Notice>}
    </Dialog>
  );
}
