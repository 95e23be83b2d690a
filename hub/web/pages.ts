import { datasets } from '../../shared/contracts/hub.ts';
import type { Problem } from '../../shared/contracts/problems.ts';
import type { ActLine } from '../store/acts.ts';
import type { Session } from '../store/admins.ts';
import type { ExportLine } from '../store/exports.ts';
import type { AlarmLine, KioskDetail, KioskLine, Today } from '../store/overview.ts';
import type { TokenLine } from '../store/tokens.ts';
import { html, type Html } from './html.ts';
import { csrfField, mark, note, openPage, page, type Meaning } from './layout.ts';
import {
  actText, agoText, alarmText, bytesText, clockText, datasetText, dayText, modeText, numberText, offsetText, percentText, quarantineText, whenText,
} from './words.ts';

// After so many greetings that did not come a kiosk has stopped, or its line has.
const missedGreetings = 5;
/** How often kiosks greet that do not say how often. */
const usualGreetingSeconds = 60;
const lostMs = 24 * 3_600_000;
const clockLimitMs = 60_000;

/** `ended`: whoever comes here was logged in until a moment ago. */
export function loginPage(problem: Problem | null, ended = false): string {
  return openPage('Đăng nhập', html`${problem && note('stopped', problem.vi)}${ended && note('attention', 'Phiên làm việc đã kết thúc. Vui lòng đăng nhập lại.')}
<form method="post" action="/login" class="card">
<label for="name">Tên đăng nhập</label><input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="60" autofocus>
<label for="password">Mật khẩu</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button class="primary">Đăng nhập</button></form>
<p class="hint">Mật khẩu ban đầu được in ra một lần khi máy chủ chạy lần đầu tiên.</p>`);
}

function stateOf(kiosk: KioskLine, now: Date): Html {
  const [meaning, text] = contactOf(kiosk, now);
  return html`${mark(meaning, text)}${isSilent(kiosk, now) && html`<span class="soft">từ ${whenText(kiosk.lastContactAt)}</span>`}`;
}

function contactOf({ state, lastContactAt, greetsEverySeconds }: KioskLine, now: Date): [Meaning, string] {
  if (state === 'revoked') return ['waiting', 'Đã thu hồi'];
  const silent = now.getTime() - Date.parse(lastContactAt);
  const allowed = missedGreetings * (greetsEverySeconds ?? usualGreetingSeconds) * 1_000;
  if (silent <= allowed) return ['passed', 'Đang liên lạc'];
  return silent > Math.max(lostMs, allowed) ? ['stopped', 'Mất liên lạc'] : ['attention', 'Im lặng'];
}

const isSilent = (kiosk: KioskLine, now: Date): boolean => kiosk.state === 'active' && contactOf(kiosk, now)[0] !== 'passed';

export interface OverviewData { kiosks: KioskLine[]; alarms: AlarmLine[]; today: Today; now: Date }

export function overviewPage(session: Session, { kiosks, alarms, today, now }: OverviewData): string {
  const silent = kiosks.filter((kiosk) => isSilent(kiosk, now));
  return page(session, 'overview', 'Tổng quan', html`
${alarms.length + silent.length > 0 && html`<section aria-labelledby="look"><h2 id="look">Cần xem</h2><ul class="notes">
${alarms.map((alarm) => html`<li>${note(alarm.code === 'chain-fork' ? 'stopped' : 'attention', html`<p><strong><a href="/kiosks/${alarm.device}">${alarm.name}</a></strong>: ${alarmText(alarm.code)}.
Lần cuối ${whenText(alarm.lastAt)}${alarm.times > 1 && html`, ${numberText(alarm.times)} lần`}.</p>
<form method="post" action="/alarms/${alarm.alarmNo}/clear">${csrfField(session)}<button>Đã xem</button></form>`)}</li>`)}
${silent.map((kiosk) => html`<li>${note(contactOf(kiosk, now)[0], html`<p><strong><a href="/kiosks/${kiosk.device}">${kiosk.name}</a></strong> im lặng từ ${whenText(kiosk.lastContactAt)}.
Kiểm tra nguồn điện và mạng tại ${kiosk.unitName}; dữ liệu vẫn được giữ tại ki-ốt.</p>`)}</li>`)}</ul></section>`}
<section aria-labelledby="today"><h2 id="today">Hôm nay <span class="soft">tính đến ${clockText(now.toISOString())}</span></h2><dl class="counts">
${count('Lượt qua cổng', numberText(today.scans), `${numberText(today.recorded)} lượt được ghi nhận`)}
${count('Hồ sơ tiếp nhận', numberText(today.received), null)}
${count('Hồ sơ có kết quả', numberText(today.resolved), null)}
${count('Đã trả kết quả', numberText(today.handedOver), null)}
${count('Số hóa kết quả', percentText(today.digitised, today.resolved), `${numberText(today.digitised)} trên ${numberText(today.resolved)} hồ sơ có kết quả`)}
${count('Dùng lại giấy tờ', percentText(today.reused, today.components), `${numberText(today.reused)} trên ${numberText(today.components)} thành phần`)}
${count('Lượt tra cứu', numberText(today.lookUps), null)}</dl></section>
<section aria-labelledby="kiosks"><h2 id="kiosks">Ki-ốt <span class="soft">${numberText(kiosks.length)} máy</span></h2>
${kiosks.length === 0 ? empty('Chưa có ki-ốt nào.', html`Tạo mã ghi danh ở trang <a href="/enrol">Ghi danh ki-ốt</a>, rồi nhập mã đó trên màn hình thiết lập của ki-ốt.`) : kioskTable(kiosks, now)}</section>`, true);
}

