import { useState } from 'react';
import { LabourSettings } from '../../../../shared/contracts/labour.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Choice, Tick } from '../../../components/choice.tsx';
import { typedDate } from '../../../components/date-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select } from '../../../components/select.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { overtime } from '../../../texts/overtime.ts';
import { shifts } from '../../../texts/shifts.ts';

const text = overtime.form;
type Given = Output<'labour/settings'>;
type Settings = Given['settings'];

/** Figures as typed: hours with a comma or point, percent, a date of day, month and year. */
interface Typed { day: string; week: string; limit: string; percent: string; notice: string; tellWeek: string; tellMonth: string; tellYear: string }
type Wrong = Partial<Record<keyof Typed | 'ground', string>>;

const hoursOf = (minutes: number | null): string => (minutes === null ? '' : String(Math.round((minutes * 100) / 60) / 100).replace('.', ','));

function minutesOf(hours: string, least: number, most: number): number | null {
  if (!/^\d{1,3}([,.]\d{1,2})?$/.test(hours.trim())) return null;
  const minutes = Math.round(Number(hours.trim().replace(',', '.')) * 60);
  return minutes >= least && minutes <= most ? minutes : null;
}

function typedOf({ normalDayMinutes, normalWeekMinutes, weekLimitMinutes, listFromPercent, noticeSentOn, tellLeft }: Settings): Typed {
  return {
    day: hoursOf(normalDayMinutes), week: hoursOf(normalWeekMinutes), limit: hoursOf(weekLimitMinutes), percent: String(listFromPercent), notice: noticeSentOn === null ? '' : date(noticeSentOn),
    tellWeek: hoursOf(tellLeft.week), tellMonth: hoursOf(tellLeft.month), tellYear: hoursOf(tellLeft.year),
  };
}

/** What is entered, or what is wrong with it by field. */
function read(settings: Settings, typed: Typed): { entered: Settings | null; wrong: Wrong } {
  const wrong: Wrong = {};
  const hours = (field: keyof Typed, least: number, most: number, error: string): number => minutesOf(typed[field], least, most) ?? ((wrong[field] = error), 0);
  const mostDay = settings.scheme === 'week' ? 10 : 8;
  const percent = Number(typed.percent);
  if (!/^\d{2,3}$/.test(typed.percent) || percent < 50 || percent > 100) wrong.percent = text.percentError;
  const noticeSentOn = typedDate(typed.notice);
  if (noticeSentOn === undefined) wrong.notice = text.dateError;
  const isExtended = settings.yearBasis === 'extended';
  if (isExtended && settings.ground === null) wrong.ground = text.groundError;
  const parsed = LabourSettings.safeParse({
    ...settings, ground: isExtended ? settings.ground : null, noticeSentOn: isExtended ? noticeSentOn ?? null : null, listFromPercent: percent,
    normalDayMinutes: hours('day', 60, mostDay * 60, text.dayError(mostDay)), normalWeekMinutes: hours('week', 60, 2_880, text.weekError),
    weekLimitMinutes: typed.limit.trim() === '' ? null : hours('limit', 2_400, 6_000, text.limitError),
    tellLeft: { week: hours('tellWeek', 0, 1_200, text.tellError(20)), month: hours('tellMonth', 0, 2_400, text.tellError(40)), year: hours('tellYear', 0, 6_000, text.tellError(100)) },
  });
  return { entered: parsed.success && Object.keys(wrong).length === 0 ? parsed.data : null, wrong };
}

