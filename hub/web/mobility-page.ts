import { cellText, isNumeric, type ReportRow } from '../../shared/domain/report-model.ts';
import type { Session } from '../store/admins.ts';
import { pictureBreakdowns, type Picture, type PictureDay } from '../store/mobility-picture.ts';
import { html, type Html } from './html.ts';
import { csrfField, mark, page, paperPage } from './layout.ts';
import { askQuery, breakdownText, subtitleOf } from './mobility-ask.ts';
import { dayText, numberText } from './words.ts';

/** Joined, left, moved, present and absent by enterprise, zone or commune: counts only. */
export function mobilityPage(session: Session, picture: Picture, madeAt: Date): string {
  const { ask, rows, days, notes, units } = picture;
  const query = askQuery(ask);
  return page(session, 'mobility', 'Biến động lao động', html`${filters(picture)}
${rows.length === 0 ? nothing(picture) : html`<section><dl class="counts four">${figures(picture)}</dl></section>
<section class="between"><h2>Theo ${breakdownText[ask.by].toLowerCase()}</h2><p><a class="button" href="/mobility/file?${query}">Tải bảng Excel</a> <a class="button" href="/mobility/print?${query}" target="_blank" rel="noopener">Bản in, PDF</a></p></section>
<div class="scroll" role="region" aria-label="Bảng biến động" tabindex="0">${table(picture)}</div>
<section><h2>Số người có mặt mỗi ngày</h2>${curve(days)}</section>
<ul class="hint">${[...subtitleOf(picture, madeAt).filter((line) => line.startsWith('Căn cứ')), ...notes].map((note) => html`<li>${note}</li>`)}</ul>`}
${units.length > 0 && html`<details class="zones"><summary>Khu công nghiệp của từng đơn vị…</summary><p>Dùng khi cổng chưa tự báo doanh nghiệp nào ở khu nào. Để trống thì đơn vị đứng riêng.</p>
${units.map(({ code, name, zone }, n) => html`<form method="post" action="/mobility/zone" class="card row">${csrfField(session)}<input type="hidden" name="unit" value="${code}"><div class="grow"><label for="zone-${n}">${name} <span class="soft">${code}</span></label>
<input id="zone-${n}" name="zone" value="${zone ?? ''}" maxlength="200" list="zones" autocomplete="off" placeholder="Ví dụ: KCN Đồng Văn I"></div><button>Lưu</button></form>`)}
<datalist id="zones">${picture.zones.map((zone) => html`<option value="${zone}"></option>`)}</datalist></details>`}`);
}

/** The same on paper: the browser prints it or keeps it as PDF. */
export function mobilityPaper(picture: Picture, madeAt: Date): string {
  const { form, catalogue, notes, days } = picture;
  return paperPage('Biến động lao động', html`<header class="paper-head"><p><strong>${catalogue.nation}</strong><br><strong>${catalogue.motto}</strong></p>
<h1>${form.title}</h1>${!form.verified && html`<p><em>(${catalogue.unverifiedMark})</em></p>`}${subtitleOf(picture, madeAt).map((line) => html`<p>${line}</p>`)}</header>
<p class="screen-only"><button type="button" class="primary" data-print>In hoặc lưu PDF</button> <span class="soft">Trong hộp thoại in, chọn “Lưu dưới dạng PDF” nếu cần tệp.</span></p>
${table(picture)}
${picture.rows.length === 0 ? html`<p>Không có số liệu cho lựa chọn này.</p>` : html`<section><h2>Số người có mặt mỗi ngày</h2>${curve(days)}</section>`}
<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>
<div class="paper-foot">${form.signatures.map((name) => html`<p><strong>${name}</strong><br><em>${catalogue.signHint}</em></p>`)}</div>`);
}

