import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { utilityProcess, type MessagePortMain } from 'electron';
import { RelayMessage } from '../../shared/contracts/wire.ts';

export type ServiceForm = 'utility' | 'node';

/** One run of the service, in either form. */
export interface ServiceProcess {
  readonly pid: number | undefined;
  send(message: unknown): void;
  /** Gives a page's end of a message channel away: to the service itself, or to a relay here. */
  connect(port: MessagePortMain): void;
  kill(): void;
}

export interface ServiceEvents {
  message(message: unknown): void;
  exit(code: number | null): void;
}

/**
 * The one place that decides where the service runs. Our SQLite needs N-API 10: in an older Electron it would load
 * and then end the process, so the version is asked, never tried.
 */
export function serviceForm(): ServiceForm {
  return Number(process.versions.napi) >= 10 ? 'utility' : 'node';
}

/** Starts the bundled service entry in the given form. */
export function startService(form: ServiceForm, entry: string, events: ServiceEvents): ServiceProcess {
  return form === 'utility' ? startUtility(entry, events) : startNode(entry, events);
}

function startUtility(entry: string, events: ServiceEvents): ServiceProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'motcua-service', stdio: 'inherit' });
  child.on('message', (message: unknown) => events.message(message));
  child.on('exit', (code) => events.exit(code));
  return {
    get pid() { return child.pid; },
    send: (message) => child.postMessage(message),
    connect: (port) => child.postMessage({ kind: 'connect' }, [port]),
    // Its own kill() asks with SIGTERM, which a service that hangs would never hear.
    kill: () => { if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL'); },
  };
}

function startNode(entry: string, events: ServiceEvents): ServiceProcess {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(nodeExecutable(entry), [entry], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const ports = new Map<number, MessagePortMain>();
  let lastConnection = 0;
  const ended = (code: number | null): void => {
    for (const port of ports.values()) port.close();
    ports.clear();
    events.exit(code);
  };
  const send = (message: unknown): void => {
    // The child may have gone a moment before its exit is known here.
    if (child.connected) child.send(message as object, () => undefined);
  };
  child.on('message', (message) => {
    const relayed = RelayMessage.safeParse(message);
    if (relayed.success) ports.get(relayed.data.connection)?.postMessage(relayed.data.message);
    else events.message(message);
  });
  child.once('error', () => ended(null));
  child.once('exit', ended);
  return {
    get pid() { return child.pid; },
    send,
    connect: (port) => {
      const connection = ++lastConnection;
      ports.set(connection, port);
      port.on('message', (event) => send({ kind: 'relay', connection, message: event.data as unknown }));
      port.on('close', () => {
        ports.delete(connection);
        send({ kind: 'relay-closed', connection });
      });
      port.start();
    },
    kill: () => { child.kill('SIGKILL'); },
  };
}

/** The project's own Node 24: named by who started the kiosk, else the one in node_modules beside the built app. */
function nodeExecutable(entry: string): string {
  const beside = path.resolve(path.dirname(entry), '..', '..', 'node_modules', 'node', 'bin', 'node');
  return process.env.MOTCUA_NODE ?? (existsSync(beside) ? beside : 'node');
}
