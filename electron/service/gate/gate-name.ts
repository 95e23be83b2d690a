import { readKiosk, type Store } from '../../store/index.ts';

/** What this gate is called among the gates of its site: its lanes' names, else the beginning of its device's. */
export function gateName(store: Store): string {
  const kiosk = readKiosk(store);
  const lanes = (kiosk?.lanes ?? []).map(({ name }) => name).filter((name) => name !== '').join(', ').slice(0, 60);
  const kind = kiosk?.mode === 'counter' ? 'Quầy' : 'Cổng';
  return lanes.startsWith(kind) ? lanes : `${kind} ${lanes || store.device.id.slice(0, 6)}`;
}
