import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { noteOffset, readSiteKey, siteHave, type Store } from '../../store/index.ts';
import { lanPaths, parse, sessionKey, Welcome } from './site-lan-server.ts';
import { mergePage, type Merged } from './site-merge.ts';
import { openBytes, sealBytes, siteSubkey } from './site-seal.ts';

const timeoutMs = 8_000;
const mostAnswer = 8_000_000;
const mostUnpacked = 32_000_000;

/** What came of asking one gate. */
export interface Pulled extends Merged { device: string; name: string; offsetMs: number }

/**
 * Asks another gate for everything that is not here, and takes it. Safe to break off and to do again. `peer` is
 * `host:port`. Problems: `gate-unreachable`, `site-key-other` (it refused, or what it answered does not open),
 * `site-part-invalid`, `site-form-older`. What it handed on without proof is told in `problem`.
 */
export async function pullFrom(store: Store, peer: string, signal?: AbortSignal): Promise<Pulled> {
  const siteKey = readSiteKey(store);
  const lanKey = siteSubkey(siteKey, 'lan');
  const nonce = randomBytes(16).toString('hex');
  const sentAt = store.clock.now();
  const hello = sealBytes(lanKey, 'hello', Buffer.from(JSON.stringify({ device: store.device.id, nonce, at: new Date(sentAt).toISOString() })));
  const welcome = parse(Welcome, openBytes(lanKey, `welcome ${nonce}`, await post(peer, lanPaths.hello, hello, {}, signal).catch(async (error: unknown) => {
    if (error instanceof ProblemError && error.code === 'site-key-other' && await isOlder(peer, hello, signal)) throw new ProblemError('site-form-older', peer);
    throw error;
  })));
  if (welcome === null) throw new ProblemError('site-key-other', peer);
  const { device, name, session } = welcome;
  // It looked at its clock somewhere between: the middle is the best guess.
  const offsetMs = Math.round(Date.parse(welcome.at) - (sentAt + store.clock.now()) / 2);
  const total: Pulled = { events: 0, quarantined: 0, problem: null, device, name, offsetMs };
  if (device === store.device.id) return total;
  const key = sessionKey(siteKey, nonce, session);
  for (let count = 1, more = true; more; count += 1) {
    const have = siteHave(store, device);
    const ask = sealBytes(key, `ask ${count}`, Buffer.from(JSON.stringify({ have })));
    const sealed = await post(peer, lanPaths.ask, ask, { 'motcua-session': session, 'motcua-count': String(count) }, signal);
    const page = pageOf(openBytes(key, `page ${count}`, sealed), peer);
    const merged = await mergePage(store, page, { by: 'lan', from: device });
    total.events += merged.events;
    total.quarantined += merged.quarantined;
    total.problem ??= merged.problem;
    // A gate that promises more and brings nothing new is asked again next time, not for ever.
    more = page.more === true && JSON.stringify(siteHave(store, device)) !== JSON.stringify(have);
  }
  store.transaction(() => noteOffset(store, device, offsetMs));
  return total;
}

/** Whether a gate answers in the form before this one. */
async function isOlder(peer: string, hello: Uint8Array, signal?: AbortSignal): Promise<boolean> {
  return post(peer, lanPaths.olderHello, hello, {}, signal).then(() => true, () => false);
}

function pageOf(packed: Uint8Array | null, peer: string): { more?: unknown } {
  if (packed === null) throw new ProblemError('site-key-other', peer);
  try {
    return JSON.parse(gunzipSync(packed, { maxOutputLength: mostUnpacked }).toString('utf8')) as { more?: unknown };
  } catch {
    throw new ProblemError('site-part-invalid', peer);
  }
}

async function post(peer: string, path: string, body: Uint8Array, headers: Record<string, string>, signal?: AbortSignal): Promise<Buffer> {
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  let response: Response;
  let bytes: Buffer;
  try {
    response = await fetch(`http://${peer}${path}`, { method: 'POST', body: new Uint8Array(body), headers, redirect: 'error', signal: AbortSignal.any(limits) });
    bytes = await bounded(response);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('gate-unreachable', peer);
  }
  if (!response.ok) throw new ProblemError(response.status === 403 ? 'site-key-other' : 'gate-unreachable', peer);
  return bytes;
}

async function bounded({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > mostAnswer) throw new ProblemError('site-part-invalid', 'size');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
