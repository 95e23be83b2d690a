import postgres from 'postgres';
import { createHubClient, enrolWithHub } from '../../electron/sync/hub-client.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { enrolCode, startTestServer, type TestHub } from '../fixtures/hub-server.ts';
import { gateScan, scriptedKiosk, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';
import { rounded, type Figure } from './figure.ts';

const batch = 500;

const rounds = 5;

/**
 * Rows a second that a kiosk's pushes put into the hub (packed, signed, checked link by link, projected, committed),
 * beside a bare multi-row insert of the same rows, batch for batch, into a plain table of the same PostgreSQL. All are
 * measured in turns, after a first turn that does not count: a shared machine changes its mind within seconds.
 * @param events how many rows each of the figures sends
 */
export async function bench({ events }: { events: number }): Promise<Figure[]> {
  const server = await startTestServer();
  try {
    const hub = await server.hub();
    await hub.sql`create table bare (device text, epoch text, seq bigint, id uuid, type text, at timestamptz, hash text, prev_hash text,
      payload jsonb, primary key (device, epoch, seq))`;
    const share = Math.ceil(events / rounds);
    const seconds = { bare: 0, one: 0, four: 0, again: 0 };
    for (let round = 0; round <= rounds; round += 1) {
      const single = filled(share);
      const four = Array.from({ length: 4 }, () => filled(Math.ceil(share / 4)));
      const took = {
        bare: await bareInsert(hub, single.events), one: await pushAll(hub, [single]),
        four: await pushAll(hub, four), again: await pushAll(hub, [single], false),
      };
      if (round > 0) for (const name of ['bare', 'one', 'four', 'again'] as const) seconds[name] += took[name];
    }
    const rate = (name: keyof typeof seconds): number => (share * rounds) / seconds[name];
    const peer = { name: 'bare multi-row insert, 500 rows a commit', value: rounded(rate('bare')) };
    const figure = (name: string, value: number, goal: string | null, met: boolean | null): Figure => (
      { name, value: rounded(value), unit: 'rows/s', peer, ratio: rounded(value / rate('bare')), goal, met });
    return [
      figure('sync: push over HTTP, one kiosk', rate('one'), '>= 2000 rows/s (twice the worst peak of a big province)', rate('one') >= 2000),
      figure('sync: push over HTTP, four kiosks at once', rate('four'), null, null),
      figure('sync: the same again, all held already', rate('again'), null, null),
    ];
  } finally {
    await server.stop();
  }
}

function filled(count: number): ScriptedKiosk {
  const kiosk = scriptedKiosk();
  for (let i = 0; i < count; i += 1) kiosk.append('gate-scan', gateScan(i));
  return kiosk;
}

/** Seconds that the pushes of all took together; enrolling is not counted. */
async function pushAll(hub: TestHub, kiosks: readonly ScriptedKiosk[], fresh = true): Promise<number> {
  for (const kiosk of fresh ? kiosks : []) {
    await enrolWithHub(hub.url, { code: await enrolCode(hub), publicKey: kiosk.publicKey, name: 'Cổng', mode: 'gate', appVersion: '0.1.0' });
  }
  const began = performance.now();
  await Promise.all(kiosks.map(async (kiosk) => {
    const client = createHubClient({ url: hub.url, signer: kiosk.signer });
    for (let at = 0; at < kiosk.events.length; at += batch) await client.push(kiosk.events.slice(at, at + batch));
  }));
  return (performance.now() - began) / 1000;
}

/** The same facts without the hub: no HTTP, no signature, no check, one unique key. Seconds. */
async function bareInsert(hub: TestHub, events: readonly StoredEvent[]): Promise<number> {
  const { sql } = hub;
  const began = performance.now();
  for (let at = 0; at < events.length; at += batch) {
    const rows = events.slice(at, at + batch).map((event) => ({
      device: event.device, epoch: event.epoch, seq: event.seq, id: event.id, type: event.type, at: event.at, hash: event.hash,
      prev_hash: event.prevHash, payload: sql.json(event.payload as postgres.JSONValue),
    }));
    await sql`insert into bare ${sql(rows)}`;
  }
  return (performance.now() - began) / 1000;
}
