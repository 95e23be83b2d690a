import { IconFileCheck, IconPencil, IconUserSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { cardWarnings } from '../../../../shared/contracts/card-warnings.ts';
import type { CitizenFields, HeldPaper } from '../../../../shared/contracts/dossier.ts';
import type { CardReading } from '../../../../shared/contracts/identity.ts';
import { qrWarnings } from '../../../../shared/domain/identity-qr.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { personalIdText } from '../format.ts';
import type { Identified } from '../intake-draft.ts';
import { EditField } from './edit-field.tsx';
import { SourceChip } from './source-chip.tsx';

const texts = counterTexts.citizen;
type FieldName = keyof CitizenFields;
const shownFields = ['personalId', 'oldId', 'birthDate', 'sex', 'residence', 'phone', 'email'] as const satisfies readonly FieldName[];
const warningTexts: Readonly<Record<string, string>> = { ...qrWarnings, ...cardWarnings };

/** A field's value as an officer reads it. */
export function fieldText(name: string, value: string): string {
  if (name === 'birthDate') return date(value);
  return name === 'personalId' ? personalIdText(value) : value;
}

export interface CitizenPanelProps {
  heading: string;
  who: Identified | null;
  /** Called when the officer corrects a field that carries no signature; without it nothing can be corrected. */
  onEdit?: (name: FieldName, value: string) => void;
  onAgain?: () => void;
  withHeld?: boolean;
}

/** Who stands at the counter: each field with its source and trust, what differs, what is already held. */
export function CitizenPanel({ heading, who, onEdit, onAgain, withHeld = true }: CitizenPanelProps) {
  const [editing, setEditing] = useState<FieldName | null>(null);
  if (who === null) {
    return (
      <aside className="citizen" aria-label={heading}>
        <h2 className="citizen-heading">{heading}</h2>
        <EmptyState icon={<IconUserSearch size={56} stroke={1.5} aria-hidden />} title={texts.nobody}>{texts.nobodyHint}</EmptyState>
      </aside>
    );
  }
  const { fields } = who.panel;
  const differing = new Map(who.panel.differences.map((d) => [d.field, d.qr]));
  const issuerKnown = who.reading?.trust.chain.ok === true;
  const edited = editing === null ? undefined : fields[editing];
  return (
    <aside className="citizen" aria-label={heading}>
      <div className="row row-apart">
        <h2 className="citizen-heading">{heading}</h2>
        {onAgain && <Button kind="quiet" onPress={onAgain}>{texts.change}</Button>}
      </div>
      {fields.fullName && (
        <div className="citizen-name" data-differs={differing.has('fullName') || undefined}>
          <p className="citizen-full-name">{fields.fullName.value}</p>
          {differing.has('fullName') && <p className="citizen-other"><b>{texts.qrOther}</b> {differing.get('fullName')}</p>}
          <div className="row row-apart">
            <SourceChip field={fields.fullName} issuerKnown={issuerKnown} />
            {onEdit && fields.fullName.trust !== 'signed' && <EditButton name="fullName" onPress={setEditing} />}
          </div>
        </div>
      )}
      {who.reading !== null && <ChipTrust reading={who.reading} />}
      {differing.size > 0 && <p><Tag tone="attention">{texts.differences}</Tag></p>}
      <dl className="citizen-fields">
        {shownFields.map((name) => {
          const field = fields[name];
          if (field === undefined) return null;
          return (
            <div key={name} className="citizen-field" data-differs={differing.has(name) || undefined}>
              <dt>{texts.field[name]}</dt>
              <dd>
                <span className={name === 'personalId' || name === 'birthDate' ? 'digits' : undefined}>{fieldText(name, field.value)}</span>
                {onEdit && field.trust !== 'signed' && name !== 'personalId' && <EditButton name={name} onPress={setEditing} />}
              </dd>
              <dd className="citizen-source"><SourceChip field={field} issuerKnown={issuerKnown} /></dd>
              <OtherInQr name={name} value={differing.get(name)} />
            </div>
          );
        })}
      </dl>
      {who.panel.warnings.length > 0 && (
        <Notice tone="attention">
          <span className="notice-text">{texts.warnings}</span>
          {who.panel.warnings.map((code) => <span key={code}>{warningTexts[code] ?? code}</span>)}
        </Notice>
      )}
      {withHeld && <Held papers={who.panel.held} />}
      <OpenDossiers lines={who.panel.openDossiers} />
      {editing !== null && edited !== undefined && onEdit && (
        <EditField name={editing} field={edited} onClose={() => { setEditing(null); }}
          onSave={(value) => { onEdit(editing, value); setEditing(null); }} />
      )}
    </aside>
  );
}

function EditButton({ name, onPress }: { name: FieldName; onPress: (name: FieldName) => void }) {
  return (
    <Button kind="quiet" aria-label={texts.editField(texts.field[name])} icon={<IconPencil size={20} aria-hidden />} onPress={() => { onPress(name); }} />
  );
}

function ChipTrust({ reading }: { reading: CardReading }) {
  const { hashes, signature, chain, active, chip } = reading.trust;
  const verdicts = [hashes, signature, chain, active, chip];
  const doubts = verdicts.filter((v) => v.ok === false);
  const open = [hashes, signature].filter((v) => v.ok === null);
  if (doubts.length > 0) {
    return <Notice tone="stopped"><span className="notice-text">{texts.chipTrust.failed}</span>{doubts.map((v) => <span key={v.reason}>{v.reason}</span>)}</Notice>;
  }
  if (open.length > 0) {
    return <Notice tone="attention"><span className="notice-text">{texts.chipTrust.unchecked}</span>{[...new Set(open.map((v) => v.reason))].map((reason) => <span key={reason}>{reason}</span>)}</Notice>;
  }
  if (chain.ok === null) return <Notice tone="information"><span className="notice-text">{texts.chipTrust.whole}</span><span>{texts.chipTrust.wholeHint}</span></Notice>;
  return <p><Tag tone="passed">{texts.chipTrust.verified}</Tag></p>;
}

function OtherInQr({ name, value }: { name: FieldName; value: string | undefined }) {
  return value === undefined ? null : <dd className="citizen-other"><b>{texts.qrOther}</b> {fieldText(name, value)}</dd>;
}

function OpenDossiers({ lines }: { lines: Identified['panel']['openDossiers'] }) {
  if (lines.length === 0) return null;
  return (
    <section className="stack stack-tight">
      <h3 className="citizen-subheading">{texts.open}</h3>
      <ul className="stack stack-tight">
        {lines.map((line) => (
          <li key={line.dossierId} className="open-dossier">
            <span className="digits strong">{line.dossierCode}</span>
            <span className="small">{line.procedureName} · {counterTexts.status[line.status]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Held({ papers }: { papers: readonly HeldPaper[] }) {
  if (papers.length === 0) return <p className="soft small">{texts.heldNone}</p>;
  return (
    <section className="stack stack-tight">
      <h3 className="citizen-subheading">{texts.held}</h3>
      <ul className="stack stack-tight">
        {papers.map((paper) => (
          <li key={paper.paperId} className="held">
            <IconFileCheck size={22} aria-hidden />
            <span className="held-words">
              <span className="strong">{paper.name}</span>
              <span className="small soft">
                {[texts.heldTrust[paper.trust], paper.number === null ? null : texts.heldNumber(paper.number), paper.issuer,
                  paper.validUntil === null ? null : texts.heldUntil(date(paper.validUntil))].filter((part) => part !== null).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
