import { z } from 'zod';
import { expiryBands } from '../../domain/worker-expiry.ts';
import { rosterColumns } from '../../domain/roster.ts';
import { addDays } from '../../domain/work-date.ts';
import { Bytes } from '../bytes.ts';
import { Instant, LocalDate, Sex } from '../identity.ts';
import { WorkerDetails } from '../worker-details.ts';
import { admin, anyUser, supervisor, type RequestShape } from './define.ts';
import { GateAnswer, RosterRowProblem } from './gate.ts';

const WorkerId = z.string().min(1).max(40);
const File = z.object({ fileName: z.string(), content: Bytes });
/** A date that exists: what is typed into a form may be the 30th of February. */
const RealDate = LocalDate.refine((date) => addDays(date, 0) === date, 'no such date');
const count = z.number().int().nonnegative();

/** Which column of a sheet, counted from 0, holds what. */
export const Columns = z.partialRecord(z.enum(rosterColumns as [string, ...string[]]), z.number().int().min(0).max(199));

/** A PIN for the gate: 4 to 8 digits, not all alike and no plain row. */
export const GatePin = z.string().regex(/^\d{4,8}$/).refine((pin) => !/^(\d)\1+$/.test(pin) && !'01234567890'.includes(pin) && !'09876543210'.includes(pin), 'quá dễ đoán');

/** How personal data of workers is kept. */
export const PeopleSettings = z.object({
  /** The province of this place, which a work permit must name; null: not compared. */
  province: z.string().trim().min(1).max(60).nullable(),
  /** Photos are erased so many days after the end date. */
  photoDays: z.number().int().min(0).max(3_650),
  /** Personal data of those who left is erased so many days after the end date; null: never by itself (Luật 91/2025/QH15 art. 25). */
  erasureDays: z.number().int().min(0).max(36_500).nullable(),
  /** Whether scans and hours stay under the bare code when the person is erased. */
  keepTimesheet: z.boolean(),
});
export type PeopleSettings = z.infer<typeof PeopleSettings>;

export const WorkerChanges = z.object({
  fullName: z.string().trim().min(1).max(120), department: z.string().trim().max(120), employer: z.string().trim().max(160),
  startDate: RealDate.nullable(), endDate: RealDate.nullable(), shiftId: z.string().trim().min(1).max(40).nullable(),
  language: z.enum(['vi', 'en', 'zh', 'ko', 'ja']), nationality: z.string().trim().min(1).max(60).nullable(), sex: Sex.nullable(), birthDate: RealDate.nullable(),
  // Checked but left as it is: parsing would fill in the defaults of what is not told, and wipe out what is known.
  details: z.custom<Partial<WorkerDetails>>((value) => WorkerDetails.partial().safeParse(value).success, 'not details'),
}).partial();
export type WorkerChanges = z.infer<typeof WorkerChanges>;

/** A worker as the supervisor's page shows him: numbers masked. */
export const WorkerPage = z.object({
  workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string(), maskedId: z.string().nullable(),
  startDate: LocalDate.nullable(), endDate: LocalDate.nullable(), shiftId: z.string().nullable(), barred: z.boolean(),
  language: z.enum(['vi', 'en', 'zh', 'ko', 'ja']), nationality: z.string().nullable(), sex: Sex.nullable(), birthDate: LocalDate.nullable(), minor: z.boolean(),
  /** Numbers in it are masked. */
  details: WorkerDetails,
  maskedCard: z.string().nullable(), pass: z.string().nullable(), hasPin: z.boolean(),
  photo: z.object({ at: Instant, consentVersion: z.string() }).nullable(),
  expiries: z.array(z.object({ what: z.enum(['permit', 'passport', 'contract']), date: LocalDate, band: z.enum(expiryBands).nullable() })),
  permitElsewhere: z.boolean(),
  terms: z.array(z.object({ workerId: z.string(), startDate: LocalDate.nullable(), endDate: LocalDate.nullable(), department: z.string(), employer: z.string() })),
  nextWorkerId: z.string().nullable(),
  access: z.array(z.object({ at: Instant, userName: z.string(), what: z.string() })),
  inside: z.boolean(),
});
export type WorkerPage = z.infer<typeof WorkerPage>;

