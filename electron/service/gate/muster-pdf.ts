import { PageSizes, type PDFDocument, type PDFPage } from '@cantoo/pdf-lib';
import type { MusterPerson } from '../../../shared/contracts/requests/muster.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { findMuster, readKiosk, type Store } from '../../store/index.ts';
import { peopleInside, rollCallPeople, teamOf, type RollCallPerson } from './muster-list.ts';
import { mm } from '../pdf-sheet.ts';
import { addContent, frame, newPdf, paperMoment, PdfText } from '../pdf-text.ts';

const [pageWidth, pageHeight] = PageSizes.A4;
const margin = mm(12);
const rowHeight = mm(6.6);
const rowsFrom = pageHeight - mm(46);
const bottom = mm(16);
const rowsOnPage = Math.floor((rowsFrom - bottom) / rowHeight);
const slicePages = 40;

const columns = { box: margin, no: margin + mm(9), name: margin + mm(17), code: margin + mm(82), since: margin + mm(112), place: margin + mm(141), note: margin + mm(163) };

const causes: Readonly<Record<string, string>> = { fire: 'BÁO CHÁY', drill: 'DIỄN TẬP', other: 'SƠ TÁN' };

interface Listed extends MusterPerson { state: RollCallPerson['state'] | null }
interface Team { employer: string; department: string; people: Listed[] }

/**
 * Who is inside, a page for each team to be ticked by hand; of a roll call, as it stands, with what is ticked already.
 * `musterId` null: now. The first page sums up by zone, enterprise and team. @param now milliseconds since 1970
 */
