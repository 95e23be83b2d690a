import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ProblemError } from '../../shared/contracts/problems.ts';

const unzip = promisify(gunzip);
/** How far a packed body may unfold: 1,000 events of 16 KB. */
const unfoldedLimit = 16_000_000;

/** Bodies reach the routes as the bytes that were sent: the signature is over them, packed or not. */
export function keepBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

export function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Unpacks and reads JSON, then parses it with the schema. Throws `request-invalid` (paths only) or `batch-too-large`. */
export async function parseBody<T>(request: FastifyRequest, schema: z.ZodType<T>): Promise<T> {
  return parseValue(readJson(await unpacked(request)), schema);
}

export function parseValue<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProblemError('request-invalid', parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.')).join(' '));
}

async function unpacked(request: FastifyRequest): Promise<Buffer> {
  const bytes = bodyBytes(request);
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return bytes;
  if (encoding !== 'gzip') throw new ProblemError('request-invalid', 'content-encoding');
  try {
    return await unzip(bytes, { maxOutputLength: unfoldedLimit });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new ProblemError('batch-too-large');
    throw new ProblemError('request-invalid', 'content-encoding');
  }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProblemError('request-invalid', 'json');
  }
}
