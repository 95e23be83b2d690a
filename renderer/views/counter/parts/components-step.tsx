import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { ComponentOrigin, HeldPaper, Procedure } from '../../../../shared/contracts/dossier.ts';
import { heldPaperFor, isPaper } from '../../../../shared/domain/re-use.ts';
import { Button } from '../../../components/button.tsx';
import { Tag } from '../../../components/tag.tsx';
import { today } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { AddScans } from '../../digitise/add-scans.tsx';
import { ScanList } from '../../digitise/scan-list.tsx';
import { cardWasRead, missingComponents, type ComponentDraft, type IntakeDraft } from '../intake-draft.ts';
import { AskAgain } from './ask-again.tsx';

const texts = counterTexts.components;
type CatalogueComponent = Procedure['components'][number];
const papers: readonly ComponentOrigin[] = ['paper-original', 'paper-copy', 'paper-certified-copy'];

export interface ComponentsStepProps { draft: IntakeDraft; onChange: (change: (before: IntakeDraft) => IntakeDraft) => void }

/** What is handed in, paper by paper: what is held is used, the rest is recorded and scanned on the spot. */
export function ComponentsStep({ draft, onChange }: ComponentsStepProps) {
  const missing = new Set(missingComponents(draft));
  const changeOne = (componentId: string, change: (before: ComponentDraft) => ComponentDraft): void => {
    onChange((before) => ({ ...before, components: before.components.map((c) => (c.componentId === componentId ? change(c) : c)) }));
  };
  return (
    <ol className="components">
      {draft.components.map((component, i) => {
        const entry = draft.procedure?.components.find((c) => c.componentId === component.componentId);
        if (entry === undefined) return null;
        return (
          <ComponentRow key={component.componentId} number={i + 1} entry={entry} component={component} missing={missing.has(component.componentId)}
            held={heldPaperFor(entry.paperType, draft.who?.panel.held ?? [], today())} cardRead={cardWasRead(draft.who)}
            onChange={(change) => { changeOne(component.componentId, change); }} />
        );
      })}
    </ol>
  );
}

interface ComponentRowProps {
  number: number;
  entry: CatalogueComponent;
  component: ComponentDraft;
  held: HeldPaper | null;
  cardRead: boolean;
  missing: boolean;
  onChange: (change: (before: ComponentDraft) => ComponentDraft) => void;
}

function ComponentRow({ number, entry, component, held, cardRead, missing, onChange }: ComponentRowProps) {
  const [asking, setAsking] = useState<ComponentOrigin | null>(null);
  const origins: ComponentOrigin[] = [
    ...(held === null ? [] : ['store' as const]), ...(entry.cardAnswers && cardRead ? ['card' as const] : []), ...papers, 'vneid', 'not-provided',
  ];
  const choose = (origin: ComponentOrigin): void => {
    if (held !== null && isPaper(origin) && component.askAgainReason === null) setAsking(origin);
    else if (origin === 'store') onChange((before) => ({ ...before, origin, paperId: held?.paperId ?? null, askAgainReason: null }));
    else onChange((before) => ({ ...before, origin, askAgainReason: isPaper(origin) ? before.askAgainReason : null }));
  };
  const onPaper = component.origin !== null && isPaper(component.origin);
  return (
    <li className="component" data-missing={missing || undefined}>
      <div className="component-head">
        <span className="component-number digits">{number}</span>
        <div className="grow">
          <p className="component-name">{entry.name}</p>
          <p className="row component-facts">
            <span className="small soft">{entry.required ? texts.required : texts.optional}</span>
            {missing && <Tag tone="attention">{texts.unset}</Tag>}
            {component.askAgainReason !== null && <Tag tone="attention">{texts.askedAgain(component.askAgainReason)}</Tag>}
          </p>
        </div>
        {onPaper && (
          <Copies name={entry.name} value={component.copies} onChange={(copies) => { onChange((before) => ({ ...before, copies })); }} />
        )}
      </div>
      <RadioGroup className="origins" value={component.origin} onChange={(key) => {
        const origin = origins.find((o) => o === key);
        if (origin) choose(origin);
      }}>
        <Label className="only-heard">{texts.originOf(entry.name)}</Label>
        {origins.map((origin) => (
          <Radio key={origin} value={origin} className="origin" data-held={origin === 'store' || origin === 'card' || undefined}>{texts.origin[origin]}</Radio>
        ))}
      </RadioGroup>
      {component.origin === 'store' && held !== null && (
        <div className="stack stack-tight">
          <p className="small">{texts.heldFrom(held.name, held.issuer, held.number)}</p>
          <ScanList dossierId={null} scans={held.blobs.map((blob) => ({ sha256: blob.sha256, mime: blob.mime, name: counterTexts.scan.heldScan, pages: null }))} />
        </div>
      )}
      {component.origin === 'card' && <p className="small">{texts.cardAnswers}</p>}
      {onPaper && (entry.digitise
        ? <AddScans label={entry.name} scans={component.scans} onScans={(change) => { onChange((before) => ({ ...before, scans: change(before.scans) })); }} />
        : <p className="small soft">{texts.notDigitised}</p>)}
      {asking !== null && (
        <AskAgain name={entry.name} onKeep={() => { setAsking(null); }}
          onReason={(askAgainReason) => { setAsking(null); onChange((before) => ({ ...before, origin: asking, paperId: null, askAgainReason })); }} />
      )}
    </li>
  );
}

function Copies({ name, value, onChange }: { name: string; value: number; onChange: (value: number) => void }) {
  return (
    <fieldset className="copies" aria-label={texts.copiesOf(name)}>
      <span className="small soft">{texts.copies}</span>
      <Button aria-label={texts.fewer} isDisabled={value <= 1} onPress={() => { onChange(value - 1); }} icon={<IconMinus size={20} aria-hidden />} />
      <span className="copies-number digits" aria-live="polite">{value}</span>
      <Button aria-label={texts.moreCopies} isDisabled={value >= 50} onPress={() => { onChange(value + 1); }} icon={<IconPlus size={20} aria-hidden />} />
    </fieldset>
  );
}