function count(name: string, value: string, more: string | null): Html {
  return html`<div><dt>${name}</dt><dd><span class="figure">${value}</span>${more && html`<span class="soft">${more}</span>`}</dd></div>`;
}

function kioskTable(kiosks: readonly KioskLine[], now: Date): Html {
  return html`<div class="scroll" role="region" aria-label="Bảng ki-ốt" tabindex="0"><table class="cards"><thead><tr><th>Ki-ốt</th><th>Trạng thái</th><th>Liên lạc cuối</th><th class="number">Bản ghi</th>
<th class="number">Đang chờ gửi</th><th class="number">Còn thiếu</th><th class="number">Để riêng</th><th>Đồng hồ</th><th>Phiên bản</th></tr></thead><tbody>
${kiosks.map((kiosk) => html`<tr><th scope="row"><a href="/kiosks/${kiosk.device}">${kiosk.name}</a><span class="soft">${kiosk.unitName} · ${modeText[kiosk.mode]}</span></th>
<td data-name="Trạng thái">${stateOf(kiosk, now)}</td><td data-name="Liên lạc cuối"><span title="${whenText(kiosk.lastContactAt)}">${agoText(kiosk.lastContactAt, now)}</span></td>
<td data-name="Bản ghi" class="number">${numberText(kiosk.events)}</td>
<td data-name="Đang chờ gửi" class="number">${numberText(kiosk.backlog)}${kiosk.blobsWaiting > 0 && html`<span class="soft">${numberText(kiosk.blobsWaiting)} bản quét</span>`}</td>
<td data-name="Còn thiếu" class="number">${kiosk.behind > 0 ? mark('waiting', numberText(kiosk.behind)) : '0'}</td>
<td data-name="Để riêng" class="number">${kiosk.quarantined > 0 ? mark('attention', numberText(kiosk.quarantined)) : '0'}</td>
<td data-name="Đồng hồ">${clockMark(kiosk.clockOffsetMs)}</td><td data-name="Phiên bản">${kiosk.appVersion}</td></tr>`)}</tbody></table></div>`;
}

function clockMark(offset: number | null): Html | string {
  return offset !== null && Math.abs(offset) > clockLimitMs ? mark('attention', offsetText(offset)) : offsetText(offset);
}

