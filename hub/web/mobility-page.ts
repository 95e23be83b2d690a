import { z } from 'zod';
import { LocalDate } from '../../shared/contracts/identity.ts';
import type { Session } from '../store/admins.ts';
import { absentDays, type MobilityRow } from '../store/mobility.ts';
import { html, type Html } from './html.ts';
import { mark, page } from './layout.ts';
import { dayText, numberText } from './words.ts';

export interface MobilityView { from: string; to: string; unit: string | null; units: readonly { code: string; name: string }[]; rows: readonly MobilityRow[] }

const Query = z.object({ from: LocalDate.optional().catch(undefined), to: LocalDate.optional().catch(undefined), unit: z.string().max(64).optional().catch(undefined) });
const [usualDays, mostDays] = [14, 100];
const dayMs = 86_400_000;

/** The dates that a page is asked for, the last two weeks where it is not told well; @param today `YYYY-MM-DD` */
export function mobilityPeriod(query: unknown, today: string): { from: string; to: string; unit: string | null } {
  const { from, to, unit } = Query.safeParse(query).data ?? {};
  const before = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
  const isReal = (date: string | undefined): date is string => date !== undefined && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && before(date, 0) === date;
  const last = isReal(to) ? to : today;
  const first = isReal(from) && from <= last && from > before(last, mostDays) ? from : before(last, usualDays - 1);
  return { from: first, to: last, unit: unit === undefined || unit === '' ? null : unit };
}

interface Line { unitName: string; employer: string; roster: number; joined: number; left: number; present: number; absent: number | null }

/** Joined, left, present and absent of every enterprise of every unit: counts only. */
export function mobilityPage(session: Session, { from, to, unit, units, rows }: MobilityView): string {
  const lines = linesOf(rows);
  const sum = (of: (line: Line) => number): number => lines.reduce((n, line) => n + of(line), 0);
  return page(session, 'mobility', 'Biến động lao động', html`<form method="get" action="/mobility" class="card row">
<div class="grow"><label for="unit">Đơn vị, khu công nghiệp</label><select id="unit" name="unit"><option value="">Tất cả</option>${units.map(({ code, name }) => html`<option value="${code}"${code === unit ? html` selected` : ''}>${name}</option>`)}</select></div>
<div><label for="from">Từ ngày</label><input id="from" name="from" type="date" required value="${from}"></div><div><label for="to">Đến hết ngày</label><input id="to" name="to" type="date" required value="${to}"></div>
<button class="primary">Xem</button></form>
${lines.length === 0 ? html`<div class="empty"><p><strong>Chưa có danh sách người lao động nào.</strong></p><p>Cổng của doanh nghiệp gửi danh sách và lượt qua cổng khi đã ghi danh với máy chủ này.</p></div>` : html`
<section><dl class="counts">${figure('Doanh nghiệp', lines.length)}${figure('Đang có trong danh sách', sum(({ roster }) => roster))}${figure('Có mặt bình quân ngày', sum(({ present }) => present))}${figure('Vào làm', sum(({ joined }) => joined))}${figure('Nghỉ việc', sum(({ left }) => left))}${figure(`Vắng trên ${absentDays} ngày`, sum(({ absent }) => absent ?? 0))}</dl></section>
<section><h2>Số người có mặt mỗi ngày</h2>${curve(rows)}</section>
<section><h2>Theo doanh nghiệp</h2><div class="scroll" role="region" aria-label="Bảng biến động" tabindex="0"><table class="cards"><thead><tr><th>Doanh nghiệp</th><th class="number">Trong danh sách</th><th class="number">Vào làm</th>
<th class="number">Nghỉ việc</th><th class="number">Có mặt bình quân ngày</th><th class="number">Vắng trên ${numberText(absentDays)} ngày</th></tr></thead><tbody>
${lines.map((line) => html`<tr><th scope="row">${line.employer === '' ? 'Chưa ghi doanh nghiệp' : line.employer}<span class="soft">${line.unitName}</span></th><td data-name="Trong danh sách" class="number">${numberText(line.roster)}</td>
<td data-name="Vào làm" class="number">${numberText(line.joined)}</td><td data-name="Nghỉ việc" class="number">${numberText(line.left)}</td><td data-name="Có mặt bình quân" class="number">${numberText(line.present)}</td>
<td data-name="Vắng lâu ngày" class="number">${line.absent === null ? mark('waiting', 'chờ cổng gửi') : numberText(line.absent)}</td></tr>`)}</tbody></table></div>
<p class="hint">Chỉ là số đếm, không có tên người. Danh sách tính đến ${dayText(to)}; vắng mặt tính đến ngày gần nhất mà mọi cổng của đơn vị đã gửi dữ liệu. Tải số liệu từng ngày ở trang <a href="/exports">Xuất dữ liệu</a>, bộ “Biến động lao động”.</p></section>`}`);
}

