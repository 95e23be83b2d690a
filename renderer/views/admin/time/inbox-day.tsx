import { useEffect, useState } from 'react';
import { IconWand } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, dateAndTime, time } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { correction as text } from '../../../texts/correction.ts';
import { changesOf, draftOf, type CorrectionDraft } from './correction-draft.ts';
import { CorrectionForm } from './correction-form.tsx';
import { changeWords, clockOn, LineWords } from './correction-words.tsx';
import { DayPunches } from './day-punches.tsx';
import { noWhy, ReasonFields, useReasons, type Why } from './reason-fields.tsx';
import type { InboxRow } from './inbox-ask.ts';
import { usePropose } from './use-propose.ts';

type Day = Output<'inbox/day'>;
type Shifts = Output<'timesheet/choices'>['shifts'];

export interface InboxDayProps {
  row: Pick<InboxRow, 'worker' | 'workDate' | 'code'>;
  shifts: Shifts;
  onClose: () => void;
  onDone: () => void;
}

/** One date of one worker: what was scanned and answered, what it comes to, and what somebody proposes instead. */
export function InboxDay({ row: { worker, workDate, code }, shifts, onClose, onDone }: InboxDayProps) {
  const { data, problem, reload } = useLoad('inbox/day', worker === null ? null : { workerId: worker.workerId, workDate });
  const title = `${worker?.fullName ?? text.unknownCard(code ?? '')} · ${date(workDate)}`;
  if (data !== null) return <LoadedDay day={data} shifts={shifts} title={title} onClose={onClose} onDone={onDone} />;
  return (
    <Dialog open wide title={title} onClose={onClose} actions={<Button onPress={onClose}>{common.close}</Button>}>
      {worker === null ? <Notice tone="information"><span className="notice-text">{text.day.onlyScan}</span></Notice> : problem === null && <Skeleton lines={8} />}
      <ProblemNotice problem={problem} onRetry={reload} />
    </Dialog>
  );
}

function LoadedDay({ day, shifts, title, onClose, onDone }: { day: Day; shifts: Shifts; title: string; onClose: () => void; onDone: () => void }) {
  const { worker, workDate } = day;
  const counting = day.history.find(({ counts }) => counts)?.changes ?? null;
  const clock = (at: number): string => time(new Date(at));
  const [draft, setDraft] = useState<CorrectionDraft>(() => draftOf(counting?.kind === 'change' ? counting : null, clock));
  const [why, setWhy] = useState<Why>(noWhy);
  const [told, setTold] = useState(false);
  const reasons = useReasons(usesOf(draft));
  const propose = usePropose();
  const toast = useToast();
  const startAt = day.shifts[0]?.startAt ?? null;
  const said = changesOf(draft, workDate, startAt);
  const changes = 'changes' in said ? said.changes : null;
  const settled = useSettled(changes === null ? null : JSON.stringify(changes));
  const preview = useLoad('inbox/preview', settled === null ? null : { workerId: worker.workerId, workDate, changes: JSON.parse(settled) as NonNullable<typeof changes> });
  const send = async (): Promise<void> => {
    setTold(true);
    if (changes === null || reasons.missing(why) !== null) return;
    if (!await propose.send([{ workerId: worker.workerId, workDate, changes }], why)) return;
    toast('passed', text.sent);
    onDone();
  };
  const fill = (): void => setDraft(draftOf(day.suggestion, clock));
  return (
    <Dialog open wide title={title} onClose={onClose} actions={(
      <>
        <Button isDisabled={propose.busy} onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={propose.busy} onPress={() => { void send(); }}>{text.send}</Button>
      </>
    )}>
      <div className="inbox-day">
        <section className="stack">
          <p className="small soft">{worker.workerId} · {worker.department}{worker.employer === '' ? '' : ` · ${worker.employer}`}</p>
          <p className="small"><strong>{text.day.shift}: </strong>{day.shifts.length === 0 ? text.day.noShift : day.shifts.map(({ id, startAt: from, endAt }) => `${id} (${clockOn(from, workDate)} – ${clockOn(endAt, workDate)})`).join(', ')}</p>
          <h3>{text.day.scans}</h3>
          <DayPunches punches={day.punches} workDate={workDate} leftOut={draft.leaveOut} canLeaveOut={draft.way === 'change' && !draft.wholeDay} onChange={(leaveOut) => setDraft({ ...draft, leaveOut })} />
          <dl className="day-lines">
            <div><dt>{text.day.before}</dt><dd><LineWords line={day.before} workDate={workDate} /></dd></div>
            {counting !== null && <div><dt>{text.day.present}</dt><dd><LineWords line={day.now} workDate={workDate} /></dd></div>}
            <div data-after><dt>{text.day.after}</dt><dd>{changes === null || preview.data === null ? <span className="soft">–</span> : <LineWords line={preview.data.line} workDate={workDate} />}</dd></div>
          </dl>
        </section>
        <section className="stack">
          <CorrectionForm draft={draft} onChange={setDraft} error={told && 'error' in said ? said.error : null} shifts={shifts}
            canRestore={counting !== null && counting.kind !== 'restore'} canConfirmOvertime={day.before?.closedBy === 'system' && day.before.shiftId !== null}
            suggestion={day.suggestion !== null && <Button icon={<IconWand size={22} aria-hidden />} onPress={fill}>{text.day.useSuggestion}</Button>} />
          <ReasonFields of={reasons} why={why} onChange={setWhy} told={told} />
          <ProblemNotice problem={propose.problem} onRetry={() => { void send(); }} />
          {day.history.length > 0 && <History of={day} />}
        </section>
      </div>
    </Dialog>
  );
}

function usesOf({ way, wholeDay, shiftId, overtime, leaveOut, addIn, addOut }: CorrectionDraft): Parameters<typeof useReasons>[0] {
  if (way === 'keep') return ['keep'];
  if (way === 'restore') return ['keep', 'punch'];
  if (wholeDay) return ['whole-day'];
  const uses = [
    ...(addIn !== '' || addOut !== '' ? ['punch' as const] : []), ...(leaveOut.length > 0 ? ['leave-out' as const] : []),
    ...(overtime !== '' ? ['overtime' as const] : []), ...(shiftId !== '' ? ['shift' as const] : []),
  ];
  return uses.length === 0 ? ['punch', 'leave-out', 'overtime', 'shift', 'whole-day'] : uses;
}

/** A value that has stood still for a moment. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 200);
    return () => clearTimeout(timer);
  }, [value]);
  return value === null ? null : settled;
}

function History({ of: { history, workDate } }: { of: Day }) {
  return (
    <div className="stack">
      <h3>{text.day.history}</h3>
      <ul className="trust-entries">
        {history.map(({ id, changes, reason, note, state, counts, by, decided }) => (
          <li key={id}>
            <span><strong>{state === 'approved' && !counts ? text.superseded : text.states[state]}</strong>: {changeWords(changes, workDate)}</span>
            <span className="small soft">{[reason, note].filter((each) => each !== '').join(', ')}</span>
            <span className="small soft digits">{by.displayName}, {dateAndTime(by.at)}{decided !== null && ` → ${decided.displayName}, ${dateAndTime(decided.at)}${decided.note === '' ? '' : ` (${decided.note})`}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