export function kioskPage(session: Session, kiosk: KioskLine, detail: KioskDetail, now: Date): string {
  return page(session, 'overview', kiosk.name, html`<p><a href="/">← Tất cả ki-ốt</a></p>
<section class="card"><dl class="facts"><div><dt>Trạng thái</dt><dd>${stateOf(kiosk, now)}</dd></div><div><dt>Đơn vị</dt><dd>${kiosk.unitName} (${kiosk.unit})</dd></div>
<div><dt>Dùng làm</dt><dd>${modeText[kiosk.mode]}</dd></div><div><dt>Ghi danh</dt><dd>${whenText(kiosk.enrolledAt)}</dd></div>
<div><dt>Liên lạc cuối</dt><dd>${whenText(kiosk.lastContactAt)}</dd></div><div><dt>Nhận bản ghi cuối</dt><dd>${kiosk.lastPushAt ? whenText(kiosk.lastPushAt) : 'chưa có'}</dd></div>
<div><dt>Đồng hồ</dt><dd>${clockMark(kiosk.clockOffsetMs)}</dd></div><div><dt>Ổ đĩa còn trống</dt><dd>${kiosk.freeDiskBytes === null ? 'chưa biết' : bytesText(kiosk.freeDiskBytes)}</dd></div>
<div><dt>Phiên bản phần mềm</dt><dd>${kiosk.appVersion}</dd></div><div><dt>Bản quét chưa nhận đủ</dt><dd>${numberText(detail.blobsMissing)}</dd></div>
${kiosk.mode === 'counter' && html`<div class="whole"><dt>Khối số hồ sơ</dt><dd>${detail.numberBlocks.length === 0 ? 'chưa cấp' : html`${detail.numberBlocks.map(({ block, givenAt }, at) => html`${at > 0 && ', '}${block} <span class="soft inline">${at === 0 ? 'đang dùng, ' : ''}cấp ${whenText(givenAt)}</span>`)}`}</dd></div>`}
<div class="whole"><dt>Mã thiết bị</dt><dd><code>${kiosk.device}</code></dd></div></dl></section>
<section><h2>Chuỗi ghi nhận</h2>${detail.chains.length === 0 ? empty('Chưa nhận bản ghi nào.', 'Ki-ốt gửi ngay khi có mạng; kiểm tra màn hình đồng bộ trên ki-ốt.') : html`
<div class="scroll"><table class="cards"><thead><tr><th>Đợt cài đặt</th><th class="number">Đã nhận đến</th><th>Lần cuối</th><th>Liền mạch</th></tr></thead><tbody>
${detail.chains.map((chain) => html`<tr><th scope="row"><code>${chain.epoch}</code></th><td data-name="Đã nhận đến" class="number">${numberText(chain.haveSeq)}</td><td data-name="Lần cuối">${whenText(chain.updatedAt)}</td>
<td data-name="Liền mạch">${chain.gaps.length === 0 ? mark('passed', 'Đủ, không thiếu số nào') : mark('stopped', `Thiếu ${chain.gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).slice(0, 10).join(', ')}`)}</td></tr>`)}</tbody></table></div>`}</section>
${detail.quarantined.length > 0 && html`<section><h2>Bản ghi để riêng</h2><p>Đã nhận và giữ nguyên, nhưng chưa tính vào số liệu.</p><div class="scroll"><table class="cards"><thead><tr><th>Số</th><th>Lý do</th><th>Lúc nhận</th></tr></thead><tbody>
${detail.quarantined.map((each) => html`<tr><th scope="row">${numberText(each.seq)}</th><td data-name="Lý do">${quarantineText(each.code)}</td><td data-name="Lúc nhận">${whenText(each.at)}</td></tr>`)}</tbody></table></div></section>`}
${kiosk.state === 'active' && html`<section><h2>Thu hồi</h2><p>Khi ki-ốt bị mất, bị trộm hoặc ngừng dùng. Ki-ốt sẽ không gửi và nhận được nữa; dữ liệu đã nhận vẫn còn.</p>
<details><summary>Thu hồi ki-ốt này…</summary><p><strong>Thu hồi “${kiosk.name}” của ${kiosk.unitName}?</strong> Ki-ốt mất quyền kết nối ngay và không tự nối lại được: muốn dùng tiếp phải ghi danh bằng mã mới.
${kiosk.backlog + kiosk.behind > 0 ? html`Còn <strong>${numberText(Math.max(kiosk.backlog, kiosk.behind))} bản ghi</strong> chưa gửi sẽ chỉ nằm lại trên máy đó.` : 'Theo lần liên lạc cuối, ki-ốt không còn bản ghi nào chưa gửi.'}</p>
<form method="post" action="/kiosks/${kiosk.device}/revoke">${csrfField(session)}<button class="danger">Có, thu hồi “${kiosk.name}”</button></form></details></section>`}`);
}

export interface EnrolData { units: { code: string; name: string }[]; pending: { unit: string; unitName: string; name: string | null; createdBy: string; expiresAt: string }[]; problem: Problem | null }

export function enrolPage(session: Session, { units, pending, problem }: EnrolData): string {
  return page(session, 'enrol', 'Ghi danh ki-ốt', html`${problem && note('stopped', problem.vi)}
<p>Mỗi ki-ốt mới cần một mã dùng một lần, gắn với đơn vị và có hiệu lực 15 phút.</p>
<form method="post" action="/enrol" class="card">${csrfField(session)}
<label for="unit">Mã đơn vị</label><input id="unit" name="unit" list="units" required maxlength="64" autocomplete="off" placeholder="Ví dụ: KCN-01">
<datalist id="units">${units.map(({ code, name }) => html`<option value="${code}">${name}</option>`)}</datalist>
<label for="unitName">Tên đơn vị <span class="soft">chỉ cần khi đơn vị chưa có</span></label><input id="unitName" name="unitName" maxlength="200" autocomplete="off">
<label for="name">Tên ki-ốt <span class="soft">không bắt buộc</span></label><input id="name" name="name" maxlength="100" autocomplete="off" placeholder="Ví dụ: Cổng chính, làn 2">
<button class="primary">Tạo mã</button></form>
<section><h2>Mã đang chờ</h2>${pending.length === 0 ? empty('Không có mã nào đang chờ.', 'Mã hết hạn hoặc đã dùng không hiện ở đây.') : html`<ul class="plain">${pending.map((each) => html`<li>${each.unitName} (${each.unit})${each.name && html` · ${each.name}`} <span class="soft">hết hạn lúc ${clockText(each.expiresAt)}, người tạo ${each.createdBy}</span></li>`)}</ul>`}</section>`);
}

