import about from '../../package.json' with { type: 'json' };
import type { Kiosk } from '../store/index.ts';
import { appendEvent, openStore, readKiosk, storeProblem, writeKiosk, type Store } from '../store/index.ts';

/** What a store made by the command line is until somebody sets it up otherwise. */
const plainGate: Kiosk = {
  mode: 'gate', unit: { code: '', name: '' }, lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }], demo: false,
};

/**
 * Opens the store of a folder for one command and closes it afterwards. `write`: refused while a kiosk has it open;
 * `create`: makes folder, key file and store where there is none. Problems: as `openStore`.
 */
export async function withStore<T>(dir: string, access: 'read' | 'write' | 'create', use: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(dir, { appVersion: about.version, create: access === 'create', readOnly: access === 'read' });
  try {
    if (access !== 'read' && readKiosk(store) === null) {
      store.transaction(() => {
        writeKiosk(store, plainGate);
        appendEvent(store, { type: 'kiosk-set-up', actor: 'cli', payload: { ...plainGate, appVersion: about.version } });
      });
    }
    return await use(store);
  } catch (error) {
    throw storeProblem(error);
  } finally {
    store.close();
  }
}
