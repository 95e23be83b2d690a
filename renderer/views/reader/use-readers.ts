import { useState } from 'react';
import type { ReadersNow } from '../../../shared/contracts/requests/reader.ts';
import { useKioskEvent, useLoad } from '../../kiosk.ts';

const unknown: ReadersNow = { state: 'empty', chosen: null, inUse: null, readers: [] };

/**
 * The card readers as they are, kept fresh by events. `arrivals` grows with each card that comes to lie on the reader in
 * use, also where it went and came between two paintings.
 */
export function useReaders(): { readers: ReadersNow; arrivals: number } {
  const { data } = useLoad('reader/state', {});
  const [now, setNow] = useState({ readers: unknown, arrivals: 0 });
  const take = (readers: ReadersNow): void => {
    setNow((before) => ({ readers, arrivals: before.arrivals + (readers.state === 'card' && (before.readers.state !== 'card' || before.readers.inUse !== readers.inUse) ? 1 : 0) }));
  };
  const [seen, setSeen] = useState(data);
  if (data !== seen) {
    setSeen(data);
    if (data !== null) take(data);
  }
  useKioskEvent('reader/state', take);
  return now;
}
