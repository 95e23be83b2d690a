import { z } from 'zod';
import { Lane, Mode, Settings } from '../../shared/contracts/requests/system.ts';
import type { Store } from './store.ts';

/** What the kiosk is, from its set-up. */
export const Kiosk = z.object({
  mode: Mode,
  unit: z.object({ code: z.string(), name: z.string() }),
  lanes: z.array(Lane),
  /** Tried out with invented data: for ever. */
  demo: z.boolean(),
});
export type Kiosk = z.infer<typeof Kiosk>;

export const defaultSettings: Settings = {
  idleLockSeconds: 300, repeatSeconds: 20, oppositeSeconds: null, serialPath: null, readerName: null, watchedFolder: null,
  camera: { device: null, size: null, mirror: null, torch: false, dials: {} },
  theme: 'light', sound: true, lookUpsPerHour: 60,
};

/** A named value, parsed by its schema; null where it was never set. A value that does not parse is a bug. */
export function readSetting<T>(store: Store, name: string, schema: z.ZodType<T>): T | null {
  if (store.settingCache.has(name)) return store.settingCache.get(name) as T | null;
  const row = store.sql<[string], { value: string }>('select value from setting where name = ?').get(name);
  const value = row === undefined ? null : schema.parse(JSON.parse(row.value));
  // A reader beside another process would not hear of changes.
  if (!store.readOnly) store.settingCache.set(name, value);
  return value;
}

/** Sets a named value; inside a transaction together with its event where it matters to anybody. */
export function writeSetting(store: Store, name: string, value: unknown): void {
  store.sql<[string, string]>('insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value')
    .run(name, JSON.stringify(value));
  store.settingCache.delete(name);
}

/** What the kiosk is; null before its set-up. */
export function readKiosk(store: Store): Kiosk | null {
  return readSetting(store, 'kiosk', Kiosk);
}

/** What this kiosk is and which lanes it has. Inside the transaction of its event. */
export function writeKiosk(store: Store, kiosk: Kiosk): void {
  writeSetting(store, 'kiosk', kiosk);
}

/** Built once: settings are asked for at each scan. */
const SomeSettings = Settings.partial();

/** Settings with defaults for what was never set. */
export function readSettings(store: Store): Settings {
  return { ...defaultSettings, ...readSetting(store, 'settings', SomeSettings) };
}

/** Changes some settings and gives all of them back. */
export function writeSettings(store: Store, changed: Partial<Settings>): Settings {
  const next = { ...readSettings(store), ...changed };
  writeSetting(store, 'settings', next);
  return next;
}

/** Code of the unit that events name; empty before set-up. */
export function readUnitCode(store: Store): string {
  return readKiosk(store)?.unit.code ?? '';
}
