import { RelayClosed, RelayMessage, type Line } from '../../shared/contracts/wire.ts';
import type { ParentLine } from './line.ts';

interface Entry { message?: (message: unknown) => void; close?: () => void }

/**
 * Page connections over one parent line, where no message port can travel (plain Node form). Gives `onConnection` a
 * line per connection number, made at its first message.
 */
export function relayedConnections(parent: Pick<ParentLine, 'send' | 'onMessage'>, onConnection: (line: Line) => void): void {
  const open = new Map<number, Entry>();
  parent.onMessage((message) => {
    const closed = RelayClosed.safeParse(message);
    if (closed.success) {
      open.get(closed.data.connection)?.close?.();
      open.delete(closed.data.connection);
      return;
    }
    const relayed = RelayMessage.safeParse(message);
    if (!relayed.success) return;
    const { connection } = relayed.data;
    if (!open.has(connection)) {
      const entry: Entry = {};
      open.set(connection, entry);
      onConnection({
        send: (each) => parent.send({ kind: 'relay', connection, message: each } satisfies RelayMessage),
        onMessage: (listener) => { entry.message = listener; },
        onClose: (listener) => { entry.close = listener; },
      });
    }
    open.get(connection)?.message?.(relayed.data.message);
  });
}