const Move = z.object({ workerId: z.string(), fullName: z.string(), field: z.enum(['department', 'employer']), from: z.string(), to: z.string() });
const ReHire = z.object({ workerId: z.string(), fullName: z.string(), formerId: z.string(), endDate: LocalDate });
const Leaver = z.object({ workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string(), startDate: LocalDate.nullable() });

const ExpiryFilter = z.object({
  what: z.enum(['permit', 'passport', 'contract']).nullable(), band: z.enum(expiryBands).nullable(), query: z.string().max(100),
});

const pass = z.string().regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/).max(40);

export const CredentialChange = z.discriminatedUnion('kind', [
  /** A factory card: new, or in place of the one before, which is withdrawn for a reason. */
  z.object({ kind: z.literal('card'), number: z.string().trim().min(4).max(40), former: z.enum(['lost', 'broken', 'returned', 'replaced']).nullable() }),
  z.object({ kind: z.literal('card-withdraw'), reason: z.enum(['lost', 'broken', 'returned']) }),
  /** A printed pass: null makes a new code. */
  z.object({ kind: z.literal('pass'), code: pass.nullable() }),
  z.object({ kind: z.literal('pass-withdraw') }),
  z.object({ kind: z.literal('pin'), pin: GatePin }),
  z.object({ kind: z.literal('pin-remove') }),
]);
export type CredentialChange = z.infer<typeof CredentialChange>;

