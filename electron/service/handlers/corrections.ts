import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import type { ServiceContext } from '../context.ts';
import { decide, propose } from '../time/correction-desk.ts';
import { correctionReasons } from '../time/correction-reasons.ts';
import { createReader } from '../reader.ts';

type CorrectionHandlers = Pick<Handlers, Extract<keyof Handlers, `inbox/${string}` | `corrections/${string}`>>;

/** The inbox of exceptions and what two people make of them. Reading never runs beside a scan, writing only in short slices. */
export function correctionHandlers(context: ServiceContext): CorrectionHandlers {
  const { store, clock } = context;
  const reports = createReader(store.access);
  context.onClose(() => reports.close());
  const now = (): number => clock.now();
  const userId = (): string => context.requireUser().userId;
  return {
    'inbox/list': (input) => reports.read('inboxList', { ...input, now: now() }),
    'inbox/day': (input) => reports.read('inboxDay', { ...input, userId: userId(), now: now() }),
    'inbox/preview': (input) => reports.read('inboxPreview', { ...input, now: now() }),
    'inbox/plan': (input) => reports.read('inboxPlan', { ...input, now: now() }),
    'inbox/outage': (input) => reports.read('outageList', { ...input, now: now() }),
    'corrections/reasons': async () => correctionReasons(workDateOf(now())),
    'corrections/propose': async (input) => {
      const done = await propose(store, input, context.requireUser());
      context.nudgeSync();
      return done;
    },
    'corrections/waiting': () => reports.read('waitingList', { userId: userId() }),
    'corrections/batch': (input) => reports.read('batchList', { ...input, now: now() }),
    'corrections/decide': async (input) => {
      const done = await decide(store, input, context.requireUser());
      context.nudgeSync();
      return done;
    },
    'corrections/differences': (input) => reports.read('differenceList', { ...input, now: now() }),
    'corrections/export': (input) => reports.read('differenceFile', { ...input, now: now() }),
  };
}