/** By which rules the site counts: basis of the year, scheme, normal hours, continuous shifts, consents, and what is told when. */
export function OvertimeSettings({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const { data, problem, reload } = useLoad('labour/settings', {});
  if (data !== null) return <Form given={data} onClose={onClose} onSaved={onSaved} />;
  return (
    <Dialog open wide title={text.title} onClose={onClose} actions={<Button onPress={onClose}>{common.close}</Button>}>
      <ProblemNotice problem={problem} onRetry={reload} />
      {problem === null && <Progress label={text.title} value={null} of={null} />}
    </Dialog>
  );
}

function Form({ given, onClose, onSaved }: { given: Given; onClose: () => void; onSaved: () => void }) {
  const [settings, setSettings] = useState(given.settings);
  const [typed, setTyped] = useState(() => typedOf(given.settings));
  const [isTold, setTold] = useState(false);
  const save = useRequest('labour/save-settings');
  const toast = useToast();
  const { entered, wrong } = read(settings, typed);
  const set = <F extends keyof Settings>(field: F) => (value: Settings[F]): void => setSettings((before) => ({ ...before, [field]: value }));
  const figure = (field: keyof Typed, label: string, unit: string | undefined = text.hours, hint?: string) => (
    <Field label={unit === '' ? label : `${label} (${unit})`} hint={hint} value={typed[field]} inputMode="decimal" maxLength={10} autoComplete="off" error={isTold ? wrong[field] ?? null : null}
      onChange={(value) => setTyped((before) => ({ ...before, [field]: value }))} />
  );
  const store = async (): Promise<void> => {
    setTold(true);
    if (entered === null || (await save.call({ settings: entered })) === null) return;
    toast('passed', text.saved);
    onSaved();
  };
  const toggle = (department: string) => (isOn: boolean): void => set('continuousDepartments')(
    isOn ? [...settings.continuousDepartments, department].sort() : settings.continuousDepartments.filter((one) => one !== department));
  return (
    <Dialog open wide title={text.title} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={save.busy} onPress={() => { void store(); }}>{text.save}</Button>
      </>
    )}>
      <ProblemNotice problem={save.problem} onRetry={save.again} />
      <div className="overtime-form">
        <div className="whole">
          <Choice across label={text.yearBasis} value={settings.yearBasis} onChange={set('yearBasis')}
            options={(['ordinary', 'extended'] as const).map((id) => ({ id, label: text.basis[id], hint: text.basisHint[id] }))} />
        </div>
        {settings.yearBasis === 'extended' && (
          <>
            <Select label={text.ground} value={settings.ground} onChange={set('ground')} error={isTold ? wrong.ground ?? null : null}
              options={given.grounds.map(({ id, name, basis }) => ({ id, label: name, hint: basis }))} />
            {figure('notice', text.notice, '', text.noticeHint)}
          </>
        )}
        <div className="whole">
          <Choice across label={text.scheme} value={settings.scheme} onChange={set('scheme')}
            options={(['day', 'week'] as const).map((id) => ({ id, label: text.schemes[id], hint: text.schemeHint[id] }))} />
        </div>
        {figure('day', text.day)}
        {figure('week', text.week)}
        <Select label={text.rest} value={`${settings.restWeekday}`} onChange={(id) => set('restWeekday')(Number(id))}
          options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ id: `${day}`, label: shifts.dayName[day]! }))} />
        {figure('limit', text.limit, text.hours, text.limitHint)}
        <div className="field whole">
          <span className="field-label">{text.continuous}</span>
          <span className="field-hint">{text.continuousHint}</span>
          {given.departments.length === 0 ? <p className="soft">{text.noDepartments}</p> : (
            <div className="departments">
              {given.departments.map((department) => (
                <Tick key={department} value={settings.continuousDepartments.includes(department)} onChange={toggle(department)}>{department}</Tick>
              ))}
            </div>
          )}
        </div>
        <div className="field whole">
          <Tick value={settings.remoteArea} onChange={set('remoteArea')}>{text.remote}</Tick>
          <Tick value={settings.nursingConsent} onChange={set('nursingConsent')}>{text.nursing}</Tick>
          <Tick value={settings.disabledConsent} onChange={set('disabledConsent')}>{text.disabled}</Tick>
          <Tick value={settings.minorsListedWork} onChange={set('minorsListedWork')}>{text.minors}</Tick>
          <Tick value={settings.consentTracked} onChange={set('consentTracked')}>{text.consent}</Tick>
        </div>
        {figure('percent', text.percent, '%')}
        <div className="field whole">
          <span className="field-label">{text.tell}</span>
          <div className="three">{figure('tellMonth', text.tellMonth)}{figure('tellYear', text.tellYear)}{figure('tellWeek', text.tellWeek)}</div>
        </div>
      </div>
      <p className="small soft">{text.rules(date(given.version))}</p>
      {isTold && entered === null && <Notice tone="attention"><span>{text.wrong}</span></Notice>}
      {given.unverified.length > 0 && (
        <Notice tone="information">
          <span className="notice-text">{text.unverified}</span>
          {given.unverified.map((one) => <span key={one} className="small">{one}</span>)}
        </Notice>
      )}
    </Dialog>
  );
}
