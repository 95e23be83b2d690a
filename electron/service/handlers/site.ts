import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';
import { beginEpoch, measureClock, readGates, readHubLink, reportedUntil, retireGate } from '../../store/index.ts';
import { createClockWatch } from '../site/clock-watch.ts';
import type { ServiceContext } from '../context.ts';
import { gateName } from '../gate/gate-name.ts';
import { createReader } from '../reader.ts';
import { importSiteFile, noteExport } from '../site/site-file.ts';
import { createSiteLan } from '../site/site-lan.ts';
import { settleAll } from '../site/site-merge.ts';
import { joinBySecret, siteSecret } from '../site/site-secret.ts';

type SiteHandlers = Pick<Handlers, 'site/status' | 'site/export' | 'site/import' | 'site/pull' | 'site/retire' | 'site/lan-set' | 'site/key' | 'site/join'
  | 'site/new-epoch' | 'clock/state'>;

/** The gates of the site: what they have told, the ways on which they tell it, and how far this one's clock is right. */
export function siteHandlers(context: ServiceContext): SiteHandlers {
  const { store, clock } = context;
  // Not swallowed: an unexpected failure ends the service, which is started again.
  const onBug = (error: unknown): void => { setImmediate(() => { throw error; }); };
  const watch = createClockWatch(store, { onChange: (state) => context.emit('clock/state', state) });
  const lan = createSiteLan(store, {
    onBug,
    onPulled: (_events, { device, offsetMs }) => { if (measureClock(store, device, offsetMs)) watch.changed(); },
  });
  // A file of a year is read for seconds: a thread of its own, so that the log and the counts go on.
  const files = createReader(store.access);
  context.onClose(() => files.close());
  context.onClose(() => lan.close());
  context.onClose(() => watch.close());
  // What a cut-off merge has left.
  settleAll(store).catch(onBug);

  const status = (): Output<'site/status'> => {
    const now = clock.now();
    const { until, missing } = reportedUntil(store, now);
    return {
      gates: readGates(store, now, gateName(store)), reportedUntil: until === 0 ? null : iso(until),
      missing: missing.map(({ since, ...gate }) => ({ ...gate, since: since === null ? null : iso(since) })),
      hub: readHubLink(store) !== null, lan: lan.settings(), listening: lan.listening(), lanProblem: lan.problem(), peers: lan.peers(), clock: watch.state(),
    };
  };
  return {
    'site/status': async () => status(),
    'site/export': async ({ since }) => {
      const { fileName, content, ...made } = await files.read('siteFile', { since: since === null ? null : startOfDay(since) });
      noteExport(store, made, context.requireUser().userId);
      context.nudgeSync();
      return { fileName, content, events: made.events };
    },
    'site/import': async ({ content }) => {
      const { name, events, quarantined, problem } = await importSiteFile(store, content, () => context.session.touch());
      return { name, events, quarantined, problem };
    },
    'site/pull': async () => {
      await lan.pullAll();
      return status();
    },
    'site/retire': async ({ device }) => {
      const changed = retireGate(store, device, context.requireUser().userId);
      context.nudgeSync();
      return { changed };
    },
    'site/lan-set': async (settings) => {
      await lan.set(settings);
      return status();
    },
    'site/key': async () => {
      const { text, code } = await siteSecret(store, context.requireUser().userId);
      return { fileName: `khoa-lien-cong-${store.device.id.slice(0, 6)}.mckey`, content: new TextEncoder().encode(text), code };
    },
    'site/join': ({ content, code }) => joinBySecret(store, { text: new TextDecoder().decode(content), code, actor: context.requireUser().userId }),
    'site/new-epoch': async () => {
      const epoch = beginEpoch(store, context.requireUser().userId);
      await context.sync?.now();
      return { epoch };
    },
    'clock/state': async () => watch.state(),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
