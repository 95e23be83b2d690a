import { z } from 'zod';
import { ClockState } from '../clock.ts';
import type { ServiceState } from '../wire.ts';
import type { RequestShape } from './define.ts';
import { systemRequests, DeviceState, SyncState } from './system.ts';
import { gateRequests, GateAnswer } from './gate.ts';
import { laneEvents, laneRequests } from './lanes.ts';
import { AlarmsWaiting, guardRequests } from './guard.ts';
import { musterRequests, MusterChanged, MusterPrinted } from './muster.ts';
import { correctionRequests } from './correction.ts';
import { counterRequests } from './counter.ts';
import { readerRequests, ReadersNow } from './reader.ts';
import { peopleRequests } from './people.ts';
import { labourRequests } from './labour.ts';
import { shiftRequests } from './shift.ts';
import { siteRequests } from './site.ts';
import { reportRequests, ReportProgress } from './report.ts';
import { trustRequests } from './trust.ts';
import { zoneRequests } from './zone.ts';

/** The one list of requests: what the page may ask, with a schema for both ways and who may ask it. */
export const requests = { ...systemRequests, ...gateRequests, ...laneRequests, ...guardRequests, ...musterRequests, ...peopleRequests, ...correctionRequests, ...counterRequests, ...readerRequests, ...trustRequests, ...reportRequests, ...labourRequests, ...shiftRequests, ...siteRequests, ...zoneRequests } as const satisfies Record<string, RequestShape>;

export type RequestName = keyof typeof requests;
export type Input<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
export type Output<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;

/** One function per request; a gap or a wrong name does not compile. */
export type Handlers = { [N in RequestName]: (input: Input<N>) => Promise<Output<N>> };

/** What the service tells the page by itself. */
export const events = {
  /** A scan by a device of the service (serial line, chip card), already decided and committed. */
  'gate/answer': GateAnswer,
  /** A code read by a device of the service while the kiosk is a counter. */
  'counter/code': z.object({ text: z.string(), via: z.string() }),
  ...laneEvents,
  'device/state': DeviceState,
  'card/state': z.object({ reader: z.string(), present: z.boolean() }),
  /** Which readers there are, whenever that changes. */
  'reader/state': ReadersNow,
  /** Bytes of one card read so far, over all files; `of` is known only while the face is read, by far the longest. */
  'card/progress': z.object({ bytes: z.number().int(), of: z.number().int().nullable() }),
  'inbox/file': z.object({ fileName: z.string(), sha256: z.string() }),
  /** The card that the registration of a visitor waits for, read by a device of the service. */
  'visitors/card': z.object({
    /** `identity`: a QR, or the number of a chip; `pass`: a factory card that is nobody's; `unread`: the problem's code. */
    as: z.enum(['identity', 'pass', 'unread']), text: z.string(), /** As the chip says. */ fullName: z.string().nullable(),
  }),
  'gate/alarms': AlarmsWaiting,
  'muster/changed': MusterChanged,
  'muster/printed': MusterPrinted,
  'report/progress': ReportProgress,
  'sync/state': SyncState,
  /** How far the clock can be trusted, whenever that changes. */
  'clock/state': ClockState,
  'session/locked': z.object({ reason: z.enum(['idle', 'logged-out', 'restart']) }),
  'roster/progress': z.object({ done: z.number().int(), of: z.number().int().nullable(), what: z.enum(['workers', 'dossiers']).optional() }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;

/** What the preload gives the page, and all that it gives. */
export interface KioskBridge {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Returns the function that ends listening. `service/state` is made by the preload itself. */
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;
  on(name: 'service/state', listener: (data: ServiceState) => void): () => void;
}
