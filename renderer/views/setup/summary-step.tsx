import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { setup } from '../../texts/setup.ts';
import { hasDevice, loginName, type StepName } from './draft.ts';
import type { StepProps } from './index.tsx';

const text = setup.summary;

export function SummaryStep({ draft, goTo, locked }: StepProps & { goTo: (step: StepName) => void; locked: boolean }) {
  const lines: [string, StepName, ReactNode][] = [
    [text.mode, 'place', draft.mode === 'gate' ? setup.place.gate : setup.place.counter],
    [text.unit, 'unit', `${draft.name.trim()} (${draft.code.trim()})`],
    [text.hub, 'unit', draft.way === 'hub' ? draft.url.trim() : setup.unit.later],
    [text.data, 'unit', draft.way === 'demo' ? text.demo : text.empty],
  ];
  if (draft.mode === 'gate') {
    lines.push([text.lanes, 'lanes', draft.lanes.map((l) => (
      <span key={l.key} className="setup-line">
        {text.laneLine(l.name, setup.lanes.directions[l.direction], setup.lanes.inputs[l.input])}{hasDevice(l.input) && ` ${l.device}`}
      </span>
    ))]);
  }
  lines.push([text.admin, 'admin', text.adminLine(draft.adminName.trim(), loginName(draft))]);
  return (
    <dl className="setup-summary">
      {lines.map(([word, step, value]) => (
        <div key={word} className="setup-fact">
          <dt>{word}</dt>
          <dd className="setup-value">{value}</dd>
          <dd><Button kind="quiet" isDisabled={locked} onPress={() => goTo(step)} aria-label={`${text.edit} ${word}`}>{text.edit}</Button></dd>
        </div>
      ))}
    </dl>
  );
}
