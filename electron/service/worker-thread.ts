import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread from `electron/service/workers/<name>.ts`. The build puts each of them beside the bundled service,
 * whose shared parts lie one folder deeper.
 */
export function startWorker(name: string, options: WorkerOptions): Worker {
  const here = fileURLToPath(import.meta.url);
  const folder = path.dirname(here);
  if (here.endsWith('.ts')) return new Worker(path.join(folder, 'workers', `${name}.ts`), options);
  return new Worker(path.join(path.basename(folder) === 'chunks' ? path.dirname(folder) : folder, `${name}.js`), options);
}
