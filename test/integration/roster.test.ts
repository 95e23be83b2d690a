import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../electron/store/index.ts';
import { zipFile } from '../fixtures/zip-file.ts';
import { setUpService, importRows, type TestService } from './test-service.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const upload = ({ ask }: TestService, content: Uint8Array<ArrayBuffer>, dryRun = false) => ask('roster/import', { fileName: 'ds.csv', content, dryRun });
const countEvents = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 100_000 }).filter((event) => event.type === type).length;
const found = async ({ ask }: TestService, query: string) => (await ask('roster/search', { query, limit: 50 })).workers;

async function xlsx(rows: unknown[][], more?: (sheet: exceljs.Worksheet) => void): Promise<Uint8Array<ArrayBuffer>> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('DS');
  for (const row of rows) sheet.addRow(row);
  more?.(sheet);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a roster in CSV', () => {
  it('with Vietnamese headers, byte order mark and semicolons is imported; each refused row says why', async () => {
    const service = await setUpService();
    const done = await upload(service, utf8([
      '\ufeffMã NV;Họ và tên;Số CCCD;Bộ phận;Công ty;Ngày vào;Ngày nghỉ;Ca;Số thẻ',
      'NV1;NGUYỄN VĂN AN;001090000001;"May; 1";Công ty A;01/02/2024;;CA1;7700001', '',
      'NV2;Trần Thị Bình;1090000002;;;;;;', 'NV1;Lê Văn Chi;;;;;;;', 'NV3;=cmd|calc;;;;;;;', 'NV4;Phạm Dung;001090000001;;;;;;',
    ].join('\r\n')));
    expect(done).toMatchObject({ rows: 5, imported: 1, unchanged: 0, refusedTotal: 4, columns: { workerId: 'Mã NV', personalId: 'Số CCCD' } });
    expect(done.refused.map(({ row, workerId, code }) => [row, workerId, code])).toEqual([
      [4, 'NV2', 'roster-row-invalid'], [5, 'NV1', 'roster-duplicate'], [6, 'NV3', 'roster-row-invalid'], [7, 'NV4', 'roster-duplicate'],
    ]);
    expect(await found(service, 'nguyen an')).toMatchObject([{ workerId: 'NV1', fullName: 'Nguyễn Văn An', department: 'May; 1', startDate: '2024-02-01', maskedId: '001*****0001' }]);
  });

  it.each([[',', 'commas'], ['\t', 'tabs'], [';', 'semicolons']])('parted by "%s" (%s) is imported', async (sign) => {
    const service = await setUpService();
    expect(await upload(service, utf8(`workerId${sign}fullName\nNV1${sign}Lê Chi`))).toMatchObject({ imported: 1 });
  });

  it('in UTF-16, as Excel saves Unicode text, is imported', async () => {
    const service = await setUpService();
    expect(await upload(service, new Uint8Array(Buffer.from('\ufeffMã NV\tHọ và tên\nNV1\tLê Chi', 'utf16le')))).toMatchObject({ imported: 1 });
  });

  it('the same file twice changes nothing and makes no worker event', async () => {
    const service = await setUpService();
    const file = utf8('workerId,fullName,personalId\nNV1,Lê Chi,001090000001\nNV2,Lê Dung,001090000002');
    await upload(service, file);
    expect(await upload(service, file)).toMatchObject({ imported: 0, unchanged: 2 });
    expect(countEvents(service, 'worker-recorded')).toBe(2);
    expect(countEvents(service, 'roster-imported')).toBe(2);
  });

  it('a dry run reports the same and stores nothing', async () => {
    const service = await setUpService();
    const file = utf8('workerId,fullName,personalId\nNV1,Lê Chi,001090000001\nNV2,,');
    expect(await upload(service, file, true)).toMatchObject({ rows: 2, imported: 1, refusedTotal: 1 });
    expect(await found(service, '')).toEqual([]);
    expect(countEvents(service, 'roster-imported')).toBe(0);
  });

  it('a change is stored on the same person, who stays inside', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,Công ty A,,,CA1,7700001,,');
    await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' });
    await upload(service, utf8('workerId,fullName,department\nNV1,Lê Chi,May 2'));
    expect(await found(service, 'le chi')).toMatchObject([{ department: 'May 2', inside: true, maskedId: '001*****0001' }]);
    expect(await service.ask('gate/scan', { code: '001090000001', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'repeat' });
  });

  it('a number that another worker has is refused with whose it is', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,');
    const done = await importRows(service, 'NV2,Lê Dung,001090000001,,,,,,,,', 'NV3,Lê Em,,,,,,,7700001,,');
    expect(done.refused.map(({ code, detail }) => [code, detail])).toEqual([
      ['roster-duplicate', 'Trùng số định danh với công nhân NV1 đã có.'], ['roster-duplicate', 'Trùng số thẻ với công nhân NV1 đã có.'],
    ]);
  });

  it('events carry the number only masked and as keyed hash', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
    const event = readEvents(service.context.store, { afterSeq: 0, limit: 100 }).find(({ type }) => type === 'worker-recorded');
    expect(event?.payload).toMatchObject({ workerId: 'NV1', fullName: 'Lê Chi', maskedId: '001*****0001', personalHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(JSON.stringify(event)).not.toContain('001090000001');
  });

  it('a big one lets scans in between and loses none of its rows', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,');
    const rows = Array.from({ length: 3000 }, (_, n) => `X${n},Lê Thị Hoa,0011900${String(n).padStart(5, '0')}`);
    let scans = 0;
    let importing = true;
    const import3000 = upload(service, utf8(`workerId,fullName,personalId\n${rows.join('\n')}`)).finally(() => { importing = false; });
    while (importing) {
      service.clock.pass(21_000);
      expect(await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'recorded' });
      scans += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await import3000).toMatchObject({ rows: 3000, imported: 3000 });
    expect(scans).toBeGreaterThan(3);
    expect(service.told.filter((event) => event.name === 'roster/progress').length).toBeGreaterThan(3);
  });
});

