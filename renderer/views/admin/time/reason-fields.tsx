import type { CorrectionReasons } from '../../../../shared/contracts/correction.ts';
import { Field } from '../../../components/field.tsx';
import { Select } from '../../../components/select.tsx';
import { useLoad } from '../../../kiosk.ts';
import { correction as text } from '../../../texts/correction.ts';

type Use = CorrectionReasons['reasons'][number]['for'][number];

/** Why: one of the reasons in force, and a note. */
export interface Why { reason: string | null; note: string }
export const noWhy: Why = { reason: null, note: '' };

/** Reasons for some uses, and what is still missing of an answer. */
export function useReasons(uses: readonly Use[]) {
  const { data } = useLoad('corrections/reasons', {});
  const reasons = (data?.reasons ?? []).filter((one) => one.for.some((use) => uses.includes(use)));
  return {
    reasons,
    missing: ({ reason, note }: Why): 'reason' | 'note' | null => {
      const chosen = reasons.find(({ id }) => id === reason);
      if (chosen === undefined) return 'reason';
      return chosen.noteNeeded && note.trim() === '' ? 'note' : null;
    },
  };
}

/** The two fields under every proposal. `told`: show what is missing. */
export function ReasonFields({ of: { reasons, missing }, why, onChange, told }: { of: ReturnType<typeof useReasons>; why: Why; onChange: (why: Why) => void; told: boolean }) {
  const lacks = told ? missing(why) : null;
  const isNeeded = reasons.find(({ id }) => id === why.reason)?.noteNeeded === true;
  return (
    <div className="pair">
      <Select label={text.reason} options={reasons.map(({ id, label }) => ({ id, label }))} value={why.reason} onChange={(reason) => onChange({ ...why, reason })}
        error={lacks === 'reason' ? text.day.error.reason : null} />
      <Field label={text.note} value={why.note} onChange={(note) => onChange({ ...why, note })} maxLength={500} hint={isNeeded ? text.noteNeeded : text.noteHint}
        error={lacks === 'note' ? text.day.error.note : null} />
    </div>
  );
}
