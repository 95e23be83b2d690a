import { Writable } from 'node:stream';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { problem } from '../../shared/contracts/problems.ts';
import { webRoutes } from '../web/routes.ts';
import { keepBytes } from './body.ts';
import { exportRoutes } from './export-routes.ts';
import type { HubContext } from './hub-context.ts';
import { kioskRoutes } from './kiosk-routes.ts';
import { localRoutes } from './local-routes.ts';
import { onError, sendProblem } from './problem-replies.ts';

const toStandardError = new Writable({ write: (chunk: Buffer, _encoding, done) => { process.stderr.write(chunk, () => done()); } });

/** The hub's HTTP server, not yet listening. Requests are not logged: their paths and addresses tell who works where. */
export function createServer(context: HubContext): FastifyInstance {
  const app = fastify({
    logger: { level: process.env.MOTCUA_LOG ?? 'warn', stream: toStandardError },
    logController: new LogController({ disableRequestLogging: true }),
    // Only what the proxy in front adds itself: the rest of X-Forwarded-For is the client's own word, a fresh address a try.
    trustProxy: context.behindTls ? (_address, hop) => hop === 0 : false,
    bodyLimit: 100_000, requestTimeout: 120_000, keepAliveTimeout: 20_000,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: (_error, _request, reply) => { sendProblem(reply, problem('request-invalid')); },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    },
  });
  keepBytes(app);
  app.setErrorHandler(onError);
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('request-unknown')));
  app.addHook('onRequest', async (_request, reply) => {
    // Kiosks reckon their clock from it, also when they are refused.
    void reply.header('motcua-server-time', context.now().toISOString()).header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
      // Pages set their own policy; whatever else is answered is no page and may be part of none.
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'").header('x-frame-options', 'DENY')
      .header('cross-origin-resource-policy', 'same-origin').header('cross-origin-opener-policy', 'same-origin')
      .header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (context.behindTls) void reply.header('strict-transport-security', 'max-age=31536000');
  });
  kioskRoutes(app, context);
  exportRoutes(app, context);
  localRoutes(app, context);
  webRoutes(app, context);
  return app;
}
