import { useState } from 'react';
import type { Dossier } from '../../../../shared/contracts/dossier.ts';
import { useStatus } from '../../../status.tsx';

/**
 * Whether the province has this dossier as it stands. Asking for the dossier again would be one more look-up on record,
 * so a later word that nothing waits any more is taken: then nothing of this dossier does.
 */
export function useSynced(dossier: Dossier | null): boolean {
  const { status: { sync } } = useStatus();
  const [mark, setMark] = useState({ dossier, sync, sent: false });
  if (mark.dossier !== dossier) setMark({ dossier, sync, sent: false });
  else if (!mark.sent && sync !== mark.sync && sync.state !== 'not-enrolled' && sync.waiting === 0) setMark({ ...mark, sent: true });
  return dossier !== null && (dossier.synced || (mark.dossier === dossier && mark.sent));
}
