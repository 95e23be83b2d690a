import { useState } from 'react';
import type { MusterCause } from '../../../../shared/contracts/requests/muster.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import type { z } from 'zod';

type Cause = z.infer<typeof MusterCause>;

const text = guard.muster;
const causes = (['fire', 'drill', 'other'] as const).map((id) => ({ id, label: text.causes[id], ...(text.causeHints[id] !== '' && { hint: text.causeHints[id] }) }));

/** Begins a roll call: why, and go. */
export function StartRollCall({ onClose, onStarted }: { onClose: () => void; onStarted: () => void }) {
  const [cause, setCause] = useState<Cause | null>(null);
  // Pressed twice, it is one roll call.
  const [musterId] = useState(() => crypto.randomUUID());
  const start = useRequest('muster/start');
  const go = async (): Promise<void> => {
    if (cause === null || await start.call({ musterId, cause }) === null) return;
    onStarted();
    onClose();
  };
  return (
    <Dialog open title={text.startTitle} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={start.busy} isDisabled={cause === null} onPress={() => { void go(); }}>{text.go}</Button>
      </>
    )}>
      <p className="soft">{text.startHint}</p>
      <ProblemNotice problem={start.problem} onRetry={start.again} />
      <Choice label={text.cause} options={causes} value={cause} onChange={setCause} />
    </Dialog>
  );
}
