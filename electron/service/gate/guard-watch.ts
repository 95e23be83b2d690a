import { appendEvent, eraseVisitors, overdueVisitors, readGuardSettings, runningMuster } from '../../store/index.ts';
import { raiseAlarm, tellAlarms } from './alarms.ts';
import { bestEffort } from './best-effort.ts';
import type { ServiceContext } from '../context.ts';
import { changed } from './muster.ts';
import { surelyPast } from '../site/clock-watch.ts';

const everyMs = 60_000;
const dayMs = 86_400_000;
/** In one slice, so that no scan waits for it. */
const mostErased = 20;

/** What the guard's desk looks after by itself: visitors who stay too long, and visits that are old enough to be erased. */
export function watchVisitors(context: Pick<ServiceContext, 'store' | 'clock' | 'emit' | 'nudgeSync'>): void {
  const { store, clock } = context;
  const now = new Date(clock.now()).toISOString();
  for (const { visitorId, validTo, lane } of overdueVisitors(store, now)) {
    // A longer validity that ends too is another overstay.
    raiseAlarm(context, { kind: 'visitor-overstay', cause: `overstay ${visitorId} ${validTo}`, lane, visitorId, detail: { validTo } });
  }
  // A roll call names visitors by their row.
  if (runningMuster(store) !== null) return;
  const past = surelyPast(store);
  if (past === null) return;
  const before = new Date(past - readGuardSettings(store).visitorKeepDays * dayMs).toISOString();
  store.transaction(() => {
    for (const visitorId of eraseVisitors(store, before, now, mostErased)) {
      appendEvent(store, { type: 'visitor-changed', actor: 'system', purpose: 'retention', payload: { visitorId, erased: true } });
    }
  });
}

/** Looks every minute until the service closes. */
export function startGuardWatch(context: ServiceContext): void {
  const timer = setInterval(() => { bestEffort(context, () => watchVisitors(context)); }, everyMs);
  timer.unref();
  context.onClose(() => clearInterval(timer));
  // The scan has stored its alarm or its tick itself; it is only told here, after the commit.
  context.gate.onAnswered(({ outcome, reason, notices }) => {
    if (outcome === 'barred' || reason === 'muster' || notices.some(({ kind }) => kind === 'permit-expires')) tellLater(context, reason === 'muster');
  });
}

function tellLater(context: ServiceContext, ticked: boolean): void {
  // Not inside the answer: whoever stands at the gate waits for that.
  setImmediate(() => {
    if (!context.store.db.open) return;
    if (!ticked) tellAlarms(context);
    else changed(context, runningMuster(context.store)?.musterId ?? null);
  });
}
