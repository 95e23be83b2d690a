import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Procedure } from '../../../../shared/contracts/dossier.ts';
import { procedureSearch } from '../../../../shared/domain/procedure-search.ts';
import { heldPaperFor } from '../../../../shared/domain/re-use.ts';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { today } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import type { Loaded } from '../../../kiosk.ts';
import type { IntakeDraft } from '../intake-draft.ts';

const texts = counterTexts.procedure;

export interface ProcedureStepProps {
  draft: IntakeDraft;
  /** The whole catalogue, loaded before this step is there. */
  catalogue: Loaded<'procedure/list'>;
  onChoose: (procedure: Procedure) => void;
}

/**
 * Chooses the thủ tục hành chính out of the catalogue. What is typed narrows the list within the same key press: whoever
 * types and goes on by Tab at once acts on the list that they will see.
 */
export function ProcedureStep({ draft, catalogue, onChoose }: ProcedureStepProps) {
  const first = useFirstFocus();
  const [query, setQuery] = useState('');
  const all = catalogue.data?.procedures;
  const procedures = useMemo(() => (all ?? []).filter(procedureSearch(query)), [all, query]);
  const { procedure } = draft;
  return (
    <div className="procedures">
      <div className="procedures-list">
        <Field label={texts.search} placeholder={texts.placeholder} value={query} onChange={setQuery} inputRef={first} autoComplete="off"
          icon={<IconSearch size={22} aria-hidden />} />
        <ProblemNotice problem={catalogue.problem} onRetry={catalogue.reload} />
        <ListBox className="procedure-options" aria-label={texts.list} selectionMode="single" disallowEmptySelection items={procedures}
          selectedKeys={procedure === null ? [] : [procedure.code]}
          renderEmptyState={() => (all === undefined ? <div className="options-empty"><Skeleton lines={6} /></div> : <p className="options-empty">{texts.nothing}</p>)}
          onSelectionChange={(keys) => {
            const chosen = keys === 'all' ? undefined : procedures.find((p) => keys.has(p.code));
            if (chosen) onChoose(chosen);
          }}>
          {(item) => (
            <ListBoxItem id={item.code} textValue={item.name} className="procedure-option">
              <span className="strong">{item.name}</span>
              <span className="row procedure-facts">
                <span className="small soft">{item.code} · {item.field} · {texts.level[item.level]}</span>
                {item.onlineOnly && <Tag tone="information">{texts.onlineOnly}</Tag>}
                {!item.verified && <Tag tone="attention">{texts.unverified}</Tag>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </div>
      {procedure !== null && <ProcedureFacts procedure={procedure} draft={draft} />}
    </div>
  );
}

function ProcedureFacts({ procedure, draft }: { procedure: Procedure; draft: IntakeDraft }) {
  const held = procedure.components.filter((c) => heldPaperFor(c.paperType, draft.who?.panel.held ?? [], today()) !== null).length;
  return (
    <div className="sheet procedure-sheet">
      <h3>{procedure.name}</h3>
      <p className="strong">{procedure.term === null ? texts.noTerm : texts.term(procedure.term)}</p>
      {procedure.cutOff !== null && <p className="soft">{texts.cutOff(procedure.cutOff)}</p>}
      <p>{texts.components(procedure.components.length)}{held > 0 && <>, <b>{texts.held(held)}</b></>}</p>
      {procedure.onlineOnly && <Notice tone="information">{texts.onlineNote}</Notice>}
      {!procedure.verified && <Notice tone="attention">{texts.unverifiedNote}</Notice>}
      <p className="small soft">{texts.source}: {procedure.source}</p>
    </div>
  );
}
