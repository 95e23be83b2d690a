import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncHandlers } from '../../electron/service/handlers/sync.ts';
import { beginEpoch, heldNumberBlock, keepNumberBlock } from '../../electron/store/index.ts';
import { createHubClient, enrolWithHub } from '../../electron/sync/hub-client.ts';
import { enrolCode, helloOf, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { scriptedKiosk, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';
import { blockOfDevice } from '../../shared/domain/dossier-code.ts';
import { receive, startCounter } from './counter-service.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

async function counter(unit = 'H42', mode: 'counter' | 'gate' = 'counter'): Promise<{ kiosk: ScriptedKiosk; block: (held?: string | null) => Promise<string | null | undefined> }> {
  const kiosk = scriptedKiosk();
  await enrolWithHub(hub.url, { code: await enrolCode(hub, unit), publicKey: kiosk.publicKey, name: 'Quầy', mode, appVersion: '0.1.0' });
  const client = createHubClient({ url: hub.url, signer: kiosk.signer });
  return { kiosk, block: async (held = null) => (await client.hello({ ...helloOf(kiosk), numberBlock: held })).numberBlock };
}

describe('the hub gives a block', () => {
  it('toEachCounterItsOwn_theSameAgain_andToAGateNone', async () => {
    const [one, two, other, gate] = [await counter(), await counter(), await counter('H43'), await counter('H42', 'gate')];
    expect([await one.block(), await two.block(), await one.block(), await one.block('01'), await other.block(), await gate.block()]).toEqual(['01', '02', '01', '01', '01', null]);
  });

  it('aNewEpochGetsANewOne_andNobodyTheOldOne', async () => {
    const [one, two] = [await counter(), await counter()];
    expect(await one.block()).toBe('01');
    one.kiosk.epoch = 'a'.repeat(16);
    expect([await one.block(), await two.block()]).toEqual(['02', '03']);
  });

  it('tenCountersAtOnce_getTenDifferentOnes', async () => {
    const counters = await Promise.all(Array.from({ length: 10 }, () => counter()));
    expect(new Set(await Promise.all(counters.map(({ block }) => block()))).size).toBe(10);
  });

  it('aDatabaseThatWasSetBack_learnsOfBlocksFromKiosks_andLeavesOutWhatItMayHaveGiven', async () => {
    const [one, two] = [await counter(), await counter()];
    expect([await one.block(), await two.block()]).toEqual(['01', '02']);
    await hub.sql`delete from number_block where block_no = 2`;
    await hub.sql`update hub_state set hub_epoch = 'ffffffffffffffff'`;
    const three = await counter();
    expect([await three.block(), await two.block('02'), await (await counter()).block()]).toEqual(['22', '02', '23']);
  });

  it('aBlockThatAnotherHasMeanwhile_isNotGivenTwice_andSomebodyIsTold', async () => {
    const [one, two] = [await counter(), await counter()];
    expect(await one.block()).toBe('01');
    expect(await two.block('01')).toBe('02');
    expect((await hub.sql`select code from alarm`).map(({ code }) => String(code))).toEqual(['number-block-clash']);
  });

  it('whatAKioskClaims_isNoWayToUseUpTheRest', async () => {
    const [one, two] = [await counter(), await counter()];
    expect([await one.block('ZZ'), await two.block()]).toEqual(['ZZ', '01']);
  });

  it('aUnitWithoutFreeBlocks_getsNone', async () => {
    const one = await counter();
    await hub.sql`insert into number_block (unit, block_no, device, epoch, hub_epoch, claimed)
      select 'H42', n, ${one.kiosk.device}, lpad(to_hex(n), 16, '0'), 'x', false from generate_series(1, 915) n`;
    expect(await one.block()).toBe(null);
  });

  it('aKioskThatWasSetBack_getsNoneBeforeItsNewEpoch', async () => {
    const { kiosk, block } = await counter();
    expect(await block()).toBe('01');
    await hub.sql`insert into chain (device, epoch, have_seq, have_head) values (${kiosk.device}, ${kiosk.epoch}, 9, ${'a'.repeat(64)})`;
    expect(await block('01')).toBe(null);
  });
});

describe('a counter', () => {
  it('numbersInTheHubsBlock_offLineToo_andByItsLettersBeforeAndInANewEpoch_eachChangeAnEvent', async () => {
    const taken = await counter('H42');
    expect(await taken.block()).toBe('01');
    const own = await startCounter();
    const { store } = own.service.context;
    const handlers = syncHandlers(own.service.context);
    const code = async (): Promise<string> => (await receive(own, 'Đăng ký khai sinh')).dossierCode;
    const letters = blockOfDevice(store.device.id);
    expect(await code()).toBe(`KCN01-261119-${letters}001`);
    await handlers['sync/enrol']({ url: hub.url, code: await enrolCode(hub, 'H42') });
    await handlers['sync/now']({});
    expect(await code()).toBe('H42-261119-0201');
    await handlers['sync/now']({});
    await hub.close();
    expect(await code()).toBe('H42-261119-0202');
    const { epoch } = store.epoch;
    beginEpoch(store, 'qt');
    expect(await code()).toBe(`H42-261119-${letters}002`);
    // An answer for the epoch before comes too late.
    keepNumberBlock(store, epoch, '02');
    expect(heldNumberBlock(store, 'H42')).toBe(null);
    keepNumberBlock(store, store.epoch.epoch, '05');
    keepNumberBlock(store, store.epoch.epoch, '05');
    expect([heldNumberBlock(store, 'H42'), heldNumberBlock(store, 'H43')]).toEqual(['05', null]);
    keepNumberBlock(store, store.epoch.epoch, null);
    expect(heldNumberBlock(store, 'H42')).toBe(null);
    const rows = store.sql<[], { payload: string }>("select payload from event where type = 'number-block-given' order by rowid").all();
    expect(rows.map(({ payload }) => (JSON.parse(payload) as { block: string | null }).block).slice(-3)).toEqual(['02', '05', null].slice(-rows.length));
  }, 30_000);
});
