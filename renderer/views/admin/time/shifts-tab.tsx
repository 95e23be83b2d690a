import { useState } from 'react';
import { IconClockHour4, IconMoon, IconPlus } from '@tabler/icons-react';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { number } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { shifts as text } from '../../../texts/shifts.ts';
import { ListImport, sheetFiles } from '../list-import.tsx';
import { ShiftForm, type ListedShift } from './shift-form.tsx';

const shiftFiles = [...sheetFiles, '.json', 'application/json'] as const;
const week = [1, 2, 3, 4, 5, 6, 7];
/** More codes that are no shifts are only named. */
const offered = 4;

function Days({ of }: { of: readonly number[] }) {
  return <span className="days">{week.filter((day) => of.includes(day)).map((day) => <span key={day} className="day">{text.day[day]}</span>)}</span>;
}

const minutes = (n: number): string => (n === 0 ? text.none : text.minutes(number(n)));

const columns: Column<ListedShift>[] = [
  { id: 'name', header: text.columns.name, width: 'minmax(110px, 1fr)', cell: (s) => <TwoLines main={s.name || s.id} sub={s.name === '' ? null : s.id} /> },
  { id: 'time', header: text.columns.time, width: '150px', cell: (s) => (
    <TwoLines main={<span className="digits">{text.range(s.start, s.end)}</span>} sub={s.end <= s.start ? <Tag tone="information" icon={<IconMoon size={16} aria-hidden />}>{text.overnight}</Tag> : null} />
  ) },
  { id: 'break', header: text.columns.break, width: '92px', cell: (s) => minutes(s.breakMinutes) },
  { id: 'window', header: text.columns.window, width: '148px', cell: (s) => <TwoLines main={text.early(minutes(s.earlyInMinutes))} sub={text.late(minutes(s.lateOutMinutes))} /> },
  { id: 'grace', header: text.columns.grace, width: '96px', cell: (s) => minutes(s.graceMinutes) },
  { id: 'days', header: text.columns.days, width: '158px', cell: (s) => <Days of={s.days} /> },
  { id: 'use', header: text.columns.use, width: 'minmax(162px, 0.8fr)', cell: (s) => <TwoLines main={text.workers(number(s.workers))} sub={text.assignments(number(s.assignments))} /> },
];

/** The shifts of this gate: list, form, and import of a plan. */
export function ShiftsTab() {
  const [open, setOpen] = useState<{ shift: ListedShift | null; id: string } | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const { data, problem, reload } = useLoad('shifts/list', {});
  if (file !== null) {
    return <ListImport key={`${file.name}/${file.lastModified}`} request="shifts/import" words={text.file} accept={shiftFiles} file={file} onOther={setFile} onClose={() => { setFile(null); reload(); }} />;
  }
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={6} />}</>;
  const add = (id: string): void => setOpen({ shift: null, id });
  return (
    <div className="tab-fill timesheet">
      <div className="row row-apart">
        <h3>{text.total(number(data.shifts.length))}</h3>
        <div className="row">
          <FileButton accept={shiftFiles} onFiles={([chosen]) => setFile(chosen ?? null)}>{text.import}</FileButton>
          <Button kind="primary" icon={<IconPlus size={22} aria-hidden />} onPress={() => add('')}>{text.add}</Button>
        </div>
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      {data.missing.length > 0 && (
        <Notice tone="attention">
          <span className="notice-text">{text.missing}</span>
          <span>{data.missing.map(({ shiftId, workers }) => text.missingOne(shiftId, number(workers))).join(', ')}</span>
          <span className="row">{data.missing.slice(0, offered).map(({ shiftId }) => <Button key={shiftId} onPress={() => add(shiftId)}>{text.addOne(shiftId)}</Button>)}</span>
        </Notice>
      )}
      {data.shifts.length === 0
        ? <EmptyState icon={<IconClockHour4 size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>
        : <Table label={text.tab} columns={columns} rows={data.shifts} rowKey={(s) => s.id} rowHeight={76} onPress={(shift) => setOpen({ shift, id: shift.id })} />}
      {open !== null && <ShiftForm shift={open.shift} id={open.id} onClose={() => setOpen(null)} onDone={() => { setOpen(null); reload(); }} />}
    </div>
  );
}
