import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import { ask, toProblem } from '../../kiosk.ts';

// Contents by hash, newest last: what was just scanned is shown without asking the service again.
const known = new Map<string, Blob>();
const KEPT = 40;

/** Keeps the content of a scan that the page itself handed over. */
export function rememberScan(sha256: string, content: Blob): void {
  known.delete(sha256);
  known.set(sha256, content);
  const oldest = known.keys().next();
  if (known.size > KEPT && !oldest.done) known.delete(oldest.value);
}

/** Forgets all contents: another person's papers must not stay in memory. */
export function forgetScans(): void {
  known.clear();
}

export interface ScanContent { content: Blob | null; problem: Problem | null; again: () => void }

/** The content of a scan; `dossierId` says for which dossier it is looked at, null while it belongs to none. */
export function useScanContent(sha256: string, dossierId: string | null): ScanContent {
  const [now, setNow] = useState<{ of: string; content: Blob | null; problem: Problem | null } | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (known.has(sha256)) return;
    let gone = false;
    ask('scan/get', { sha256, dossierId }).then(
      ({ mime, content }) => {
        const blob = new Blob([new Uint8Array(content)], { type: mime });
        rememberScan(sha256, blob);
        if (!gone) setNow({ of: sha256, content: blob, problem: null });
      },
      (thrown: unknown) => { if (!gone) setNow({ of: sha256, content: null, problem: toProblem(thrown) }); },
    );
    return () => { gone = true; };
  }, [sha256, dossierId, turn]);
  const mine = now?.of === sha256 ? now : null;
  return {
    content: mine?.content ?? known.get(sha256) ?? null, problem: mine?.problem ?? null,
    again: () => { setNow(null); setTurn((n) => n + 1); },
  };
}
