import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HubClient } from '../../electron/sync/hub-client.ts';
import { openHub } from '../../hub/open-hub.ts';
import { enrolled, helloOf, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';

let server: TestServer;
let hub: TestHub;
let cookie: string;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  hub = await server.hub();
  cookie = (await logIn('admin', hub.admin.password!)).headers.get('set-cookie')!.split(';')[0]!;
}, 30_000);

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(path, hub.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
const logIn = (name: string, password: string, headers = {}): Promise<Response> => post('/login', { name, password }, headers);
const get = (path: string, as = cookie): Promise<Response> => fetch(new URL(path, hub.url), { redirect: 'manual', headers: { cookie: as } });
const csrfOf = async (path: string): Promise<string> => /name="csrf" value="([0-9a-f]{32})"/.exec(await (await get(path)).text())![1]!;
const act = async (path: string, form: Record<string, string> = {}): Promise<Response> => post(path, { csrf: await csrfOf('/'), ...form }, { cookie });
const pages = ['/', '/mobility', '/enrol', '/exports', '/tokens', '/account'];

describe('log-in', () => {
  it('theCookie_isForThisHostAlone_andPagesWithoutItLeadToTheLogIn', async () => {
    const header = (await logIn('admin', hub.admin.password!)).headers.get('set-cookie')!;
    expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    for (const page of pages) {
      const answer = await get(page, 'motcua=nothing');
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?ended']);
      const stranger = await fetch(new URL(page, hub.url), { redirect: 'manual' });
      expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/login']);
    }
    const told = 'Phiên làm việc đã kết thúc. Vui lòng đăng nhập lại.';
    expect(await (await get('/login?ended', '')).text()).toContain(told);
    expect(await (await get('/login', '')).text()).not.toContain(told);
  });

  it('fiveWrongTries_lockTheName_knownOrNot_alsoForTheRightPassword', async () => {
    for (const name of ['admin', 'nobody']) {
      for (let i = 0; i < 5; i += 1) expect((await logIn(name, 'wrong')).status).toBe(401);
      expect((await logIn(name, hub.admin.password!)).status).toBe(429);
    }
  });

  it('manyWrongTriesAtOnce_areNoMoreThanFive', async () => {
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => logIn('admin', 'wrong')))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('oneAddressWithManyNames_isStoppedAfterThirtyTries', async () => {
    const tries = [];
    for (let i = 0; i < 32; i += 1) tries.push((await logIn(`ten-${i}`, 'wrong')).status);
    expect([tries.slice(0, 30).every((status) => status === 401), tries.slice(30)]).toEqual([true, [429, 429]]);
  });

  it('aNewLogIn_endsTheSessionThatTheBrowserHadBefore', async () => {
    const again = await logIn('admin', hub.admin.password!, { cookie });
    expect([again.status, (await get('/')).status]).toEqual([303, 303]);
    expect((await get('/', again.headers.get('set-cookie')!.split(';')[0])).status).toBe(200);
  });

  it('behindAProxy_theAddressIsTheOneThatTheProxyAdds_notWhatTheClientSays', async () => {
    const proxied = await openHub({ databaseUrl: server.cluster.url(hub.database), dataDir: hub.dataDir, host: '127.0.0.1', port: 0, behindTls: true });
    try {
      const tryFrom = async (addresses: string): Promise<number> => (await fetch(new URL('/login', proxied.url), {
        method: 'POST', body: 'name=admin&password=wrong', headers: { 'x-forwarded-for': addresses },
      })).status;
      for (let i = 0; i < 5; i += 1) expect(await tryFrom(`203.0.113.${i}, 198.51.100.7`)).toBe(401);
      expect(await tryFrom('203.0.113.99, 198.51.100.7')).toBe(429);
      // Nobody is kept out by what somebody else does from another address.
      expect(await tryFrom('198.51.100.8')).toBe(401);
    } finally {
      await proxied.close();
    }
  });

  it('aLogInFromAnotherSite_isRefused', async () => {
    expect((await logIn('admin', hub.admin.password!, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
  });

  it('afterLogOut_orHalfAnHour_theCookieOpensNothing', async () => {
    await hub.sql`update session set seen_at = now() - interval '31 minutes'`;
    expect((await get('/')).status).toBe(303);
    cookie = (await logIn('admin', hub.admin.password!)).headers.get('set-cookie')!.split(';')[0]!;
    expect((await get('/')).status).toBe(200);
    await act('/logout');
    expect((await get('/')).status).toBe(303);
  });

  it('aNewPassword_endsAllSessions_andTheOldOneNoLongerOpens', async () => {
    expect((await act('/account', { old: 'wrong', fresh: 'mat-khau-moi-2026', again: 'mat-khau-moi-2026' })).status).toBe(200);
    expect((await act('/account', { old: hub.admin.password!, fresh: 'ngan', again: 'ngan' })).status).toBe(200);
    const slipped = await act('/account', { old: hub.admin.password!, fresh: 'mat-khau-moi-2026', again: 'mat-khau-moi-2062' });
    expect([slipped.status, await slipped.text()]).toEqual([200, expect.stringContaining('chưa giống nhau')]);
    expect((await act('/account', { old: hub.admin.password!, fresh: 'mat-khau-moi-2026', again: 'mat-khau-moi-2026' })).status).toBe(303);
    expect((await get('/')).status).toBe(303);
    expect((await logIn('admin', hub.admin.password!)).status).toBe(401);
    expect((await logIn('admin', 'mat-khau-moi-2026')).status).toBe(303);
  });
});

describe('pages', () => {
  it('eachPage_isVietnamese_strict_andSaysWhatToDoWhenEmpty', async () => {
    for (const page of pages) {
      const answer = await get(page);
      const text = await answer.text();
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect([answer.status, text.includes('<html lang="vi">'), text === text.normalize('NFC'), /<script>|style=|onclick=/.test(text)]).toEqual([200, true, true, false]);
    }
    expect(await (await get('/')).text()).toContain('Chưa có ki-ốt nào');
    expect(await (await get('/tokens')).text()).toContain('Chưa có mã truy cập nào');
  });

  it('aFormWithoutItsToken_isRefused', async () => {
    for (const path of ['/enrol', '/tokens', '/exports', '/account', '/logout']) {
      const answer = await post(path, { csrf: 'x', unit: 'A', name: 'A' }, { cookie });
      expect([path, answer.status]).toEqual([path, 400]);
    }
    expect((await hub.sql`select from enrol_code`).length + (await hub.sql`select from export_token`).length).toBe(0);
  });

  it('anEnrolmentCode_isShownOnce_andTheUnitIsKept', async () => {
    const text = await (await act('/enrol', { unit: 'P-01', unitName: 'Phường Một', name: 'Quầy 1' })).text();
    expect(text).toMatch(/class="code" aria-label="[A-Z2-9]( [A-Z2-9]){7}"/);
    expect(await (await get('/enrol')).text()).toContain('Phường Một (P-01) · Quầy 1');
    expect((await act('/enrol', { unit: '' })).status).toBe(200);
  });

  it('whatAKioskTellsOfItself_isEscaped', async () => {
    const { kiosk } = await enrolled(hub);
    await hub.sql`update kiosk set name = '<img src=x onerror=alert(1)>', app_version = '"><b>' where device = ${kiosk.device}`;
    for (const path of ['/', `/kiosks/${kiosk.device}`]) {
      const text = await (await get(path)).text();
      expect([text.includes('<img src=x'), text.includes('"><b>'), text.includes('&lt;img src=x onerror')]).toEqual([false, false, true]);
    }
  });

  it('kiosksCountsAndAlarms_areShown_andAnAlarmCanBeCleared', async () => {
    const { kiosk, client }: { kiosk: ScriptedKiosk; client: HubClient } = await enrolled(hub);
    for (let i = 0; i < 12; i += 1) kiosk.append('gate-scan', gateScan(i));
    kiosk.append('gate-scan', { lane: 'x' });
    await client.push(kiosk.events);
    await client.hello({ ...helloOf(kiosk), lastSeq: 20, backlog: 7 });
    await hub.sql`update kiosk set last_contact_at = now() - interval '2 hours'`;
    const text = await (await get('/')).text();
    for (const part of ['Im lặng', '2 giờ trước', 'data-name="Đang chờ gửi" class="number">7', 'Có bản ghi chưa hiểu được', '<span class="figure">12</span>']) expect(text).toContain(part);
    const [alarm] = await hub.sql<{ alarm_no: string }[]>`select alarm_no from alarm`;
    await act(`/alarms/${alarm!.alarm_no}/clear`);
    expect(await (await get('/')).text()).not.toContain('Có bản ghi chưa hiểu được');
    expect(await (await get(`/kiosks/${kiosk.device}`)).text()).toContain('thiếu thông tin bắt buộc');
    await act(`/kiosks/${kiosk.device}/revoke`);
    await expect(client.hello(helloOf(kiosk))).rejects.toMatchObject({ code: 'device-revoked' });
  });

  it('aKioskIsSilent_onceFiveOfItsOwnGreetingsDidNotCome_andItSaysSinceWhen', async () => {
    const { kiosk, client } = await enrolled(hub);
    const stateAfter = async (minutes: number): Promise<string> => {
      await hub.sql`update kiosk set last_contact_at = now() - make_interval(mins => ${minutes})`;
      const [, state] = /data-name="Trạng thái">(.*?)<\/td>/s.exec(await (await get('/')).text())!;
      return state!.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ').trim();
    };
    // A kiosk of before says nothing of its greetings: once a minute.
    expect(await stateAfter(4)).toBe('Đang liên lạc');
    expect(await stateAfter(6)).toMatch(/^Im lặng từ \d\d:\d\d, \d\d\/\d\d\/\d{4}$/);
    await client.hello({ ...helloOf(kiosk), greetsEverySeconds: 600 });
    expect(await stateAfter(49)).toBe('Đang liên lạc');
    expect(await stateAfter(51)).toMatch(/^Im lặng từ/);
    expect(await stateAfter(25 * 60)).toMatch(/^Mất liên lạc từ/);
    // Whatever it asks is a sign of life, not only its greetings.
    await client.changes('');
    expect(await (await get('/')).text()).not.toContain('Im lặng');
  });

  it('whoeverRevokes_isAskedWithTheName_andToldWhatIsLost_andItIsNoted', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('gate-scan', gateScan(1));
    await client.push(kiosk.events);
    await client.hello({ ...helloOf(kiosk), lastSeq: 8, backlog: 7 });
    const page = await (await get(`/kiosks/${kiosk.device}`)).text();
    for (const part of ['Thu hồi “Cổng 1” của Khu công nghiệp số 1?', '<strong>7 bản ghi</strong> chưa gửi', 'Có, thu hồi “Cổng 1”']) expect(page).toContain(part);
    await act('/tokens', { name: 'Kho dữ liệu' });
    const tokens = await (await get('/tokens')).text();
    for (const part of ['Thu hồi mã của “Kho dữ liệu”?', 'Mã này chưa được dùng lần nào.']) expect(tokens).toContain(part);
    const [, revoke] = /action="(\/tokens\/[0-9a-f-]+\/revoke)"/.exec(tokens)!;
    for (const path of [revoke!, revoke!, `/kiosks/${kiosk.device}/revoke`, `/kiosks/${kiosk.device}/revoke`]) expect((await act(path)).status).toBe(303);
    expect([...await hub.sql`select name, act, subject from admin_act where act like '%revoked' order by act_no`]).toEqual([
      { name: 'admin', act: 'token-revoked', subject: 'Kho dữ liệu' }, { name: 'admin', act: 'kiosk-revoked', subject: 'Cổng 1 (KCN-01)' }]);
    expect(await (await get('/account')).text()).toMatch(/Thu hồi ki-ốt<\/th><td data-name="Đối tượng">Cổng 1 \(KCN-01\)/);
    await expect(hub.sql`set role hub_app`.then(() => hub.sql`delete from admin_act`)).rejects.toMatchObject({ code: '42501' });
  });

  it('noAnswer_canBeFramedOrRead_byAnotherSite', async () => {
    for (const path of ['/', '/login', '/nothing', '/v1/health', '/assets/hub.css', '/exports/x/file']) {
      const { headers } = await get(path);
      expect([path, headers.get('x-frame-options'), headers.get('cross-origin-resource-policy'), headers.get('x-content-type-options')]).toEqual([path, 'DENY', 'same-origin', 'nosniff']);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('anExportMadeByPage_canBeDownloaded_withItsManifest', async () => {
    expect((await act('/exports', { dataset: 'kiosks', from: '2026-11-01', to: '2026-11-22', format: 'csv' })).status).toBe(303);
    const [, file] = /href="(\/exports\/[0-9a-f-]+\/file)"/.exec(await (await get('/exports')).text())!;
    expect((await (await get(file!)).text()).startsWith('device,name')).toBe(true);
    expect(await (await get(file!.replace('/file', '/manifest'))).json()).toMatchObject({ dataset: 'kiosks', requester: 'admin' });
    expect((await act('/exports', { dataset: 'people', from: '2026-11-01', to: '2026-11-22', format: 'csv' })).status).toBe(200);
  });

  it('hostileFormsAndPaths_neverEndIn500', async () => {
    const csrf = await csrfOf('/');
    for (const path of ['/enrol', '/tokens', '/exports', '/account', '/alarms/999999999999999/clear', '/alarms/x/clear', '/kiosks/x/revoke', '/tokens/x/revoke']) {
      for (const value of ['', '\0', '\u{10FFFF}'.repeat(500), "' or 1=1 --", '%00', 'x'.repeat(15_000)]) {
        const form = { csrf, unit: value, unitName: value, name: value, dataset: value, from: value, to: value, format: value, old: value, fresh: value };
        expect((await post(path, form, { cookie })).status).toBeLessThan(500);
      }
    }
    for (const path of ['/kiosks/%00', '/exports/x/file', '/assets/../main.ts', '/assets/%2e%2e/main.ts', '/assets/fonts/x']) expect((await get(path)).status).toBeLessThan(500);
    expect((await fetch(new URL('/', hub.url), { headers: { cookie: 'motcua=%00; motcua=\u00ff' } })).status).toBeLessThan(500);
  });
});
