import type { Line } from '../../shared/contracts/wire.ts';

/** Electron's message port and parent port, as far as the service needs them: it never imports electron. */
interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: PortLike[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  start?(): void;
}

/** The line to main. `ports` are the page connections that travel with a message (utility process only). */
export interface ParentLine {
  send(message: unknown): void;
  onMessage(listener: (message: unknown, ports: Line[]) => void): void;
  onClose(listener: () => void): void;
}

/**
 * Finds main, whatever form the service runs in: a utility process of Electron, or a plain Node child with an IPC
 * channel. Throws when it was started by hand.
 */
export function parentLine(): ParentLine {
  const { parentPort } = process as NodeJS.Process & { parentPort?: PortLike };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data, event.ports.map(portLine))),
      // Chromium ends a utility process together with its parent.
      onClose: () => undefined,
    };
  }
  if (!process.send) throw new Error('the service is started by the kiosk, not by hand');
  return {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', (message) => listener(message, [])),
    onClose: (listener) => process.on('disconnect', listener),
  };
}

function portLine(port: PortLike): Line {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start?.();
    },
    onClose: (listener) => port.on('close', listener),
  };
}