export function codePage(session: Session, unit: string, { code, expiresAt }: { code: string; expiresAt: string }): string {
  return page(session, 'enrol', 'Mã ghi danh', html`<section class="card center"><p>Nhập mã này trên màn hình thiết lập của ki-ốt tại <strong>${unit}</strong>:</p>
<p class="code" aria-label="${code.split('').join(' ')}">${code.slice(0, 4)}<span> </span>${code.slice(4)}</p>
<p>Hết hạn lúc <strong>${clockText(expiresAt)}</strong> <span class="soft" data-until="${expiresAt}"></span>. Mã chỉ hiện một lần và chỉ dùng được một lần.</p>
<p><a class="button" href="/enrol">Xong</a></p></section>`);
}

export function exportsPage(session: Session, lines: readonly ExportLine[], day: string, problem: Problem | null): string {
  return page(session, 'exports', 'Xuất dữ liệu', html`${problem && note('stopped', problem.vi)}
<form method="post" action="/exports" class="card row">${csrfField(session)}
<div class="grow"><label for="dataset">Bộ dữ liệu</label><select id="dataset" name="dataset">${datasets.map((each) => html`<option value="${each}"${each === 'gate-scans' ? html` selected` : ''}>${datasetText[each]}</option>`)}</select></div>
<div><label for="from">Từ ngày</label><input id="from" name="from" type="date" required value="${day}"></div><div><label for="to">Đến hết ngày</label><input id="to" name="to" type="date" required value="${day}"></div>
<div><label for="format">Dạng tệp</label><select id="format" name="format"><option value="csv">CSV (bảng tính)</option><option value="ndjson">NDJSON</option></select></div>
<button class="primary">Xuất</button></form>
<section><h2>Các lần xuất</h2>${lines.length === 0 ? empty('Chưa có lần xuất nào.', 'Chọn bộ dữ liệu và khoảng ngày ở trên. Mỗi lần xuất đều được ghi lại, kể cả khi lấy bằng mã truy cập.') : html`
<div class="scroll" role="region" aria-label="Các lần xuất" tabindex="0"><table class="cards"><thead><tr><th>Bộ dữ liệu</th><th>Khoảng ngày</th><th class="number">Số dòng</th><th>Đối soát</th><th>Người xuất</th><th>Tải về</th></tr></thead><tbody>
${lines.map(exportRow)}</tbody></table></div>`}</section>`);
}

function exportRow({ exportId, requester, manifest, createdAt, isHere }: ExportLine): Html {
  const gaps = manifest.devices.reduce((sum, { gaps: each }) => sum + each.length, 0);
  const events = manifest.devices.reduce((sum, each) => sum + each.events, 0);
  return html`<tr><th scope="row">${datasetText[manifest.dataset]}<span class="soft">${manifest.format.toUpperCase()} · ${bytesText(manifest.bytes)}</span></th>
<td data-name="Khoảng ngày">${dayText(manifest.from)} – ${dayText(manifest.to)}</td><td data-name="Số dòng" class="number">${numberText(manifest.rows)}</td>
<td data-name="Đối soát">${gaps === 0 ? mark('passed', 'Liền mạch') : mark('stopped', `${gaps} khoảng trống`)}<span class="soft">${numberText(events)} bản ghi, ${numberText(manifest.devices.length)} chuỗi</span></td>
<td data-name="Người xuất">${requester.replace('token:', 'Mã truy cập: ')}<span class="soft">${whenText(createdAt)}</span></td>
<td data-name="Tải về">${isHere ? html`<a href="/exports/${exportId}/file">Tệp</a> · <a href="/exports/${exportId}/manifest">Bản kê</a>` : html`<span class="soft">đã quá một ngày</span>`}</td></tr>`;
}

