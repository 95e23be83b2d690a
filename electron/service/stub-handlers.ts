import type { AnyService } from './dispatch.ts';

/** Stands in until electron/service/handlers/index.ts is written: answers one ping. */
export function createHandlers(): Promise<AnyService> {
  return Promise.resolve({
    handlers: { 'system/ping': () => Promise.resolve({ at: new Date().toISOString() }) },
    admit: () => undefined,
    close: () => Promise.resolve(),
  });
}
