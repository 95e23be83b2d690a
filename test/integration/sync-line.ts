import { afterAll, beforeAll, beforeEach } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { appendEvent, openStore, writeKiosk, type Store } from '../../electron/store/index.ts';
import { deliver, type Delivered } from '../../electron/sync/deliver.ts';
import { createHubClient, type HubClient } from '../../electron/sync/hub-client.ts';
import { emptyDetails } from '../../shared/contracts/worker-details.ts';
import type { Worker } from '../../shared/domain/roster.ts';
import { enrolCode, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { startLossyProxy, type LossyProxy } from '../fixtures/lossy-proxy.ts';
import { gateScan } from '../fixtures/scripted-kiosk.ts';
import { temporaryFolder } from './temporary.ts';

/** A store that is enrolled with a true hub, over a line that loses what a test says. */
class SyncLine {
  server!: TestServer;
  hub!: TestHub;
  proxy!: LossyProxy;
  store!: Store;
  readonly #opened: Store[] = [];

  /** One more store, of a unit of the hub. */
  async enrolled(unit = 'KCN-01'): Promise<Store> {
    const store = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
    this.#opened.push(store);
    store.transaction(() => writeKiosk(store, { mode: 'gate', unit: { code: 'chưa', name: 'Chưa đặt' }, lanes: [], demo: false }));
    await enrolKiosk(store, this.proxy.url, await enrolCode(this.hub, unit), 'quan-tri');
    return store;
  }

  /** Writes so many scans down. */
  note(count: number): void {
    this.store.transaction(() => {
      for (let i = 0; i < count; i += 1) appendEvent(this.store, { type: 'gate-scan', payload: gateScan(i), actor: 'gate' });
    });
  }

  client(of = this.store): HubClient {
    return createHubClient({ url: this.proxy.url, signer: { device: of.device.id, sign: (bytes) => of.device.sign(bytes) }, timeoutMs: 10_000 });
  }

  /** One delivery of all that waits. */
  send(of = this.store): Promise<Delivered> {
    return deliver(storeOutbox(of), this.client(of));
  }

  /** The numbers that the hub holds of the store's events, in order. */
  async held(): Promise<number[]> {
    return (await this.hub.sql<{ seq: string }[]>`select seq from event where device = ${this.store.device.id} order by seq`).map(({ seq }) => Number(seq));
  }

  async begin(): Promise<void> {
    this.hub = await this.server.hub();
    this.proxy = await startLossyProxy(this.hub.url);
    this.store = await this.enrolled();
  }

  close(): void {
    for (const store of this.#opened) store.close();
  }
}

/** A line for a file of tests: its database server is started once, hub, proxy and store are new for each test. */
export function syncLine(): SyncLine {
  const line = new SyncLine();
  beforeAll(async () => { line.server = await startTestServer(); }, 60_000);
  afterAll(() => line.server.stop());
  beforeEach(async () => {
    await line.begin();
    return () => line.proxy.close();
  }, 30_000);
  // Stores stay open until all tests of the file are through: a hook knows no end of its test.
  afterAll(() => line.close());
  return line;
}

export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** An invented worker. */
export function syncWorker(workerId: string, personalId: string): Worker {
  return {
    workerId, fullName: 'Lê Văn Chi', department: 'Tổ may 2', employer: 'Công ty Ba', personalId, startDate: null, endDate: null, shiftId: null, cardNumber: null,
    pass: null, barred: false, language: 'vi', nationality: null, sex: 'Nam', birthDate: null, details: emptyDetails,
  };
}
