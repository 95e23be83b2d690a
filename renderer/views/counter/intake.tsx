import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Notice, ProblemNotice } from '../../components/notice.tsx';
import { Steps } from '../../components/steps.tsx';
import { Tag } from '../../components/tag.tsx';
import { today } from '../../format.ts';
import { useRequest } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import { useWorkLoad } from '../digitise/use-work-load.ts';
import { WorkDialog } from '../digitise/work-dialog.tsx';
import { intakeSteps, isForged, missingComponents, receiveInput, withPerson, withProcedure, type IntakeDraft, type IntakeStep } from './intake-draft.ts';
import { CitizenPanel } from './parts/citizen-panel.tsx';
import { ComponentsStep } from './parts/components-step.tsx';
import { ConfirmStep } from './parts/confirm-step.tsx';
import { Desk } from './parts/desk.tsx';
import { ProcedureStep } from './parts/procedure-step.tsx';
import { Saved } from './parts/saved.tsx';
import { useKeys } from './parts/use-keys.ts';
import { WhoIs } from './parts/who-is.tsx';
import { useChangeIntake, useGo, useWork } from './work.tsx';

const texts = counterTexts.intake;
const headings: Record<IntakeStep, string> = {
  identify: counterTexts.identify.heading, procedure: counterTexts.procedure.heading,
  components: counterTexts.components.heading, confirm: counterTexts.confirm.heading,
};

/** Whether the step is done, so that the next may begin. */
function stepDone(draft: IntakeDraft): boolean {
  // A dossier is taken in under the twelve-digit number: a foreign passport alone does not do.
  if (draft.step === 'identify') return draft.who?.panel.fields.personalId !== undefined && !isForged(draft.who);
  if (draft.step === 'procedure') return draft.procedure !== null;
  return missingComponents(draft).length === 0;
}

function contactErrors(draft: IntakeDraft): { phone: string | null; email: string | null } {
  const phone = draft.phone.trim();
  const email = draft.email.trim();
  return {
    phone: phone === '' || /^\+?[\d .]{8,18}$/.test(phone) ? null : counterTexts.identify.invalid.phone,
    email: email === '' || /^\S+@\S+\.\S+$/.test(email) ? null : counterTexts.identify.invalid.email,
  };
}

