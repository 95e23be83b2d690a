import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChangesOutput } from '../../shared/contracts/hub.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { publishChange } from '../store/changes.ts';
import { createEnrolCode } from '../store/enrolment.ts';
import { createToken } from '../store/tokens.ts';
import { parseBody } from './body.ts';
import type { HubContext } from './hub-context.ts';

const unitCode = z.string().trim().min(1).max(64);
const EnrolRequest = z.object({ unit: unitCode, unitName: z.string().trim().min(1).max(200).nullish(), name: z.string().trim().min(1).max(100).nullish() });
const TokenRequest = z.object({ name: z.string().trim().min(1).max(100) });
const PublishRequest = z.object({ unit: unitCode.nullable(), change: ChangesOutput.shape.changes.element });

/** What the command line on the same machine asks, with the secret of the data folder (mode 0600). */
export function localRoutes(app: FastifyInstance, { sql, keys, localSecret }: HubContext): void {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const admit = (request: FastifyRequest): void => {
    const given = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(given), digest(localSecret))) throw new ProblemError('token-wrong');
  };
  app.post('/local/enrol-codes', { bodyLimit: 10_000 }, async (request) => {
    admit(request);
    const { unit, unitName, name } = await parseBody(request, EnrolRequest);
    return createEnrolCode(sql, { code: unit, name: unitName ?? null }, name ?? null, 'cli');
  });
  app.post('/local/tokens', { bodyLimit: 10_000 }, async (request) => {
    admit(request);
    return createToken(sql, (await parseBody(request, TokenRequest)).name, 'cli');
  });
  app.post('/local/changes', { bodyLimit: 200_000 }, async (request) => {
    admit(request);
    const { unit, change } = await parseBody(request, PublishRequest);
    await publishChange(sql, keys, unit, change);
    return {};
  });
}