function filters({ ask, units, zones, employers }: Picture): Html {
  const option = (value: string, text: string, chosen: string | null): Html => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`;
  // What is asked for stays to be seen, though there is nobody of it.
  const withAsked = (all: readonly string[], asked: string | null): readonly string[] => (asked === null || all.includes(asked) ? all : [asked, ...all]);
  return html`<form method="get" action="/mobility" class="card row">
<div><label for="from">Từ ngày</label><input id="from" name="from" type="date" required value="${ask.from}"></div><div><label for="to">Đến hết ngày</label><input id="to" name="to" type="date" required value="${ask.to}"></div>
<div class="grow"><label for="by">Xem theo</label><select id="by" name="by">${pictureBreakdowns.map((by) => option(by, breakdownText[by], ask.by))}</select></div>
<div><label for="absentDays">Vắng trên (ngày)</label><input id="absentDays" name="absentDays" type="number" min="1" max="60" required value="${ask.absentDays}"></div>
<div class="grow"><label for="zone">Khu công nghiệp</label><select id="zone" name="zone">${option('', 'Tất cả', ask.zone)}${withAsked(zones, ask.zone).map((zone) => option(zone, zone, ask.zone))}</select></div>
<div class="grow"><label for="unit">Đơn vị</label><select id="unit" name="unit">${option('', 'Tất cả', ask.unit)}${units.map(({ code, name }) => option(code, name, ask.unit))}</select></div>
<div class="grow"><label for="employer">Doanh nghiệp</label><select id="employer" name="employer">${option('', 'Tất cả', ask.employer)}${withAsked(employers, ask.employer).map((employer) => option(employer, employer, ask.employer))}</select></div>
<button class="primary">Xem</button></form>`;
}

function nothing({ employers }: Picture): Html {
  return employers.length === 0
    ? html`<div class="empty"><p><strong>Chưa có danh sách người lao động nào.</strong></p><p>Cổng của doanh nghiệp gửi danh sách và lượt qua cổng khi đã ghi danh với máy chủ này.</p></div>`
    : html`<div class="empty"><p><strong>Không có số liệu cho lựa chọn này.</strong></p><p>Chọn khoảng ngày, khu công nghiệp hoặc doanh nghiệp khác ở trên, hoặc <a href="/mobility">xem tất cả hai tuần gần nhất</a>.</p></div>`;
}

function figures({ sums, ask }: Picture): Html[] {
  const figure = (name: string, value: number | null): Html => html`<div><dt>${name}</dt><dd>${value === null ? mark('waiting', 'chờ cổng gửi') : html`<span class="figure">${numberText(value)}</span>`}</dd></div>`;
  return [
    figure('Doanh nghiệp', sums.employers), figure('Lao động đầu kỳ', sums.opening), figure('Vào làm', sums.joined), figure('Nghỉ việc', sums.left), figure('Chuyển nơi làm, nơi ở', sums.movedIn),
    figure('Lao động cuối kỳ', sums.closing), figure('Có mặt bình quân ngày', sums.present), figure(`Vắng trên ${ask.absentDays} ngày`, sums.absent),
  ];
}

function table({ columns, rows }: Picture): Html {
  const label = columns.findIndex(({ kind }) => kind === 'text');
  const row = ({ kind, cells }: ReportRow): Html => {
    if (kind === 'group') return html`<tr class="group"><th scope="rowgroup" colspan="${columns.length}">${String(cells[0] ?? '')}</th></tr>`;
    return html`<tr${kind === 'sum' ? html` class="sum"` : ''}>${columns.map((column, at) => {
      const cell = cells[at] ?? null;
      if (at === label) return html`<th scope="row">${String(cell ?? '')}</th>`;
      const isWaiting = kind === 'row' && cell === null && column.kind === 'count';
      return html`<td data-name="${column.header}"${isNumeric(column.kind) ? html` class="number"` : ''}>${isWaiting ? mark('waiting', 'chờ') : cellText(column.kind, cell)}</td>`;
    })}</tr>`;
  };
  return html`<table class="cards figures"><thead><tr>${columns.map(({ header, kind }) => html`<th${isNumeric(kind) ? html` class="number"` : ''}>${header}</th>`)}</tr></thead><tbody>${rows.map(row)}</tbody></table>`;
}

const [width, height, left, bottom] = [1_100, 260, 80, 30];

/** The line of who was present, over everything shown; a date that some gate has not told whole is an open circle. */
function curve(days: readonly PictureDay[]): Html {
  const most = roundUp(Math.max(4, ...days.map(({ present }) => present)));
  const x = (n: number): number => Math.round(left + (days.length === 1 ? 0.5 : n / (days.length - 1)) * (width - left - 20));
  const y = (value: number): number => Math.round(height - bottom - (value / most) * (height - bottom - 14));
  const step = Math.ceil(days.length / 10);
  const told = ({ date, present, joined, left: gone, isWhole }: PictureDay): string => `${dayText(date)}: ${numberText(present)} có mặt, ${numberText(joined)} vào làm, ${numberText(gone)} nghỉ việc${isWhole ? '' : ' (chưa đủ số liệu)'}`;
  return html`<div class="scroll"><svg viewBox="0 0 ${width} ${height}" width="100%" role="img" aria-label="Biểu đồ số người có mặt mỗi ngày">
${[0, 0.5, 1].map((part) => html`<line x1="${left}" x2="${width - 20}" y1="${y(most * part)}" y2="${y(most * part)}" stroke="var(--line)"/><text x="${left - 10}" y="${y(most * part) + 5}" text-anchor="end" font-size="14" stroke="none" fill="var(--ink-soft)">${numberText(Math.round(most * part))}</text>`)}
${days.map(({ date }, n) => n % step === 0 && html`<text x="${x(n)}" y="${height - 8}" text-anchor="middle" font-size="14" stroke="none" fill="var(--ink-soft)">${dayText(date).slice(0, 5)}</text>`)}
<polyline points="${days.map(({ present }, at) => `${x(at)},${y(present)}`).join(' ')}" fill="none" stroke="var(--info)" stroke-width="3"/>
${days.map((day, at) => html`<circle cx="${x(at)}" cy="${y(day.present)}" r="4" ${day.isWhole ? html`stroke="none" fill="var(--info)"` : html`stroke="var(--info)" fill="var(--paper)"`}><title>${told(day)}</title></circle>`)}</svg></div>`;
}

/** The next number of the kind 1, 2, 4, 6, 8 × a power of ten, which halves well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((n) => n * power).find((n) => n >= value)!;
}
