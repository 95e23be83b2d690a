import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Handlers, Input } from '../../../shared/contracts/requests/index.ts';
import type { Lane, Settings, SyncState } from '../../../shared/contracts/requests/system.ts';
import type { z } from 'zod';
import {
  appendEvent, isSetUp, readHead, readKiosk, readSettings, writeKiosk, writeSettings, type Store,
} from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { fillDemo } from '../demo.ts';
import { hashSecret } from '../secret.ts';
import { addUser } from './auth.ts';

type SystemHandlers = Pick<Handlers,
  'system/ping' | 'system/status' | 'setup/complete' | 'settings/get' | 'settings/set' | 'camera/set' | 'devices/serial-ports' | 'audit/verify' | 'audit/list'>;

/** What a kiosk says of delivery while nothing delivers. */
export const notEnrolled: z.infer<typeof SyncState> = {
  state: 'not-enrolled', hubUrl: null, waiting: 0, blobsWaiting: 0, lastContactAt: null, lastAckedSeq: 0, problem: null,
};

/** The lane of a gate that nobody has set up otherwise. */
const defaultLane: z.infer<typeof Lane> = { lane: '1', name: 'Làn 1', direction: 'both', input: 'any' };

/** State, set-up, settings and the record of acts. */
export function systemHandlers(context: ServiceContext): SystemHandlers {
  const { store, clock, session, reader, upkeep } = context;
  const at = (): string => new Date(clock.now()).toISOString();
  return {
    'system/ping': async () => ({ at: at() }),
    'system/status': async () => {
      const kiosk = readKiosk(store);
      const { theme, sound, serialPath, camera } = readSettings(store);
      const user = session.user();
      const lockAt = session.lockAt();
      return {
        setUp: isSetUp(store), demo: kiosk?.demo ?? false, mode: kiosk?.mode ?? null, unit: kiosk?.unit ?? null, lanes: kiosk?.lanes ?? [],
        version: context.appVersion, keySource: store.keySource, device: store.device.id,
        sync: context.sync?.state() ?? notEnrolled, devices: context.devices.list(), at: at(),
        store: { ...upkeep.state(), events: readHead(store).seq, bytes: storeBytes(store) },
        session: user === null || lockAt === null ? null : { user, lockAt },
        theme, sound, serialPath, camera,
      };
    },
    'setup/complete': (input) => setUp(context, input),
    'settings/get': async () => context.settings(),
    'settings/set': async (changes) => {
      const actor = context.requireUser().userId;
      if (typeof changes.watchedFolder === 'string') await checkFolder(changes.watchedFolder);
      return changeSettings(context, changes, actor);
    },
    'camera/set': async (camera) => changeSettings(context, { camera }, context.requireUser().userId).camera,
    'devices/serial-ports': async () => ({ ports: await context.serialPorts() }),
    'audit/verify': () => upkeep.verifyChain(),
    'audit/list': async (input) => ({ events: await reader.read('audit', input) }),
  };
}

function changeSettings(context: ServiceContext, changes: Partial<Settings>, actor: string): Settings {
  const { store } = context;
  const next = store.transaction(() => {
    const settings = writeSettings(store, changes);
    appendEvent(store, { type: 'settings-changed', actor, payload: { changes } });
    return settings;
  });
  context.session.touch();
  context.settingsChanged(next);
  return next;
}

async function setUp(context: ServiceContext, input: Input<'setup/complete'>): Promise<{ device: string; enrolled: boolean }> {
  const { store } = context;
  if (isSetUp(store)) throw new ProblemError('already-set-up');
  const secretHash = await hashSecret(input.admin.secret);
  const { loginName, displayName } = input.admin;
  const lanes = input.mode === 'gate' && input.lanes.length === 0 ? [defaultLane] : input.lanes;
  const user = { userId: randomUUID(), loginName, displayName, role: 'kiosk-admin' as const, disabled: false };
  // Once a demo, always one, even where the set-up is cut short here and done again without.
  const kiosk = { mode: input.mode, unit: input.unit, lanes, demo: input.demo || (readKiosk(store)?.demo ?? false) };
  if (input.demo) {
    store.transaction(() => writeKiosk(store, kiosk));
    await fillDemo(context, user);
  }
  store.transaction(() => {
    if (isSetUp(store)) throw new ProblemError('already-set-up');
    writeKiosk(store, kiosk);
    appendEvent(store, {
      type: 'kiosk-set-up', actor: user.userId,
      payload: { ...kiosk, appVersion: context.appVersion },
    });
    addUser(store, user, secretHash, user.userId);
  });
  context.session.begin(user);
  context.settingsChanged(context.settings());
  if (input.hub === null || context.sync === null) return { device: store.device.id, enrolled: false };
  // The kiosk works without the hub: a code that fails now is told, and can be given again in the settings.
  const state = await context.sync.enrol(input.hub.url, input.hub.code).catch((error: unknown) => {
    if (error instanceof ProblemError) return null;
    throw error;
  });
  return { device: store.device.id, enrolled: state !== null };
}

function storeBytes(store: Store): number {
  return ['store.db', 'store.db-wal'].reduce((sum, name) => sum + (statSync(join(store.dir, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** A folder that nobody can open would be watched in vain for ever. Problem `folder-unreadable`. */
async function checkFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
  } catch {
    throw new ProblemError('folder-unreadable');
  }
}
