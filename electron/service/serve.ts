import { ProblemError } from '../../shared/contracts/problems.ts';
import type { RequestShape } from '../../shared/contracts/requests/define.ts';
import { ConnectMessage, StartMessage, StopMessage, type EventMessage, type Line, type StartedMessage } from '../../shared/contracts/wire.ts';
import { createDispatch, type AnyService } from './dispatch.ts';
import { parentLine } from './line.ts';
import { relayedConnections } from './line-relay.ts';
import { createLog, withoutWords } from './log.ts';
import type { ServiceContext } from './service-context.ts';

/** How long an orderly end may take before the process ends anyway; the store survives a hard end too. */
const closeMs = 4000;

/**
 * Runs the service: waits for main's start message, makes the handlers, answers every connected page, tells them all
 * what happens. An unexpected failure anywhere ends the process with 1; main starts it again.
 */
export function serve(requests: Readonly<Record<string, RequestShape>>, create: (context: ServiceContext) => Promise<AnyService>): void {
  const log = createLog('service');
  const parent = parentLine();
  const pages = new Set<Line>();
  let running: AnyService | undefined;
  let dispatch: ReturnType<typeof createDispatch> | undefined;
  let started = false;

  const bug = (): never => process.exit(1);
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(0), closeMs).unref();
    await running?.close();
    process.exit(0);
  };
  const onUnexpected = (error: unknown): void => {
    log.fatal({ error: withoutWords(error) }, 'unexpected failure');
    bug();
  };
  process.on('uncaughtException', onUnexpected);
  process.on('unhandledRejection', onUnexpected);
  // A terminal's Ctrl+C reaches the whole group, but main decides when the service ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void stop());
  // Without main nobody sees an answer any more.
  parent.onClose(() => void stop());

  const connect = (page: Line): void => {
    pages.add(page);
    page.onClose(() => pages.delete(page));
    page.onMessage((message) => {
      void dispatch?.(message).then((reply) => reply && page.send(reply));
    });
  };
  const start = async (message: StartMessage): Promise<void> => {
    const context: ServiceContext = {
      dataDir: message.dataDir, keySource: message.keySource, appVersion: message.appVersion, log,
      key: message.key === null ? null : new Uint8Array(Buffer.from(message.key, 'base64')),
      emit: (name, data) => {
        for (const page of pages) page.send({ kind: 'event', name, data } satisfies EventMessage);
      },
    };
    try {
      running = await create(context);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      parent.send({ kind: 'started', ok: false, problem: error.toProblem() } satisfies StartedMessage);
      return;
    }
    dispatch = createDispatch({ requests, service: running, log, strictOutputs: process.env.MOTCUA_STRICT === '1', onBug: bug });
    parent.send({ kind: 'started', ok: true } satisfies StartedMessage);
  };

  parent.onMessage((message, ports) => {
    const opening = StartMessage.safeParse(message);
    if (opening.success && !started) {
      started = true;
      start(opening.data).catch(onUnexpected);
    } else if (ConnectMessage.safeParse(message).success) ports.forEach(connect);
    else if (StopMessage.safeParse(message).success) void stop();
  });
  relayedConnections(parent, connect);
}