describe('a roster in XLSX', () => {
  it('with dates, formulas, rich text and numbers as Excel stores them is read, and what Excel spoilt is refused', async () => {
    const service = await setUpService();
    const done = await upload(service, await xlsx([
      ['Mã NV', 'Họ và tên', 'Số CCCD', 'Ngày vào', 'Số thẻ'],
      ['NV1', { richText: [{ text: 'Nguyễn ' }, { text: 'Văn An', font: { bold: true } }] }, '001090000001', new Date(Date.UTC(2024, 1, 1)), 7700001],
      [1002, { formula: 'A1', result: 'Trần Bình' }, 1090000002, null, null],
      [], ['NV3', 'Lê Chi', 79090000003, null, null], ['NV4', 'Phạm Dung', 301090000004, '05/06/2024', null],
      ['NV5', 'Đỗ Em', null, 45000, null], ['NV6', { error: '#REF!' }, null, null, null],
    ]));
    expect(done).toMatchObject({ rows: 6, imported: 2, refusedTotal: 4 });
    expect(done.refused.map(({ row, workerId }) => [row, workerId])).toEqual([[3, '1002'], [5, 'NV3'], [7, 'NV5'], [8, 'NV6']]);
    expect(await found(service, 'van an')).toMatchObject([{ workerId: 'NV1', startDate: '2024-02-01' }]);
    expect(await found(service, 'nv4')).toMatchObject([{ startDate: '2024-06-05', maskedId: '301*****0004' }]);
    expect(await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' })).toMatchObject({ workerId: 'NV1' });
  });

  it('only the first sheet counts', async () => {
    const service = await setUpService();
    const file = await xlsx([['workerId', 'fullName'], ['NV1', 'Lê Chi']], (sheet) => sheet.workbook.addWorksheet('Ghi chú').addRow(['NV2', 'x']));
    expect(await upload(service, file)).toMatchObject({ rows: 1, imported: 1 });
  });
});

describe('a file that is no roster', () => {
  const broken = {
    'nothing at all': [new Uint8Array(), 'roster-columns-missing'],
    'only a header': [utf8('department,employer\nA,B'), 'roster-columns-missing'],
    'letters of Windows-1258': [new Uint8Array(Buffer.from('Mã NV,Họ tên\nNV1,Nguy\xe3n', 'latin1')), 'file-encoding'],
    'an old .xls': [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'roster-file-type'],
    'a Word file': [zipFile({ '[Content_Types].xml': { content: utf8('<Types/>') }, 'word/document.xml': { content: utf8('<w:document/>') } }), 'roster-file-type'],
    'a PDF': [utf8('%PDF-1.7 ...'), 'roster-file-type'],
    'zeros': [new Uint8Array(1000), 'roster-file-type'],
    'a zip that breaks off': [new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3, 4, 5]), 'file-unreadable'],
    'one endless cell': [utf8(`workerId,fullName\n"${'x'.repeat(200_000)}`), 'file-unreadable'],
  } as const;
  it.each(Object.entries(broken))('%s is answered with a coded problem', async (_, [content, code]) => {
    const service = await setUpService();
    expect(await service.problemOf('roster/import', { fileName: 'x', content, dryRun: false })).toBe(code);
    expect(countEvents(service, 'roster-imported')).toBe(0);
  });

  it('a zip of another kind is answered with a coded problem', async () => {
    const service = await setUpService();
    const book = await xlsx([['workerId', 'fullName'], ['NV1', 'Lê Chi']]);
    for (const cut of [100, 1000, book.length >> 1, book.length - 30]) {
      const code = await service.problemOf('roster/import', { fileName: 'x', content: book.slice(0, cut), dryRun: true });
      expect(['file-unreadable', 'roster-columns-missing', 'none']).toContain(code);
    }
  });

  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
  };
  const rowOf = (n: number, ...cells: string[]): string => `<row r="${n}">${cells.map((text, at) => `<c r="${'AB'[at]}${n}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
  const sheetOf = (fill: string, megabytes: number): Uint8Array => new Uint8Array(Buffer.concat([
    Buffer.from(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rowOf(1, 'workerId', 'fullName')}${rowOf(2, 'NV1', 'Lê Chi')}`),
    Buffer.alloc(megabytes << 20, fill), Buffer.from('</sheetData></worksheet>')]));
  const bookOf = (sheet: Uint8Array, claims?: number): Uint8Array => zipFile({
    ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, { content: utf8(text) }])), 'xl/worksheets/sheet1.xml': { content: sheet, claims },
  });

  it('a sheet that claims a gigabyte and holds two rows is read', async () => {
    const service = await setUpService();
    const content = bookOf(sheetOf('', 0), 1_000_000_000);
    expect(await service.ask('roster/import', { fileName: 'x', content, dryRun: true })).toMatchObject({ rows: 1, imported: 1 });
  });

  it.each([['cells', '<c r="A3"><v>1</v></c>', 400], ['elements in elements', '<a>', 400], ['rows', '<row r="3"><c r="A3"><v>1</v></c></row>', 60]])(
    'a small file that unpacks to hundreds of megabytes of %s is given up, and scans go on meanwhile', async (_, fill, megabytes) => {
      const service = await setUpService();
      let busy = true;
      const code = service.problemOf('roster/import', { fileName: 'x', content: bookOf(sheetOf(fill, megabytes)), dryRun: true }).finally(() => { busy = false; });
      while (busy) {
        expect(await service.ask('gate/scan', { code: 'NV1', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'unknown' });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(['file-too-large', 'file-unreadable']).toContain(await code);
    });

  it('more than 50 MB or 200,000 rows is refused as too large', async () => {
    const service = await setUpService();
    expect(await service.problemOf('roster/import', { fileName: 'x', content: new Uint8Array(51 * 1024 * 1024), dryRun: true })).toBe('file-too-large');
    const long = `workerId,fullName\n${'A,\n'.repeat(200_001)}`;
    expect(await service.problemOf('roster/import', { fileName: 'x', content: utf8(long), dryRun: true })).toBe('file-too-large');
  });

  it('the supervisor\'s right is asked for', async () => {
    const service = await setUpService();
    await service.ask('auth/logout', {});
    expect(await service.problemOf('roster/import', { fileName: 'x', content: utf8('workerId,fullName'), dryRun: true })).toBe('not-logged-in');
  });
});

describe('search', () => {
  it('finds by words without accents, by code, card, whole number; takes % and _ as themselves', async () => {
    const service = await setUpService();
    await importRows(service, 'NV_1,Đặng Thị Hòa,001190000001,Chuyền 1,Công ty A,,,,7700001,,', 'NV21,Lê Văn Hoà,001090000002,Chuyền 2,Công ty B,,,,7700002,,');
    const ids = async (query: string) => (await found(service, query)).map((worker) => worker.workerId);
    expect(await ids('dang hoa')).toEqual(['NV_1']);
    expect(await ids('HOÀ')).toEqual(['NV21', 'NV_1']);
    expect(await ids('7700002')).toEqual(['NV21']);
    expect(await ids('001190000001')).toEqual(['NV_1']);
    expect(await ids('00119')).toEqual([]);
    expect(await ids('nv_')).toEqual(['NV_1']);
    expect(await ids('%')).toEqual([]);
    expect(await ids("'; drop table worker; --")).toEqual([]);
    expect(await ids('')).toEqual(['NV21', 'NV_1']);
  });
});
