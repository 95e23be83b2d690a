import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { CardReading } from '../identity.ts';
import { anyUser, supervisor, type RequestShape } from './define.ts';

/**
 * `reader`: takes a citizen's card. `fixed`: its card never leaves it (signing token, SAM, SIM). `simulated`: by software,
 * for trying out. `invented`: by the operating system, for signing in. Only the first, and the third where there is none
 * of it, is used without being chosen.
 */
export const ReaderKind = z.enum(['reader', 'fixed', 'simulated', 'invented']);
export type ReaderKind = z.infer<typeof ReaderKind>;
export const ReaderShape = z.enum(['contact', 'contactless', 'unknown']);
export type ReaderShape = z.infer<typeof ReaderShape>;

const ReaderName = z.string().max(200);

/** The card readers of this place. `choose`: cards lie on several, and none of them was chosen. */
export const ReadersNow = z.object({
  state: z.enum(['service-missing', 'reader-missing', 'chosen-missing', 'choose', 'empty', 'card']),
  chosen: ReaderName.nullable(),
  /** The one that is read, where there is only one such. */
  inUse: ReaderName.nullable(),
  readers: z.array(z.object({ name: ReaderName, kind: ReaderKind, shape: ReaderShape, card: z.boolean() })),
});
export type ReadersNow = z.infer<typeof ReadersNow>;

/** What lies on a reader, as far as it tells without a key. `storage`: cards that only store, for buses and doors. */
export const CardKind = z.enum(['identity', 'bank', 'storage', 'unknown']);
export type CardKind = z.infer<typeof CardKind>;

/** What a card says of itself to anyone; no personal data is read. */
export const CardProbe = z.object({
  kind: CardKind,
  /** How the chip can be opened; both false where it is no identity card. */
  pace: z.boolean(), bac: z.boolean(),
  /** Whether a command in extended length was answered; null where it could not be seen. */
  extendedLength: z.boolean().nullable(),
});
export type CardProbe = z.infer<typeof CardProbe>;

/** One reader as `doctor` and the check of the administration tell it; `do` in Vietnamese, null where nothing is to do. */
export const ReaderTest = z.object({
  name: ReaderName, kind: ReaderKind, shape: ReaderShape, card: z.boolean(), probe: CardProbe.nullable(),
  problem: z.string().max(60).nullable(), state: z.enum(['ok', 'warn']), detail: z.string().max(500), do: z.string().max(500).nullable(),
});
export type ReaderTest = z.infer<typeof ReaderTest>;

export const readerRequests = {
  'reader/state': { input: z.object({}), output: ReadersNow, access: 'kiosk', background: true },
  /** Settles on a reader, or on none (null), and remembers it. */
  'reader/choose': { input: z.object({ name: ReaderName.nullable() }), output: ReadersNow, access: anyUser },
  /** Asks each reader's card what it is, without a key. */
  'reader/test': { input: z.object({}), output: z.object({ service: z.boolean(), readers: z.array(ReaderTest) }), access: anyUser },
  /** The face of the card read last, for the one who read it: kept in memory for some minutes. Problem `not-found`. */
  'card/face': { input: z.object({ faceId: z.uuid() }), output: z.object({ mime: z.enum(['image/jpeg', 'image/png']), content: Bytes }), access: anyUser },
  /**
   * A guard has a worker's chip read: opened by the QR that was shown last, or by the six digits. No scan is made of it.
   * Problems of the reader are thrown, those of the chip are in the answer.
   */
  'gate/spot-check': {
    input: z.object({ can: z.string().regex(/^\d{6}$/).nullable() }),
    output: z.object({
      outcome: z.enum(['registered', 'name-differs', 'barred', 'not-now', 'not-registered', 'no-id', 'forged', 'unread']),
      worker: z.object({ workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string() }).nullable(),
      cardName: z.string().nullable(), trust: CardReading.shape.trust.nullable(), faceId: z.uuid().nullable(),
      missing: z.enum(['qr-or-can', 'stop']).nullable(), otherKind: CardKind.nullable(), problem: CardReading.shape.problem,
    }),
    access: supervisor,
  },
  /** Ends the spot check that waits or reads. */
  'gate/spot-cancel': { input: z.object({}), output: z.object({}), access: supervisor },
  /** The case is closed: this face, or with null whichever is kept, is forgotten at once. */
  'card/face-drop': { input: z.object({ faceId: z.uuid().nullable() }), output: z.object({}), access: 'kiosk', background: true },
} as const satisfies Record<string, RequestShape>;
