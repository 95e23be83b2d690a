import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import { ask } from '../../../kiosk.ts';
import type { Part } from '../pages.ts';

export type SheetKind = 'day' | 'month';
/** A sheet by its kind and its date (`2026-11-20`) or month (`2026-11`). */
export interface SheetName { kind: SheetKind; period: string }
export type Sheet = { kind: 'day' } & Output<'timesheet/day'> | { kind: 'month' } & Output<'timesheet/month'>;
export type SheetFilter = Input<'timesheet/day'>['filter'];

/** A part of the sheet of a date or a month. */
export async function askSheet({ kind, period }: SheetName, filter: SheetFilter, part: Part): Promise<Sheet> {
  return kind === 'day'
    ? { kind, ...await ask('timesheet/day', { date: period, filter, ...part }) }
    : { kind, ...await ask('timesheet/month', { month: period, filter, ...part }) };
}