/** Intake in one flow: who, what, with which papers, and save. */
export function Intake({ draft, onAnother }: { draft: IntakeDraft; onAnother: () => void }) {
  const [work, changeWork] = useWork();
  const change = useChangeIntake();
  const go = useGo();
  const receive = useRequest('dossier/receive');
  const catalogue = useWorkLoad('procedure/list', { query: null });
  const [leaving, setLeaving] = useState(false);
  const [tried, setTried] = useState(false);
  const at = intakeSteps.indexOf(draft.step);
  const errors = contactErrors(draft);
  const done = stepDone(draft);

  const save = async (): Promise<void> => {
    setTried(true);
    const input = receiveInput(draft);
    if (input === null || errors.phone !== null || errors.email !== null || receive.busy) return;
    // The same dossierId each time: an intake that was saved just before the service went away gives the same dossier.
    const received = await receive.call(input);
    if (received !== null) change((before) => ({ ...before, received }));
  };
  const stepTo = (step: IntakeStep | undefined): void => { if (step !== undefined) change((before) => ({ ...before, step })); };
  const next = (): void => {
    if (!done) return;
    if (draft.step === 'confirm') void save();
    else stepTo(intakeSteps[at + 1]);
  };
  const back = (): void => {
    if (receive.busy) return;
    if (at === 0) go({ name: 'home' });
    else stepTo(intakeSteps[at - 1]);
  };
  const view = (dossierId: string): void => {
    changeWork((before) => ({ ...before, intake: null, screen: { name: 'dossier', dossierId, purpose: 'intake' } }));
  };
  const saved = draft.received !== null;
  useKeys(saved ? {} : { Enter: next, Escape: back });

  if (draft.received !== null) {
    const { received } = draft;
    return (
      <Saved dossier={received} onAnother={onAnother} onHome={() => { changeWork((before) => ({ ...before, intake: null, screen: { name: 'home' } })); }}
        onView={() => { view(received.dossierId); }} />
    );
  }
  const missing = missingComponents(draft).length;
  return (
    <>
      <Desk place={draft.step}
        panel={(
          <CitizenPanel heading={counterTexts.citizen.heading} who={draft.who} besideFound={draft.step === 'identify'}
            onAgain={draft.step === 'identify' ? () => { change((before) => ({ ...before, who: null })); } : undefined}
            onEdit={(name, value) => {
              change((before) => {
                const field = before.who?.panel.fields[name];
                if (before.who === null || field === undefined || field.value === value) return before;
                const fields = { ...before.who.panel.fields, [name]: { ...field, value, edited: true } };
                return { ...before, who: { ...before.who, panel: { ...before.who.panel, fields } } };
              });
            }} />
        )}
        head={(
          <>
            <Steps names={intakeSteps.map((step) => texts.step[step])} now={at} />
            <div className="row row-apart">
              <h2>{headings[draft.step]}</h2>
              {draft.step === 'components' && <ComponentsState missing={missing} onTakeRest={() => { change(takeRest); }} />}
            </div>
          </>
        )}
        notice={draft.step === 'confirm' && receive.problem !== null && (receive.problem.code === 'conflict'
          ? <Notice tone="stopped" action={<Button onPress={() => { view(draft.dossierId); }}>{counterTexts.saved.view}</Button>}>{receive.problem.vi}</Notice>
          : <ProblemNotice problem={receive.problem} onRetry={() => { void save(); }} />)}
        actions={(
          <>
            <Button kind="quiet" onPress={() => { setLeaving(true); }}>{texts.abandon}</Button>
            <span className="grow" />
            <Button onPress={back} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{counterTexts.back}</Button>
            <Button kind="primary" isDisabled={!done} busy={receive.busy} onPress={next} hint={<Kbd>{counterTexts.keys.enter}</Kbd>}>
              {draft.step === 'confirm' ? counterTexts.confirm.go : counterTexts.next}
            </Button>
          </>
        )}>
        {draft.step === 'identify' && (
          <WhoIs purpose="intake" who={draft.who} onWho={(who) => { change((before) => withPerson(before, who, today())); }}
            pendingCode={work.pendingCode} onCodeTaken={() => { changeWork((before) => ({ ...before, pendingCode: null })); }} />
        )}
        {draft.step === 'procedure' && (
          <ProcedureStep draft={draft} catalogue={catalogue} onChoose={(procedure) => { change((before) => withProcedure(before, procedure, today())); }} />
        )}
        {draft.step === 'components' && <ComponentsStep draft={draft} onChange={change} />}
        {draft.step === 'confirm' && <ConfirmStep draft={draft} wrong={tried ? errors : { phone: null, email: null }} onChange={change} />}
      </Desk>
      <WorkDialog open={leaving} title={texts.abandonAsk} onClose={() => { setLeaving(false); }} actions={(
        <>
          <Button kind="danger" onPress={() => { changeWork((before) => ({ ...before, intake: null, screen: { name: 'home' } })); }}>{texts.abandon}</Button>
          <Button kind="primary" onPress={() => { setLeaving(false); }}>{texts.abandonKeep}</Button>
        </>
      )}>
        <p>{texts.abandonWhat}</p>
      </WorkDialog>
    </>
  );
}

function ComponentsState({ missing, onTakeRest }: { missing: number; onTakeRest: () => void }) {
  if (missing === 0) return <Tag tone="passed">{counterTexts.components.complete}</Tag>;
  return (
    <span className="row">
      <Tag tone="attention">{counterTexts.components.missing(missing)}</Tag>
      <Button onPress={onTakeRest}>{counterTexts.components.takeRest}</Button>
    </span>
  );
}

/** Everything required that is not recorded yet was handed in as the original. */
function takeRest(draft: IntakeDraft): IntakeDraft {
  const missing = new Set(missingComponents(draft));
  return {
    ...draft,
    components: draft.components.map((c) => (missing.has(c.componentId) && c.origin === null ? { ...c, origin: 'paper-original' as const } : c)),
  };
}
