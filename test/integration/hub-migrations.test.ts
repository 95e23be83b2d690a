import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHub } from '../../hub/open-hub.ts';
import { migrate, migrations } from '../../hub/store/database.ts';
import { enrolled, startTestServer, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan } from '../fixtures/scripted-kiosk.ts';

let server: TestServer;
let owner: postgres.Sql;

beforeAll(async () => {
  server = await startTestServer();
  owner = postgres(server.cluster.url('postgres'), { max: 1, onnotice: () => undefined });
}, 60_000);
afterAll(async () => {
  await owner.end();
  await server.stop();
});

async function database(name: string): Promise<string> {
  await owner.unsafe(`create database ${name}`);
  return server.cluster.url(name);
}

describe('migrations of the hub', () => {
  // First: the role is of the whole server, and here it is made by this owner.
  it('anOwnerWhoIsNoSuperuser_canRunAHub', async () => {
    await owner.unsafe("create role chu login createrole password 'chu'");
    await owner.unsafe('create database owned owner chu');
    const url = server.cluster.url('owned').replace(/\/\/[^@]+@/, '//chu:chu@');
    const hub = await openHub({ databaseUrl: url, dataDir: path.join(server.dir, 'owned'), host: '127.0.0.1', port: 0, behindTls: false });
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('gate-scan', gateScan(1));
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 1, quarantined: [] });
    await hub.close();
  });

  it('run_thenRunAgain_changeNothing_alsoByTwoReplicasAtOnce', async () => {
    const url = await database('twice');
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    await migrate(url);
    const sql = postgres(url, { max: 1 });
    expect((await sql`select no from hub_migration order by no`).map(({ no }) => no as number)).toEqual(migrations().map(({ no }) => no));
    await sql.end();
  });

  it('aDatabaseOfANewerVersion_isRefused', async () => {
    const url = await database('newer');
    await migrate(url, [...migrations(), { no: 9999, name: '9999-future.sql', text: 'select 1' }]);
    await expect(migrate(url)).rejects.toMatchObject({ code: 'store-too-new' });
  });

  it('aReleasedMigrationThatWasEdited_isRefused', async () => {
    const url = await database('edited');
    await migrate(url);
    const [first, ...rest] = migrations();
    await expect(migrate(url, [{ ...first!, text: `${first!.text}\n-- edited` }, ...rest])).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('aMigrationThatFails_leavesNothingOfItself', async () => {
    const url = await database('failing');
    const bad = { no: 9998, name: '9998-bad.sql', text: 'create table half (a int); select 1 / 0;' };
    await expect(migrate(url, [...migrations(), bad])).rejects.toThrow(/division by zero/);
    const sql = postgres(url, { max: 1 });
    expect((await sql`select to_regclass('half') as half`)[0]!.half).toBeNull();
    await sql.end();
    await migrate(url);
  });

  it('everyTable_saysWhatItIs', async () => {
    const url = await database('commented');
    await migrate(url);
    const sql = postgres(url, { max: 1 });
    const silent = await sql<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> 'hub_migration' and obj_description(oid) is null`;
    expect([...silent]).toEqual([]);
    await sql.end();
  });
});
