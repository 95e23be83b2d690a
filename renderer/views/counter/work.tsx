import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Purpose } from '../../../shared/domain/purpose.ts';
import type { ResultDraft } from '../digitise/digitise-result.tsx';
import type { Identified, IntakeDraft } from './intake-draft.ts';
import type { ScannedCode } from './parts/use-codes.ts';

export type Screen =
  | { name: 'home' }
  | { name: 'intake' }
  | { name: 'dossier'; dossierId: string; purpose: Purpose }
  | { name: 'hand-over'; dossierId: string };

/** Everything an officer has begun and not finished. In memory only: a lock or a restart of the service leaves it. */
export interface Work {
  screen: Screen;
  intake: IntakeDraft | null;
  results: Readonly<Record<string, ResultDraft>>;
  receiver: { dossierId: string; who: Identified | null; authorisation: string } | null;
  /** An identity QR that was scanned while no screen was waiting for one. */
  pendingCode: ScannedCode | null;
}

export type ChangeWork = (change: (before: Work) => Work) => void;

const WorkContext = createContext<[Work, ChangeWork] | null>(null);
const nothing: Work = { screen: { name: 'home' }, intake: null, results: {}, receiver: null, pendingCode: null };

export function WorkProvider({ children }: { children: ReactNode }) {
  const [work, setWork] = useState(nothing);
  const value = useMemo<[Work, ChangeWork]>(() => [work, setWork], [work]);
  return <WorkContext value={value}>{children}</WorkContext>;
}

/** The officer's begun work and the one way to change it. */
export function useWork(): [Work, ChangeWork] {
  const value = useContext(WorkContext);
  if (value === null) throw new Error('useWork outside of the counter');
  return value;
}

/** Opens another screen of the officer's work. */
export function useGo(): (screen: Screen) => void {
  const [, change] = useWork();
  return useCallback((screen) => { change((before) => ({ ...before, screen })); }, [change]);
}

/** Changes the intake that is under way; does nothing when there is none. */
export function useChangeIntake(): (change: (before: IntakeDraft) => IntakeDraft) => void {
  const [, change] = useWork();
  return useCallback((apply) => {
    change((before) => (before.intake === null ? before : { ...before, intake: apply(before.intake) }));
  }, [change]);
}
