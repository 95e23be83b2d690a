import { useState } from 'react';
import type { ReportLine } from '../../../../shared/contracts/requests/report.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { DateField } from '../../../components/date-field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { date, today } from '../../../format.ts';
import { reports as text } from '../../../texts/reports.ts';
import { otherMonth, PeriodStep } from '../period-step.tsx';

export interface Period { from: string; to: string }
type Preset = 'today' | 'yesterday' | 'week' | 'month' | 'lastMonth' | 'quarter' | 'half' | 'year' | 'custom';

const presets: readonly Preset[] = ['today', 'yesterday', 'week', 'month', 'lastMonth', 'quarter', 'half', 'year', 'custom'];
const options: Option<Preset>[] = presets.map((id) => ({ id, label: text.period[id] }));
const longestDays = 400;

/** The first day of a month so many months from that of a date. */
function monthStart(day: string, months: number): string {
  return `${otherMonth(day.slice(0, 7), months)}-01`;
}

function presetPeriod(preset: Exclude<Preset, 'custom'>, now: string): Period {
  if (preset === 'today') return { from: now, to: now };
  if (preset === 'yesterday') return { from: addDays(now, -1), to: addDays(now, -1) };
  if (preset === 'week') return { from: addDays(now, -6), to: now };
  if (preset === 'month') return { from: monthStart(now, 0), to: now };
  if (preset === 'lastMonth') return { from: monthStart(now, -1), to: addDays(monthStart(now, 0), -1) };
  if (preset === 'year') return { from: `${now.slice(0, 4)}-01-01`, to: now };
  return { from: monthStart(now, preset === 'quarter' ? -2 : -5), to: now };
}

/** The period with which a report opens. */
export function firstPeriod({ period }: ReportLine): Period {
  const now = today();
  return period === 'day' ? { from: now, to: now } : presetPeriod('month', now);
}

/** The dates of a report: one day, one month, or from one date to another. */
export function ReportPeriod({ kind, value, onChange }: { kind: ReportLine['period']; value: Period; onChange: (period: Period) => void }) {
  if (kind === 'range') return <RangePeriod value={value} onChange={onChange} />;
  const shown = kind === 'day' ? date(value.to) : text.period.monthName(value.to.slice(0, 7));
  const step = (by: number): void => {
    if (kind === 'day') onChange({ from: addDays(value.to, by), to: addDays(value.to, by) });
    else onChange({ from: monthStart(value.to, by), to: addDays(monthStart(value.to, by + 1), -1) });
  };
  const isLast = kind === 'day' ? value.to >= today() : value.to.slice(0, 7) >= today().slice(0, 7);
  return <PeriodStep shown={shown} earlier={text.period.earlier[kind]} later={text.period.later[kind]} isLast={isLast} onStep={step} />;
}

function RangePeriod({ value, onChange }: { value: Period; onChange: (period: Period) => void }) {
  const [preset, setPreset] = useState<Preset>('month');
  const [typed, setTyped] = useState(value);
  const choose = (chosen: Preset): void => {
    setPreset(chosen);
    setTyped(value);
    if (chosen !== 'custom') onChange(presetPeriod(chosen, today()));
  };
  const enter = (next: Period): void => {
    setTyped(next);
    if (isPeriod(next)) onChange(next);
  };
  return (
    <>
      <Select label={text.period.label} options={options} value={preset} onChange={choose} />
      {preset === 'custom' && (
        <>
          <DateField label={text.period.from} value={typed.from} onChange={(from) => { if (from !== null) enter({ ...typed, from }); }} />
          <DateField label={text.period.to} value={typed.to} onChange={(to) => { if (to !== null) enter({ ...typed, to }); }} />
          {!isPeriod(typed) && <Notice tone="attention">{text.period.orderError}</Notice>}
        </>
      )}
    </>
  );
}

function isPeriod({ from, to }: Period): boolean {
  return from <= to && (Date.parse(to) - Date.parse(from)) / 86_400_000 < longestDays;
}
