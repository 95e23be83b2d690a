import { useCallback, useEffect, useRef, useState } from 'react';
import { problem as problemOf, isProblemCode, type Problem } from '../../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import type { CardKind, ReadersNow } from '../../../../shared/contracts/requests/reader.ts';
import type { Purpose } from '../../../../shared/domain/purpose.ts';
import { ask, toProblem, useKioskEvent } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { playSound } from '../../gate/sounds.ts';
import type { Identified } from '../intake-draft.ts';
import { useReaders } from '../../reader/use-readers.ts';
import type { ScannedCode } from './use-codes.ts';

export type CardKey = Omit<Input<'citizen/from-card'>, 'purpose'>;
export const noKey: CardKey = { qrText: null, can: null, document: null, mrz: null };
type Missing = Output<'citizen/from-card'>['missing'];

/** How the last read ended; all null and zero where it has not. */
interface Ending {
  problem: Problem | null;
  otherKind: CardKind | null;
  missing: Missing;
  wrongKeys: number;
  /** What was tried: the same opens the card when it is put back, and its QR is compared with the chip. */
  key: CardKey;
}
const nothing: Ending = { problem: null, otherKind: null, missing: null, wrongKeys: 0, key: noKey };

export interface PersonReader extends Ending {
  readers: ReadersNow;
  /** Cards that have come so far; a new one is read by itself. */
  arrivals: number;
  /** A card is read or waited for; a code alone takes no time that anybody sees. */
  busy: boolean;
  progress: { bytes: number; of: number | null } | null;
  readCard: (key: CardKey) => void;
  readQr: (code: ScannedCode) => void;
  cancel: () => void;
}

/** A read that was cut short is done again when the card is back; a key that was wrong is not tried a second time. */
const cutShort: ReadonlySet<string> = new Set(['card-removed', 'card-missing', 'card-mute', 'card-timeout', 'card-channel-broken', 'card-protocol']);

/** A card without a key was only looked at: that it is gone already is no failure. */
function isMissedLook({ problem, key: { qrText, can, document, mrz } }: Ending): boolean {
  return (problem?.code === 'card-removed' || problem?.code === 'card-missing') && qrText === null && can === null && document === null && (mrz ?? null) === null;
}

/** A reader that still resets says that its card is gone; how often and after how long one looks again while it says that a card lies there. */
const [mostLooks, nextLookMs] = [8, 350];

/** What opens the card that has just come: the key of a read that was cut short, else the code of the person before us. */
export function keyForArrival({ problem, key }: Pick<Ending, 'problem' | 'key'>, qrText: string | null): CardKey {
  return problem !== null && cutShort.has(problem.code) && key !== noKey ? key : { ...noKey, qrText: qrText ?? key.qrText };
}

/**
 * Reads the person from card or QR. A code is opened together with the card when one lies there, so that both sources
 * are compared. A later reading makes an earlier one of no effect.
 */
export function usePersonReader(purpose: Purpose, onRead: (who: Identified) => void): PersonReader {
  const { readers, arrivals } = useReaders();
  const { sound } = useStatus().status;
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState<Ending>(nothing);
  const [progress, setProgress] = useState<PersonReader['progress']>(null);
  const turn = useRef(0);
  useEffect(() => () => {
    // Whoever leaves the screen waits for no card any more.
    if (turn.current > 0) ask('card/cancel', {}).catch(() => undefined);
    turn.current += 1;
  }, []);
  useKioskEvent('card/progress', setProgress);
  const hasCard = readers.state === 'card';
  const lies = useRef(hasCard);
  useEffect(() => { lies.current = hasCard; }, [hasCard]);

  const run = useCallback((key: CardKey, withCard: boolean, read: () => Promise<Identified | Ending>) => {
    const mine = ++turn.current;
    setProgress(null);
    setBusy(withCard);
    setEnding({ ...nothing, key });
    const readOnce = (): Promise<Identified | Ending> => read().catch((thrown: unknown): Ending => ({ ...nothing, key, problem: toProblem(thrown) }));
    const readAgain = async (): Promise<Identified | Ending> => {
      let end = await readOnce();
      for (let looks = 1; looks < mostLooks && !('panel' in end) && isMissedLook(end) && turn.current === mine; looks += 1) {
        await new Promise((later) => { setTimeout(later, nextLookMs); });
        if (!lies.current || turn.current !== mine) break;
        end = await readOnce();
      }
      return end;
    };
    readAgain().then((end) => {
      if (turn.current !== mine) return;
      setBusy(false);
      const isRead = 'panel' in end;
      if (sound && (isRead || (end.problem?.code !== 'cancelled' && !isMissedLook(end)))) playSound(isRead ? 'passed' : 'attention');
      if (isRead) onRead(end);
      else setEnding(isMissedLook(end) ? nothing : end);
    }, () => undefined);
  }, [onRead, sound]);

  const readCard = useCallback((key: CardKey) => {
    run(key, true, async () => {
      const { reading, panel, faceId, missing, wrongKeys, otherKind } = await ask('citizen/from-card', { purpose, ...key });
      if (panel !== null) return { panel, reading, qrText: key.qrText, faceId };
      const code = reading.problem?.code;
      return { key, missing, wrongKeys, otherKind, problem: problemOf(isProblemCode(code) ? code : 'card-protocol', reading.problem?.detail) };
    });
  }, [purpose, run]);
  const readQr = useCallback(({ text, asciiOnly }: ScannedCode) => {
    if (hasCard) readCard({ ...noKey, qrText: text, asciiOnly });
    else run({ ...noKey, qrText: text, asciiOnly }, false, async () => ({ panel: await ask('citizen/from-qr', { text, purpose, asciiOnly }), reading: null, qrText: text, faceId: null }));
  }, [purpose, hasCard, readCard, run]);
  const cancel = useCallback(() => {
    turn.current += 1;
    setBusy(false);
    setEnding(nothing);
    ask('card/cancel', {}).catch(() => undefined);
  }, []);
  return { readers, arrivals, busy, progress, readCard, readQr, cancel, ...ending };
}
