import { useState } from 'react';
import { IconBellCheck, IconBellRinging } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { dateAndTime, number } from '../../../format.ts';
import { useKioskEvent, useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { BarredList } from './barred-list.tsx';
import './guard.css';
import { ViewChoice } from '../view-choice.tsx';
import { LaneName } from '../lane-name.tsx';

type Alarm = Output<'alarms/list'>['alarms'][number];
type View = keyof typeof text.views;

const page = 200;
const pollMs = 10_000;
const text = guard.alarms;
const loud: readonly Alarm['kind'][] = ['barred', 'forced-passage', 'fire'];

function toneOf(kind: Alarm['kind']): Tone {
  return loud.includes(kind) ? 'stopped' : 'attention';
}

function whoOf(alarm: Alarm): string {
  const code = alarm.detail['code'];
  return alarm.fullName ?? alarm.workerId ?? (typeof code === 'string' ? text.code(code) : text.unknown);
}

const columns: Column<Alarm>[] = [
  { id: 'what', header: text.what, width: 'minmax(230px, 1.4fr)', cell: (a) => <Tag tone={toneOf(a.kind)}>{text.kinds[a.kind]}</Tag> },
  { id: 'who', header: text.who, width: 'minmax(150px, 1fr)', cell: (a) => <TwoLines main={whoOf(a)} sub={a.group} /> },
  { id: 'at', header: text.at, width: '190px', cell: (a) => <TwoLines main={dateAndTime(a.at)} sub={a.lane === null ? null : <LaneName lane={a.lane} />} /> },
];
const settledColumns: Column<Alarm>[] = [...columns, { id: 'note', header: text.note, width: 'minmax(170px, 1.2fr)', cell: (a) => <TwoLines main={a.note ?? ''} sub={a.settledAt === null ? null : text.settledBy(a.settledBy ?? '', dateAndTime(a.settledAt))} /> }];

/** What waits for the guard; what was settled; who is barred. */
export function AlarmsTab() {
  const [view, setView] = useState<View>('waiting');
  const [open, setOpen] = useState<Alarm | null>(null);
  const { data, problem, reload } = useLoad('alarms/list', { settled: view === 'settled', before: null, limit: page }, pollMs);
  useKioskEvent('gate/alarms', reload);
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="tab-fill guard">
      <ViewChoice label={guard.tabs.alarms} value={view} onChange={setView}
        views={[{ id: 'waiting', label: text.views.waiting, count: number(data.waiting) }, { id: 'settled', label: text.views.settled }, { id: 'barred', label: text.views.barred }]} />
      <ProblemNotice problem={problem} onRetry={reload} />
      {view === 'waiting' && <Table label={text.views.waiting} columns={columns} rows={data.alarms.filter((a) => a.settledAt === null)} rowKey={(a) => a.alarmId} onPress={setOpen}
        empty={<EmptyState icon={<IconBellCheck size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>} />}
      {view === 'settled' && <Table label={text.views.settled} columns={settledColumns} rows={data.alarms.filter((a) => a.settledAt !== null)} rowKey={(a) => a.alarmId}
        empty={<EmptyState icon={<IconBellRinging size={48} stroke={1.5} aria-hidden />} title={text.emptySettled} />} />}
      {view === 'barred' && <BarredList />}
      {open !== null && <Settle alarm={open} onClose={() => { setOpen(null); reload(); }} />}
    </div>
  );
}

function Settle({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const [note, setNote] = useState('');
  const settle = useRequest('alarms/settle');
  const toast = useToast();
  const save = async (): Promise<void> => {
    if (await settle.call({ alarmId: alarm.alarmId, note }) === null) return;
    toast('passed', text.done);
    onClose();
  };
  return (
    <Dialog open title={text.kinds[alarm.kind]} onClose={onClose} actions={(
      <><Button onPress={onClose}>{common.cancel}</Button><Button kind="primary" busy={settle.busy} isDisabled={note.trim().length < 2} onPress={() => { void save(); }}>{text.save}</Button></>
    )}>
      <ProblemNotice problem={settle.problem} onRetry={settle.again} />
      <dl className="facts">
        <div className="fact"><dt>{text.who}</dt><dd>{whoOf(alarm)}{alarm.group !== null && ` · ${alarm.group}`}</dd></div>
        <div className="fact"><dt>{text.at}</dt><dd className="digits">{dateAndTime(alarm.at)}{alarm.lane !== null && <> · <LaneName lane={alarm.lane} /></>}</dd></div>
      </dl>
      <p className="soft">{text.helps[alarm.kind]}</p>
      <Field label={text.note} hint={text.noteHint} value={note} onChange={setNote} rows={3} maxLength={500} />
      <div className="quick">{text.quick.map((words) => <Button key={words} onPress={() => setNote(words)}>{words}</Button>)}</div>
    </Dialog>
  );
}
