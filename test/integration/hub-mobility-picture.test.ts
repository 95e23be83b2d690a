import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mobilityPicture, type PictureAsk } from '../../hub/store/mobility-picture.ts';
import { openKeys } from '../../hub/store/keys.ts';
import { enrolled, helloOf, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { deliverAll, november, province, tellSeen, tellWorker } from '../fixtures/mobility-province.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

const usual: PictureAsk = { from: '2026-11-05', to: '2026-11-18', by: 'employer', absentDays: 5, zone: null, unit: null, employer: null };
const picture = async (more: Partial<PictureAsk> = {}) => mobilityPicture(hub.sql, await openKeys(hub.sql, hub.dataDir), { ...usual, ...more });
const rows = async (more: Partial<PictureAsk> = {}) => (await picture(more)).rows.map(({ kind, cells }) => (kind === 'row' ? cells.slice(1) : [kind, ...cells]));

async function loggedIn(): Promise<{ get: (path: string) => Promise<Response>; post: (path: string, form: Record<string, string>) => Promise<Response> }> {
  const send = (path: string, form: Record<string, string>, headers = {}): Promise<Response> => fetch(new URL(path, hub.url), {
    method: 'POST', redirect: 'manual', body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  const headers = { cookie: (await send('/login', { name: 'admin', password: hub.admin.password! })).headers.get('set-cookie')!.split(';')[0]! };
  const get = (path: string): Promise<Response> => fetch(new URL(path, hub.url), { redirect: 'manual', headers });
  const [, csrf] = /name="csrf" value="([0-9a-f]+)"/.exec(await (await get('/')).text())!;
  return { get, post: (path, form) => send(path, { csrf: csrf!, ...form }, headers) };
}

describe('the mobility picture of three enterprises in two zones', () => {
  beforeEach(async () => { await province(hub); }, 30_000);

  it('byEnterprise_workedOutByHand_groupedByZone', async () => {
    // Opening, joined, left, moved in, moved out, closing, present a day, absent over 5 days.
    expect(await rows()).toEqual([
      // Cát Tường: home 14 + again 2 + 3 days of 14 = 1.36; again left on the 6th and joined on the 16th. Bảo Long: vanishes 5, moves 7 of 14.
      ['group', 'KCN Châu Sơn'], ['Công ty Bảo Long', 1, 0, 0, 1, 0, 2, 1, 1], ['Công ty Cát Tường', 2, 1, 1, 0, 0, 2, 1, 0], ['sum', null, 'Cộng', 3, 1, 1, 1, 0, 4, 2, 1],
      // An Bình: stays 14, joins 9, leaves 4, moves 7 until the 11th, of 14 days = 2.43.
      ['group', 'KCN Đồng Văn I'], ['Công ty An Bình', 3, 1, 1, 0, 1, 2, 2, 0],
      // 65 days of presence in 14 days are 4.64, rounded once.
      ['sum', null, 'Tổng cộng', 6, 2, 2, 1, 1, 6, 5, 1],
    ]);
  });

  it('presenceAndRoster_areWhatSqlCounts', async () => {
    const { days, sums } = await picture();
    const counted = await hub.sql<{ date: string; n: number }[]>`select work_date::text as date, count(distinct unit || worker_id)::int as n from gate_scan
      where outcome = 'recorded' and work_date between '2026-11-05' and '2026-11-18' group by 1 order by 1`;
    expect(days.map(({ date, present }) => ({ date, n: present }))).toEqual([...counted]);
    expect(sums.present).toBe(Math.round(counted.reduce((sum, { n }) => sum + n, 0) / 14));
    expect([sums.employers, sums.opening + sums.joined - sums.left, sums.closing]).toEqual([3, 6, 6]);
  });

  it('byZoneAndByCommune_theSameSums_andWhoMovedHouseIsInBoth', async () => {
    expect(await rows({ by: 'zone' })).toEqual([
      ['KCN Châu Sơn', 3, 1, 1, 1, 0, 4, 2, 1], ['KCN Đồng Văn I', 3, 1, 1, 0, 1, 2, 2, 0], ['sum', null, 'Tổng cộng', 6, 2, 2, 1, 1, 6, 5, 1],
    ]);
    const communes = await rows({ by: 'commune' });
    expect(communes.map((cells) => cells.slice(0, 7))).toEqual([
      ['group', 'Hưng Yên'], ['Xã Hoàng Hoa Thám', 0, 1, 0, 0, 0, 1],
      ['group', 'Ninh Bình'], ['Phường Hà Nam', 0, 0, 0, 1, 0, 1], ['Xã Lam Cầu', 6, 1, 2, 0, 1, 4], ['sum', null, 'Cộng', 6, 1, 2, 1], ['sum', null, 'Tổng cộng', 6, 2, 2, 1],
    ]);
    expect(await rows({ by: 'province' })).toEqual([['Hưng Yên', 0, 1, 0, 0, 0, 1, 1, 0], ['Ninh Bình', 6, 1, 2, 0, 0, 5, 4, 1], ['sum', null, 'Tổng cộng', 6, 2, 2, 0, 0, 6, 5, 1]]);
  });

  it('filters_ofZoneUnitAndEnterprise_leaveTheirOwnPeopleOnly', async () => {
    expect((await rows({ zone: 'KCN Đồng Văn I' })).map(([name]) => name)).toEqual(['group', 'Công ty An Bình', 'sum']);
    expect((await rows({ unit: 'CS' })).map(([name]) => name)).toEqual(['group', 'Công ty Cát Tường', 'sum']);
    // Who moved away stands in the enterprise that he left, and its communes lose him.
    expect(await rows({ employer: 'Công ty Bảo Long', by: 'commune' })).toEqual([['group', 'Ninh Bình'], ['Xã Lam Cầu', 1, 0, 0, 1, 0, 2, 1, 1], ['sum', null, 'Tổng cộng', 1, 0, 0, 1, 0, 2, 1, 1]]);
    const nobody = await picture({ employer: "' or 1=1 --" });
    expect([nobody.rows.length, nobody.employers, nobody.zones]).toEqual([0, ['Công ty An Bình', 'Công ty Bảo Long', 'Công ty Cát Tường'], ['KCN Châu Sơn', 'KCN Đồng Văn I']]);
  });

  it('daysOfAbsence_areAsAsked', async () => {
    expect((await picture({ absentDays: 8 })).sums.absent).toBe(1);
    expect((await picture({ absentDays: 9 })).sums.absent).toBe(0);
  });

  it('theTwoFilesAndThePage_tellTheSame_withHeadBasisAndDate_andNobodysName', async () => {
    const { get } = await loggedIn();
    const query = '?from=2026-11-05&to=2026-11-18';
    const [page, paper, file] = [await (await get(`/mobility${query}`)).text(), await (await get(`/mobility/print${query}`)).text(), await get(`/mobility/file${query}`)];
    for (const text of [page, paper]) {
      for (const part of ['Công ty An Bình', 'KCN Đồng Văn I', 'Vắng trên 5 ngày', 'Căn cứ: chưa có văn bản quy định mẫu riêng; mẫu của phần mềm, bản 1, áp dụng từ ngày 01/01/2021']) expect(text).toContain(part);
      expect(text).not.toMatch(/Nguyễn Thị Mẫu|vanishes/);
    }
    expect(page).toContain('<dt>Lao động đầu kỳ</dt><dd><span class="figure">6</span>');
    for (const part of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'TÌNH HÌNH BIẾN ĐỘNG LAO ĐỘNG', 'Mẫu, chưa đối chiếu', 'Từ ngày 05/11/2026 đến ngày 18/11/2026', 'Thủ trưởng đơn vị']) expect(paper).toContain(part);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="bien-dong-lao-dong_employer_2026-11-05_2026-11-18.xlsx"');
    const book = new exceljs.Workbook();
    await book.xlsx.load(await file.arrayBuffer());
    const lines: unknown[][] = [];
    book.worksheets[0]!.eachRow((row) => { lines.push((row.values as unknown[]).slice(1)); });
    expect(lines).toContainEqual(['STT', 'Doanh nghiệp', 'Đầu kỳ', 'Vào làm', 'Nghỉ việc', 'Chuyển đến', 'Chuyển đi', 'Cuối kỳ', 'Có mặt bình quân ngày', 'Vắng trên 5 ngày']);
    expect(lines.filter((line) => line.includes('Công ty Bảo Long'))).toEqual([[1, 'Công ty Bảo Long', 1, 0, 0, 1, 0, 2, 1, 1]]);
    expect(lines.find((line) => line.includes('Tổng cộng'))!.slice(1)).toEqual(['Tổng cộng', 6, 2, 2, 1, 1, 6, 5, 1]);
    expect(book.worksheets[1]!.getCell('B2').value).toBe(6);
    expect([...await hub.sql`select name, act, subject from admin_act where act = 'mobility-exported' order by act_no`].map(({ subject }) => String(subject).slice(0, 4))).toEqual(['PDF ', 'XLSX']);
  });

  it('aPlaceBefore_isSealedInTheDatabase', async () => {
    const kept = await hub.sql<{ sealed: Buffer }[]>`select sealed from worker_past`;
    expect(kept).toHaveLength(3);
    for (const { sealed } of kept) expect(sealed.toString('utf8')).not.toMatch(/Xã|Công ty/);
  });

  it('theZoneOfAUnit_isSetByTheAdministrator_andTheGatesOwnWordIsStronger', async () => {
    const { get, post } = await loggedIn();
    expect((await post('/mobility/zone', { unit: 'DV1', zone: ' KCN Hòa Mạc ' })).status).toBe(303);
    expect((await post('/mobility/zone', { unit: 'CS', zone: '' })).status).toBe(303);
    expect((await rows({ by: 'zone' })).map(([name]) => name)).toEqual(['Cổng Cát Tường', 'KCN Đồng Văn I', 'KCN Hòa Mạc', 'sum']);
    expect(await (await get('/account')).text()).toContain('Cổng An Bình – Bảo Long: KCN Hòa Mạc');
    expect((await post('/mobility/zone', { unit: 'DV1', zone: 'x'.repeat(201) })).status).toBe(400);
  });
});

describe('what is not known yet', () => {
  it('aGateWhoseEventsAreStillOnTheirWay_decidesNoAbsenceBeyondThem', async () => {
    const gate = await enrolled(hub, 'A');
    tellWorker(gate, 'w', 'Công ty A');
    tellSeen(gate, 'w', november(1, 3));
    await gate.client.hello({ ...helloOf(gate.kiosk), lastSeq: 500, backlog: 496 });
    await gate.client.push(gate.kiosk.events);
    const { sums, rows: [, row], notes } = await picture();
    expect([sums.present, sums.absent, row!.cells.slice(8)]).toEqual([null, null, [null, null]]);
    expect(notes.join(' ')).toContain('Còn chờ cổng gửi: Khu công nghiệp số 1 (chưa đủ ngày nào)');
    // Once all is here that it spoke of, everything until that greeting is known, though nobody came.
    await deliverAll(gate);
    expect((await picture()).sums.absent).toBe(1);
  });

  it('beforeAGateWasEnrolled_nobodyWasMissed', async () => {
    const gate = await enrolled(hub, 'A');
    tellWorker(gate, 'w', 'Công ty A');
    await deliverAll(gate);
    await hub.sql`update kiosk set enrolled_at = '2026-11-15T03:00:00Z'`;
    expect((await picture()).sums).toMatchObject({ present: 0, absent: 0 });
    await hub.sql`update kiosk set enrolled_at = '2026-11-10T03:00:00Z'`;
    expect((await picture()).sums.absent).toBe(1);
  });

  it('aDateThatNoCalendarHas_inARoster_stopsNothing', async () => {
    const gate = await enrolled(hub, 'A');
    tellWorker(gate, 'w', 'Công ty A', { startDate: '2026-13-45', endDate: '0000-00-00', details: { province: 5, commune: null } });
    await deliverAll(gate);
    expect((await picture({ by: 'commune' })).rows.map(({ cells }) => cells[1] ?? cells[0])).toEqual(['Chưa rõ', 'Chưa rõ', 'Tổng cộng']);
  });

  it('questionsThatAreNone_areTheLastTwoWeeks', async () => {
    const { get } = await loggedIn();
    expect(await (await get('/mobility')).text()).toContain('Chưa có danh sách người lao động nào.');
    await province(hub);
    expect(await (await get('/mobility?zone=KCN+X')).text()).toContain('Không có số liệu cho lựa chọn này.');
    for (const query of ['?from=2026-02-31&to=x&by=name&absentDays=-1&zone=%00', '?from=1&from=2', '?absentDays=1e9&unit=%3Cscript%3E', `?employer=${'x'.repeat(5_000)}`]) {
      for (const path of ['/mobility', '/mobility/print', '/mobility/file']) {
        const answer = await get(`${path}${query}`);
        expect([path, query.slice(0, 40), answer.status]).toEqual([path, query.slice(0, 40), 200]);
        expect(await answer.text()).not.toContain('<script>');
      }
    }
  });
});
