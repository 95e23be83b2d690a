import { useEffect, useRef, useState, type FormEvent } from 'react';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import type { EventData } from '../../../shared/contracts/requests/index.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { Steps } from '../../components/steps.tsx';
import { useToast } from '../../components/toast.tsx';
import { number } from '../../format.ts';
import { useKioskEvent, useRequest } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';
import { common } from '../../texts/common.ts';
import { setup } from '../../texts/setup.ts';
import { AdminStep } from './admin-step.tsx';
import { emptyDraft, stepDone, stepsOf, toInput, type Draft, type StepName } from './draft.ts';
import { rememberHub } from './given-hub.ts';
import { LanesStep } from './lanes-step.tsx';
import { PlaceStep } from './place-step.tsx';
import { SummaryStep } from './summary-step.tsx';
import { UnitStep } from './unit-step.tsx';
import './setup.css';

export interface StepProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

const titles: Record<StepName, string> = {
  place: setup.place.title, unit: setup.unit.title, lanes: setup.lanes.title, admin: setup.admin.title, summary: setup.summary.title,
};

/** The first run: from an empty machine to a working kiosk in five short steps; nothing is written before the last one. */
export function SetUpWizard() {
  const [draft, setDraft] = useState(emptyDraft);
  const [step, setStep] = useState<StepName>('place');
  const [progress, setProgress] = useState<EventData<'roster/progress'> | null>(null);
  const complete = useRequest('setup/complete');
  const { reload } = useStatus();
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  useKioskEvent('roster/progress', setProgress);
  useEffect(() => { heading.current?.focus(); }, [step]);

  const steps = stepsOf(draft.mode);
  const at = steps.indexOf(step);
  const change = (part: Partial<Draft>): void => setDraft((d) => ({ ...d, ...part }));
  const goTo = (to: StepName): void => { complete.clear(); setStep(to); };
  const finish = async (): Promise<void> => {
    setProgress(null);
    const input = toInput(draft);
    const output = await complete.call(input);
    if (!output) return;
    if (input.hub !== null && !output.enrolled) {
      rememberHub(input.hub.url);
      toast('attention', setup.summary.notEnrolled);
    } else toast('passed', setup.summary.done);
    reload();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!stepDone(step, draft) || complete.busy) return;
    const next = steps[at + 1];
    if (next === undefined) void finish();
    else goTo(next);
  };
  const back = steps[at - 1];
  return (
    <main className="setup">
      <form className="setup-box" onSubmit={onSubmit}>
        <header className="stack">
          <p className="soft strong">{setup.title}</p>
          <Steps names={draft.mode === 'counter' ? setup.stepsCounter : setup.steps} now={at} />
        </header>
        <h1 ref={heading} tabIndex={-1}>{titles[step]}</h1>
        <div className="setup-body">
          {step === 'place' && <PlaceStep draft={draft} change={change} />}
          {step === 'unit' && <UnitStep draft={draft} change={change} />}
          {step === 'lanes' && <LanesStep draft={draft} change={change} />}
          {step === 'admin' && <AdminStep draft={draft} change={change} />}
          {step === 'summary' && <SummaryStep draft={draft} change={change} goTo={goTo} locked={complete.busy} />}
        </div>
        {complete.busy && (
          <Progress label={draft.way === 'demo' ? setup.summary.workingDemo[progress?.what ?? 'workers'] : setup.summary.working} value={progress?.done ?? null} of={progress?.of ?? null}
            detail={progress ? setup.summary.step(number(progress.done), progress.of === null ? null : number(progress.of)) : undefined} />
        )}
        <ProblemNotice problem={complete.problem} onRetry={complete.again} />
        <footer className="setup-foot row row-apart">
          {back === undefined ? <span /> : <Button kind="quiet" size="large" isDisabled={complete.busy} icon={<IconArrowLeft size={24} aria-hidden />} onPress={() => goTo(back)}>{common.back}</Button>}
          <Button type="submit" kind="primary" size="large" isDisabled={!stepDone(step, draft)} busy={complete.busy}
            icon={step === 'summary' ? <IconCheck size={24} aria-hidden /> : <IconArrowRight size={24} aria-hidden />}>
            {step === 'summary' ? setup.summary.finish : common.next}
          </Button>
        </footer>
      </form>
    </main>
  );
}
