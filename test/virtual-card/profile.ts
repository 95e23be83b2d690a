import { z } from 'zod';
import { LocalDate, PersonalId, Sex } from '../../shared/contracts/identity.ts';

/** The invented person on the card. */
export const CardPerson = z.strictObject({
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

/** A document that is not the Vietnamese card: another state's, TD1, TD2 or TD3. Dates and sex are the person's. */
export const ForeignDocument = z.strictObject({
  format: z.enum(['TD1', 'TD2', 'TD3']).default('TD3'),
  code: z.string().regex(/^[A-Z][A-Z<]$/).default('P<'),
  issuer: z.string().regex(/^[A-Z<]{3}$/).default('UTO'),
  nationality: z.string().regex(/^[A-Z<]{3}$/).default('UTO'),
  number: z.string().regex(/^[A-Z0-9]{1,22}$/).default('X1234567'),
  surname: z.string().regex(/^[A-Z ]+$/).default('EXAMPLE'),
  givenNames: z.string().regex(/^[A-Z ]*$/).default('ANNA MARIA'),
  optional: z.string().regex(/^[A-Z0-9<]*$/).default(''),
  sexUnspecified: z.boolean().default(false),
});
export type ForeignDocument = z.infer<typeof ForeignDocument>;

const Suite = z.enum(['3des', 'aes-128', 'aes-192', 'aes-256']);
const Hash = z.enum(['sha1', 'sha224', 'sha256', 'sha384', 'sha512']);
const ParameterId = z.number().int().min(0).max(18);
export const Group = z.enum(['DG1', 'DG2', 'DG3', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15']);
export type Group = z.infer<typeof Group>;

/** Keys that sign certificates and security objects. `-explicit` writes the curve as parameters instead of its name. */
export const SignatureKind = z.enum([
  'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ecdsa-brainpool', 'ecdsa-brainpool-explicit', 'ecdsa-brainpool-384',
  'ecdsa-brainpool-512', 'ecdsa-brainpool-512-explicit', 'ecdsa-p256-explicit', 'rsa', 'rsa-3072', 'rsa-4096', 'rsa-pss',
]);
export type SignatureKind = z.infer<typeof SignatureKind>;

/** The invented issuing state above the card. */
export const Issuer = z.strictObject({
  /** C of every name, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/).default('VN'),
  /** Kind of the CSCA's key; else the same as the signer's. */
  csca: SignatureKind.nullable().default(null),
  cscaHash: Hash.default('sha256'),
  signerHash: Hash.default('sha256'),
  /** Of the data groups, in the LDS security object. */
  ldsHash: Hash.default('sha256'),
  /** 1 adds LDSVersionInfo to the security object. */
  ldsVersion: z.union([z.literal(0), z.literal(1)]).default(0),
  cscaFrom: LocalDate.default('2020-01-01'),
  cscaUntil: LocalDate.default('2045-01-01'),
  signerFrom: LocalDate.default('2020-01-01'),
  signerUntil: LocalDate.default('2045-01-01'),
  crlFrom: LocalDate.default('2021-01-01'),
  /** In the past: an outdated list. */
  crlUntil: LocalDate.default('2045-01-01'),
  /** The list names the card's signer. */
  revoked: z.boolean().default(false),
  /** How the CMS names its signer. */
  signerId: z.enum(['issuer-and-serial', 'key-identifier']).default('issuer-and-serial'),
  certificateInSod: z.boolean().default(true),
  /**
   * Who signed this card, beside the CSCA that is handed out: that one, a stranger, or a stranger under the same name
   * with another key.
   */
  signedBy: z.enum(['csca', 'stranger', 'stranger-same-name']).default('csca'),
});
export type Issuer = z.infer<typeof Issuer>;

const Pace = z.strictObject({
  /** Generic mapping (ECDH or, with parameter ids 0 to 2, DH), or chip authentication mapping. */
  mapping: z.enum(['gm', 'cam']).default('gm'),
  suite: Suite.default('aes-128'),
  /** 9303-11 clause 9.5.1: 0 to 2 MODP, 8 to 18 curves. */
  parameterId: ParameterId.default(12),
  /** A card with CAM offers GM too, as the standard asks. */
  alsoGm: z.boolean().default(true),
});

const Active = z.strictObject({
  kind: z.enum(['rsa-1024', 'rsa-1280', 'rsa-1536', 'rsa-2048', 'ecdsa']).default('ecdsa'),
  /** Curve of ECDSA. */
  parameterId: ParameterId.min(8).default(12),
  explicit: z.boolean().default(false),
  /** RSA: SHA-1 has the trailer BC, the others xxCC. ECDSA: named in DG14. */
  hash: Hash.default('sha256'),
  /** RSA with SHA-1: trailer 33CC instead of BC. */
  longTrailer: z.boolean().default(false),
  /** RSA: the smaller of s and n-s (ISO/IEC 9796-2 annex B.4), where others give s itself (B.6). */
  smaller: z.boolean().default(false),
  /** ECDSA: DER instead of plain r || s, as some cards do against the standard. */
  der: z.boolean().default(false),
});
export type Active = z.infer<typeof Active>;

const Chip = z.strictObject({
  suite: Suite.default('aes-128'),
  /** 0 to 2: DH, 8 to 18: ECDH. */
  parameterId: ParameterId.default(12),
  /** How the key's domain parameters are written: in full, by name, or by the number of 9303-11 clause 9.5.1. */
  parameters: z.enum(['explicit', 'named', 'standardised']).default('explicit'),
  keyId: z.number().int().min(0).max(127).nullable().default(null),
  /** A second key of another id beside it. */
  secondKey: z.boolean().default(false),
  /** Old passports list the key without ChipAuthenticationInfo and know only 3DES with MSE:Set KAT. */
  info: z.boolean().default(true),
});
export type Chip = z.infer<typeof Chip>;

const Face = z.strictObject({
  format: z.enum(['jpeg', 'jp2', 'j2k', 'unknown']).default('jpeg'),
  record: z.enum(['19794-5', '39794-5']).default('19794-5'),
});

const Status = z.string().regex(/^[0-9A-F]{4}$/);
const Count = z.number().int().positive().nullable().default(null);

/**
 * What the card does wrong, or differently. Counts begin at 1. `removeAfter`, `stallAt`, `garbageAt`, `emptyAt`, `statusAt`
 * and `cutAt` count the commands since power-up, the others those answered under secure messaging since power-up.
 */
export const Faults = z.strictObject({
  /** SELECT MF answers 6D00, as Vietnamese cards were seen to. */
  refuseMasterFile: z.boolean().default(false),
  /** Where EF.CardAccess is found. */
  cardAccess: z.enum(['master-file', 'short-id', 'application', 'none']).default('master-file'),
  /** A command in extended form answers 6700. */
  noExtended: z.boolean().default(false),
  /** Every refusal of a protected command is a bare status, which closes the channel. */
  refusalsAreBare: z.boolean().default(false),
  /** READ BINARY with a longer Le answers 6700. */
  maxLe: z.number().int().positive().nullable().default(null),
  /** No read gives more than so many bytes, without a word. */
  shortReads: z.number().int().positive().nullable().default(null),
  /** Those short reads end with 6282 though the file goes on. */
  shortReadsWarn: z.boolean().default(false),
  noShortIds: z.boolean().default(false),
  /** Answers are fetched by GET RESPONSE in pieces of so many bytes. */
  getResponse: z.number().int().positive().nullable().default(null),
  /** Short reads name the right Le by 6Cxx (plain commands only). */
  wrongLe: z.boolean().default(false),
  /** Every command takes so long. */
  slowMs: z.number().int().positive().nullable().default(null),
  removeAfter: z.number().int().nonnegative().nullable().default(null),
  stallAt: Count,
  stallMs: z.number().int().positive().default(3_000),
  /** The answer of one command replaced by random bytes. */
  garbageAt: Count,
  /** An answer of no bytes at all. */
  emptyAt: Count,
  /** A bare status instead of an answer. */
  statusAt: Count,
  status: Status.default('6F00'),
  /** An answer cut in half. */
  cutAt: Count,
  wrongMacAt: Count,
  missingStatusAt: Count,
  missingMacAt: Count,
  /** DO'99' says 6F00, the trailer another status. */
  otherStatusAt: Count,
  /** An answer sent again at the next command. */
  replayAt: Count,
  /** One bit of the encrypted data changed, the MAC left; of the MAC where there are none. */
  bitAt: Count,
  /** Encrypted data without its padding, under a right MAC. */
  paddingAt: Count,
  /** An object that nobody asked for, under a right MAC. */
  extraObjectAt: Count,
  /** Answers of one command without any protection. */
  plainAt: Count,
  paceTokenWrong: z.boolean().default(false),
  pacePointOffCurve: z.boolean().default(false),
  paceEchoesKey: z.boolean().default(false),
  /** PACE answers 6A80 at its first command. */
  paceRefused: z.boolean().default(false),
  /** What a wrong password is answered with; 63Cx counts down from three and then blocks. */
  wrongKey: z.union([z.literal('63Cx'), Status]).default('6300'),
  bacNonceWrong: z.boolean().default(false),
  blocked: z.boolean().default(false),
  corruptHash: Group.nullable().default(null),
  corruptSignature: z.boolean().default(false),
  /** The file's length field promises more than there is. */
  cutFile: Group.nullable().default(null),
  denied: z.array(Group).default(['DG3']),
  missing: z.array(z.enum(['COM', 'SOD', ...Group.options])).default([]),
  dg13: z.enum([
    'good', 'unknown-index', 'no-tlv', 'bad-utf8', 'other-person', 'other-order', 'in-container', 'long-lengths',
  ]).default('good'),
  unsignedGroup: Group.nullable().default(null),
  /** Active authentication signs with a key that is not DG15's. */
  activeOtherKey: z.boolean().default(false),
  /** Always the same signature, as a recording would give. */
  activeReplay: z.boolean().default(false),
  activeTrailerWrong: z.boolean().default(false),
  /** INTERNAL AUTHENTICATE answers this status. */
  activeStatus: Status.nullable().default(null),
  /** Chip authentication computes with a key that is not DG14's. */
  chipOtherKey: z.boolean().default(false),
  /** MSE:Set AT or KAT of chip authentication answers this status. */
  chipStatus: Status.nullable().default(null),
  /** The chip authentication data of PACE-CAM come from a key that is not EF.CardSecurity's. */
  camOtherKey: z.boolean().default(false),
  camDataMissing: z.boolean().default(false),
  /** A cloner's own DG14 or DG15, whose private key the chip has: its hash is not the signed one, or not listed. */
  clonedGroup: z.enum(['DG14', 'DG15']).nullable().default(null),
  clonedGroupListed: z.boolean().default(true),
});
export type Faults = z.infer<typeof Faults>;

export const CardProfile = z.strictObject({
  person: CardPerson.prefault({}),
  /** Null: the Vietnamese card. */
  document: ForeignDocument.nullable().default(null),
  /** DG11 (personal details) and DG12 (document details), which foreign passports have. */
  details: z.boolean().default(false),
  pace: Pace.nullable().prefault({}),
  bac: z.boolean().default(true),
  /** Else the last six digits of the personal number. */
  can: z.string().regex(/^\d{6}$/).nullable().default(null),
  signer: SignatureKind.default('ecdsa-p256'),
  issuer: Issuer.prefault({}),
  /** Active authentication: DG15 and, for ECDSA, DG14. */
  active: Active.nullable().default(null),
  /** Chip authentication: DG14. */
  chip: Chip.nullable().default(null),
  /** Form of the printed QR: 2024's has three more fields at its end, empty here as on most cards. */
  qr: z.enum(['2021', '2024']).default('2021'),
  face: Face.prefault({}),
  /** Size of the face image in bytes; the drawn one is filled up to it. */
  faceBytes: z.number().int().positive().max(100_000).nullable().default(null),
  faults: Faults.prefault({}),
});
export type CardProfile = z.infer<typeof CardProfile>;
/** What a test or a JSON file gives: only what differs from the invented card. */
export type CardProfileInput = z.input<typeof CardProfile>;
