import { useState, type FormEvent } from 'react';
import type { Protection } from '../../../../shared/contracts/worker-details.ts';
import type { WorkerChanges, WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { DateField } from '../../../components/date-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';

const text = people.form;
const { fields, page } = people;
const formId = 'worker-form';
const languages = (['vi', 'en', 'zh', 'ko', 'ja'] as const).map((id) => ({ id, label: page.language[id] }));
const unknown = 'unknown';
const contracts = [{ id: unknown, label: text.notSet }, ...(['indefinite', 'definite', 'other'] as const).map((id) => ({ id, label: page.contractKind[id] }))];
const flags = ['pregnant', 'nursing', 'disabled'] as const;
type Details = NonNullable<WorkerChanges['details']>;
type Dates = { from: string | null; to: string | null };

/** Changes what is known of a worker. Numbers are not changed here: they come from the list, where they can be compared. */
export function WorkerEdit({ worker, onSaved, onClose }: { worker: WorkerPage; onSaved: (worker: WorkerPage) => void; onClose: () => void }) {
  const [facts, setFacts] = useState<WorkerChanges>({});
  const [details, setDetails] = useState<Details>({});
  const request = useRequest('worker/change');
  const toast = useToast();
  const now = { ...worker, ...facts };
  const more = { ...worker.details, ...details };
  const fact = (changes: WorkerChanges): void => setFacts((all) => ({ ...all, ...changes }));
  const detail = (changes: Details): void => setDetails((all) => ({ ...all, ...changes }));
  const flag = (kind: (typeof flags)[number]): Dates => more.protections.find((each) => each.kind === kind) ?? { from: null, to: null };
  const setFlag = (kind: (typeof flags)[number], dates: Dates): void => {
    const others = more.protections.filter((each) => each.kind !== kind);
    const next: Protection[] = dates.from === null && dates.to === null ? [] : [{ kind, ...dates }];
    detail({ protections: [...others, ...next] });
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (request.busy) return;
    const changed = await request.call({ workerId: worker.workerId, changes: { ...facts, ...(Object.keys(details).length > 0 && { details }) } });
    if (changed === null) return;
    onSaved(changed);
    toast('passed', text.saved);
    onClose();
  };
  const span = (label: string, dates: Dates, set: (dates: Dates) => void) => (
    <>
      <DateField label={`${label} ${text.from}`} value={dates.from} onChange={(from) => set({ ...dates, from })} />
      <DateField label={`${label} ${text.to}`} value={dates.to} onChange={(to) => set({ ...dates, to })} />
    </>
  );
  return (
    <Dialog open wide title={text.title(worker.fullName)} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={request.busy} isDisabled={now.fullName.trim() === ''}>{text.save}</Button>
      </>
    )}>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <form id={formId} className="worker-form worker-form-box" onSubmit={(event) => { void save(event); }}>
        <h3>{text.main}</h3>
        <Field label={fields.fullName} value={now.fullName} onChange={(fullName) => fact({ fullName })} maxLength={120} />
        <Field label={fields.department} value={now.department} onChange={(department) => fact({ department })} maxLength={120} />
        <Field label={fields.employer} value={now.employer} onChange={(employer) => fact({ employer })} maxLength={160} />
        <Field label={fields.employerOfRecord} value={more.employerOfRecord ?? ''} onChange={(name) => detail({ employerOfRecord: name.trim() === '' ? null : name })} maxLength={160} />
        <Field label={fields.position} value={more.position ?? ''} onChange={(name) => detail({ position: name.trim() === '' ? null : name })} maxLength={160} />
        <Select label={text.greeting} options={languages} value={now.language} onChange={(language) => fact({ language })} />
        <DateField label={text.startDate} value={now.startDate} onChange={(startDate) => fact({ startDate })} />
        <DateField label={text.endDate} value={now.endDate} onChange={(endDate) => fact({ endDate })} />
        <DateField label={page.birthDate} value={now.birthDate} onChange={(birthDate) => fact({ birthDate })} />
        <h3>{text.contract}</h3>
        <Select label={fields.contractKind} options={contracts} value={more.contractKind ?? unknown} onChange={(kind) => detail({ contractKind: kind === unknown ? null : kind as Details['contractKind'] })} />
        {span(page.contract, { from: more.contractFrom, to: more.contractTo }, ({ from, to }) => detail({ contractFrom: from, contractTo: to }))}
        <DateField label={fields.passportExpiresOn} value={more.passportExpiresOn} onChange={(passportExpiresOn) => detail({ passportExpiresOn })} />
        <h3>{text.flags}</h3>
        {flags.map((kind) => <div key={kind} className="stack">{span(page.protections[kind], flag(kind), (dates) => setFlag(kind, dates))}</div>)}
        <div className="stack">{span(page.consent, more.overtimeConsent ?? { from: null, to: null }, (dates) => detail({ overtimeConsent: dates.from === null && dates.to === null ? null : dates }))}</div>
      </form>
    </Dialog>
  );
}
