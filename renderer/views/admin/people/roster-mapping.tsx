import { useState } from 'react';
import { isWholeMapping, rosterColumns, type RosterColumn, type RosterColumns } from '../../../../shared/domain/roster.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Combo } from '../../../components/combo.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { number } from '../../../format.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';
import './people.css';

const text = people.columns;
const unused = 'unused';
const options = [{ id: unused, label: text.unused }, ...rosterColumns.map((id) => ({ id, label: people.fields[id] }))];

export interface RosterMappingProps {
  file: Output<'roster/columns'>;
  onUse: (columns: RosterColumns) => void;
  onClose: () => void;
}

/** A person says which column of a list is what; each column with its first values beside it. */
export function RosterMapping({ file, onUse, onClose }: RosterMappingProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, RosterColumn>>(() => new Map(rosterColumns.flatMap((field) => {
    const at = file.columns[field];
    return at === undefined ? [] : [[at, field] as const];
  })));
  const columns: RosterColumns = Object.fromEntries([...chosen].map(([at, field]) => [field, at]));
  const twice = [...chosen.values()].find((field, at, all) => all.indexOf(field) !== at);
  const wrong = twice !== undefined ? text.twice(people.fields[twice]) : isWholeMapping(columns) ? null : text.missing;
  const set = (at: number, id: string | null): void => {
    const next = new Map(chosen);
    const field = rosterColumns.find((each) => each === id);
    if (field === undefined) next.delete(at);
    else next.set(at, field);
    setChosen(next);
  };
  return (
    <Dialog open wide title={text.title} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" isDisabled={wrong !== null} onPress={() => onUse(columns)}>{text.use}</Button>
      </>
    )}>
      <p className="soft">{text.hint(number(file.row))}</p>
      <ul className="mapping">
        {file.headers.map((header, at) => {
          const name = header === '' ? text.column(number(at + 1)) : header;
          const values = file.samples.map((row) => row[at] ?? '').filter((value) => value !== '').join(' · ');
          return (
            <li key={`${at}/${header}`} className="mapping-row">
              <span className="mapping-words"><span className="strong">{name}</span>{values !== '' && <span className="small soft">{text.samples(values)}</span>}</span>
              <Combo label={text.content(name)} options={options} value={chosen.get(at) ?? unused} onChange={(id) => set(at, id)} />
            </li>
          );
        })}
      </ul>
      {wrong !== null && <Notice tone="attention"><span className="notice-text">{wrong}</span></Notice>}
    </Dialog>
  );
}
