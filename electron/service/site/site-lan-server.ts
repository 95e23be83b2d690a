import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Sha256Hex } from '../../../shared/contracts/event.ts';
import { Instant } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { SiteAsk, siteForm } from '../../../shared/contracts/site.ts';
import { readSiteKey, readSitePage, type Store } from '../../store/index.ts';
import { gateName } from '../gate/gate-name.ts';
import { openBytes, sealBytes, siteSubkey } from './site-seal.ts';

/*
 * Two messages, both POST. `/site/2/hello`: sealed with the site's LAN key, each side gives a random value; the key of
 * all that follows comes of both, so nothing that was recorded opens anything later. `/site/2/ask`: sealed with that
 * key, numbered, each number taken once. Whoever has not the site key gets an empty refusal, whatever he sends.
 */
export const lanPaths = { hello: `/site/${siteForm}/hello`, ask: `/site/${siteForm}/ask`, olderHello: '/site/1/hello' } as const;
export const Hello = z.object({ device: Sha256Hex, nonce: z.string().regex(/^[0-9a-f]{32}$/), at: Instant });
export const Welcome = z.object({ device: Sha256Hex, name: z.string().max(100), session: z.string().regex(/^[0-9a-f]{32}$/), at: Instant });

const mostBody = 128 * 1024;
const mostSessions = 64;
const mostNonces = 10_000;
const sessionMs = 10 * 60_000;
const perSecond = 20;
const burst = 60;

interface Session { key: Buffer; device: string; last: number; usedAt: number }

export interface LanServer {
  /** Port that it listens on. */
  port: number;
  close(): Promise<void>;
}

/** The key of one conversation. */
export function sessionKey(siteKey: Uint8Array, nonce: string, session: string): Buffer {
  return siteSubkey(siteKey, 'lan session', Buffer.from(nonce + session, 'hex'));
}

/** Lets the other gates of the site ask this one. Problem: `port-in-use`, also where the address is not this machine's. */
export async function startLanServer(store: Store, { address, port }: { address: string; port: number }): Promise<LanServer> {
  const sessions = new Map<string, Session>();
  const nonces = new Set<string>();
  const now = (): number => store.clock.monoMs();
  const rate = createRate(now);
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 }, (request, response) => {
    void answer(request).then((sealed) => {
      if (sealed === null) return response.writeHead(403).end();
      return response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': sealed.length }).end(sealed);
    }, () => refuse(response));
  });
  server.maxConnections = 32;

  const answer = async (request: IncomingMessage): Promise<Buffer | null> => {
    const body = await bodyOf(request);
    if (request.method !== 'POST' || body === null || !rate(request.socket.remoteAddress ?? '')) return null;
    if (request.url === lanPaths.hello) return welcome(body);
    return request.url === lanPaths.ask ? page(request, body) : null;
  };
  const welcome = (body: Buffer): Buffer | null => {
    const siteKey = readSiteKey(store);
    const lanKey = siteSubkey(siteKey, 'lan');
    const hello = parse(Hello, openBytes(lanKey, 'hello', body));
    // One that was recorded and is sent again would only push out the conversations of others.
    if (hello === null || nonces.has(hello.nonce)) return null;
    if (nonces.size >= mostNonces) nonces.clear();
    nonces.add(hello.nonce);
    const session = randomBytes(16).toString('hex');
    forgetOld(sessions, now());
    sessions.set(session, { key: sessionKey(siteKey, hello.nonce, session), device: hello.device, last: 0, usedAt: now() });
    const told: z.infer<typeof Welcome> = { device: store.device.id, name: gateName(store), session, at: new Date(store.clock.now()).toISOString() };
    return sealBytes(lanKey, `welcome ${hello.nonce}`, Buffer.from(JSON.stringify(told)));
  };
  const page = ({ headers }: IncomingMessage, body: Buffer): Buffer | null => {
    const session = sessions.get(String(headers['motcua-session']));
    const count = Number(headers['motcua-count']);
    if (session === undefined || now() - session.usedAt > sessionMs || !Number.isSafeInteger(count) || count <= session.last) return null;
    const ask = parse(SiteAsk, openBytes(session.key, `ask ${count}`, body));
    if (ask === null) return null;
    Object.assign(session, { last: count, usedAt: now() });
    const told = readSitePage(store, { have: ask.have, asker: session.device, name: gateName(store) });
    return sealBytes(session.key, `page ${count}`, gzipSync(JSON.stringify(told), { level: 4 }));
  };

  await listen(server, address, port);
  const at = server.address();
  return {
    port: typeof at === 'object' && at !== null ? at.port : port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(
      ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'EINVAL'].includes(error.code ?? '') ? new ProblemError('port-in-use', String(port)) : error));
    server.listen(port, address, resolve);
  });
}

function refuse(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(400);
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array | null): T | null {
  if (bytes === null) return null;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function forgetOld(sessions: Map<string, Session>, now: number): void {
  for (const [id, { usedAt }] of sessions) if (now - usedAt > sessionMs) sessions.delete(id);
  const [oldest] = [...sessions].toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
  if (oldest !== undefined && sessions.size >= mostSessions) sessions.delete(oldest[0]);
}

/** So many requests an address: `burst` at once, then `perSecond`. */
function createRate(now: () => number): (from: string) => boolean {
  const buckets = new Map<string, { left: number; at: number }>();
  return (from) => {
    const at = now();
    const bucket = buckets.get(from) ?? { left: burst, at };
    bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1_000) * perSecond) - 1;
    bucket.at = at;
    if (buckets.size > 1_000) buckets.clear();
    buckets.set(from, { ...bucket, left: Math.max(0, bucket.left) });
    return bucket.left >= 0;
  };
}