export const peopleRequests = {
  'roster/import': {
    input: z.object({
      fileName: z.string().max(255), content: Bytes, dryRun: z.boolean(),
      /** Columns that a person named; remembered for lists with the same headers. */
      columns: Columns.nullish(),
      /** The list is whole: who is missing in it left, with this last work date. */
      wholeList: z.object({ endDate: RealDate }).nullish(),
    }),
    output: z.object({
      rows: count, imported: count, unchanged: count, refused: z.array(RosterRowProblem), refusedTotal: count, columns: z.record(z.string(), z.string()),
      source: z.enum(['names', 'remembered', 'chosen']), unknownHeaders: z.array(z.string()), added: count,
      moves: z.array(Move), movedTotal: count, reHires: z.array(ReHire), reHiredTotal: count,
      leavers: z.array(Leaver), leaverTotal: count, listedEmployers: z.array(z.string()),
    }),
    access: supervisor,
  },
  /** The header of a list, to say which column is what. */
  'roster/columns': {
    input: z.object({ fileName: z.string().max(255), content: Bytes }),
    output: z.object({ row: count, headers: z.array(z.string()), samples: z.array(z.array(z.string())), columns: Columns, source: z.enum(['names', 'remembered', 'chosen']), isWhole: z.boolean() }),
    access: supervisor,
  },
  /** What the last import or dry run found, whole: rows refused, moves, leavers. Problem `not-found` before the first. */
  'roster/report-file': { input: z.object({}), output: File, access: supervisor },
  'roster/search': {
    input: z.object({ query: z.string().max(100), limit: z.number().int().min(1).max(200) }),
    output: z.object({ total: count, workers: z.array(z.object({
      workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string(),
      startDate: LocalDate.nullable(), endDate: LocalDate.nullable(), maskedId: z.string().nullable(), barred: z.boolean(), inside: z.boolean(),
    })) }),
    access: anyUser, background: true,
  },
  'worker/get': { input: z.object({ workerId: WorkerId }), output: WorkerPage, access: supervisor },
  'worker/change': { input: z.object({ workerId: WorkerId, changes: WorkerChanges }), output: WorkerPage, access: supervisor },
  /** The numbers in full, for a reason; it is noted who asked. */
  'worker/reveal': {
    input: z.object({ workerId: WorkerId, reason: z.string().trim().min(3).max(200) }), access: supervisor,
    output: z.object({ personalId: z.string().nullable(), passport: z.string().nullable(), permitNumber: z.string().nullable(), socialInsuranceNo: z.string().nullable(), cardNumber: z.string().nullable() }),
  },
  /** Everything that is kept of one worker, as a file to hand over to him. */
  'worker/own-data': { input: z.object({ workerId: WorkerId }), output: File, access: supervisor },
  'worker/expiries': {
    input: ExpiryFilter.extend({ offset: count, limit: z.number().int().min(1).max(500) }), access: supervisor, background: true,
    output: z.object({
      counts: z.object({ over: count, 7: count, 30: count, 60: count }), total: count,
      rows: z.array(z.object({ workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string(), nationality: z.string().nullable(),
        what: z.enum(['permit', 'passport', 'contract']), date: LocalDate, band: z.enum(expiryBands) })),
    }),
  },
  'worker/expiries-export': { input: ExpiryFilter, output: File, access: supervisor },
  /** Waits for the next card on a reader and tells its number. Problems `card-uid-random`, `card-missing`, `cancelled`, `reader-missing`. */
  'credential/read-card': {
    input: z.object({ reader: z.string().max(200).nullable() }), access: supervisor,
    output: z.object({ number: z.string(), reader: z.string(), owner: z.object({ workerId: z.string(), fullName: z.string() }).nullable(), withdrawn: z.boolean() }),
  },
  'credential/cancel': { input: z.object({}), output: z.object({}), access: supervisor },
  /** Problems `card-uid-random`, `credential-taken`, `card-withdrawn`, `not-found`. */
  'credential/set': { input: z.object({ workerId: WorkerId, change: CredentialChange }), output: WorkerPage, access: supervisor },
  /** A worker types code and PIN at the gate. What was wrong is never told. Problem `pin-locked`. */
  'gate/pin': {
    input: z.object({ workerId: z.string().trim().min(1).max(40), pin: z.string().regex(/^\d{1,12}$/), lane: z.string().max(20).nullable() }),
    output: GateAnswer, access: 'kiosk', background: true,
  },
  /** Whether anybody has a PIN: only then does the gate show the pad. */
  'gate/pin-offered': { input: z.object({}), output: z.object({ offered: z.boolean() }), access: 'kiosk', background: true },
  'photo/consent': { input: z.object({}), output: z.object({ version: z.string(), text: z.string(), basis: z.string(), verified: z.boolean() }), access: supervisor },
  /** The worker agreed to this version of the text. JPEG, PNG or WebP of at most 2 MB. Problem `photo-invalid`. */
  'photo/set': { input: z.object({ workerId: WorkerId, content: Bytes, consentVersion: z.string().max(40) }), output: WorkerPage, access: supervisor },
  'photo/get': { input: z.object({ workerId: WorkerId }), output: z.object({ content: Bytes, mime: z.string() }), access: supervisor },
  'photo/remove': { input: z.object({ workerId: WorkerId }), output: WorkerPage, access: supervisor },
  'people/settings': { input: z.object({}), output: PeopleSettings, access: supervisor, background: true },
  'people/settings-set': { input: PeopleSettings.partial(), output: PeopleSettings, access: admin },
  /** Who is due for erasure today. */
  'erasure/due': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({ total: count, workers: z.array(z.object({ workerId: z.string(), fullName: z.string(), endDate: LocalDate })),
      runs: z.array(z.object({ position: z.number().int(), at: Instant, workers: count, events: count, scans: count, photos: count })) }),
  },
  'erasure/run': { input: z.object({}), output: z.object({ position: z.number().int().nullable(), workers: count, events: count, scans: count, photos: count }), access: admin },
  'erasure/certificate': { input: z.object({ position: z.number().int().positive() }), output: File, access: supervisor },
} as const satisfies Record<string, RequestShape>;
