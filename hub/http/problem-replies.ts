import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem, ProblemError, type Problem, type ProblemCode } from '../../shared/contracts/problems.ts';
import { isPassing } from '../store/database.ts';

const statuses: Partial<Record<ProblemCode, number>> = {
  'request-invalid': 400, 'login-failed': 401, 'not-logged-in': 401, 'not-allowed': 403, 'login-locked': 429,
  'enrol-code-wrong': 403, 'device-unknown': 401, 'device-revoked': 403, 'signature-invalid': 401, 'clock-off': 401,
  'token-wrong': 401, 'batch-too-large': 413, 'file-too-large': 413, 'chain-fork': 409, 'seq-gap': 409, 'conflict': 409,
  'blob-offset-wrong': 409, 'blob-hash-wrong': 422, 'not-found': 404, 'dataset-unknown': 404, 'request-unknown': 404,
  'too-busy': 503, 'hub-failed': 500, 'hub-refused': 403,
};

/** Frame for every failure: `{problem}` with a status by its code; never a stack, never what was sent. */
export function sendProblem(reply: FastifyReply, told: Problem): FastifyReply {
  const status = statuses[told.code] ?? 400;
  if (told.code === 'too-busy') void reply.header('retry-after', '2');
  return reply.code(status).type('application/json; charset=utf-8').send({ problem: told });
}

/** Folds whatever a route threw into a problem. */
export function onError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = toProblem(error);
  if (told.code === 'hub-failed') {
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
    // Frames only: a message of the database may quote a value.
    request.log.error({ route: request.routeOptions.url, name, code: (error as { code?: unknown }).code,
      frames: (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 10) }, 'unexpected failure');
  }
  return sendProblem(reply, told);
}

function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.toProblem();
  if (isPassing(error)) return problem('too-busy');
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  // A value that passed its schema and that PostgreSQL cannot hold all the same (class 22: data exception).
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return problem('request-invalid');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('batch-too-large');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return problem('request-invalid');
  return problem('hub-failed');
}
