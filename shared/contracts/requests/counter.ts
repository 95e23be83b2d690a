import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { CardReading, LocalDate, Source } from '../identity.ts';
import { BlobRef, Sha256Hex } from '../event.ts';
import {
  CitizenFields, ComponentOrigin, Dossier, DossierLine, DossierStatus, DueDate, HeldPaper, Procedure,
} from '../dossier.ts';
import { officer, type RequestShape } from './define.ts';
import { CardKind } from './reader.ts';

/** Why personal data is looked at: each look-up is bound to one, counted and logged. */
export const Purpose = z.enum(['intake', 'hand-over', 'status-question', 'correction']);

/**
 * One thing that two places tell differently, as each of them has it: the QR, the chip's Vietnamese data (DG13), its machine
 * readable zone (DG1), and what the digits of the number say. Null where a place does not tell it. `differing`: those that
 * do not agree with the first of chip, MRZ and QR that tells it.
 */
export const ComparedRow = z.object({
  field: z.enum(['personalId', 'fullName', 'birthDate', 'sex', 'nationality', 'residence', 'oldId', 'issuedOn', 'expiresOn']),
  qr: z.string().nullable(), chip: z.string().nullable(), mrz: z.string().nullable(), number: z.string().nullable(),
  differing: z.array(z.enum(['qr', 'mrz', 'number'])),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

/** The citizen panel: fields with source and trust, differences shown, papers already held. */
export const CitizenPanel = z.object({
  fields: CitizenFields,
  warnings: z.array(z.string()),
  differences: z.array(z.object({ field: z.string(), chip: z.string(), qr: z.string() })),
  comparison: z.array(ComparedRow),
  /** A document without the twelve-digit number, such as a foreign passport: what it is known by. */
  document: z.object({ kind: z.enum(['passport', 'card']), number: z.string(), issuer: z.string(), expiry: z.string() }).nullable(),
  held: z.array(HeldPaper),
  openDossiers: z.array(DossierLine),
});
export type CitizenPanel = z.infer<typeof CitizenPanel>;

export const ReceiveInput = z.object({
  /** Made by the page once for this intake: sending it twice gives the same dossier. */
  dossierId: z.uuid(),
  procedureCode: z.string().max(40),
  citizen: CitizenFields,
  copies: z.number().int().min(1).max(20),
  components: z.array(z.object({
    componentId: z.string().max(40), origin: ComponentOrigin, copies: z.number().int().min(0).max(50),
    paperId: z.string().max(64).nullable(), askAgainReason: z.string().max(500).nullable(), scans: z.array(Sha256Hex).max(50),
  })).max(60),
  note: z.string().max(1000).nullable(),
});
export type ReceiveInput = z.infer<typeof ReceiveInput>;

export const counterRequests = {
  /** `asciiOnly`: the text came from a scanner that plays keyboard, which loses Vietnamese marks; problem `qr-garbled` then says what to set. */
  'citizen/from-qr': { input: z.object({ text: z.string().max(4000), purpose: Purpose, asciiOnly: z.boolean().optional() }), output: CitizenPanel, access: officer },
  /** Reads the card on the reader; with `qrText` the chip is opened from it, else with CAN or MRZ data. */
  'citizen/from-card': {
    input: z.object({
      purpose: Purpose, qrText: z.string().max(4000).nullable(), asciiOnly: z.boolean().optional(), can: z.string().regex(/^\d{6}$/).nullable(),
      document: z.object({ number: z.string().regex(/^[A-Z0-9]{9,12}$/), birthDate: LocalDate, expiryDate: z.union([LocalDate, z.literal('no-expiry')]) }).nullable(),
      /** The lines printed on the card or passport, joined or with line breaks. */
      mrz: z.string().max(200).nullish(),
    }),
    output: z.object({
      /** What the page does not show of the person is left out. */
      reading: CardReading, panel: CitizenPanel.nullable(),
      /** By this name `card/face` gives the picture; null where there is none to show. */
      faceId: z.uuid().nullable(),
      /** What to ask for where the chip did not open, and how many wrong keys this card has had. */
      missing: z.enum(['qr-or-can', 'expiry', 'mrz', 'stop']).nullable(), wrongKeys: z.number().int(),
      /** What lies on the reader in place of an identity card. */
      otherKind: CardKind.nullable(),
    }),
    access: officer,
  },
  /** Ends the read that waits or goes on; it then fails with `cancelled`. */
  'card/cancel': { input: z.object({}), output: z.object({}), access: officer },
  'citizen/search': {
    input: z.object({ query: z.string().trim().min(2).max(100), purpose: Purpose }),
    output: z.object({ dossiers: z.array(DossierLine), remaining: z.number().int() }), access: officer,
  },
  'procedure/list': { input: z.object({ query: z.string().max(100).nullable() }), output: z.object({ procedures: z.array(Procedure) }), access: officer },
  'dossier/preview': { input: z.object({ procedureCode: z.string().max(40) }), output: z.object({ due: DueDate.nullable() }), access: officer, background: true },
  'dossier/receive': { input: ReceiveInput, output: Dossier, access: officer },
  'dossier/list': {
    /** Newest first; with `due` only those whose clock runs and whose day is past or near, the most urgent first. */
    input: z.object({
      status: DossierStatus.nullable(), due: z.enum(['overdue', 'soon']).nullish(), beforeCode: z.string().nullable(), limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ dossiers: z.array(DossierLine), counts: z.partialRecord(DossierStatus, z.number().int()), overdue: z.number().int(), dueSoon: z.number().int() }),
    access: officer, background: true,
  },
  'dossier/get': { input: z.object({ dossierId: z.uuid(), purpose: Purpose }), output: Dossier, access: officer },
  'dossier/advance': { input: z.object({ dossierId: z.uuid(), to: DossierStatus, note: z.string().max(500).nullable() }), output: Dossier, access: officer },
  'dossier/receipt': { input: z.object({ dossierId: z.uuid() }), output: z.object({ fileName: z.string(), pdf: Bytes }), access: officer },
  /** Stores a scan by the hash of its raw bytes; the same bytes twice are one blob. */
  'scan/add': {
    input: z.object({ fileName: z.string().max(255), content: Bytes, origin: z.enum(['file', 'folder', 'camera']) }),
    output: BlobRef.extend({ pages: z.number().int() }), access: officer,
  },
  'scan/inbox': { input: z.object({}), output: z.object({ files: z.array(z.object({ fileName: z.string(), size: z.number().int(), sha256: Sha256Hex, pages: z.number().int(), mime: z.string() })) }), access: officer, background: true },
  'scan/get': { input: z.object({ sha256: Sha256Hex, dossierId: z.uuid().nullable() }), output: z.object({ mime: z.string(), content: Bytes }), access: officer },
  'result/digitise': {
    input: z.object({ dossierId: z.uuid(), number: z.string().trim().min(1).max(60), issuedOn: LocalDate, signer: z.string().trim().min(1).max(100), scans: z.array(Sha256Hex).min(1).max(50) }),
    output: Dossier, access: officer,
  },
  'result/hand-over': {
    input: z.object({
      dossierId: z.uuid(),
      receiver: z.object({ fullName: z.string().trim().min(1).max(200), personalId: z.string().regex(/^\d{12}$/), source: Source }),
      /** A collector who is not the owner shows an authorisation. */
      authorisation: z.string().trim().max(300).nullable(),
    }),
    output: Dossier, access: officer,
  },
} as const satisfies Record<string, RequestShape>;
