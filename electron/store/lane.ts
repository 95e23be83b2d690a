import { canonicalJson } from '../../shared/contracts/event.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import { appendEvent } from './event.ts';
import { readGuardSettings, writeGuardSettings } from './guard-setting.ts';
import { readKiosk, writeKiosk } from './setting.ts';
import type { Store } from './store.ts';

/** Sets the lanes in the place of those before, with the event; false where they are the same. Problem `not-set-up`. */
export function saveLanes(store: Store, lanes: readonly Lane[], actor: string): boolean {
  return store.transaction(() => {
    const kiosk = readKiosk(store);
    if (kiosk === null) throw new ProblemError('not-set-up');
    if (canonicalJson(kiosk.lanes) === canonicalJson(lanes)) return false;
    writeKiosk(store, { ...kiosk, lanes: [...lanes] });
    appendEvent(store, { type: 'lanes-set', actor, payload: { lanes } });
    // A lane that is gone is no assembly point any more: the screen would say that scans tick people off.
    const guard = readGuardSettings(store);
    const assemblyLanes = guard.assemblyLanes.filter((name) => lanes.some(({ lane }) => lane === name));
    if (assemblyLanes.length < guard.assemblyLanes.length) {
      writeGuardSettings(store, { ...guard, assemblyLanes });
      appendEvent(store, { type: 'settings-changed', actor, payload: { changes: { guard: { ...guard, assemblyLanes } } } });
    }
    return true;
  });
}