export async function musterPdf(store: Store, { musterId, now }: { musterId: string | null; now: number }): Promise<{ fileName: string; content: Uint8Array }> {
  const muster = musterId === null ? null : findMuster(store, musterId);
  const people: Listed[] = muster === null ? peopleInside(store, now).map((each) => ({ ...each, state: null })) : rollCallPeople(store, muster);
  const title = muster === null ? 'DANH SÁCH NGƯỜI ĐANG TRONG KHU VỰC' : `DANH SÁCH ĐIỂM DANH – ${causes[muster.cause] ?? causes.other}`;
  const { pdf, fonts } = await newPdf(title, now);
  const unit = readKiosk(store)?.unit.name ?? '';
  const begun = muster === null ? null : sayMoment(muster.startedAt);
  const head = `${begun === null ? '' : `Bắt đầu ${begun}. `}In lúc ${sayMoment(now)}.`;
  const writer = new Pages(pdf, new PdfText(fonts), { unit, title, head });
  const teams = inTeams(people);
  writer.summary(people, teams);
  for (const team of teams) {
    writer.team(team);
    // A list of sixty thousand takes seconds: whatever else the thread is asked for comes in between.
    if (writer.pages % slicePages === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  return { fileName: `diem-danh-${workDateOf(now)}.pdf`, content: Uint8Array.from(await pdf.save({ objectsPerTick: Infinity })) };
}

function inTeams(people: readonly Listed[]): Team[] {
  const teams = new Map<string, Team>();
  for (const each of people) {
    const { employer, department } = teamOf(each);
    const name = `${employer}\u001f${department}`;
    const team = teams.get(name) ?? { employer, department, people: [] };
    team.people.push(each);
    teams.set(name, team);
  }
  return [...teams.values()].map((team) => ({ ...team, people: [...team.people.filter(({ mayHaveLeft }) => !mayHaveLeft), ...team.people.filter(({ mayHaveLeft }) => mayHaveLeft)] }));
}

function sayMoment(instant: string | number): string {
  const { time, date } = paperMoment(instant);
  return `${time} ngày ${date}`;
}

/** Writes the pages, each as one piece of content. */
class Pages {
  readonly #pdf: PDFDocument;
  readonly #text: PdfText;
  readonly #words: { unit: string; title: string; head: string };
  pages = 0;

  constructor(pdf: PDFDocument, text: PdfText, words: { unit: string; title: string; head: string }) {
    this.#pdf = pdf;
    this.#text = text;
    this.#words = words;
  }

  summary(people: readonly Listed[], teams: readonly Team[]): void {
    const zones = sums(people, ({ zone }) => (zone === '' ? 'Toàn khu vực' : zone));
    const firms = sums(people, ({ kind, employer }) => (kind === 'visitor' ? 'Khách và nhà thầu' : employer));
    const lines: [string, string, boolean][] = [
      [`Tổng số: ${people.length} người`, mayHaveLeft(people), true],
      ['Theo khu vực', '', true], ...zones.map(([name, all]): [string, string, boolean] => [name, counts(all), false]),
      ['Theo doanh nghiệp', '', true], ...firms.map(([name, all]): [string, string, boolean] => [name === '' ? '–' : name, counts(all), false]),
      ['Theo bộ phận', '', true], ...teams.map(({ employer, department, people: all }): [string, string, boolean] => [teamName({ employer, department }), counts(all), false]),
    ];
    for (let from = 0; from < lines.length; from += rowsOnPage) {
      const { page, content, y } = this.#page('Tổng hợp');
      lines.slice(from, from + rowsOnPage).forEach(([name, count, bold], i) => {
        const at = y - i * rowHeight;
        content.push(
          this.#text.draw(page, name, { x: bold ? margin : margin + mm(6), y: at, size: bold ? 12 : 11, style: bold ? 'bold' : 'regular', most: mm(130) }),
          this.#text.draw(page, count, { x: pageWidth - margin, y: at, size: 11, style: bold ? 'bold' : 'regular', align: 'right' }));
      });
      addContent(page, content);
    }
  }

  team(team: Team): void {
    const pages = Math.max(1, Math.ceil(team.people.length / rowsOnPage));
    for (let n = 0; n < pages; n += 1) {
      const { page, content, y } = this.#page(`${teamName(team)} – ${team.people.length} người`, pages > 1 ? `${n + 1}/${pages}` : '');
      this.#columns(page, content, y);
      team.people.slice(n * rowsOnPage, (n + 1) * rowsOnPage).forEach((person, i) => this.#row(page, content, person, n * rowsOnPage + i + 1, y - (i + 1) * rowHeight));
      content.push(this.#text.draw(page, 'Trưởng bộ phận (ký, ghi rõ họ tên): ………………………………………      Có mặt: ………   Thiếu: ………', { x: margin, y: mm(9), size: 10 }));
      addContent(page, content);
    }
  }

  #columns(page: PDFPage, content: string[], y: number): void {
    const heads = [[columns.no, 'STT'], [columns.name, 'Họ và tên'], [columns.code, 'Mã số'], [columns.since, 'Vào lúc'], [columns.place, 'Lối vào'], [columns.note, 'Ghi chú']] as const;
    for (const [x, head] of heads) content.push(this.#text.draw(page, head, { x, y, size: 9.5, style: 'bold' }));
  }

  #row(page: PDFPage, content: string[], person: Listed, no: number, y: number): void {
    const side = mm(4.6);
    content.push(frame(columns.box, y - mm(1), side, side, 0.8));
    const done = person.state === 'ticked' ? 'Đã có mặt' : person.state === 'out' ? 'Đã ra' : person.mayHaveLeft ? 'Có thể đã về' : '';
    if (person.state === 'ticked' || person.state === 'out') content.push(this.#text.draw(page, 'X', { x: columns.box + side / 2, y: y + mm(0.1), size: 11, style: 'bold', align: 'centre' }));
    const { time, day } = paperMoment(person.since);
    const cells: [number, string, number, 'regular' | 'bold'][] = [
      [columns.no, String(no), mm(8), 'regular'], [columns.name, person.fullName, mm(63), 'bold'], [columns.code, person.code, mm(29), 'regular'],
      [columns.since, `${time} ${day}`, mm(28), 'regular'], [columns.place, person.zone === '' ? person.lane : person.zone, mm(21), 'regular'],
      [columns.note, done, mm(24), 'regular'],
    ];
    for (const [x, text, most, style] of cells) content.push(this.#text.draw(page, text, { x, y, size: 10.5, style, most }));
  }

  #page(heading: string, part = ''): { page: PDFPage; content: string[]; y: number } {
    const page = this.#pdf.addPage([pageWidth, pageHeight]);
    this.pages += 1;
    const { unit, title, head } = this.#words;
    const write = (text: string, y: number, size: number, style: 'regular' | 'bold' | 'italic'): string => this.#text.draw(page, text, { x: margin, y: pageHeight - mm(y), size, style, most: pageWidth - 2 * margin });
    const content = [
      write(unit, 13, 9.5, 'regular'), write(title, 20, 14, 'bold'), write(head, 26, 9.5, 'italic'), write(heading, 35, 13, 'bold'),
      this.#text.draw(page, `${part === '' ? '' : `Tờ ${part} – `}Trang ${this.pages}`, { x: pageWidth - margin, y: pageHeight - mm(13), size: 9.5, align: 'right' }),
    ];
    return { page, content, y: rowsFrom };
  }
}

function teamName({ employer, department }: { employer: string; department: string }): string {
  return [department === '' ? 'Chưa rõ bộ phận' : department, employer].filter((part) => part !== '').join(' – ');
}

function sums(people: readonly Listed[], keyOf: (person: Listed) => string): [string, Listed[]][] {
  const all = new Map<string, Listed[]>();
  for (const each of people) {
    const key = keyOf(each);
    const list = all.get(key);
    if (list === undefined) all.set(key, [each]);
    else list.push(each);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

function counts(people: readonly Listed[]): string {
  const apart = mayHaveLeft(people);
  return `${people.length}${apart === '' ? '' : ` (${apart})`}`;
}

function mayHaveLeft(people: readonly Listed[]): string {
  const n = people.filter((each) => each.mayHaveLeft).length;
  return n === 0 ? '' : `trong đó ${n} có thể đã về`;
}
