import type { WebContents } from 'electron';

export interface PageWatchOptions {
  /** Asks the page regularly whether it still lives: for screens where nobody stands who would notice. */
  ask: boolean;
  /** The page ended; it is loaded again in a moment. */
  onGone(): void;
  log(words: string): void;
  askEveryMs?: number;
  answerMs?: number;
}

const firstDelayMs = 500;
const longestDelayMs = 10_000;
const healthyMs = 30_000;
/** The load was given up for another one: no failure. */
const aborted = -3;

/** Brings a page back that crashed, hangs or could not be loaded, in growing steps where that happens again and again. */
export function watchPage(contents: WebContents, { ask, onGone, log, askEveryMs = 10_000, answerMs = 30_000 }: PageWatchOptions): void {
  let delayMs = firstDelayMs;
  let loadedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const again = (why: string): void => {
    log(`the page ${why}, loading it again`);
    onGone();
    if (Date.now() - loadedAt > healthyMs) delayMs = firstDelayMs;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (contents.isDestroyed()) return;
      loadedAt = Date.now();
      contents.reload();
    }, delayMs);
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  };
  contents.on('render-process-gone', (_event, { reason }) => again(`ended (${reason})`));
  contents.on('did-fail-load', (_event, code, _words, _url, isMainFrame) => {
    if (isMainFrame && code !== aborted) again(`could not be loaded (${code})`);
  });
  if (ask) askForEver(contents, { askEveryMs, answerMs, log });
}

/** Chromium tells of a page that hangs only when somebody touches it, and at a gate the camera touches nothing. */
function askForEver(contents: WebContents, { askEveryMs, answerMs, log }: { askEveryMs: number; answerMs: number; log(words: string): void }): void {
  const ask = (): void => {
    if (contents.isDestroyed()) return;
    const next = (): void => void setTimeout(ask, askEveryMs);
    if (contents.isLoadingMainFrame() || contents.isCrashed()) return next();
    const limit = setTimeout(() => {
      if (contents.isDestroyed()) return;
      log('the page does not answer, ending it');
      contents.forcefullyCrashRenderer();
      next();
    }, answerMs);
    const answered = (): void => {
      // An answer after the limit comes from the page that was ended.
      if (!limit.hasRef()) return;
      clearTimeout(limit);
      limit.unref();
      next();
    };
    void contents.executeJavaScript('0').then(answered, answered);
  };
  setTimeout(ask, askEveryMs);
}
