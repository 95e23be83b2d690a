import lawData from '../../../resources/law/labour-time.json' with { type: 'json' };
import { defaultLabourSettings, LabourLaw, type LabourSettings } from '../../../shared/contracts/labour.ts';
import type { LabourDay } from '../../../shared/domain/labour-day.ts';
import { checkLabour, type Finding } from '../../../shared/domain/labour-check.ts';
import type { LabourWorker } from '../../../shared/domain/labour-rules.ts';

export const law = LabourLaw.parse(lawData);
export const settings = defaultLabourSettings;
export const worker: LabourWorker = { birthDate: '1995-03-12', department: 'May 1', protections: [], overtimeConsent: null };

const instant = (date: string, time: string): number => Date.parse(`${date}T${time}:00+07:00`);

/**
 * `'2026-11-02 08:00-19:00 work 600 ot 120'`: in and out (an out before the in is on the next date), minutes worked, overtime,
 * night; shift and break as given or HC with an hour; `off`: the plan has no shift on the date, `none`: on no date.
 */
export function dayOf(text: string, given: Partial<LabourDay> = {}): LabourDay {
  const [workDate = '', span = ''] = text.split(' ');
  const number = (word: string): number => Number(new RegExp(`${word} (\\d+)`).exec(text)?.[1] ?? 0);
  const [from = '', to = ''] = span.split('-');
  const start = instant(workDate, from);
  const end = instant(workDate, to);
  return {
    workDate, shiftId: 'HC', in: start, out: end > start ? end : end + 86_400_000, workedMinutes: number('work'), overtimeMinutes: number('ot'), nightMinutes: number('night'),
    plan: text.endsWith(' off') ? 'day-off' : text.endsWith(' none') ? 'none' : 'shift', breakMinutes: / (off|none)$/.test(text) ? null : 60, ...given,
  };
}

export const known = { from: '2026-01-01', to: '2026-12-31' };

export function found(days: readonly LabourDay[], with_: { settings?: Partial<LabourSettings>; worker?: Partial<LabourWorker> } = {}): Finding[] {
  return checkLabour(law, { ...settings, ...with_.settings }, { ...worker, ...with_.worker }, days, known).findings;
}

/** `overtime-day 2026-11-02 270/240`, a warning with a question mark. */
export function faults(...args: Parameters<typeof found>): string[] {
  return found(...args).map(({ fault, level, date, actual, allowed }) => `${fault}${level === 'warning' ? '?' : ''} ${date} ${actual}/${allowed}`);
}
