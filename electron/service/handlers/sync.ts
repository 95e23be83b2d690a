import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { EnrolInput } from '../../../shared/contracts/hub.ts';
import { readKiosk, saveEnrolment, writeKiosk, type Store } from '../../store/index.ts';
import { enrolWithHub } from '../../sync/hub-client.ts';
import type { ServiceContext } from '../context.ts';
import { startSyncLoop } from '../sync-loop.ts';

type SyncHandlers = Pick<Handlers, 'sync/status' | 'sync/now' | 'sync/enrol'>;

/** Delivery to the hub: starts its loop and gives the context its port. */
export function syncHandlers(context: ServiceContext): SyncHandlers {
  const { store } = context;
  const loop = startSyncLoop(store, {
    onState: (state) => context.emit('sync/state', state),
    // Not swallowed: an unexpected failure ends the service, which is started again.
    onBug: (error) => setImmediate(() => { throw error; }),
  });
  const enrol = async (url: string, code: string): ReturnType<typeof loop.now> => {
    await enrolKiosk(store, url, code, context.actor());
    return loop.restart();
  };
  context.sync = { state: loop.state, now: loop.now, nudge: loop.wake, enrol, close: loop.stop };
  context.onClose(loop.stop);
  return {
    'sync/status': async () => loop.state(),
    'sync/now': () => loop.now(),
    'sync/enrol': ({ url, code }) => enrol(url, code),
  };
}

/**
 * Enrols this kiosk with the store's device key and keeps what the hub answered: its id, the unit, the site's key.
 * Problems: `not-set-up`, `request-invalid`, `enrol-code-wrong`, `hub-unreachable`, `hub-refused`, `device-revoked`.
 */
export async function enrolKiosk(store: Store, url: string, code: string, actor: string): Promise<void> {
  const kiosk = readKiosk(store);
  if (kiosk === null) throw new ProblemError('not-set-up');
  // As it is read out and typed: small letters, a space or a dash in the middle.
  const typed = code.toUpperCase().replaceAll(/[\s-]/g, '');
  const name = kiosk.lanes.map((lane) => lane.name).filter((each) => each !== '').join(', ').slice(0, 60);
  const input = EnrolInput.safeParse({
    code: typed, publicKey: Buffer.from(store.device.publicKey).toString('base64'),
    name: `${kiosk.mode === 'gate' ? 'Cổng' : 'Quầy'} ${name || store.device.id.slice(0, 6)}`, mode: kiosk.mode, appVersion: store.appVersion,
  });
  if (!input.success) throw new ProblemError('enrol-code-wrong');
  const { hubId, unit: hubUnit, siteKey, device } = await enrolWithHub(url, input.data);
  const key = Buffer.from(siteKey, 'base64');
  if (device !== store.device.id || key.length !== 32) throw new ProblemError('hub-refused', 'answer');
  // A hub that was told no name gives the code in its place: receipts keep the name that was typed on this kiosk.
  const unit = hubUnit.name === hubUnit.code ? { ...hubUnit, name: kiosk.unit.name } : hubUnit;
  store.transaction(() => {
    // The code is bound to a unit, and the hub's word counts.
    writeKiosk(store, { ...kiosk, unit });
    saveEnrolment(store, { url, hubId, unit }, key, actor);
  });
}
