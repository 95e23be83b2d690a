import { useState } from 'react';
import { IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { startOfDay } from '../../../../shared/domain/shift.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, number, today } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { common } from '../../../texts/common.ts';
import { correction as text } from '../../../texts/correction.ts';
import { timesheet } from '../../../texts/timesheet.ts';
import { FilterSelect } from '../filter-select.tsx';
import { clockMinutes } from './correction-draft.ts';
import { clockOn } from './correction-words.tsx';
import { noWhy, ReasonFields, useReasons, type Why } from './reason-fields.tsx';
import { shiftOptions } from './team-filter.tsx';
import { usePropose } from './use-propose.ts';

type Found = Output<'inbox/outage'>['rows'][number];
const { outages } = text;
const minuteMs = 60_000;

const columns: Column<Found>[] = [
  { id: 'worker', header: text.columns.worker, width: 'minmax(180px, 1fr)', cell: (row) => <TwoLines main={row.fullName} sub={`${row.workerId} · ${row.department}`} /> },
  { id: 'date', header: text.columns.date, width: '140px', cell: ({ workDate, shiftId }) => <TwoLines main={<span className="digits">{date(workDate)}</span>} sub={shiftId} /> },
  { id: 'add', header: text.bulk.change, width: 'minmax(200px, 1.2fr)', cell: ({ add, workDate, seen }) => (
    <TwoLines main={add.map(({ direction, at }) => text.changes[direction](clockOn(at, workDate))).join(', ')} sub={seen ? null : outages.unseen} />) },
];

/** `20/11/2026` or `20/11` as an ISO date; null for anything else. */
function dateIn(entered: string): string | null {
  const found = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(entered.trim());
  if (found === null) return null;
  const iso = `${found[3] ?? today().slice(0, 4)}-${found[2]!.padStart(2, '0')}-${found[1]!.padStart(2, '0')}`;
  return Number.isNaN(Date.parse(iso)) || new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10) !== iso ? null : iso;
}

/** A time without scanning: who lacks a punch because of it, proposed for all with one reason in one act. */
export function InboxOutage({ choices, onClose, onDone }: { choices: Output<'timesheet/choices'> | null; onClose: () => void; onDone: () => void }) {
  const { status } = useStatus();
  const [span, setSpan] = useState({ date: date(today()), from: '', to: '' });
  const [where, setWhere] = useState<{ lane: string | null; shiftId: string | null; department: string | null }>({ lane: null, shiftId: null, department: null });
  const [told, setTold] = useState<'none' | 'span' | 'why'>('none');
  const [withUnseen, setWithUnseen] = useState(false);
  const [why, setWhy] = useState<Why>(noWhy);
  const search = useRequest('inbox/outage');
  const reasons = useReasons(['outage']);
  const propose = usePropose();
  const toast = useToast();
  const day = dateIn(span.date);
  const [from, to] = [clockMinutes(span.from), clockMinutes(span.to)];
  const find = (): void => {
    setTold('span');
    if (day === null || from === null || to === null || to <= from) return;
    const at = (minutes: number): string => new Date(startOfDay(day) + minutes * minuteMs).toISOString();
    void search.call({ lanes: where.lane === null ? [] : [where.lane], from: at(from), to: at(to), team: { shiftId: where.shiftId, department: where.department, employer: null } });
  };
  const all = search.output?.rows ?? [];
  const unseen = all.filter(({ seen }) => !seen).length;
  const rows = withUnseen ? all : all.filter(({ seen }) => seen);
  const send = async (): Promise<void> => {
    setTold('why');
    if (rows.length === 0 || reasons.missing(why) !== null || !await propose.send(rows, why)) return;
    toast('passed', text.sent);
    onDone();
  };
  const isTold = told !== 'none';
  const lanes = status.lanes.map(({ lane, name }) => ({ id: lane, label: name === '' ? lane : name }));
  return (
    <Dialog open wide title={outages.title} onClose={onClose} actions={(
      <>
        <Button isDisabled={propose.busy} onPress={onClose}>{common.cancel}</Button>
        {rows.length > 0 && <Button kind="primary" busy={propose.busy} onPress={() => { void send(); }}>{text.sendMany(number(rows.length))}</Button>}
      </>
    )}>
      {search.output === null && <p className="soft">{outages.hint}</p>}
      <div className="outage-form">
        <Field label={outages.date} value={span.date} onChange={(value) => setSpan({ ...span, date: value })} maxLength={10} error={isTold && day === null ? outages.error.date : null} />
        <Field label={outages.from} value={span.from} onChange={(value) => setSpan({ ...span, from: value })} placeholder="16:30" maxLength={5} error={isTold && from === null ? text.day.error.clock : null} />
        <Field label={outages.to} value={span.to} onChange={(value) => setSpan({ ...span, to: value })} placeholder="18:00" maxLength={5}
          error={!isTold ? null : to === null ? text.day.error.clock : from !== null && to <= from ? outages.error.order : null} />
        <FilterSelect label={outages.lane} options={lanes} value={where.lane} onChange={(lane) => setWhere({ ...where, lane })} all={outages.allLanes} />
        <FilterSelect label={timesheet.shift} options={shiftOptions(choices?.shifts ?? [])} value={where.shiftId} onChange={(shiftId) => setWhere({ ...where, shiftId })} />
        <FilterSelect label={timesheet.department} options={choices?.departments ?? []} value={where.department} onChange={(department) => setWhere({ ...where, department })} />
        <div className="outage-find"><Button kind={all.length === 0 ? 'primary' : 'secondary'} icon={<IconSearch size={22} aria-hidden />} busy={search.busy} onPress={find}>{search.busy ? outages.finding : outages.find}</Button></div>
      </div>
      <ProblemNotice problem={search.problem} onRetry={search.again} />
      {search.output !== null && !search.busy && (
        <>
          {search.output.scans > 0 && <Notice tone="attention"><span className="notice-text">{outages.scans(number(search.output.scans))}</span></Notice>}
          {all.length === 0 ? <Notice tone="information"><span className="notice-text">{outages.none}</span></Notice> : <h3>{outages.found(number(rows.length))}</h3>}
          {unseen > 0 && <div className="row row-apart"><span className="small soft">{outages.unseenHint(number(unseen))}</span><Tick value={withUnseen} onChange={setWithUnseen}>{outages.withUnseen}</Tick></div>}
          {rows.length > 0 && <Table label={outages.title} columns={columns} rows={rows} rowKey={(row) => `${row.workerId} ${row.workDate}`} height="150px" />}
          {rows.length > 0 && <ReasonFields of={reasons} why={why} onChange={setWhy} told={told === 'why'} />}
        </>
      )}
      {propose.busy && <Progress label={text.sending} value={propose.done} of={rows.length} />}
      <ProblemNotice problem={propose.problem} onRetry={() => { void send(); }} />
    </Dialog>
  );
}
