import { createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import {
  BlobState, ChangesOutput, EnrolOutput, HelloOutput, PushOutput, type EnrolInput, type HelloInput,
} from '../../shared/contracts/hub.ts';
import type { SiteHave } from '../../shared/contracts/site.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { isProblemCode, ProblemError } from '../../shared/contracts/problems.ts';
import { isHubAddress } from '../../shared/domain/hub-address.ts';

const pack = promisify(gzip);

/** The device that speaks: its name is the hash of its key, and only the store can sign. */
export interface Signer {
  /** Hex SHA-256 of the raw public key. */
  device: string;
  /** Ed25519 over the bytes. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** How the hub's clock is reckoned from ours; shared by all requests of a client. */
export interface HubClock {
  /** Hub minus kiosk, milliseconds; half the round trip is the error. */
  offsetMs: number;
  /** Null until the first answer. */
  measuredAt: number | null;
}

/** A failure that names when to try again (`Retry-After`). */
export class HubProblem extends ProblemError {
  readonly retryAfterMs: number | undefined;

  constructor(code: ProblemError['code'], detail?: string, retryAfterMs?: number) {
    super(code, detail);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface HubClient {
  readonly clock: HubClock;
  hello(input: HelloInput): Promise<z.infer<typeof HelloOutput>>;
  push(events: readonly StoredEvent[]): Promise<z.infer<typeof PushOutput>>;
  blobState(sha256: string): Promise<z.infer<typeof BlobState>>;
  putChunk(sha256: string, offset: number, bytes: Uint8Array): Promise<z.infer<typeof BlobState>>;
  changes(cursor: string): Promise<z.infer<typeof ChangesOutput>>;
  /** Events of the unit's other gates beyond what is here; of a form that the taker checks. */
  siteEvents(have: readonly SiteHave[]): Promise<unknown>;
}

export interface ClientOptions {
  /** HTTPS, or plain HTTP to this very machine. */
  url: string;
  signer: Signer;
  timeoutMs?: number;
  /** Ends what is under way. */
  signal?: AbortSignal;
  now?: () => number;
}

const Failure = z.object({ problem: z.object({ code: z.string(), detail: z.string().optional() }) });

/** Refuses plain HTTP to another machine: what is sent is personal data. Problem `hub-address`. */
function checkHubUrl(url: string): URL {
  if (!isHubAddress(url) || !URL.canParse(url)) throw new ProblemError('hub-address');
  return new URL(url);
}

/**
 * Enrols this device with a one-time code; asking again with the same code and key is safe.
 * Throws `enrol-code-wrong`, `hub-unreachable`, `hub-refused`, `hub-address`.
 */
export async function enrolWithHub(url: string, input: EnrolInput, timeoutMs = 15_000): Promise<z.infer<typeof EnrolOutput>> {
  const base = checkHubUrl(url);
  const body = Buffer.from(JSON.stringify(input));
  const { value } = await send(new URL('/v1/enrol', base), 'POST', { 'content-type': 'application/json' }, body, AbortSignal.timeout(timeoutMs));
  return read(EnrolOutput, value);
}

/** The hub as a kiosk sees it: every request signed, every answer parsed, every failure a coded problem. */
export function createHubClient({ url, signer, timeoutMs = 30_000, signal, now = Date.now }: ClientOptions): HubClient {
  const base = checkHubUrl(url);
  const clock: HubClock = { offsetMs: 0, measuredAt: null };

  const signed = async (method: string, path: string, body: Buffer, headers: Record<string, string>): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      const time = new Date(now() + clock.offsetMs).toISOString();
      const nonce = randomBytes(16).toString('hex');
      const bodyHash = createHash('sha256').update(body).digest('hex');
      const signature = await signer.sign(Buffer.from(`${method}\n${path}\n${bodyHash}\n${time}\n${nonce}`));
      const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
      const sentAt = now();
      try {
        const { value, serverTime } = await send(new URL(path, base), method, {
          ...headers, 'motcua-device': signer.device, 'motcua-time': time, 'motcua-nonce': nonce,
          'motcua-signature': Buffer.from(signature).toString('base64'),
        }, body, AbortSignal.any(limits));
        measure(clock, sentAt, now(), serverTime);
        return value;
      } catch (error) {
        if (!(error instanceof ClockOff) || attempt > 1) throw error;
        measure(clock, sentAt, now(), error.serverTime);
      }
    }
  };
  const json = { 'content-type': 'application/json' };
  const nothing = Buffer.alloc(0);
  return {
    clock,
    hello: async (input) => read(HelloOutput, await signed('POST', '/v1/hello', Buffer.from(JSON.stringify(input)), json)),
    push: async (events) => {
      const body = await pack(Buffer.from(JSON.stringify({ events })), { level: 4 });
      return read(PushOutput, await signed('POST', '/v1/events', body, { ...json, 'content-encoding': 'gzip' }));
    },
    blobState: async (sha256) => read(BlobState, await signed('GET', `/v1/blobs/${sha256}`, nothing, {})),
    putChunk: async (sha256, offset, bytes) => read(BlobState,
      await signed('PUT', `/v1/blobs/${sha256}?offset=${offset}`, Buffer.from(bytes), { 'content-type': 'application/octet-stream' })),
    siteEvents: (have) => signed('POST', '/v1/site-events', Buffer.from(JSON.stringify({ have })), json),
    changes: async (cursor) => read(ChangesOutput, await signed('GET', `/v1/changes?cursor=${encodeURIComponent(cursor)}`, nothing, {})),
  };
}

class ClockOff extends HubProblem {
  readonly serverTime: string | null;

  constructor(serverTime: string | null) {
    super('clock-off');
    this.serverTime = serverTime;
  }
}

/** The hub stamped its answer somewhere between the two: the middle is the best guess. */
function measure(clock: HubClock, sentAt: number, gotAt: number, serverTime: string | null): void {
  const at = serverTime === null ? Number.NaN : Date.parse(serverTime);
  if (Number.isNaN(at)) return;
  clock.offsetMs = Math.round(at - (sentAt + gotAt) / 2);
  clock.measuredAt = gotAt;
}

async function send(url: URL, method: string, headers: Record<string, string>, body: Buffer, signal: AbortSignal): Promise<{ value: unknown; serverTime: string | null }> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method, headers, signal, redirect: 'error', ...(method === 'GET' ? {} : { body: new Uint8Array(body) }) });
    text = await response.text();
  } catch {
    throw new HubProblem('hub-unreachable');
  }
  const serverTime = response.headers.get('motcua-server-time');
  const value = readJson(text);
  if (response.ok) return { value, serverTime };
  const failure = Failure.safeParse(value);
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  // Something in between answered (a portal, a proxy), not the hub.
  if (!failure.success || !isProblemCode(failure.data.problem.code)) {
    throw new HubProblem(response.status >= 500 || response.status === 429 ? 'too-busy' : 'hub-refused', String(response.status), retryAfterMs);
  }
  const { code, detail } = failure.data.problem;
  if (code === 'clock-off') throw new ClockOff(serverTime);
  throw new HubProblem(code, detail, retryAfterMs);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer of another form is another program, or a newer hub: never acted upon. */
function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HubProblem('hub-refused', 'answer');
}

function retryAfter(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 600) * 1000 : undefined;
}
