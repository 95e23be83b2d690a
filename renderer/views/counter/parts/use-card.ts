import { useCallback, useEffect, useRef, useState } from 'react';
import { problem as problemOf, isProblemCode, type Problem } from '../../../../shared/contracts/problems.ts';
import type { Input } from '../../../../shared/contracts/requests/index.ts';
import type { Purpose } from '../../../../shared/domain/purpose.ts';
import { ask, toProblem, useKioskEvent } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import type { Identified } from '../intake-draft.ts';
import type { ScannedCode } from './use-codes.ts';

export type CardKey = Omit<Input<'citizen/from-card'>, 'purpose'>;
export const noKey: CardKey = { qrText: null, can: null, document: null };

export interface PersonReader {
  reader: 'missing' | 'empty' | 'card';
  busy: boolean;
  progress: { bytes: number; of: number | null } | null;
  problem: Problem | null;
  readCard: (key: CardKey) => void;
  readQr: (code: ScannedCode) => void;
  clear: () => void;
}

/** Whether a card lies on the reader, from the status and from what happened since. */
function usePresence(): PersonReader['reader'] {
  const { status } = useStatus();
  const [present, setPresent] = useState<boolean | null>(null);
  useKioskEvent('card/state', (state) => { setPresent(state.present); });
  const readers = status.devices.filter((d) => d.kind === 'reader' && (d.state === 'ready' || d.state === 'card'));
  if (present === true) return 'card';
  if (readers.length === 0) return 'missing';
  return present ?? readers.some((d) => d.state === 'card') ? 'card' : 'empty';
}

/**
 * Reads the person from card or QR. A code is opened together with the card when one lies there, so that both sources
 * are compared. A later reading makes an earlier one of no effect.
 */
export function usePersonReader(purpose: Purpose, onRead: (who: Identified) => void): PersonReader {
  const reader = usePresence();
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const [progress, setProgress] = useState<PersonReader['progress']>(null);
  const turn = useRef(0);
  useEffect(() => () => { turn.current += 1; }, []);
  useKioskEvent('card/progress', setProgress);

  const run = useCallback((read: () => Promise<Identified>) => {
    const mine = ++turn.current;
    setProgress(null);
    setState({ busy: true, problem: null });
    read().then(
      (who) => {
        if (turn.current !== mine) return;
        setState({ busy: false, problem: null });
        onRead(who);
      },
      (thrown: unknown) => { if (turn.current === mine) setState({ busy: false, problem: toProblem(thrown) }); },
    );
  }, [onRead]);

  const readCard = useCallback((key: CardKey) => {
    run(async () => {
      const { reading, panel } = await ask('citizen/from-card', { purpose, ...key });
      if (panel !== null) return { panel, reading, qrText: key.qrText };
      const code = reading.problem?.code;
      throw problemOf(isProblemCode(code) ? code : 'card-protocol', reading.problem?.detail);
    });
  }, [purpose, run]);
  const readQr = useCallback(({ text, asciiOnly }: ScannedCode) => {
    if (reader === 'card') readCard({ ...noKey, qrText: text, asciiOnly });
    else run(async () => ({ panel: await ask('citizen/from-qr', { text, purpose, asciiOnly }), reading: null, qrText: text }));
  }, [purpose, reader, readCard, run]);
  const clear = useCallback(() => { turn.current += 1; setState({ busy: false, problem: null }); }, []);
  return { reader, progress, readCard, readQr, clear, ...state };
}
