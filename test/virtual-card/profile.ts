import { z } from 'zod';
import { LocalDate, PersonalId, Sex } from '../../shared/contracts/identity.ts';

/** The invented person on the card. */
export const CardPerson = z.object({
  personalId: PersonalId.default('001090012345'),
  fullName: z.string().default('Nguyễn Văn An'),
  birthDate: LocalDate.default('1990-09-17'),
  sex: Sex.default('Nam'),
  ethnicity: z.string().default('Kinh'),
  religion: z.string().default('Không'),
  origin: z.string().default('Gia Bình, Bắc Ninh'),
  residence: z.string().default('Thôn 1, An Bình, Gia Bình, Bắc Ninh'),
  features: z.string().default('Nốt ruồi C: 1cm trên sau đuôi mắt trái'),
  issuedOn: LocalDate.default('2021-05-10'),
  /** ISO, or `no-expiry`. */
  expiresOn: z.union([LocalDate, z.literal('no-expiry')]).default('2030-09-17'),
  father: z.string().default('Nguyễn Văn Bình'),
  mother: z.string().default('Trần Thị Cúc'),
  spouses: z.array(z.string()).default([]),
  oldId: z.string().default('012345678'),
});
export type CardPerson = z.infer<typeof CardPerson>;

const Suite = z.enum(['3des', 'aes-128', 'aes-192', 'aes-256']);
const Group = z.enum(['DG1', 'DG2', 'DG3', 'DG13', 'DG14', 'DG15']);

/**
 * What the card does wrong, or differently. Counts begin at 1 and count the commands since power-up (`At`), or those
 * protected by secure messaging (`protectedAt`).
 */
export const Faults = z.object({
  /** SELECT MF answers 6D00, as Vietnamese cards were seen to. */
  refuseMasterFile: z.boolean().default(false),
  /** Where EF.CardAccess is found. */
  cardAccess: z.enum(['master-file', 'short-id', 'application', 'none']).default('master-file'),
  /** A command in extended form answers 6700. */
  noExtended: z.boolean().default(false),
  /** That refusal is a bare status, which closes the channel. */
  refusalsAreBare: z.boolean().default(false),
  /** A longer Le answers 6700. */
  maxLe: z.number().int().positive().nullable().default(null),
  /** No read gives more than so many bytes, without a word. */
  shortReads: z.number().int().positive().nullable().default(null),
  noShortIds: z.boolean().default(false),
  /** Answers are fetched by GET RESPONSE in pieces of so many bytes. */
  getResponse: z.number().int().positive().nullable().default(null),
  /** Short reads name the right Le by 6Cxx (plain commands only). */
  wrongLe: z.boolean().default(false),
  removeAfter: z.number().int().nonnegative().nullable().default(null),
  stallAt: z.number().int().positive().nullable().default(null),
  stallMs: z.number().int().positive().default(3_000),
  wrongMacAt: z.number().int().positive().nullable().default(null),
  missingStatusAt: z.number().int().positive().nullable().default(null),
  missingMacAt: z.number().int().positive().nullable().default(null),
  /** DO'99' says 9000, the trailer another status. */
  otherStatusAt: z.number().int().positive().nullable().default(null),
  /** The answer of one command replaced by random bytes. */
  garbageAt: z.number().int().positive().nullable().default(null),
  /** An answer sent again at the next command. */
  replayAt: z.number().int().positive().nullable().default(null),
  paceTokenWrong: z.boolean().default(false),
  pacePointOffCurve: z.boolean().default(false),
  paceEchoesKey: z.boolean().default(false),
  /** PACE answers 6A80 at its first command. */
  paceRefused: z.boolean().default(false),
  bacNonceWrong: z.boolean().default(false),
  blocked: z.boolean().default(false),
  corruptHash: Group.nullable().default(null),
  corruptSignature: z.boolean().default(false),
  /** The file's length field promises more than there is. */
  cutFile: Group.nullable().default(null),
  denied: z.array(Group).default(['DG3']),
  missing: z.array(z.enum(['COM', 'SOD', 'DG1', 'DG2', 'DG13'])).default([]),
  dg13: z.enum(['good', 'unknown-index', 'no-tlv', 'bad-utf8', 'other-person']).default('good'),
  unsignedGroup: Group.nullable().default(null),
});
export type Faults = z.infer<typeof Faults>;

export const CardProfile = z.object({
  person: CardPerson.prefault({}),
  pace: z.object({ suite: Suite.default('aes-128'), parameterId: z.number().int().min(8).max(18).default(12) })
    .nullable().prefault({}),
  bac: z.boolean().default(true),
  /** Else the last six digits of the personal number. */
  can: z.string().regex(/^\d{6}$/).nullable().default(null),
  signer: z.enum(['ecdsa-p256', 'ecdsa-brainpool-explicit', 'rsa', 'rsa-pss']).default('ecdsa-p256'),
  /** Size of the face image in bytes; the drawn one is filled up to it. */
  faceBytes: z.number().int().positive().nullable().default(null),
  faults: Faults.prefault({}),
});
export type CardProfile = z.infer<typeof CardProfile>;
/** What a test or a JSON file gives: only what differs from the invented card. */
export type CardProfileInput = z.input<typeof CardProfile>;
