import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HubClient } from '../../electron/sync/hub-client.ts';
import { enrolled, helloOf, localPost, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import type { ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

interface Gate { kiosk: ScriptedKiosk; client: HubClient }
const at = (date: string, clock = '01:00') => ({ at: `${date}T${clock}:00.000Z` });
const worker = ({ kiosk }: Gate, workerId: string, employer: string, more: Record<string, unknown> = {}): void => (
  void kiosk.append('worker-recorded', { workerId, fullName: 'Nguyễn Thị Mẫu', employer, department: 'Tổ 1', startDate: '2024-01-01', endDate: null, ...more }, at('2026-10-01')));
const seen = ({ kiosk }: Gate, workerId: string, ...dates: string[]): void => dates.forEach((date) => (
  void kiosk.append('gate-scan', { lane: 'L1', outcome: 'recorded', direction: 'in', workerId, workDate: date, via: 'serial' }, at(date))));
const week = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, n) => `2026-10-${String(from + n).padStart(2, '0')}`);

/** Two enterprises at one unit, one at another. */
async function filled(): Promise<Gate[]> {
  const [one, two] = [await enrolled(hub, 'KCN-01'), await enrolled(hub, 'KCN-02')];
  worker(one, 'stays', 'Công ty A');
  worker(one, 'joins', 'Công ty A', { startDate: '2026-10-14' });
  worker(one, 'vanishes', 'Công ty A');
  worker(one, 'leaves', 'Công ty B', { endDate: '2026-10-13' });
  worker(two, 'stays', 'Công ty A');
  seen(one, 'stays', ...week(5, 16));
  seen(one, 'joins', ...week(14, 16));
  seen(one, 'vanishes', ...week(5, 9));
  seen(one, 'leaves', '2026-10-12', '2026-10-13');
  // A repeat of the same day, a refusal and somebody whom no roster knows count for nobody.
  one.kiosk.append('gate-scan', { lane: 'L1', outcome: 'recorded', direction: 'out', workerId: 'stays', workDate: '2026-10-12', via: 'serial' }, at('2026-10-12', '10:00'));
  one.kiosk.append('gate-scan', { lane: 'L1', outcome: 'expired', direction: null, workerId: 'leaves', workDate: '2026-10-15', via: 'serial' }, at('2026-10-15'));
  seen(one, 'nobody', '2026-10-15');
  seen(two, 'stays', '2026-10-16');
  for (const { kiosk, client } of [one, two]) {
    await client.push(kiosk.events);
    await client.hello(helloOf(kiosk));
  }
  return [one, two];
}

const exported = async (from: string, to: string, format = 'ndjson'): Promise<Response> => {
  const token = (await localPost(hub, '/local/tokens', { name: 'ban quản lý' })).json.token as unknown as string;
  return fetch(new URL(`/v1/export?dataset=mobility&from=${from}&to=${to}&format=${format}`, hub.url), { headers: { authorization: `Bearer ${token}` } });
};

describe('the mobility dataset', () => {
  it('countsByUnitEnterpriseAndDate_workedOutByHand', async () => {
    await filled();
    const rows = (await (await exported('2026-10-12', '2026-10-16')).text()).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const line = (unit: string, employer: string) => rows.filter((row) => row.unit === unit && row.employer === employer).map(({ date, roster, joined, left, present, absent }) => [String(date).slice(8), roster, joined, left, present, absent]);
    // Seen last on the 9th: more than five days away from the 15th on.
    expect(line('KCN-01', 'Công ty A')).toEqual([['12', 2, 0, 0, 1, 0], ['13', 2, 0, 0, 1, 0], ['14', 3, 1, 0, 2, 0], ['15', 3, 0, 0, 2, 1], ['16', 3, 0, 0, 2, 1]]);
    expect(line('KCN-01', 'Công ty B')).toEqual([['12', 1, 0, 0, 1, 0], ['13', 1, 0, 1, 1, 0], ['14', 0, 0, 0, 0, 0], ['15', 0, 0, 0, 0, 0], ['16', 0, 0, 0, 0, 0]]);
    expect(line('KCN-02', 'Công ty A').at(-1)).toEqual(['16', 1, 0, 0, 1, 0]);
    expect(rows).toHaveLength(15);
  });

  it('holdsNoNameAndNoCodeOfAnybody', async () => {
    await filled();
    const response = await exported('2026-10-12', '2026-10-16', 'csv');
    const text = await response.text();
    expect(text).not.toMatch(/Nguyễn|stays|vanishes/);
    expect((parse(text, { bom: true, columns: true }) as Record<string, string>[])[0]).toEqual({ unit: 'KCN-01', unitName: expect.any(String) as string, employer: 'Công ty A', date: '2026-10-12', roster: '2', joined: '0', left: '0', present: '1', absent: '0' });
  });

  it('absenceIsToldOnlyOfDatesThatEveryGateOfTheUnitHasReported', async () => {
    await filled();
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const rows = (await (await exported(today, today)).text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { absent: number | null });
    expect(rows.map(({ absent }) => absent)).toEqual([null, null, null]);
  });

  it('moreThan400Days_isRefused', async () => {
    expect((await exported('2025-01-01', '2026-10-16')).status).toBe(400);
  });
});

describe('the page of mobility', () => {
  it('showsEnterprisesOfAUnit_andItsCurve_behindTheLogIn', async () => {
    await filled();
    const url = (query: string): URL => new URL(`/mobility${query}`, hub.url);
    expect((await fetch(url(''), { redirect: 'manual' })).status).toBe(303);
    const logIn = await fetch(new URL('/login', hub.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ name: 'admin', password: hub.admin.password! }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    const headers = { cookie: logIn.headers.get('set-cookie')!.split(';')[0]! };
    const text = await (await fetch(url('?unit=KCN-01&from=2026-10-12&to=2026-10-16'), { headers })).text();
    expect(text).toContain('Công ty B');
    expect(text).toMatch(/<svg viewBox="0 0 1100 260"[^>]*aria-label="Biểu đồ số người có mặt mỗi ngày"/);
    // 2, 2, 2, 2, 2 people on five days of two enterprises.
    expect(text.match(/<title>\d\d\/10\/2026: 2 có mặt, /g)).toHaveLength(5);
    expect(text).not.toMatch(/Nguyễn Thị Mẫu|stays/);
    // What is no date, or too long, is the last two weeks.
    const usual = await (await fetch(url('?from=x&to=2026-10-16&unit='), { headers })).text();
    expect(usual).toContain('value="2026-10-03"');
    expect((await (await fetch(url('?unit=%3Cscript%3E'), { headers })).text())).not.toContain('<script>');
  });
});
