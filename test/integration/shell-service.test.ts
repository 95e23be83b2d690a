import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StartMessage } from '../../shared/contracts/wire.ts';

const echo = path.resolve(import.meta.dirname, '..', 'e2e', 'echo-app', 'service.ts');
const start: StartMessage = { kind: 'start', dataDir: '/nowhere', key: null, keySource: 'key-file', appVersion: '0.0.0' };

let service: ChildProcess;
let heard: Record<string, unknown>[];
let errors: string;

function open(): void {
  service = spawn(process.execPath, [echo], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
  heard = [];
  errors = '';
  service.on('message', (message) => heard.push(message as Record<string, unknown>));
  service.stderr?.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
}

async function next(wanted: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  for (;;) {
    const found = heard.find(wanted);
    if (found) return found;
    await once(service, 'message');
  }
}

const relay = (connection: number, message: unknown): boolean => service.send({ kind: 'relay', connection, message });
const request = (connection: number, id: number, name: string, input: unknown): boolean => relay(connection, { kind: 'request', id, name, input });
const replyTo = (connection: number, id: number) => next((message) => message.connection === connection && (message.message as { id?: number }).id === id);

describe('the service over its line to main', () => {
  afterEach(() => { service.kill('SIGKILL'); });

  it('says that it has started, once, and answers each connection by its own number', async () => {
    open();
    service.send(start);
    expect(await next((message) => message.kind === 'started')).toEqual({ kind: 'started', ok: true });
    request(1, 7, 'echo/say', { text: 'An', bytes: new Uint8Array([1]) });
    request(2, 7, 'echo/say', { text: 'Bình', bytes: new Uint8Array([2]) });
    expect(await replyTo(1, 7)).toMatchObject({ message: { ok: true, output: { text: 'An' } } });
    expect(await replyTo(2, 7)).toMatchObject({ message: { ok: true, output: { text: 'Bình' } } });
    service.send(start);
    request(1, 8, 'system/ping', {});
    await replyTo(1, 8);
    expect(heard.filter((message) => message.kind === 'started')).toHaveLength(1);
  });

  it('goes on after messages that are no messages', async () => {
    open();
    for (const message of [{}, [], 'start', { kind: 'start' }, { kind: 'relay' }, { kind: 'relay', connection: 'x', message: 1 }]) service.send(message);
    service.send(start);
    await next((message) => message.kind === 'started');
    for (const message of [null, 5, { kind: 'request' }, { kind: 'request', id: -1, name: 'system/ping', input: {} }, { kind: 'reply', id: 1 }]) relay(1, message);
    request(1, 9, 'system/ping', {});
    expect(await replyTo(1, 9)).toMatchObject({ message: { ok: true } });
  });

  it('refuses a name that only Object.prototype knows', async () => {
    open();
    service.send(start);
    await next((message) => message.kind === 'started');
    for (const [index, name] of ['constructor', '__proto__', 'toString'].entries()) {
      request(1, index, name, {});
      expect(await replyTo(1, index)).toMatchObject({ message: { ok: false, problem: { code: 'request-unknown' } } });
    }
  });

  it('ends with 1 at an unexpected failure and logs where, not what', async () => {
    open();
    service.send(start);
    await next((message) => message.kind === 'started');
    request(1, 1, 'echo/bug', {});
    const [code] = await once(service, 'close') as [number];
    expect(code).toBe(1);
    expect(errors).toContain('"request":"echo/bug"');
    expect(errors).toContain('TypeError');
    expect(errors).not.toMatch(/001090012345|Nguyễn/);
  });

  it('ends by itself when main is gone', async () => {
    open();
    service.send(start);
    await next((message) => message.kind === 'started');
    service.disconnect();
    const [code] = await once(service, 'exit') as [number];
    expect(code).toBe(0);
  });
});
