import type { AlarmKind } from '../../shared/contracts/visitor.ts';
import { appendEvent } from './event.ts';
import type { Store } from './store.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface NewAlarm {
  kind: AlarmKind;
  /** What it comes from, for example a scan's id: the same cause again is the same alarm. At most 200 signs, nothing personal. */
  cause: string;
  /** Milliseconds since 1970; now, where it has no other time. */
  at?: number;
  lane?: string | null;
  workerId?: string | null;
  visitorId?: string | null;
  /** Short facts for the guard; nothing personal. */
  detail?: Readonly<Record<string, string | number | boolean | null>>;
  actor?: string;
}

/** Stores an alarm with its event; false where it was there already. Inside the transaction of what it comes from, or alone. */
export function storeAlarm(store: Store, alarm: NewAlarm): boolean {
  return store.transaction(() => {
    if (store.sql<[string], object>('select 1 from alarm where cause = ?').get(alarm.cause) !== undefined) return false;
    const { kind, cause, lane = null, workerId = null, visitorId = null, detail = {} } = alarm;
    const at = alarm.at ?? store.clock.now();
    const alarmId = uuidV7(store.clock.now());
    appendEvent(store, { type: 'gate-alarm', actor: alarm.actor ?? 'system', at, payload: { alarmId, kind, cause, lane, workerId, visitorId, detail } });
    store.sql<unknown[]>('insert into alarm (alarm_id, cause, kind, at, lane, worker_id, visitor_id, detail) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(alarmId, cause, kind, new Date(at).toISOString(), lane, workerId, visitorId, JSON.stringify(detail));
    return true;
  });
}

export interface AlarmRow {
  alarmNo: number; alarmId: string; kind: AlarmKind; at: string; lane: string | null; workerId: string | null; visitorId: string | null;
  /** Of the worker or the visitor, where he is known still. */
  fullName: string | null; group: string | null; detail: Record<string, string | number | boolean | null>;
  settledAt: string | null; settledBy: string | null; note: string | null;
}

/** Alarms, the newest first; `before` is an alarm's number, for the next page. */
export function listAlarms(store: Store, { settled, before, limit }: { settled: boolean; before: number | null; limit: number }): AlarmRow[] {
  return store.sql<unknown[], Omit<AlarmRow, 'detail'> & { detail: string }>(`
    select alarm_no as alarmNo, alarm_id as alarmId, alarm.kind, alarm.at, alarm.lane, alarm.worker_id as workerId, alarm.visitor_id as visitorId,
      coalesce(worker.full_name, visitor.full_name) as fullName, coalesce(worker.department, visitor.company) as "group", alarm.detail,
      settled_at as settledAt, coalesce(user.display_name, settled_by) as settledBy, note
    from alarm left join worker on worker.worker_id = alarm.worker_id left join visitor on visitor.visitor_id = alarm.visitor_id
      left join user on user.user_id = settled_by
    where (settled_at is not null) = ? and (? is null or alarm_no < ?) order by alarm_no desc limit ?`).all(settled ? 1 : 0, before, before, limit)
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) as AlarmRow['detail'] }));
}

/** How many alarms nobody has settled. */
export function countAlarms(store: Store): number {
  return store.sql<[], { n: number }>('select count(*) as n from alarm where settled_at is null').get()?.n ?? 0;
}

/** Notes what the guard did, with its event. False where it was settled already, null where there is no such alarm. */
export function settleAlarm(store: Store, alarmId: string, note: string, actor: string): boolean | null {
  return store.transaction(() => {
    const known = store.sql<[string], { settled_at: string | null }>('select settled_at from alarm where alarm_id = ?').get(alarmId);
    if (known === undefined) return null;
    if (known.settled_at !== null) return false;
    const { at } = appendEvent(store, { type: 'alarm-settled', actor, payload: { alarmId, note } });
    store.sql<unknown[]>('update alarm set settled_at = ?, settled_by = ?, note = ? where alarm_id = ?').run(at, actor, note, alarmId);
    return true;
  });
}
