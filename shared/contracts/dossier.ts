import { z } from 'zod';
import { Instant, LocalDate, PersonalId, Sex, Source } from './identity.ts';
import { BlobRef } from './event.ts';

/** A value with where it comes from, how far it can be trusted, and whether an officer changed it. */
export const SourcedField = z.object({
  value: z.string().max(500),
  source: Source,
  trust: z.enum(['signed', 'claimed', 'typed', 'stored']),
  edited: z.boolean(),
});
export type SourcedField = z.infer<typeof SourcedField>;

const citizenFieldNames = ['personalId', 'oldId', 'fullName', 'birthDate', 'sex', 'residence', 'phone', 'email'] as const;
export const CitizenFieldName = z.enum(citizenFieldNames);
/** Only the fields that are known are present. */
export const CitizenFields = z.partialRecord(CitizenFieldName, SourcedField);
export type CitizenFields = z.infer<typeof CitizenFields>;

export const ComponentOrigin = z.enum(['paper-original', 'paper-copy', 'paper-certified-copy', 'store', 'card', 'vneid', 'not-provided']);
export type ComponentOrigin = z.infer<typeof ComponentOrigin>;

/** A thủ tục hành chính of the catalogue, with its components and term. */
export const Procedure = z.object({
  code: z.string().max(40), name: z.string().max(300), field: z.string().max(200), level: z.enum(['province', 'commune', 'ministry']),
  onlineOnly: z.boolean(),
  /** Legal basis and where the entry comes from. */
  source: z.string().max(500), verified: z.boolean(), effectiveFrom: LocalDate,
  term: z.object({
    amount: z.number().positive().max(400), unit: z.enum(['working-day', 'working-hour']),
    /** The day of intake counts: with 1 working day the result is due the same day ("giải quyết ngay trong ngày"). */
    firstDayCounts: z.boolean().optional(),
  }).nullable(),
  /** Intake after this local time counts from the next working day ("sau 15 giờ"). */
  cutOff: z.string().regex(/^\d{2}:\d{2}$/).nullable(),
  components: z.array(z.object({
    componentId: z.string().max(40), name: z.string().max(300), required: z.boolean(),
    /** Type of paper, matched with what is already held. */
    paperType: z.string().max(40), digitise: z.boolean(),
    /** The card itself answers for this component. */
    cardAnswers: z.boolean(),
  })),
  resultType: z.string().max(40).nullable(), resultName: z.string().max(300),
});
export type Procedure = z.infer<typeof Procedure>;

export const DossierStatus = z.enum(['received', 'in-progress', 'supplement-requested', 'resolved', 'handed-over', 'stopped', 'withdrawn']);
export type DossierStatus = z.infer<typeof DossierStatus>;

export const DossierComponent = z.object({
  componentId: z.string(), name: z.string(), origin: ComponentOrigin, copies: z.number().int().min(0).max(50),
  /** The paper already held that is used. */
  paperId: z.string().nullable(),
  /** Why a paper that is held was asked for again (Nghị quyết 66.7/2025/NQ-CP); null where it was not. */
  askAgainReason: z.string().max(500).nullable(),
  blobs: z.array(BlobRef),
});
export type DossierComponent = z.infer<typeof DossierComponent>;

export const DueDate = z.object({
  dueAt: Instant,
  /** In Vietnamese, each step: "nhận 15:20 → tính từ 24/11; trừ thứ bảy, chủ nhật". */
  explanation: z.array(z.string()),
});
export type DueDate = z.infer<typeof DueDate>;

export const Dossier = z.object({
  dossierId: z.uuid(), dossierCode: z.string(), procedureCode: z.string(), procedureName: z.string(), verified: z.boolean(),
  status: DossierStatus, citizen: CitizenFields, components: z.array(DossierComponent),
  receivedAt: Instant, due: DueDate.nullable(), officer: z.string(), copies: z.number().int(),
  result: z.object({ number: z.string(), issuedOn: LocalDate, signer: z.string(), blobs: z.array(BlobRef), digitisedAt: Instant }).nullable(),
  handOver: z.object({ at: Instant, receiverName: z.string(), receiverId: z.string(), source: Source, asOwner: z.boolean(), officer: z.string() }).nullable(),
  history: z.array(z.object({ at: Instant, type: z.string(), actor: z.string(), note: z.string().nullable() })),
  synced: z.boolean(),
});
export type Dossier = z.infer<typeof Dossier>;

export const DossierLine = Dossier.pick({
  dossierId: true, dossierCode: true, procedureName: true, status: true, receivedAt: true, synced: true,
}).extend({ citizenName: z.string(), maskedId: z.string(), dueAt: Instant.nullable() });

/** A paper of a citizen that the store already holds. */
export const HeldPaper = z.object({
  paperId: z.string(), paperType: z.string(), name: z.string(), number: z.string().nullable(), issuer: z.string().nullable(),
  issuedOn: LocalDate.nullable(), validUntil: LocalDate.nullable(), trust: z.enum(['result-of-this-system', 'scan', 'shared-data']),
  blobs: z.array(BlobRef),
});
export type HeldPaper = z.infer<typeof HeldPaper>;

export { Instant, LocalDate, PersonalId, Sex };