function figure(name: string, value: number): Html {
  return html`<div><dt>${name}</dt><dd><span class="figure">${numberText(value)}</span></dd></div>`;
}

/** Of each enterprise: the roster on the last date, sums of the period, absence on the last date that is decided. */
function linesOf(rows: readonly MobilityRow[]): Line[] {
  const lines = new Map<string, { line: Line; days: number }>();
  for (const row of rows) {
    const key = `${row.unit}\u0000${row.employer}`;
    const known = lines.get(key) ?? { line: { unitName: row.unitName, employer: row.employer, roster: 0, joined: 0, left: 0, present: 0, absent: null }, days: 0 };
    const { line } = known;
    line.roster = row.roster;
    line.joined += row.joined;
    line.left += row.left;
    line.present += row.present;
    line.absent = row.absent ?? line.absent;
    lines.set(key, { line, days: known.days + 1 });
  }
  return [...lines.values()].map(({ line, days }) => ({ ...line, present: Math.round(line.present / days) }));
}

const [width, height, left, bottom] = [1_100, 260, 80, 30];

/** The line of who was present, over all enterprises shown. */
function curve(rows: readonly MobilityRow[]): Html {
  const byDate = new Map<string, number>();
  for (const { date, present } of rows) byDate.set(date, (byDate.get(date) ?? 0) + present);
  const days = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1));
  const most = roundUp(Math.max(4, ...days.map(([, n]) => n)));
  const x = (n: number): number => Math.round(left + (days.length === 1 ? 0.5 : n / (days.length - 1)) * (width - left - 20));
  const y = (value: number): number => Math.round(height - bottom - (value / most) * (height - bottom - 14));
  const step = Math.ceil(days.length / 10);
  return html`<div class="scroll"><svg viewBox="0 0 ${width} ${height}" width="100%" role="img" aria-label="Biểu đồ số người có mặt mỗi ngày">
${[0, 0.5, 1].map((part) => html`<line x1="${left}" x2="${width - 20}" y1="${y(most * part)}" y2="${y(most * part)}" stroke="var(--line)"/><text x="${left - 10}" y="${y(most * part) + 5}" text-anchor="end" font-size="14" stroke="none" fill="var(--ink-soft)">${numberText(Math.round(most * part))}</text>`)}
${days.map(([date], n) => n % step === 0 && html`<text x="${x(n)}" y="${height - 8}" text-anchor="middle" font-size="14" stroke="none" fill="var(--ink-soft)">${dayText(date).slice(0, 5)}</text>`)}
<polyline points="${days.map(([, n], at) => `${x(at)},${y(n)}`).join(' ')}" fill="none" stroke="var(--info)" stroke-width="3"/>
${days.map(([date, n], at) => html`<circle cx="${x(at)}" cy="${y(n)}" r="4" stroke="none" fill="var(--info)"><title>${dayText(date)}: ${numberText(n)}</title></circle>`)}</svg></div>`;
}

/** The next number of the kind 1, 2, 4, 6, 8 × a power of ten, which halves well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((n) => n * power).find((n) => n >= value)!;
}
