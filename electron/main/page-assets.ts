import { readdirSync } from 'node:fs';
import path from 'node:path';

const pageOrigin = 'app://kiosk';
export const pageUrl = `${pageOrigin}/index.html`;

/** design.md: nothing but what this app itself brings along; images and video also from memory. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "style-src 'self'",
  "img-src 'self' blob: data:", "font-src 'self'", "media-src 'self' blob:", "connect-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.wasm': 'application/wasm', '.woff2': 'font/woff2', '.woff': 'font/woff',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp',
  '.ico': 'image/x-icon', '.mp3': 'audio/mpeg', '.wav': 'audio/wav', '.ogg': 'audio/ogg',
};

/** Each file of the built page by its address; whatever is not on this list does not exist for the page. */
export type PageAssets = ReadonlyMap<string, { file: string; type: string }>;

/** Lists a folder of the built page. Files of unknown type are left out. */
export function listAssets(folder: string): PageAssets {
  const assets = new Map<string, { file: string; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[path.extname(entry.name).toLowerCase()];
    if (!entry.isFile() || !type) continue;
    const file = path.join(entry.parentPath, entry.name);
    assets.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { file, type });
  }
  return assets;
}

/** The asset behind an address, or undefined: wrong origin, dots, encoded slashes and unknown names all end here. */
export function findAsset(assets: PageAssets, address: string): { file: string; type: string } | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'kiosk') return undefined;
  try {
    return assets.get(url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname));
  } catch {
    return undefined;
  }
}

/** Whether an address is a page of ours (for senders, permissions, navigation). */
export function isOurs(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`);
}
