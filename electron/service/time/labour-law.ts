import lawData from '../../../resources/law/labour-time.json' with { type: 'json' };
import { defaultLabourSettings, LabourLaw, LabourSettings } from '../../../shared/contracts/labour.ts';
import { appendEvent, readSetting, writeSetting, type Store } from '../../store/index.ts';

let parsed: LabourLaw | undefined;

/** The rule file that ships with the program; a file that does not parse is a bug. */
export function labourLaw(): LabourLaw {
  return parsed ??= LabourLaw.parse(lawData);
}

/** What the site has set on top of the law. */
export function readLabourSettings(store: Store): LabourSettings {
  return readSetting(store, 'labour', LabourSettings) ?? defaultLabourSettings;
}

/** Sets a site's labour settings with their event, in one transaction. False where they are the same already. */
export function saveLabourSettings(store: Store, settings: LabourSettings, actor: string): boolean {
  return store.transaction(() => {
    if (JSON.stringify(readLabourSettings(store)) === JSON.stringify(settings)) return false;
    writeSetting(store, 'labour', settings);
    appendEvent(store, { type: 'labour-settings-set', actor, payload: { ...settings } });
    return true;
  });
}
