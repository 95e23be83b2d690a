import { z } from 'zod';

/**
 * What crosses between page, main and service. The page holds one end of a message port, the service the other;
 * main creates it, gives both ends away and steps out (or relays, where the service is a plain Node process).
 */
export const RequestMessage = z.object({
  kind: z.literal('request'),
  id: z.number().int().nonnegative(),
  name: z.string().max(80),
  input: z.unknown(),
});
export type RequestMessage = z.infer<typeof RequestMessage>;

export const ProblemMessage = z.object({
  code: z.string(), retry: z.boolean(), vi: z.string(), detail: z.string().optional(),
});

export const ReplyMessage = z.discriminatedUnion('ok', [
  z.object({ kind: z.literal('reply'), id: z.number().int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ kind: z.literal('reply'), id: z.number().int(), ok: z.literal(false), problem: ProblemMessage }),
]);
export type ReplyMessage = z.infer<typeof ReplyMessage>;

export const EventMessage = z.object({ kind: z.literal('event'), name: z.string().max(80), data: z.unknown() });
export type EventMessage = z.infer<typeof EventMessage>;

/** First message from main to the service: everything that it needs to open its store. */
export const StartMessage = z.object({
  kind: z.literal('start'),
  dataDir: z.string(),
  /** The store's key, base64 of 32 bytes, unwrapped by main from the OS keychain; null where a key file is used. */
  key: z.string().nullable(),
  keySource: z.enum(['keychain', 'key-file']),
  appVersion: z.string(),
});
export type StartMessage = z.infer<typeof StartMessage>;

/** Service to main: the store is open, requests are answered; or it cannot start for an expected reason. */
export const StartedMessage = z.discriminatedUnion('ok', [
  z.object({ kind: z.literal('started'), ok: z.literal(true) }),
  z.object({ kind: z.literal('started'), ok: z.literal(false), problem: ProblemMessage }),
]);
export type StartedMessage = z.infer<typeof StartedMessage>;

/** Main to service: close the store and end. */
export const StopMessage = z.object({ kind: z.literal('stop') });

/** Main to service, direct form only: one page connection, whose message port travels with this message. */
export const ConnectMessage = z.object({ kind: z.literal('connect') });

/** Main to preload, with a new message port when `ready`. `refused`: the store cannot be opened; it is tried again. */
export const ServiceState = z.object({
  state: z.enum(['ready', 'restarting', 'refused']),
  problem: ProblemMessage.optional(),
});
export type ServiceState = z.infer<typeof ServiceState>;

/** Main to service, plain Node form only: messages of one page connection, relayed. */
export const RelayMessage = z.object({ kind: z.literal('relay'), connection: z.number().int(), message: z.unknown() });
export type RelayMessage = z.infer<typeof RelayMessage>;
export const RelayClosed = z.object({ kind: z.literal('relay-closed'), connection: z.number().int() });

/** A two-way line of messages, whatever carries it (MessagePort, process.parentPort, child process IPC, a test). */
export interface Line {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}
