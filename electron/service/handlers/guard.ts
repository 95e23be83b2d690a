import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { GuardSettings } from '../../../shared/contracts/visitor.ts';
import { appendEvent, countAlarms, findVisitor, readGuardSettings, readKiosk, settleAlarm, writeGuardSettings } from '../../store/index.ts';
import { tellAlarms } from '../gate/alarms.ts';
import { barPerson, liftBar } from '../gate/barred.ts';
import type { ServiceContext } from '../context.ts';
import { startGuardWatch, watchVisitors } from '../gate/guard-watch.ts';
import { importVisitors } from '../gate/visitor-import.ts';
import { changeVisitor, identifyVisitor, registerVisitor } from '../gate/visitors.ts';

type GuardHandlers = Pick<Handlers, 'visitors/list' | 'visitors/identify' | 'visitors/await' | 'visitors/register' | 'visitors/change' | 'visitors/pass' | 'visitors/import'
  | 'alarms/count' | 'alarms/list' | 'alarms/settle' | 'barred/list' | 'barred/add' | 'barred/lift' | 'guard/settings' | 'guard/set' | 'muster/assembly'>;

/** A screen shows no more refused rows than these; all are counted. */
const mostRefusedShown = 1000;

/** The guard's desk: visitors and contractors, who is barred, alarms. */
export function guardHandlers(context: ServiceContext): GuardHandlers {
  const { store, clock, reader } = context;
  startGuardWatch(context);
  const actor = (): string => context.requireUser().userId;
  const done = <T>(output: T): T => {
    context.nudgeSync();
    return output;
  };
  const setGuard = (settings: GuardSettings): GuardSettings => store.transaction(() => {
    if (JSON.stringify(settings) === JSON.stringify(readGuardSettings(store))) return settings;
    writeGuardSettings(store, settings);
    appendEvent(store, { type: 'settings-changed', actor: actor(), payload: { changes: { guard: settings } } });
    return settings;
  });
  return {
    'visitors/list': (input) => reader.read('visitors', { ...input, now: clock.now() }),
    'visitors/identify': async ({ text }) => identifyVisitor(store, text, clock.now()),
    'visitors/await': async ({ on }) => {
      context.lanes().visitor.wait(on);
      return {};
    },
    'visitors/register': async ({ visitorId, visitor, identity, passCard = null }) => done(registerVisitor(store, visitorId, visitor, identity, actor(), passCard)),
    'visitors/change': async (input) => {
      const changed = changeVisitor(store, input, actor());
      // A shorter time may be over already.
      watchVisitors(context);
      return done(changed);
    },
    'visitors/pass': async ({ visitorId, form }) => {
      const visitor = findVisitor(store, visitorId);
      if (visitor === null) throw new ProblemError('not-found', 'visitor');
      // Brings a PDF writer and a font along, which no start needs.
      const { visitorPassPdf } = await import('../gate/visitor-pass.ts');
      return visitorPassPdf(visitor, { unitName: readKiosk(store)?.unit.name ?? '', form, at: clock.now() });
    },
    'visitors/import': async ({ fileName, content, dryRun, kind = 'contractor' }) => {
      const refused: Output<'visitors/import'>['refused'] = [];
      const { refused: refusedTotal, columns, ...counts } = await importVisitors(store, {
        fileName, content, kind, dryRun, actor: actor(),
        onRefused: (row) => { if (refused.length < mostRefusedShown) refused.push(row); },
        onProgress: (rows) => {
          // Somebody who waits for a long import has not gone away.
          context.session.touch();
          context.emit('roster/progress', { done: rows, of: null });
        },
      });
      return done({ ...counts, refused, refusedTotal, columns: columns as Record<string, string> });
    },
    'alarms/count': async () => ({ waiting: countAlarms(store) }),
    'alarms/list': async (input) => ({ waiting: countAlarms(store), alarms: await reader.read('alarms', input) }),
    'alarms/settle': async ({ alarmId, note }) => {
      if (settleAlarm(store, alarmId, note, actor()) === null) throw new ProblemError('not-found', 'alarm');
      return { waiting: tellAlarms(context) };
    },
    'barred/list': async () => ({ people: await reader.read('barred', null) }),
    'barred/add': async ({ barredId, who, reason }) => done({ added: barPerson(store, { barredId, who, reason }, actor()) }),
    'barred/lift': async (input) => done({ lifted: liftBar(store, input, actor()) }),
    'guard/settings': async () => readGuardSettings(store),
    'guard/set': async (settings) => done(setGuard(settings)),
    'muster/assembly': async ({ lanes }) => done(setGuard({ ...readGuardSettings(store), assemblyLanes: lanes })),
  };
}
