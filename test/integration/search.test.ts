import { describe, expect, it } from 'vitest';
import { receive, startCounter, type TestCounter } from './counter-service.ts';

const people: [id: string, name: string][] = [
  ['001090012345', 'Đặng Thị Mỵ'], ['001190012346', 'Nguyễn Thị Hoà'], ['001190012347', 'NGUYỄN THỊ HÒA BÌNH'], ['034300001357', "H'Linh Ksor"],
];

async function filled(): Promise<TestCounter> {
  const counter = await startCounter();
  for (const [id, name] of people) {
    const sex = Number(id[3]) % 2 === 0 ? 'Nam' : 'Nữ';
    await receive(counter, 'Đăng ký khai sinh', {}, `${id}||${name}|17091990|${sex}|Bắc Ninh|10052021`);
  }
  return counter;
}
const found = async ({ ask }: TestCounter, query: string): Promise<string[]> => (
  await ask('citizen/search', { query, purpose: 'status-question' })).dossiers.map(({ citizenName }) => citizenName);

describe('search', () => {
  it('without accents, by beginnings of words in any order, đ as d, in any place of the tone mark', async () => {
    const counter = await filled();
    expect(await found(counter, 'dang thi my')).toEqual(['Đặng Thị Mỵ']);
    expect(await found(counter, 'ĐẶNG')).toEqual(['Đặng Thị Mỵ']);
    expect(await found(counter, 'hoa ngu')).toEqual(['NGUYỄN THỊ HÒA BÌNH', 'Nguyễn Thị Hoà']);
    expect(await found(counter, 'h’linh')).toEqual(["H'Linh Ksor"]);
    expect(await found(counter, 'thi')).toHaveLength(3);
    expect(await found(counter, 'khong ai')).toEqual([]);
  });
  it('by the whole personal number, never by a part; the answer masks it', async () => {
    const counter = await filled();
    const { dossiers } = await counter.ask('citizen/search', { query: '001090012345', purpose: 'status-question' });
    expect(dossiers).toMatchObject([{ citizenName: 'Đặng Thị Mỵ', maskedId: '001*****2345' }]);
    expect(JSON.stringify(dossiers)).not.toContain('001090012345');
    expect(await found(counter, '00109001')).toEqual([]);
    expect(await found(counter, '999999999999')).toEqual([]);
  });
  it('by dossier code, its end alone, and the QR of a receipt', async () => {
    const counter = await filled();
    const [newest] = (await counter.ask('dossier/list', { status: null, beforeCode: null, limit: 1 })).dossiers;
    const code = newest!.dossierCode;
    expect(await found(counter, code)).toEqual(["H'Linh Ksor"]);
    expect(await found(counter, code.toLowerCase())).toEqual(["H'Linh Ksor"]);
    expect(await found(counter, code.split('-').at(-1)!)).toEqual(["H'Linh Ksor"]);
    expect(await found(counter, `MCK1|${code}|0123456789`)).toEqual(["H'Linh Ksor"]);
  });
  it.each(['" OR "', 'a* NEAR b', "'; drop table dossier; --", '*-:^()', '\\\\', 'AND', '%%%', '\u{1f600}\u{1f600}'])('%s is only text', async (query) => {
    const counter = await filled();
    expect(await found(counter, query)).toBeInstanceOf(Array);
    expect(await found(counter, 'dang thi my')).toHaveLength(1);
  });
});
