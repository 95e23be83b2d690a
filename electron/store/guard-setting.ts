import { defaultGuardSettings, GuardSettings } from '../../shared/contracts/visitor.ts';
import { readSetting, writeSetting } from './setting.ts';
import type { Store } from './store.ts';

/** Built once: each scan asks. */
const SomeSettings = GuardSettings.partial();

/** How the guard's desk works, with defaults for what was never set. */
export function readGuardSettings(store: Store): GuardSettings {
  return { ...defaultGuardSettings, ...readSetting(store, 'guard', SomeSettings) };
}

/** Inside a transaction, together with its event. */
export function writeGuardSettings(store: Store, settings: GuardSettings): void {
  writeSetting(store, 'guard', settings);
}
