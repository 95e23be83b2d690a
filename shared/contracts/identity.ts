import { z } from 'zod';

/** ISO date without time, `YYYY-MM-DD`, from year 1 on: a day before the year 0 has no such text. A birthday is never a Date: in Vietnam local midnight is the day before in UTC. */
export const LocalDate = z.string().regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
/** An instant, ISO 8601 in UTC or with offset. */
export const Instant = z.iso.datetime({ offset: true });
/** Số định danh cá nhân: 12 digits (Nghị định 70/2024/NĐ-CP art. 11). */
export const PersonalId = z.string().regex(/^\d{12}$/);

export const Sex = z.enum(['Nam', 'Nữ']);
export type Sex = z.infer<typeof Sex>;

/** The kinds of text a QR can hold, as far as this program knows them. */
export const QrKind = z.enum(['cccd-2021', 'can-cuoc-2024', 'pass', 'other']);
export type QrKind = z.infer<typeof QrKind>;

/** Where a value comes from. Never merged silently. */
export const Source = z.enum(['chip', 'qr', 'mrz', 'typed', 'store', 'vneid']);
export type Source = z.infer<typeof Source>;

/** How well a value was read. It says nothing about whether the source is genuine: for that see `Verdict`. */
export const Confidence = z.enum(['high', 'medium', 'low']);
/** Where a value comes from and how well it was read; `reason` is the code of the remark that lowers the confidence. */
export const ReadValue = z.object({ source: Source, confidence: Confidence, reason: z.string().optional() });
export type ReadValue = z.infer<typeof ReadValue>;

/** A citizen as a QR tells it: a claim, not a fact (the QR carries no signature). Text is NFC. */
export const Citizen = z.object({
  personalId: PersonalId,
  oldId: z.string().regex(/^\d{9}$/).nullable(),
  fullName: z.string().min(1).max(200),
  /** ISO date; `YYYY` alone where the card gives only a year. */
  birthDate: z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/),
  sex: Sex.nullable(),
  residence: z.string().max(500),
  issuedOn: LocalDate.nullable(),
  cancelledId: PersonalId.nullish(),
  father: z.string().max(200).nullish(),
  mother: z.string().max(200).nullish(),
});
export type Citizen = z.infer<typeof Citizen>;

/** A verdict with its reason in Vietnamese; `ok: null` means not checked. */
export const Verdict = z.object({ ok: z.boolean().nullable(), reason: z.string() });
export type Verdict = z.infer<typeof Verdict>;

/** Trạng thái tin cậy của chip: not a boolean. Intact without its issuer being known, chained to a trusted CSCA, genuine by a proof of the chip too. */
export const ChipTrust = z.enum(['failed', 'not-checked', 'intact', 'chained', 'genuine']);
export type ChipTrust = z.infer<typeof ChipTrust>;

/** A person as the chip tells it (ICAO 9303 DG1 and the Vietnamese DG13). Dates ISO. */
export const ChipPerson = z.object({
  /** Null on a document without the twelve-digit number, such as a foreign passport. */
  personalId: PersonalId.nullable(),
  fullName: z.string(),
  birthDate: z.string(),
  sex: Sex.nullable(),
  nationality: z.string().nullable(),
  ethnicity: z.string().nullable(),
  religion: z.string().nullable(),
  origin: z.string().nullable(),
  residence: z.string().nullable(),
  features: z.string().nullable(),
  issuedOn: z.string().nullable(),
  /** ISO date or `no-expiry` ("Không thời hạn"). */
  expiresOn: z.string().nullable(),
  father: z.string().nullable(),
  mother: z.string().nullable(),
  spouses: z.array(z.string()),
  oldId: z.string().nullable(),
});
export type ChipPerson = z.infer<typeof ChipPerson>;

/** The form of the face image in DG2; sizes in pixels and bytes. The picture itself is never part of an answer. */
export const FaceImage = z.object({
  format: z.enum(['jpeg', 'jp2', 'j2k']),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
});
export type FaceImage = z.infer<typeof FaceImage>;

/** The answer of one chip read. `ok` means read without a protocol fault, not trusted. */
export const CardReading = z.object({
  ok: z.boolean(),
  chip: z.object({
    access: z.enum(['pace-can', 'pace-mrz', 'bac', 'none']),
    reads: z.array(z.object({ file: z.string(), bytes: z.number().int() })),
    apdus: z.number().int(),
    ms: z.number(),
  }).nullable(),
  person: ChipPerson.nullable(),
  document: z.object({ mrz: z.string(), number: z.string(), expiry: z.string() }).nullable(),
  face: FaceImage.nullable(),
  trust: z.object({
    hashes: Verdict, signature: Verdict, chain: Verdict, active: Verdict, chip: Verdict, genuine: Verdict,
  }),
  warnings: z.array(z.string()),
  problem: z.object({ code: z.string(), retry: z.boolean(), vi: z.string(), detail: z.string().optional() }).nullable(),
});
export type CardReading = z.infer<typeof CardReading>;
