import { useEffect, useRef } from 'react';
import { useKioskEvent, useLoad } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { playAlarm } from './alarm-sound.ts';

const pollMs = 15_000;

/** Sounds when one more alarm waits: only behind the guard's log-in, so that nobody at the lane hears why. */
export function AlarmBell() {
  const { status } = useStatus();
  const { data, reload } = useLoad('alarms/count', {}, pollMs);
  const heard = useRef<number | null>(null);
  useKioskEvent('gate/alarms', reload);
  const waiting = data?.waiting ?? null;
  useEffect(() => {
    if (waiting === null) return;
    if (status.sound && heard.current !== null && waiting > heard.current) playAlarm();
    heard.current = waiting;
  }, [waiting, status.sound]);
  return null;
}
