import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Tick } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { correction as text } from '../../../texts/correction.ts';
import { clockMinutes, noShiftId, type CorrectionDraft, type DraftError } from './correction-draft.ts';
import { shiftOptions } from './team-filter.tsx';

export interface CorrectionFormProps {
  draft: CorrectionDraft;
  onChange: (draft: CorrectionDraft) => void;
  error: DraftError | null;
  shifts: Output<'timesheet/choices'>['shifts'];
  canRestore: boolean;
  /** Only a date that the system closed has overtime that nobody saw. */
  canConfirmOvertime: boolean;
  /** A button that fills in what probably happened. */
  suggestion: ReactNode;
}

/** What a date shall be: punches, overtime, shift, a whole day; or as it is. */
export function CorrectionForm({ draft, onChange, error, shifts, canRestore, canConfirmOvertime, suggestion }: CorrectionFormProps) {
  const { day } = text;
  const set = (change: Partial<CorrectionDraft>): void => onChange({ ...draft, ...change });
  const ways = (['change', 'keep', 'restore'] as const).filter((way) => way !== 'restore' || canRestore);
  const clock = (label: string, field: 'addIn' | 'addOut') => (
    <Field label={label} value={draft[field]} onChange={(value) => set({ [field]: value })} placeholder="17:30" maxLength={5} isDisabled={draft.wholeDay}
      error={error === 'clock' && draft[field].trim() !== '' && clockMinutes(draft[field]) === null ? day.error.clock : null} />
  );
  return (
    <div className="stack">
      <div className="way">
        <Select label={day.what} options={ways.map((id) => ({ id, label: day.ways[id] }))} value={draft.way} onChange={(way) => set({ way })} />
        {suggestion}
      </div>
      {draft.way === 'keep' && <p className="soft">{day.keepHint}</p>}
      {draft.way === 'change' && (
        <>
          <div className="pair">{clock(day.addIn, 'addIn')}{clock(day.addOut, 'addOut')}</div>
          <div className="pair">
            <Select label={day.dayShift} options={[{ id: '', label: day.asPlanned }, { id: noShiftId, label: day.noShift }, ...shiftOptions(shifts)]}
              value={draft.shiftId} onChange={(shiftId) => set({ shiftId })} />
            {canConfirmOvertime && <Field label={day.overtime} value={draft.overtime} onChange={(overtime) => set({ overtime })} hint={day.overtimeHint} maxLength={3} isDisabled={draft.wholeDay}
              error={error === 'minutes' ? day.error.minutes : null} />}
          </div>
          <Tick value={draft.wholeDay} onChange={(wholeDay) => set({ wholeDay })}>{day.wholeDay}</Tick>
        </>
      )}
      {error === 'nothing' && <Notice tone="attention"><span className="notice-text">{day.error.nothing}</span></Notice>}
    </div>
  );
}
