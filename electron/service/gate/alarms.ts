import { countAlarms, storeAlarm, type NewAlarm } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';

type AlarmContext = Pick<ServiceContext, 'store' | 'emit' | 'nudgeSync'>;

/**
 * Raises a quiet alarm for the guard: stored with its event, then told to the pages as a count. The same cause again is the
 * same alarm; false then. Also callable inside a transaction, where the count may be told a moment before the commit.
 */
export function raiseAlarm(context: AlarmContext, alarm: NewAlarm): boolean {
  const isNew = storeAlarm(context.store, alarm);
  if (isNew) tellAlarms(context);
  return isNew;
}

/** Tells every page how many alarms wait. */
export function tellAlarms({ store, emit, nudgeSync }: AlarmContext): number {
  const waiting = countAlarms(store);
  emit('gate/alarms', { waiting });
  nudgeSync();
  return waiting;
}
