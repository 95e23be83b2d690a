import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { VirtualChip } from './chip.ts';
import { issueCard, type IssuedCard } from './issue.ts';
import type { CardProfileInput } from './profile.ts';

/** Ports of the two reader slots that vsmartcard-vpcd shows as "Virtual PCD 00 00" and "00 01". */
export const vpcdPorts = [35_963, 35_964] as const;

// T=1, no historical bytes that a driver could take for another card.
const answerToReset = Buffer.from('3B888001000000000000000009', 'hex');
const control = { off: 0, on: 1, reset: 2, answerToReset: 4 };

export interface InsertedCard {
  card: IssuedCard;
  /** Commands that reached the chip, those of the system's own probing included. */
  readonly apdus: number;
  /** Takes the card out: the connection is cut, which vpcd shows as an empty reader. */
  remove(): Promise<void>;
  /** Resolves when the card is out, whoever took it. */
  readonly removed: Promise<void>;
}

/**
 * Puts an invented card into a virtual reader slot. Speaks vpcd's protocol: two bytes of length, then the message; from
 * the reader a single byte is a control word, anything longer a command.
 * @throws Error when nothing listens on the port: pcscd with vpcd is not running
 */
export async function insertVirtualCard(options: {
  port?: number; host?: string; profile?: CardProfileInput; card?: IssuedCard;
} = {}): Promise<InsertedCard> {
  const card = options.card ?? issueCard(options.profile);
  const chip = new VirtualChip(card);
  const socket = connect({ port: options.port ?? vpcdPorts[0], host: options.host ?? '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  // A reset connection is how a reader's end looks; `close` follows it. (`once` would reject on that error.)
  socket.on('error', () => undefined);
  const removed = new Promise<void>((resolve) => { socket.once('close', () => resolve()); });
  serve(socket, chip);
  return {
    card,
    get apdus() {
      return chip.apdus;
    },
    removed,
    async remove() {
      chip.remove();
      socket.destroy();
      await removed;
    },
  };
}

function serve(socket: Socket, chip: VirtualChip): void {
  let buffered: Buffer = Buffer.alloc(0);
  let working = Promise.resolve();
  socket.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 2) {
      const length = buffered.readUInt16BE(0);
      if (buffered.length < 2 + length) return;
      const message = Uint8Array.from(buffered.subarray(2, 2 + length));
      buffered = buffered.subarray(2 + length);
      working = working.then(() => answer(socket, chip, message));
    }
  });
}

async function answer(socket: Socket, chip: VirtualChip, message: Uint8Array): Promise<void> {
  if (message.length === 1) {
    if (message[0] === control.answerToReset) send(socket, answerToReset);
    else if (message[0] === control.off || message[0] === control.on || message[0] === control.reset) chip.power();
    return;
  }
  const reply = await chip.transmit(message);
  // vpcd takes an empty message for no answer at all and waits for ever: a card that gives none has gone.
  if (chip.removed || reply.length === 0) socket.destroy();
  else send(socket, reply);
}

function send(socket: Socket, message: Uint8Array): void {
  if (socket.destroyed) return;
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  socket.write(Buffer.concat([length, message]));
}
