import { z } from 'zod';
import { LocalDate } from './identity.ts';

const date = LocalDate.nullable().default(null);
const text = z.string().min(1).max(160).nullable().default(null);
const code = z.string().min(1).max(40).nullable().default(null);

/** Giấy phép lao động, or the paper that says that none is needed. */
export const WorkPermit = z.object({
  kind: z.enum(['permit', 'exemption']), number: z.string().min(1).max(40), issuedOn: date, expiresOn: date, position: text, form: text,
  provinces: z.array(z.string().min(1).max(60)).max(20).default([]),
});

/** Why the law protects a worker, and between which dates, both included; null is open. */
export const Protection = z.object({ kind: z.enum(['pregnant', 'nursing', 'disabled', 'elderly']), from: date, to: date });
export type Protection = z.infer<typeof Protection>;

/** What reports and the labour-law guard ask of a worker beyond the gate's own needs. Null is not known. */
export const WorkerDetails = z.object({
  /** Who pays, where the worker is leased (thuê lại lao động); null: the employer itself. */
  employerOfRecord: text,
  province: text,
  commune: text,
  socialInsuranceNo: code,
  position: text,
  /** Vị trí việc làm in form 01/PLI: nhà quản lý, chuyên môn kỹ thuật bậc cao, bậc trung, khác. */
  jobGroup: z.enum(['manager', 'high', 'middle', 'other']).nullable().default(null),
  contractKind: z.enum(['indefinite', 'definite', 'other']).nullable().default(null),
  contractFrom: date,
  contractTo: date,
  skill: text,
  /** Ngành, nghề nặng nhọc, độc hại. */
  heavyWorkFrom: date,
  heavyWorkTo: date,
  passport: code,
  passportExpiresOn: date,
  permit: WorkPermit.nullable().default(null),
  protections: z.array(Protection).max(10).default([]),
  /** Bộ luật Lao động 2019 art. 107: overtime needs the worker's consent. */
  overtimeConsent: z.object({ from: date, to: date }).nullable().default(null),
});
export type WorkerDetails = z.infer<typeof WorkerDetails>;

/** Nothing known. */
export const emptyDetails: WorkerDetails = WorkerDetails.parse({});
