import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { Instant, LocalDate } from '../identity.ts';
import { supervisor, type RequestShape } from './define.ts';

const count = z.number().int().nonnegative();
const text = z.string().max(200);
const file = z.object({ fileName: z.string(), content: Bytes });

/** People of one group: all, and how many of them may have left after their shift without a scan. */
const Group = z.object({ count, mayHaveLeft: count });

/** Why a roll call was begun. */
export const MusterCause = z.enum(['fire', 'drill', 'other']);
export type MusterCause = z.infer<typeof MusterCause>;

export const MusterPersonKind = z.enum(['worker', 'visitor']);

const Person = z.object({
  kind: MusterPersonKind, personNo: z.number().int(), code: z.string(), fullName: z.string(), department: z.string(), employer: z.string(),
  since: Instant, lane: z.string(), zone: z.string(), mayHaveLeft: z.boolean(),
});
export type MusterPerson = z.infer<typeof Person>;

const RollCall = z.object({
  musterId: z.string(), cause: z.string(), startedAt: Instant, startedBy: z.string(), endedAt: Instant.nullable(), total: count,
});

const Team = z.object({ employer: z.string(), department: z.string(), total: count, missing: count, mayHaveLeft: count, ticked: count, out: count });
export type MusterTeam = z.infer<typeof Team>;

const MealRow = z.object({ mealId: z.string(), shiftId: z.string().nullable(), employer: z.string(), department: z.string(), present: count, expected: count });

export const musterRequests = {
  /** Who is inside now, by zone, team, employer and employer of record; visitors are a team of their own. */
  'muster/now': {
    input: z.object({ query: z.string().max(100), zone: text.nullable(), employer: text.nullable(), department: text.nullable(), limit: z.number().int().min(1).max(2000) }),
    output: z.object({
      at: Instant, total: count, mayHaveLeft: count, visitors: count,
      zones: z.array(Group.extend({ zone: z.string() })), teams: z.array(Group.extend({ employer: z.string(), department: z.string() })),
      employers: z.array(Group.extend({ employer: z.string() })), employersOfRecord: z.array(Group.extend({ employer: z.string() })),
      /** How many the filter finds, and the first of them. */
      found: count, people: z.array(Person),
    }),
    access: supervisor, background: true,
  },
  /** The list by teams as PDF: who is inside now, or a roll call as it stands. */
  'muster/print': { input: z.object({ musterId: z.uuid().nullable() }), output: file, access: supervisor },
  /** The same on the default printer of this machine. */
  'muster/paper': { input: z.object({ musterId: z.uuid().nullable() }), output: z.object({}), access: supervisor },
  /** Begins a roll call; while one runs, that one is answered, but a fire ends a drill. */
  'muster/start': { input: z.object({ musterId: z.uuid(), cause: MusterCause }), output: z.object({ musterId: z.string() }), access: supervisor },
  /** The roll call that runs, else the last one; people by the filter, those who are missing first. */
  'muster/state': {
    input: z.object({ query: z.string().max(100), employer: text.nullable(), department: text.nullable(), show: z.enum(['missing', 'ticked', 'out']), limit: z.number().int().min(1).max(2000) }),
    output: z.object({
      running: z.boolean(), rollCall: RollCall.nullable(),
      missing: count, mayHaveLeft: count, ticked: count, out: count, teams: z.array(Team),
      found: count, people: z.array(Person.extend({ /** When he was ticked or went out. */ doneAt: Instant.nullable() })),
    }),
    access: supervisor, background: true,
  },
  /** Ticks a person of the roll call, or takes a tick back; again changes nothing. */
  'muster/tick': {
    input: z.object({ musterId: z.uuid(), kind: MusterPersonKind, personNo: z.number().int().positive(), present: z.boolean() }),
    output: z.object({ changed: z.boolean() }), access: supervisor,
  },
  'muster/end': { input: z.object({ musterId: z.uuid() }), output: z.object({ missing: count }), access: supervisor },
  /** People at meals of a date: there at that time, and expected by their shifts. */
  'meals/count': { input: z.object({ date: LocalDate }), output: z.object({ at: Instant, meals: z.array(z.object({ id: z.string(), name: z.string(), from: Instant, to: Instant, present: count, expected: count })), rows: z.array(MealRow) }), access: supervisor },
  'meals/export': { input: z.object({ date: LocalDate }), output: file, access: supervisor },
} as const satisfies Record<string, RequestShape>;

/** Told when the list that a fire prints by itself is on paper, or not. */
export const MusterPrinted = z.object({ musterId: z.string(), ok: z.boolean() });

/** Told to every page when a roll call begins, changes or ends. */
export const MusterChanged = z.object({ running: z.boolean(), musterId: z.string().nullable() });