export function tokensPage(session: Session, tokens: readonly TokenLine[], made: { name: string; token: string } | null, problem: Problem | null): string {
  return page(session, 'tokens', 'Mã truy cập', html`${problem && note('stopped', problem.vi)}
${made && note('info', html`<p>Mã truy cập của <strong>${made.name}</strong>, chỉ hiện một lần. Hãy chép ngay:</p><p><code class="secret">${made.token}</code></p>`)}
<p>Hệ thống khác dùng mã truy cập để lấy dữ liệu xuất qua HTTP.</p>
<form method="post" action="/tokens" class="card row">${csrfField(session)}<div class="grow"><label for="name">Hệ thống nào sẽ dùng mã này?</label><input id="name" name="name" required maxlength="100" autocomplete="off" placeholder="Ví dụ: Kho dữ liệu dùng chung của tỉnh"></div><button class="primary">Tạo mã</button></form>
<section><h2>Các mã đã tạo</h2>${tokens.length === 0 ? empty('Chưa có mã truy cập nào.', 'Nếu chỉ tải tệp bằng trang Xuất dữ liệu thì không cần mã.') : html`<div class="scroll"><table class="cards"><thead><tr><th>Tên</th><th>Tạo</th><th>Dùng lần cuối</th><th>Trạng thái</th></tr></thead><tbody>
${tokens.map((each) => html`<tr><th scope="row">${each.name}</th><td data-name="Tạo">${whenText(each.createdAt)}<span class="soft">${each.createdBy}</span></td><td data-name="Dùng lần cuối">${each.lastUsedAt ? whenText(each.lastUsedAt) : 'chưa dùng'}</td>
<td data-name="Trạng thái">${each.revokedAt ? mark('waiting', 'Đã thu hồi') : html`${mark('passed', 'Đang dùng được')}<details><summary>Thu hồi…</summary><p><strong>Thu hồi mã của “${each.name}”?</strong> Hệ thống đang dùng mã này mất quyền lấy dữ liệu ngay, không khôi phục được; muốn lấy tiếp phải tạo mã mới. ${each.lastUsedAt ? `Lần dùng cuối: ${whenText(each.lastUsedAt)}.` : 'Mã này chưa được dùng lần nào.'} Ki-ốt không bị ảnh hưởng.</p><form method="post" action="/tokens/${each.tokenId}/revoke">${csrfField(session)}<button class="danger">Có, thu hồi mã của “${each.name}”</button></form></details>`}</td></tr>`)}</tbody></table></div>`}</section>`);
}

export function accountPage(session: Session, acts: readonly ActLine[], problem: Problem | null): string {
  return page(session, 'account', 'Tài khoản', html`${problem && note('stopped', problem.vi)}
<form method="post" action="/account" class="card">${csrfField(session)}<h2>Đổi mật khẩu</h2>
<label for="old">Mật khẩu hiện tại</label><input id="old" name="old" type="password" autocomplete="current-password" required maxlength="200">
<label for="fresh">Mật khẩu mới <span class="soft">ít nhất 12 ký tự</span></label><input id="fresh" name="fresh" type="password" autocomplete="new-password" required minlength="12" maxlength="200">
<label for="again">Nhập lại mật khẩu mới</label><input id="again" name="again" type="password" autocomplete="new-password" required maxlength="200">
<button class="primary">Đổi mật khẩu</button><p class="hint">Sau khi đổi, mọi phiên đăng nhập đều kết thúc.</p></form>
<section><h2>Nhật ký quản trị</h2>${acts.length === 0 ? empty('Chưa có việc nào được ghi.', 'Đăng nhập, tạo mã, thu hồi, xuất dữ liệu đều được ghi lại và không xóa được.') : html`<div class="scroll" role="region" aria-label="Nhật ký quản trị" tabindex="0"><table class="cards"><thead><tr><th>Việc</th><th>Đối tượng</th><th>Người làm</th><th>Lúc</th></tr></thead><tbody>
${acts.map(({ at, name, act, subject }) => html`<tr><th scope="row">${actText[act]}</th><td data-name="Đối tượng">${subject}</td><td data-name="Người làm">${name}</td><td data-name="Lúc">${whenText(at)}</td></tr>`)}</tbody></table></div>`}</section>`);
}

export function problemPage(session: Session | null, problem: Problem): string {
  const body = html`${note('stopped', problem.vi)}<p><a class="button" href="/">Về trang tổng quan</a></p>`;
  return session ? page(session, 'overview', 'Chưa thực hiện được', body) : openPage('Chưa thực hiện được', body);
}

function empty(what: string, todo: Html | string): Html {
  return html`<div class="empty"><p><strong>${what}</strong></p><p>${todo}</p></div>`;
}
