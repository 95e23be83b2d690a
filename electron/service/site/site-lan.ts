import { ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import { LanSettings } from '../../../shared/contracts/site.ts';
import { readSetting, writeSetting, type Store } from '../../store/index.ts';
import { pullFrom } from './site-lan-client.ts';
import { startLanServer, type LanServer } from './site-lan-server.ts';

/** How it went with one gate of the list. */
export interface PeerState { address: string; at: string | null; problem: ProblemCode | null }

export interface SiteLan {
  settings(): LanSettings;
  /** Takes settings over and acts on them. Problem: `port-in-use`; then nothing is changed. */
  set(settings: LanSettings): Promise<void>;
  listening(): number | null;
  problem(): ProblemCode | null;
  peers(): PeerState[];
  /** Asks every gate of the list now. */
  pullAll(): Promise<void>;
  close(): Promise<void>;
}

const setting = 'site-lan';
const everyMs = 15_000;
const off: LanSettings = { on: false, address: '0.0.0.0', port: 8490, peers: [] };

/** What was set for the LAN; off where nothing was. */
export function readLanSettings(store: Store): LanSettings {
  return readSetting(store, setting, LanSettings) ?? off;
}

/** Tells the other gates of the site over the LAN, and asks them, as long as it is switched on. */
export function createSiteLan(
  store: Store, { onPulled, onBug }: { onPulled(events: number, offset: { device: string; offsetMs: number }): void; onBug(error: unknown): void },
): SiteLan {
  let server: LanServer | null = null;
  let problem: ProblemCode | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let abort = new AbortController();
  let closed = false;
  const states = new Map<string, PeerState>();

  const pull = async (): Promise<void> => {
    const { peers } = readLanSettings(store);
    for (const address of peers) {
      if (abort.signal.aborted) return;
      try {
        const { events, device, offsetMs, problem: unproven } = await pullFrom(store, address, abort.signal);
        states.set(address, { address, at: new Date(store.clock.now()).toISOString(), problem: unproven });
        onPulled(events, { device, offsetMs });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        states.set(address, { address, at: states.get(address)?.at ?? null, problem: error.code });
      }
    }
  };
  const run = (): Promise<void> => running ??= pull().catch((error: unknown) => { if (!closed) onBug(error); }).finally(() => {
    running = undefined;
    if (!closed && readLanSettings(store).on) timer = setTimeout(() => void run(), everyMs);
  });
  const start = async (): Promise<void> => {
    const { on, address, port } = readLanSettings(store);
    problem = null;
    if (!on) return;
    try {
      server = await startLanServer(store, { address, port });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problem = error.code;
    }
    void run();
  };
  const stop = async (): Promise<void> => {
    clearTimeout(timer);
    abort.abort();
    await Promise.all([server?.close(), running]);
    clearTimeout(timer);
    [server, abort] = [null, new AbortController()];
  };
  const started = start().catch((error: unknown) => onBug(error));
  return {
    settings: () => readLanSettings(store),
    set: async (next) => {
      const before = readLanSettings(store);
      await started;
      await stop();
      store.transaction(() => writeSetting(store, setting, LanSettings.parse(next)));
      await start();
      if (problem === null) return;
      const code: ProblemCode = problem;
      store.transaction(() => writeSetting(store, setting, before));
      await start();
      throw new ProblemError(code);
    },
    listening: () => server?.port ?? null,
    problem: () => problem,
    peers: () => readLanSettings(store).peers.map((address) => states.get(address) ?? { address, at: null, problem: null }),
    pullAll: async () => {
      await running;
      clearTimeout(timer);
      await run();
    },
    close: async () => {
      closed = true;
      await started;
      await stop();
    },
  };
}
