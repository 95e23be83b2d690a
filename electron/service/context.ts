import type { z } from 'zod';
import type { User } from '../../shared/contracts/people.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { DeviceState, Settings, SyncState } from '../../shared/contracts/requests/system.ts';
import type { TrustAnchors } from '../card/pki/anchors.ts';
import type { CardReaders } from '../devices/card-readers.ts';
import { PcscReaders } from '../devices/pcsc.ts';
import {
  openStore, readKiosk, readSettings, trustAnchors, type Clock, type Kiosk, type Store, systemClock,
} from '../store/index.ts';
import { createFaceHold, type FaceHold } from './card/face-hold.ts';
import { createGateDesk, type GateDesk } from './gate/gate-desk.ts';
import type { LaneDesk } from './gate/lane-desk.ts';
import { createIdentitySeen, type IdentitySeen } from './card/identity-seen.ts';
import { createReaderDesk, type ReaderDesk } from './card/reader-desk.ts';
import { withoutWords } from './log.ts';
import { createReader, type Reader } from './reader.ts';
import type { ServiceContext as Outside } from './service-context.ts';
import { createSession, type Session } from './session.ts';
import { startUpkeep, type Upkeep } from './upkeep.ts';

/** Delivery to the hub, as the other handlers know it (electron/service/handlers/sync.ts makes it). */
export interface SyncPort {
  state(): z.infer<typeof SyncState>;
  /** Enrols with a one-time code; problems `hub-unreachable`, `enrol-code-wrong`, `hub-refused`. */
  enrol(url: string, code: string): Promise<z.infer<typeof SyncState>>;
  /** Delivers what waits, now. */
  now(): Promise<z.infer<typeof SyncState>>;
  /** Says that something new waits; returns at once. */
  nudge(): void;
  close(): Promise<void>;
}

/** What is plugged in, for the status strip. Devices report themselves; a change is told to every page. */
export interface DeviceRegistry {
  list(): z.infer<typeof DeviceState>[];
  /** Notes and tells a state; keyed by kind and name. */
  report(state: z.infer<typeof DeviceState>): void;
}

/** All that a handler works with. */
export interface ServiceContext extends Outside {
  store: Store;
  clock: Clock;
  session: Session;
  /** Reads that may take long, off the main path. */
  reader: Reader;
  upkeep: Upkeep;
  devices: DeviceRegistry;
  /** The card readers of this machine, one connection for all who read. */
  cards: CardReaders;
  readerDesk: ReaderDesk;
  faces: FaceHold;
  identitySeen: IdentitySeen;
  gate: GateDesk;
  /** The devices of the lanes; only after they were wired. */
  lanes(): LaneDesk;
  /** Null until the sync handlers are made. */
  sync: SyncPort | null;
  settings(): Settings;
  /** Problem `not-set-up` before the set-up. */
  kiosk(): Kiosk;
  /** Who is logged in. Problem `not-logged-in`. */
  requireUser(): User;
  /** Who acts: the user's id, or `gate` where nobody is logged in. */
  actor(): string;
  /** What the administrator trusts chips by; read once, and again after a change. */
  trustAnchors(): TrustAnchors;
  /** Tells that the trust store is another now. */
  trustChanged(): void;
  /** Tells sync, where there is one, that something new waits; returns at once. */
  nudgeSync(): void;
  /** Tells whoever listens, devices above all, that settings are others now. */
  settingsChanged(settings: Settings): void;
  onSettings(listener: (settings: Settings) => void): void;
  /** Serial lines of this machine; set by what wires the devices. */
  serialPorts(): Promise<{ path: string; label: string }[]>;
  /** Called at the end, last registered first; the store is closed after all of them. */
  onClose(end: () => void | Promise<void>): void;
  close(): Promise<void>;
}

export interface ContextOptions {
  clock?: Clock;
  /** Scripted in tests. */
  cards?: CardReaders;
}

/** Opens the store in the data folder (made where there is none) and puts the context around it. Problems: as `openStore`. */
export function createContext(outside: Outside, { clock = systemClock, cards = new PcscReaders() }: ContextOptions = {}): ServiceContext {
  const store = openStore(outside.dataDir, { key: outside.key, create: true, appVersion: outside.appVersion, clock });
  const ends: (() => void | Promise<void>)[] = [];
  const faces = createFaceHold(() => clock.monoMs());
  const session = createSession({
    clock, idleSeconds: () => readSettings(store).idleLockSeconds,
    onLocked: (reason) => {
      faces.drop();
      outside.emit('session/locked', { reason });
    },
  });
  const devices = createDevices(outside);
  const reader = createReader(store.access);
  const upkeep = startUpkeep(store, outside.log);
  let anchors: TrustAnchors | null = null;
  const settingsListeners: ((settings: Settings) => void)[] = [];
  ends.push(() => faces.drop(), () => session.close(), () => reader.close(), () => upkeep.close());
  const context: ServiceContext = {
    ...outside, keySource: store.keySource,
    store, clock, session, reader, upkeep, devices, cards, sync: null,
    faces, readerDesk: createReaderDesk({ chosen: () => readSettings(store).readerName, emit: outside.emit }),
    identitySeen: createIdentitySeen(() => clock.monoMs()),
    gate: createGateDesk(store, () => context.sync?.nudge(), (error) => outside.log.error({ error: withoutWords(error) }, 'a listener of the gate failed')),
    settings: () => readSettings(store),
    kiosk: () => {
      const kiosk = readKiosk(store);
      if (kiosk === null) throw new ProblemError('not-set-up');
      return kiosk;
    },
    requireUser: () => {
      const user = session.user();
      if (user === null) throw new ProblemError('not-logged-in');
      return user;
    },
    actor: () => session.user()?.userId ?? 'gate',
    trustAnchors: () => anchors ??= trustAnchors(store),
    trustChanged: () => { anchors = null; },
    nudgeSync: () => context.sync?.nudge(),
    settingsChanged: (settings) => settingsListeners.forEach((listener) => listener(settings)),
    onSettings: (listener) => void settingsListeners.push(listener),
    serialPorts: async () => [],
    lanes: () => { throw new Error('the lanes are not wired'); },
    onClose: (end) => void ends.push(end),
    close: async () => {
      for (const end of ends.toReversed()) await end();
      store.close();
    },
  };
  return context;
}

function createDevices({ emit }: Outside): DeviceRegistry {
  const states = new Map<string, z.infer<typeof DeviceState>>();
  return {
    list: () => [...states.values()],
    report: (state) => {
      states.set(`${state.kind} ${state.name}`, state);
      emit('device/state', state);
    },
  };
}
