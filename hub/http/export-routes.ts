import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Dataset, ExportInput } from '../../shared/contracts/hub.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { takeAttempt } from '../store/attempts.ts';
import { findExport, makeExport, readExport, type Manifest } from '../store/exports.ts';
import { useToken } from '../store/tokens.ts';
import { parseBody, parseValue } from './body.ts';
import type { HubContext } from './hub-context.ts';

const ExportId = z.object({ id: z.uuid() });

/**
 * Pulling exports with a token. An export is made first and answered with its manifest; then its file is fetched, as
 * often as wanted for a day: file and manifest are of one snapshot. `GET /v1/export` does both in one go.
 */
export function exportRoutes(app: FastifyInstance, { sql, state, keys, now }: HubContext): void {
  const requester = async (request: FastifyRequest): Promise<string> => {
    const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    // 256 random bits need no brake; who has them is never kept out by somebody else's wrong tries from the same address.
    const name = token && await useToken(sql, token);
    if (name) return `token:${name}`;
    const isFree = await takeAttempt(sql, { kind: 'token', subject: request.ip, allowed: 20, minutes: 15 });
    throw new ProblemError(isFree ? 'token-wrong' : 'too-busy');
  };
  app.post('/v1/exports', { bodyLimit: 10_000 }, async (request, reply) => {
    const who = await requester(request);
    const made = await makeExport(sql, keys, state.hubId, await parseBody(request, ExportInput), who, now());
    return reply.code(201).send(made);
  });
  app.get('/v1/exports/:id', async (request) => {
    await requester(request);
    const { id } = parseValue(request.params, ExportId);
    return { id, manifest: await findExport(sql, id) };
  });
  app.get('/v1/exports/:id/file', async (request, reply) => {
    await requester(request);
    const { id } = parseValue(request.params, ExportId);
    return sendFile(reply, await findExport(sql, id), readExport(sql, keys, id));
  });
  app.get('/v1/export', async (request, reply) => {
    const who = await requester(request);
    const input = parseExportInput(request.query);
    const { id, manifest } = await makeExport(sql, keys, state.hubId, input, who, now());
    return sendFile(reply.header('motcua-export', id), manifest, readExport(sql, keys, id));
  });
}

/** From a query or a form; an unknown dataset is its own problem. */
export function parseExportInput(value: unknown): z.infer<typeof ExportInput> {
  if (!Dataset.safeParse((value as { dataset?: unknown })?.dataset).success) throw new ProblemError('dataset-unknown');
  return parseValue(value, ExportInput);
}

/** Streams the bytes of an export as a download; the hash is told in front. */
export function sendFile(reply: FastifyReply, manifest: Manifest, bytes: AsyncIterable<Buffer>): FastifyReply {
  return reply.header('content-length', manifest.bytes).header('motcua-sha256', manifest.sha256)
    .header('content-disposition', `attachment; filename="${manifest.file}"`)
    .type(manifest.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
    .send(Readable.from(bytes));
}
