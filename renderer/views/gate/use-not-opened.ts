import { useState } from 'react';
import { useKioskEvent } from '../../kiosk.ts';

/** Answers stay for seconds; no more of them are on screen. */
const kept = 8;

/** Scans that were recorded and whose turnstile did not open. */
export function useNotOpened(): readonly string[] {
  const [scans, setScans] = useState<readonly string[]>([]);
  useKioskEvent('gate/opened', ({ scanId, given }) => { if (!given) setScans((before) => [...before, scanId].slice(-kept)); });
  return scans;
}
