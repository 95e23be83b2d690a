import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { Instant, LocalDate } from '../identity.ts';
import { Shift, ShiftForm } from '../shift.ts';
import { supervisor, type RequestShape } from './define.ts';
import { RosterRowProblem } from './gate.ts';

const count = z.number().int().nonnegative();
const text = z.string().max(200);

/** Which lines of a timesheet are asked for; null is all. A date of several shifts is found by each of them. */
export const TimesheetFilter = z.object({
  query: z.string().max(100), department: text.nullable(), employer: text.nullable(), shiftId: text.nullable(),
  /** Only what somebody must look at. */
  onlyToCheck: z.boolean(),
});
export type TimesheetFilter = z.infer<typeof TimesheetFilter>;

const Person = z.object({ workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string() });

export const TimesheetException = z.enum(['missing-in', 'no-out', 'still-inside', 'in-twice', 'out-twice', 'no-shift', 'outside-window', 'clock-doubtful']);
export type TimesheetException = z.infer<typeof TimesheetException>;

/** One work date. Instants in milliseconds since 1970, times in whole minutes. */
export const TimesheetLine = z.object({
  workDate: LocalDate, shiftId: z.string().nullable(), in: z.number().nullable(), out: z.number().nullable(),
  workedMinutes: count, overtimeMinutes: count, nightMinutes: count, lateMinutes: count, earlyMinutes: count,
  closedBy: z.enum(['scan', 'system', 'correction']).nullable(), exceptions: z.array(TimesheetException),
});

/** Sums over work dates. `late` and `early` count dates, `toCheck` those that somebody must look at. */
export const TimesheetSums = z.object({
  days: count, workedMinutes: count, overtimeMinutes: count, nightMinutes: count,
  late: count, lateMinutes: count, early: count, earlyMinutes: count, toCheck: count,
});
export type TimesheetSums = z.infer<typeof TimesheetSums>;

const page = { filter: TimesheetFilter, offset: count, limit: z.number().int().min(1).max(1000), fresh: z.boolean() };
const answer = { total: count, sums: TimesheetSums, /** When it was worked out. */ at: Instant };

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const shiftRequests = {
  'shifts/list': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({
      shifts: z.array(Shift.extend({ workers: count, assignments: count })),
      /** Codes that the roster names and that are no shift yet. */
      missing: z.array(z.object({ shiftId: z.string(), workers: count })),
    }),
  },
  'shifts/save': {
    /** `fresh`: a new one; a code that another shift has is refused then. */
    input: z.object({ shift: ShiftForm, fresh: z.boolean() }),
    output: z.object({ changed: z.boolean() }), access: supervisor,
  },
  'shifts/remove': { input: z.object({ shiftId: z.string().min(1).max(64) }), output: z.object({ removed: z.boolean() }), access: supervisor },
  'shifts/import': {
    input: z.object({ fileName: z.string().max(255), content: Bytes, dryRun: z.boolean() }),
    output: z.object({
      rows: count, imported: count, unchanged: count, shifts: count, refused: z.array(RosterRowProblem), refusedTotal: count,
      columns: z.record(z.string(), z.string()),
    }),
    access: supervisor,
  },
  'timesheet/choices': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({ departments: z.array(z.string()), employers: z.array(z.string()), shifts: z.array(z.object({ id: z.string(), name: z.string() })) }),
  },
  'timesheet/day': {
    input: z.object({ date: LocalDate, ...page }), access: supervisor,
    output: z.object({ rows: z.array(Person.extend({ line: TimesheetLine, corrected: z.boolean() })), ...answer }),
  },
  'timesheet/month': {
    input: z.object({ month: Month, ...page }), access: supervisor,
    output: z.object({ rows: z.array(Person.extend({ sums: TimesheetSums })), ...answer }),
  },
  'timesheet/worker': {
    input: z.object({ month: Month, workerId: z.string().max(64) }), access: supervisor,
    output: z.object({ lines: z.array(TimesheetLine.extend({ corrected: z.boolean() })) }),
  },
  /** The sheet of a date or a month as an Excel file. */
  'timesheet/export': {
    input: z.object({ period: z.union([LocalDate, Month]), filter: TimesheetFilter }), access: supervisor,
    output: z.object({ fileName: z.string(), content: Bytes }),
  },
} as const satisfies Record<string, RequestShape>;
