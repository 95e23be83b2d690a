import { useRef, useState } from 'react';
import type { CorrectionChanges } from '../../../../shared/contracts/correction.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { mostProposals } from '../../../../shared/contracts/requests/correction.ts';
import { ask, toProblem } from '../../../kiosk.ts';
import type { Why } from './reason-fields.tsx';

export interface Planned { workerId: string; workDate: string; changes: CorrectionChanges }

/** Sends proposals as one act, however many messages it takes. Tried again, ids stay the same: nothing is proposed twice. */
export function usePropose() {
  const [state, setState] = useState<{ busy: boolean; done: number; problem: Problem | null }>({ busy: false, done: 0, problem: null });
  const act = useRef<{ key: string; batchId: string; ids: string[] } | null>(null);
  const send = async (planned: readonly Planned[], { reason, note }: Why): Promise<boolean> => {
    if (reason === null) return false;
    const key = JSON.stringify([planned, reason, note]);
    if (act.current?.key !== key) act.current = { key, batchId: crypto.randomUUID(), ids: planned.map(() => crypto.randomUUID()) };
    const { batchId, ids } = act.current;
    setState({ busy: true, done: 0, problem: null });
    try {
      for (let from = 0; from < planned.length; from += mostProposals) {
        const proposals = planned.slice(from, from + mostProposals).map(({ workerId, workDate, changes }, i) => ({ id: ids[from + i]!, workerId, workDate, changes }));
        await ask('corrections/propose', { batchId, reason, note, proposals });
        setState({ busy: true, done: from + proposals.length, problem: null });
      }
      setState({ busy: false, done: planned.length, problem: null });
      return true;
    } catch (thrown) {
      setState((before) => ({ ...before, busy: false, problem: toProblem(thrown) }));
      return false;
    }
  };
  return { ...state, send };
}
