import { contextBridge, ipcRenderer } from 'electron';
import { problem, type Problem } from '../../shared/contracts/problems.ts';
import type { EventMessage, ReplyMessage, RequestMessage, ServiceState } from '../../shared/contracts/wire.ts';
import { fitsMessage } from '../../shared/domain/message-size.ts';

interface Pending { message: RequestMessage; resolve(output: unknown): void; reject(problem: Problem): void }

/** How long a request that was never sent waits for the service to come back. */
const waitMs = 15_000;

const sent = new Map<number, Pending>();
const unsent = new Map<number, Pending>();
const listeners = new Map<string, Set<(data: unknown) => void>>();
let port: MessagePort | undefined;
let state: ServiceState = { state: 'restarting' };
let lastId = 0;

function request(name: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const message: RequestMessage = { kind: 'request', id: ++lastId, name: String(name), input };
    const pending: Pending = { message, resolve, reject };
    if (!fitsMessage(message)) reject(problem('file-too-large'));
    else if (state.state === 'refused') reject(state.problem);
    else if (port) transmit(pending);
    else wait(pending);
  });
}

function transmit(pending: Pending): void {
  sent.set(pending.message.id, pending);
  port?.postMessage(pending.message);
}

/** Nothing was sent yet, so sending it later is safe; only the person's patience is limited. */
function wait(pending: Pending): void {
  const { id } = pending.message;
  unsent.set(id, pending);
  setTimeout(() => unsent.delete(id) && pending.reject(problem('service-restarted')), waitMs);
}

function emit(name: string, data: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(data);
}

function receive(message: ReplyMessage | EventMessage): void {
  if (message.kind === 'event') {
    emit(message.name, message.data);
    return;
  }
  const pending = sent.get(message.id);
  sent.delete(message.id);
  if (message.ok) pending?.resolve(message.output);
  else pending?.reject(message.problem as Problem);
}

function rejectAll(from: Map<number, Pending>, why: Problem): void {
  const all = [...from.values()];
  from.clear();
  for (const pending of all) pending.reject(why);
}

ipcRenderer.on('kiosk/service', (event, next: ServiceState) => {
  port?.close();
  port = event.ports[0];
  state = next;
  // Whether these were carried out is not known: the one who asked decides whether to ask again.
  rejectAll(sent, problem('service-restarted'));
  if (next.state === 'refused' && next.problem) rejectAll(unsent, next.problem as Problem);
  if (port) {
    port.onmessage = (message) => receive(message.data as ReplyMessage | EventMessage);
    for (const [id, pending] of unsent) {
      unsent.delete(id);
      transmit(pending);
    }
  }
  emit('service/state', next);
});

contextBridge.exposeInMainWorld('kiosk', {
  request,
  on: (name: string, listener: (data: unknown) => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    // Who starts listening late must not miss that the service is away.
    if (name === 'service/state') listener(state);
    return () => { set.delete(listener); };
  },
});
ipcRenderer.send('kiosk/connect');
