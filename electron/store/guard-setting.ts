import { defaultGuardSettings, GuardSettings } from '../../shared/contracts/visitor.ts';
import { readSetting, writeSetting } from './setting.ts';
import type { Store } from './store.ts';

/** How the guard's desk works, with defaults for what was never set. */
export function readGuardSettings(store: Store): GuardSettings {
  return { ...defaultGuardSettings, ...readSetting(store, 'guard', GuardSettings.partial()) };
}

/** Inside a transaction, together with its event. */
export function writeGuardSettings(store: Store, settings: GuardSettings): void {
  writeSetting(store, 'guard', settings);
}
