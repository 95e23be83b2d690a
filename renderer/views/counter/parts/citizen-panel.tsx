import { IconFileCheck, IconPencil, IconUserSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { CitizenFields, HeldPaper } from '../../../../shared/contracts/dossier.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { date } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { readerTexts } from '../../../texts/reader.ts';
import { ChipTrustTag } from '../../reader/chip-trust.tsx';
import { personalIdText } from '../format.ts';
import { isForged, type Identified } from '../intake-draft.ts';
import { CompareDialog } from './compare-table.tsx';
import { EditField } from './edit-field.tsx';
import { PersonWarnings } from './person-warnings.tsx';
import { SourceChip } from './source-chip.tsx';

const texts = counterTexts.citizen;
type FieldName = keyof CitizenFields;
const shownFields = ['personalId', 'oldId', 'birthDate', 'sex', 'residence', 'phone', 'email'] as const satisfies readonly FieldName[];

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
  /** How far the chip is trusted, what is to be heeded and where the sources differ stand beside it, in full. */
  besideFound?: boolean;
}

/** Who stands at the counter: each field with its source and trust, what differs, what is already held. */
export function CitizenPanel({ heading, who, onEdit, onAgain, withHeld = true, besideFound = false }: CitizenPanelProps) {
  const [editing, setEditing] = useState<FieldName | null>(null);
  const [comparing, setComparing] = useState(false);
  if (who === null) {
    return (
      <aside className="citizen" aria-label={heading}>
        <h2 className="citizen-heading">{heading}</h2>
        <EmptyState icon={<IconUserSearch size={56} stroke={1.5} aria-hidden />} title={texts.nobody}>{texts.nobodyHint}</EmptyState>
      </aside>
    );
  }
  // Nothing of a forged chip becomes right by being corrected.
  const canEdit = onEdit !== undefined && !isForged(who);
  const { fields, comparison } = who.panel;
  const differing = new Map(who.panel.differences.map((d) => [d.field, d.qr]));
  const standing = isForged(who) ? 'failed' : who.reading?.trust.chain.ok === true ? 'issuer-known' : 'plain';
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
            {who.reading !== null && !besideFound && <ChipTrustTag trust={who.reading.trust} />}
            <SourceChip field={fields.fullName} standing={standing} />
            {canEdit && fields.fullName.trust !== 'signed' && <EditButton name="fullName" onPress={setEditing} />}
          </div>
        </div>
      )}
      {comparison.length > 0 && !besideFound && (
        <Notice tone="attention">
          <span className="notice-text">{readerTexts.compare.title}</span>
          <Button onPress={() => { setComparing(true); }}>{readerTexts.compare.open(comparison.length)}</Button>
        </Notice>
      )}
      {who.panel.document !== null && <DocumentFacts document={who.panel.document} />}
      <dl className="citizen-fields">
        {shownFields.map((name) => {
          const field = fields[name];
          if (field === undefined) return null;
          return (
            <div key={name} className="citizen-field" data-differs={differing.has(name) || undefined}>
              <dt>{texts.field[name]}</dt>
              <dd>
                <span className={name === 'personalId' || name === 'birthDate' ? 'digits' : undefined}>{fieldText(name, field.value)}</span>
                {canEdit && field.trust !== 'signed' && name !== 'personalId' && <EditButton name={name} onPress={setEditing} />}
              </dd>
              <dd className="citizen-source"><SourceChip field={field} standing={standing} /></dd>
              <OtherInQr name={name} value={differing.get(name)} />
            </div>
          );
        })}
      </dl>
      {!besideFound && <PersonWarnings panel={who.panel} />}
      {withHeld && <Held papers={who.panel.held} />}
      <OpenDossiers lines={who.panel.openDossiers} />
      {comparing && <CompareDialog rows={comparison} onClose={() => { setComparing(false); }} />}
      {editing !== null && edited !== undefined && onEdit && (
        <EditField name={editing} field={edited} onClose={() => { setEditing(null); }}
          onSave={(value) => { onEdit(editing, value); setEditing(null); }} />
      )}
    </aside>
  );
}

/** A document without a personal number is named by its own: nothing is made up in its place. */
function DocumentFacts({ document: { kind, number, issuer, expiry } }: { document: NonNullable<Identified['panel']['document']> }) {
  const words = readerTexts.document;
  return (
    <dl className="citizen-fields">
      <div className="citizen-field"><dt>{words.number(words[kind], issuer)}</dt><dd className="digits">{number}</dd></div>
      {expiry !== '' && <div className="citizen-field"><dt>{words.expiry}</dt><dd className="digits">{expiry === 'no-expiry' ? readerTexts.compare.noExpiry : date(expiry)}</dd></div>}
    </dl>
  );
}

function EditButton({ name, onPress }: { name: FieldName; onPress: (name: FieldName) => void }) {
  return (
    <Button kind="quiet" aria-label={texts.editField(texts.field[name])} icon={<IconPencil size={20} aria-hidden />} onPress={() => { onPress(name); }} />
  );
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
