import { PeopleSettings } from '../../../shared/contracts/requests/people.ts';
import { appendEvent, readSetting, writeSetting, type Store } from '../../store/index.ts';

const name = 'people';
/** Built once: a scan may ask. */
const SomeSettings = PeopleSettings.partial();
const defaultPeopleSettings: PeopleSettings = { province: null, photoDays: 90, erasureDays: null, keepTimesheet: true };

/** How personal data of workers is kept here, with defaults for what was never set. */
export function readPeopleSettings(store: Store): PeopleSettings {
  return { ...defaultPeopleSettings, ...readSetting(store, name, SomeSettings) };
}

/** Changes some of it, with the event. */
export function changePeopleSettings(store: Store, changes: Partial<PeopleSettings>, actor: string): PeopleSettings {
  return store.transaction(() => {
    const next = { ...readPeopleSettings(store), ...changes };
    writeSetting(store, name, next);
    appendEvent(store, { type: 'settings-changed', actor, payload: { changes: { people: changes } } });
    return next;
  });
}
