import { z } from 'zod';
import { appendEvent } from './event.ts';
import { readKiosk, readSetting, writeSetting } from './setting.ts';
import type { Store } from './store.ts';

const Held = z.object({ unit: z.string(), epoch: z.string(), block: z.string() }).nullable();
const name = 'number-block';

/**
 * The block of numbers that the hub gave this kiosk; null where it gave none for this unit and this epoch of the store. A
 * store that was restored from a copy begins a new epoch: what it numbered since the copy it does not know.
 */
export function heldNumberBlock(store: Store, unit: string): string | null {
  const held = readSetting(store, name, Held);
  return held !== null && held.unit === unit && held.epoch === store.epoch.epoch ? held.block : null;
}

/** Keeps what the hub gave for an epoch, with the event; null takes it back. The same again, or one for an epoch that is over, changes nothing. */
export function keepNumberBlock(store: Store, epoch: string, block: string | null): void {
  store.transaction(() => {
    const unit = readKiosk(store)?.unit.code;
    if (unit === undefined || epoch !== store.epoch.epoch || heldNumberBlock(store, unit) === block) return;
    writeSetting(store, name, block === null ? null : { unit, epoch, block });
    appendEvent(store, { type: 'number-block-given', actor: 'system', payload: { unit, block } });
  });
}
