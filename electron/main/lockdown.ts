import { app, type Session, type WebContents } from 'electron';
import { isOurs } from './page-assets.ts';

/** What the system's window calls the files that our page makes. */
const fileKinds: Readonly<Record<string, string>> = { pdf: 'PDF', xlsx: 'Excel', mcsite: 'Dữ liệu liên cổng', mckey: 'Khóa liên cổng' };
/** What a page may load at all; the network is not on the list. */
const allowedProtocols = new Set(['app:', 'blob:', 'data:']);

/** Must run before the app is ready: no host name ever resolves in this browser, whatever finds a way to ask. */
export function cutNames(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Denies a session everything that a kiosk page does not need. */
export function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = new URL(details.url);
    answer({ cancel: !allowedProtocols.has(url.protocol) || (url.protocol === 'app:' && !isOurs(details.url)) });
  });
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? details.mediaTypes ?? [] : [];
    answer(permission === 'media' && isOurs(details.requestingUrl) && kinds.length > 0 && kinds.every((kind) => kind === 'video'));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    permission === 'media' && isOurs(origin) && details.mediaType === 'video');
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event, item) => {
    // Only files that our own page has made; a person says where to.
    const { protocol, pathname } = new URL(item.getURL());
    if (protocol !== 'blob:' || !isOurs(pathname) || !/^[a-z0-9-]+\.(xlsx|pdf|mcsite|mckey)$/.test(item.getFilename())) return event.preventDefault();
    const extension = item.getFilename().split('.').at(-1)!;
    item.setSaveDialogOptions({ defaultPath: item.getFilename(), filters: [{ name: fileKinds[extension] ?? extension, extensions: [extension] }] });
  });
  session.setSpellCheckerEnabled(false);
}

/** Denies every page, whoever made it, a way to other pages. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // Peer connections bypass webRequest; this leaves them no way out.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // A pinch or Ctrl+wheel must not leave the next person with a zoomed screen.
  void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
}
