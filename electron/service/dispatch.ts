import type { Logger } from 'pino';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { RequestShape } from '../../shared/contracts/requests/define.ts';
import { RequestMessage, type ReplyMessage } from '../../shared/contracts/wire.ts';
import { fitsMessage } from '../../shared/domain/message-size.ts';
import { withoutWords } from './log.ts';

/** Handlers by name, seen without their types: each input has passed its schema before it gets here. */
export interface AnyService {
  handlers: Readonly<Record<string, (input: never) => Promise<unknown>>>;
  admit(name: string): void;
  close(): Promise<void>;
}

export interface DispatchOptions {
  requests: Readonly<Record<string, RequestShape>>;
  service: AnyService;
  log: Logger;
  /** An answer that breaks its own contract is a bug: fatal in tests, logged in use, where an answer beats none. */
  strictOutputs: boolean;
  /** Called once for an unexpected failure; the process is to end, and is started again. */
  onBug(): void;
}

/**
 * Makes the function that answers one message of a page: parse → admit → handle → reply.
 * Resolves to the reply, or to undefined where the message carries no id to answer or the failure is a bug.
 */
export function createDispatch(options: DispatchOptions): (message: unknown) => Promise<ReplyMessage | undefined> {
  return async (message) => {
    const envelope = RequestMessage.safeParse(message);
    if (!envelope.success) return undefined;
    const { id, name } = envelope.data;
    try {
      return { kind: 'reply', id, ok: true, output: await answer(options, name, message, envelope.data.input) };
    } catch (error) {
      if (error instanceof ProblemError) return { kind: 'reply', id, ok: false, problem: error.toProblem() };
      options.log.error({ request: name, error: withoutWords(error) }, 'unexpected failure');
      options.onBug();
      return undefined;
    }
  };
}

async function answer({ requests, service, log, strictOutputs }: DispatchOptions, name: string, message: unknown, input: unknown): Promise<unknown> {
  const shape = Object.hasOwn(requests, name) ? requests[name] : undefined;
  const handler = Object.hasOwn(service.handlers, name) ? service.handlers[name] : undefined;
  if (!shape || !handler) throw new ProblemError('request-unknown');
  if (!fitsMessage(message)) throw new ProblemError('file-too-large');
  const parsed = shape.input.safeParse(input);
  // Paths only: what was typed stays out of messages and logs.
  if (!parsed.success) throw new ProblemError('request-invalid', parsed.error.issues.map((issue) => issue.path.join('.')).join(' '));
  service.admit(name);
  const output = await handler(parsed.data as never);
  const checked = shape.output.safeParse(output);
  if (checked.success) return checked.data;
  const paths = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  if (strictOutputs) throw new Error(`${name} broke its contract at ${paths.join(', ')}`);
  log.error({ request: name, paths }, 'an answer breaks its contract');
  return output;
}
