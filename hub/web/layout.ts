import type { Session } from '../store/admins.ts';
import { html, type Html } from './html.ts';

export type Place = 'overview' | 'mobility' | 'enrol' | 'exports' | 'tokens' | 'account';

const places: readonly { place: Place; path: string; text: string }[] = [
  { place: 'overview', path: '/', text: 'Tổng quan' },
  { place: 'mobility', path: '/mobility', text: 'Biến động lao động' },
  { place: 'enrol', path: '/enrol', text: 'Ghi danh ki-ốt' },
  { place: 'exports', path: '/exports', text: 'Xuất dữ liệu' },
  { place: 'tokens', path: '/tokens', text: 'Mã truy cập' },
  { place: 'account', path: '/account', text: 'Tài khoản' },
];

/** Five shapes for five meanings: never told by colour alone. */
const shapes = {
  passed: html`<circle cx="12" cy="12" r="10"/><path d="M7.5 12.5l3 3 6-6.5"/>`,
  attention: html`<path d="M12 3L22.5 21h-21z"/><path d="M12 10v5M12 17.6v.6"/>`,
  stopped: html`<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>`,
  info: html`<rect x="2.5" y="2.5" width="19" height="19" rx="4"/><path d="M12 11v6M12 7v.6"/>`,
  waiting: html`<circle cx="12" cy="12" r="10"/><path d="M12 6.5V12l3.5 2.5"/>`,
} as const;
export type Meaning = keyof typeof shapes;

/** A word with its shape and colour. */
export function mark(meaning: Meaning, text: string): Html {
  return html`<span class="mark ${meaning}"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">${shapes[meaning]}</svg>${text}</span>`;
}

export function note(meaning: Meaning, body: Html | string): Html {
  return html`<div class="note ${meaning}" role="${meaning === 'stopped' ? 'alert' : 'status'}"><svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">${shapes[meaning]}</svg><div>${body}</div></div>`;
}

export function csrfField({ csrf }: Session): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}">`;
}

function frame(title: string, body: Html): string {
  return `<!doctype html>\n${html`<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · MotCua Hub</title><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/tokens.css"><link rel="stylesheet" href="/assets/hub.css"><script src="/assets/hub.js" defer></script></head>
${body}</html>`.text}`;
}

/** A page behind the log-in. `live` pages bring themselves up to date. */
export function page(session: Session, place: Place, title: string, content: Html, live = false): string {
  return frame(title, html`<body>
<a class="skip" href="#content">Đến nội dung</a>
<header class="top"><div class="wide bar"><p class="brand"><strong>Máy chủ tập trung cấp tỉnh</strong><span>MotCua Hub</span></p>
<form method="post" action="/logout" class="who">${csrfField(session)}<span>${session.name}</span><button class="quiet">Đăng xuất</button></form></div>
<nav class="wide" aria-label="Các trang"><ul>${places.map((each) => html`<li><a href="${each.path}"${each.place === place ? html` aria-current="page"` : ''}>${each.text}</a></li>`)}</ul></nav></header>
<main id="content" class="wide"${live ? html` data-live="15"` : ''}><h1>${title}</h1>${content}</main></body>`);
}

/** A sheet for the printer, without the places to go. */
export function paperPage(title: string, content: Html): string {
  return frame(title, html`<body class="paper"><main id="content">${content}</main></body>`);
}

/** The log-in page and what else is seen before it. */
export function openPage(title: string, content: Html): string {
  return frame(title, html`<body class="open"><main id="content"><p class="brand"><strong>Máy chủ tập trung cấp tỉnh</strong><span>MotCua Hub</span></p><h1>${title}</h1>${content}</main></body>`);
}
