import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { problem, ProblemError } from '../shared/contracts/problems.ts';
import { openHub, type Hub } from './open-hub.ts';
import { startCluster, type Cluster } from './store/cluster.ts';

const usage = 'hub/main.ts --port N --data DIR [--host H] [--behind-tls]   (DATABASE_URL: use this PostgreSQL instead of an own one)';

function options(): { port: number; dataDir: string; host: string; behindTls: boolean } {
  try {
    const { values } = parseArgs({ options: {
      port: { type: 'string' }, data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, 'behind-tls': { type: 'boolean', default: false },
    } });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || !values.data) throw new Error('--port N and --data DIR are needed');
    const loopback = ['127.0.0.1', '::1', 'localhost'].includes(values.host);
    if (!loopback && !values['behind-tls']) throw new Error('plain HTTP is for loopback only: put TLS in front and say --behind-tls');
    return { port, dataDir: path.resolve(values.data), host: values.host, behindTls: values['behind-tls'] };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exit(2);
  }
}

/** A second hub on the same folder would end the first one's PostgreSQL: ask the one that `hub.json` names first. */
async function refuseSecond(dataDir: string): Promise<void> {
  let told: { url: string; hubId: string };
  try {
    told = JSON.parse(readFileSync(path.join(dataDir, 'hub.json'), 'utf8')) as { url: string; hubId: string };
    const answer = await fetch(new URL('/v1/health', told.url), { signal: AbortSignal.timeout(3_000) });
    const { hubId } = await answer.json() as { hubId?: string };
    if (hubId !== told.hubId) return;
  } catch {
    return;
  }
  throw new ProblemError('store-in-use', told.url);
}

const { port, dataDir, host, behindTls } = options();
let cluster: Cluster | undefined;
let hub: Hub | undefined;
let ending: Promise<never> | undefined;

function end(code: number): Promise<never> {
  ending ??= (async () => {
    await starting.catch(() => undefined);
    await hub?.close().catch(() => undefined);
    await cluster?.stop();
    process.exit(code);
  })();
  return ending;
}

async function start(): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await refuseSecond(dataDir);
  const { DATABASE_URL: given } = process.env;
  if (!given) cluster = await startCluster(realpathSync(dataDir));
  hub = await openHub({ databaseUrl: given || cluster!.url('postgres'), dataDir, host, port, behindTls });
  if (!ending) process.stdout.write(`${JSON.stringify({ ready: true, url: hub.url, admin: hub.admin })}\n`);
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
const starting = start();
starting.catch((error: unknown) => {
  const listens = error instanceof Error && 'syscall' in error && error.syscall === 'listen';
  const told = error instanceof ProblemError ? error.toProblem()
    : listens ? problem('port-in-use', String(port)) : { message: error instanceof Error ? error.message : String(error) };
  process.stderr.write(`${JSON.stringify({ ready: false, problem: told })}\n`);
  void end(1);
});
