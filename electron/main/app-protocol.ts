import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, findAsset, type PageAssets } from './page-assets.ts';

/** Must run before the app is ready: gives app:// the rights of https, without which no worker, wasm or camera works. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
  ]);
}

/** Serves the built page, and only that, under app://kiosk/. */
export function serveApp(session: Session, assets: PageAssets): void {
  session.protocol.handle('app', async (request) => {
    const asset = request.method === 'GET' ? findAsset(assets, request.url) : undefined;
    if (!asset) return new Response('not found', { status: 404, headers: secureHeaders('text/plain') });
    return new Response(new Uint8Array(await readFile(asset.file)), { headers: secureHeaders(asset.type) });
  });
}

function secureHeaders(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
