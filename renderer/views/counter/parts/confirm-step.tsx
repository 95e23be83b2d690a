import { IconRecycle } from '@tabler/icons-react';
import type { DueDate } from '../../../../shared/contracts/dossier.ts';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { dateAndTime } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { reuseEffect, type IntakeDraft } from '../intake-draft.ts';
import { useWorkLoad } from '../../digitise/use-work-load.ts';

const texts = counterTexts.confirm;

export interface ConfirmStepProps {
  draft: IntakeDraft;
  wrong: { phone: string | null; email: string | null };
  onChange: (change: (before: IntakeDraft) => IntakeDraft) => void;
}

/** Everything once more before it is saved: what, with which papers, until when, and what was spared. */
export function ConfirmStep({ draft, wrong, onChange }: ConfirmStepProps) {
  const { procedure } = draft;
  const preview = useWorkLoad('dossier/preview', procedure === null ? null : { procedureCode: procedure.code });
  const effect = reuseEffect(draft);
  if (procedure === null) return null;
  return (
    <div className="confirm">
      <div className="stack">
        <section className="sheet stack stack-tight">
          <h3>{procedure.name}</h3>
          {procedure.onlineOnly && <p><Tag tone="information">{counterTexts.procedure.onlineOnly}</Tag></p>}
          {!procedure.verified && <Notice tone="attention">{counterTexts.procedure.unverifiedNote}</Notice>}
          <ul className="confirm-components" aria-label={texts.components}>
            {draft.components.map((component) => {
              const entry = procedure.components.find((c) => c.componentId === component.componentId);
              const pages = component.scans.reduce((sum, scan) => sum + scan.pages, 0);
              return (
                <li key={component.componentId} data-off={component.origin === 'not-provided' || undefined}>
                  <span>{entry?.name}</span>
                  <span className="confirm-origin">
                    <span className="strong">{component.origin === null ? counterTexts.components.unset : counterTexts.components.origin[component.origin]}</span>
                    {component.scans.length > 0 && <span className="small soft">{texts.scans(component.scans.length, pages)}</span>}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
        <section className="sheet two-columns">
          <h3 className="across">{texts.contact} <span className="small soft">({counterTexts.optional})</span></h3>
          <Field label={texts.phone} type="tel" inputMode="tel" autoComplete="off" maxLength={20} value={draft.phone} error={wrong.phone}
            onChange={(phone) => { onChange((before) => ({ ...before, phone })); }} />
          <Field label={texts.email} type="email" inputMode="email" autoComplete="off" maxLength={100} value={draft.email} error={wrong.email}
            onChange={(email) => { onChange((before) => ({ ...before, email })); }} />
          <Field label={texts.note} autoComplete="off" maxLength={1000} value={draft.note}
            onChange={(note) => { onChange((before) => ({ ...before, note })); }} />
          <Field label={texts.copies} inputMode="numeric" autoComplete="off" maxLength={2} value={String(draft.copies)}
            onChange={(text) => { const copies = Number(text.replace(/\D/g, '').slice(-2)); onChange((before) => ({ ...before, copies: Math.min(20, Math.max(1, copies)) })); }} />
        </section>
      </div>
      <div className="stack">
        <section className="sheet stack stack-tight">
          <h3>{texts.due}</h3>
          <ProblemNotice problem={preview.problem} onRetry={preview.reload} />
          <Due due={preview.data === null ? undefined : preview.data.due} />
        </section>
        <section className="sheet stack stack-tight">
          <h3>{texts.effect}</h3>
          <p className="reuse" data-tone={effect.papers + effect.fields > 0 ? 'passed' : 'waiting'}>
            <IconRecycle size={26} aria-hidden />
            <span className="strong">{effect.papers + effect.fields > 0 ? texts.effectLine(effect.papers, effect.fields) : texts.effectNone}</span>
          </p>
        </section>
      </div>
    </div>
  );
}

/** The day of the answer and how it was counted; `undefined` while it is being counted. */
export function Due({ due }: { due: DueDate | null | undefined }) {
  if (due === undefined) return <p className="soft">{counterTexts.loading}</p>;
  if (due === null) return <p>{texts.noDue}</p>;
  return (
    <>
      <p className="due-at digits">{dateAndTime(due.dueAt)}</p>
      <p className="small strong">{texts.why}</p>
      <ol className="due-why">{due.explanation.map((line) => <li key={line}>{line}</li>)}</ol>
    </>
  );
}
