import { useState } from 'react';
import { IconFileDownload, IconTicketOff } from '@tabler/icons-react';
import type { VisitorLine } from '../../../../shared/contracts/visitor.ts';
import { passText } from '../../../../shared/domain/pass-code.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, dateAndTime, time } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { guard } from '../../../texts/guard.ts';
import { momentOf } from '../date-entry.ts';
import { saveFile } from '../save-file.ts';
import { VisitorTag } from './visitor-tag.tsx';

const text = guard.visitors.card;
const forms = (['a6', 'thermal'] as const).map((id) => ({ id, label: text.forms[id] }));

/** One visitor: all that the guard may know, the pass to print, taking it back, a longer time, barring. */
export function VisitorCard({ visitor: opened, onClose, onBar }: { visitor: VisitorLine; onClose: () => void; onBar: (visitor: VisitorLine) => void }) {
  const [visitor, setVisitor] = useState(opened);
  const [form, setForm] = useState<'a6' | 'thermal'>('a6');
  const [until, setUntil] = useState(() => ({ date: date(opened.validTo), clock: time(opened.validTo) }));
  const pass = useRequest('visitors/pass');
  const change = useRequest('visitors/change');
  const toast = useToast();
  const { visitorId, validTo } = visitor;
  const next = momentOf(until);
  const isLonger = next !== null && Date.parse(next) !== Date.parse(validTo) && Date.parse(next) > Date.parse(visitor.validFrom);
  const save = async (changes: { returned?: boolean; ended?: boolean; validTo?: string }): Promise<void> => {
    const changed = await change.call({ visitorId, ...changes });
    if (changed === null) return;
    setVisitor(changed);
    toast('passed', text.done);
  };
  const print = async (): Promise<void> => {
    const file = await pass.call({ visitorId, form });
    if (file === null) return;
    saveFile(file.fileName, file.content, 'pdf');
    toast('passed', text.printed);
  };
  const facts = [
    [text.pass, passText(visitor.passCode) ?? visitor.passCode], [guard.visitors.company, visitor.company], [guard.visitors.host, visitor.hostName], [guard.visitors.form.purpose, visitor.purpose],
    [guard.visitors.term, guard.visitors.term2(dateAndTime(visitor.validFrom), dateAndTime(visitor.validTo))], [text.number, visitor.maskedId], [text.vehicle, visitor.vehicle], [text.tools, visitor.tools],
    [text.since, visitor.at === null ? text.none : `${visitor.inside ? guard.visitors.inside : guard.visitors.states.valid} · ${dateAndTime(visitor.at)}${visitor.lane === null ? '' : ` · ${text.lane(visitor.lane)}`}`],
  ] as const;
  return (
    <Dialog open wide title={visitor.fullName ?? guard.visitors.erased} onClose={onClose} actions={(
      <>
        {!visitor.barred && <Button kind="danger" onPress={() => onBar(visitor)}>{text.bar}</Button>}
        {visitor.state !== 'ended' && visitor.state !== 'returned' && <Button icon={<IconTicketOff size={22} aria-hidden />} busy={change.busy} onPress={() => { void save({ ended: true }); }}>{text.end}</Button>}
        <Button busy={change.busy} onPress={() => { void save({ returned: visitor.state !== 'returned' }); }}>{visitor.state === 'returned' ? text.notReturned : text.returned}</Button>
        <Button kind="primary" busy={pass.busy} icon={<IconFileDownload size={22} aria-hidden />} onPress={() => { void print(); }}>{text.print}</Button>
      </>
    )}>
      <ProblemNotice problem={pass.problem ?? change.problem} onRetry={pass.problem ? pass.again : change.again} />
      <div className="row"><VisitorTag visitor={visitor} />{visitor.escort && <Tag tone="attention">{text.escort}</Tag>}</div>
      <dl className="facts">{facts.map(([name, value]) => value !== null && value !== '' && <div key={name} className="fact"><dt>{name}</dt><dd className="digits">{value}</dd></div>)}</dl>
      <div className="visitor-form">
        <Choice across label={text.form} options={forms} value={form} onChange={setForm} />
        <div className="row row-bottom">
          <Field label={text.extendTo} value={until.date} onChange={(day) => setUntil({ ...until, date: day })} maxLength={10} />
          <Field label={guard.visitors.form.toTime} value={until.clock} onChange={(clock) => setUntil({ ...until, clock })} maxLength={5} />
          <Button isDisabled={!isLonger} busy={change.busy} onPress={() => { if (next !== null) void save({ validTo: next }); }}>{text.save}</Button>
        </div>
      </div>
    </Dialog>
  );
}
