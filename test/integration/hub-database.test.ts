import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openPool, type Sql, type Tx } from '../../hub/store/database.ts';
import { startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

const lost = ['CONNECTION_CLOSED', 'ECONNRESET', '57P01'];
const codeOf = async (work: PromiseLike<unknown>): Promise<unknown> => { try { return await work; } catch (error) { return (error as { code?: unknown }).code; } };
const pidOf = async (sql: Sql | Tx): Promise<number> => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid;
const answerOf = async (sql: Sql, n: number): Promise<number> => (await sql<{ n: number }[]>`select ${n}::integer as n`)[0]!.n;
const end = async (pid: number): Promise<unknown> => hub.sql`select pg_terminate_backend(${pid}, 5000)`;

function pool(): Sql {
  const sql = openPool(server.cluster.url(hub.database), 1);
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

describe('a connection of the pool whose backend dies', () => {
  it.each([1, 2, 3])('insideATransaction_failsIt_endsNoProcess_andTheNextStatementIsAnswered_%i', async (n) => {
    const sql = pool();
    let pid = 0;
    const failed = codeOf(sql.begin(async (tx) => {
      pid = await pidOf(tx);
      // Nothing is bound: the rollback is the first small write after the loss.
      await tx`select pg_sleep(20)`;
    }));
    await expect.poll(() => pid).not.toBe(0);
    await end(pid);
    expect(lost).toContain(await failed);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(await answerOf(sql, n)).toBe(n);
  });

  it('underItsFirstStatement_leavesAConnectionThatSendsAgain', async () => {
    const sql = pool();
    for (let i = 0; i < 10; i += 1) {
      const pid = await pidOf(sql);
      const failed = codeOf(sql`select pg_sleep(20), ${i}::integer`);
      await end(pid);
      expect(lost).toContain(await failed);
      expect(await answerOf(sql, i)).toBe(i);
    }
  });
});
