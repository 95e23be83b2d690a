import { createRequire, registerHooks } from 'node:module';
import type postgres from 'postgres';

/*
 * The driver (3.4.9) delays small writes to the end of the turn. Where the connection is lost before that, it writes to
 * a socket that is gone, which ends the process (its issues 1066, 1154, 1208), or believes for ever that a write is about
 * to happen, and never sends again; and the next statement is told the error of the one before. A backend that dies
 * inside a transaction is enough.
 * Until a release has it, its file is mended as it is loaded; a release without these lines is taken as it is.
 */
const mends: readonly (readonly [was: string, is: string])[] = [
  ['    if (terminated)\n', "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (terminated)\n"],
  ['    const x = socket.write(chunk, fn)\n', '    const x = socket === null || socket.write(chunk, fn)\n'],
  ['    clearImmediate(nextWriteTimer)\n', '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n'],
  ['    closedTime = performance.now()\n', '    query = errorResponse = null\n    closedTime = performance.now()\n'],
];

function load(): typeof postgres {
  const hooks = registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.endsWith('/postgres/cjs/src/connection.js')) return loaded;
      const source = mends.reduce((text, [was, is]) => text.replaceAll(was, is), String(loaded.source));
      return { ...loaded, source };
    },
  });
  try {
    return createRequire(import.meta.url)('postgres') as typeof postgres;
  } finally {
    hooks.deregister();
  }
}

/** Opens a pool of connections to PostgreSQL. */
export const openPostgres = load();
