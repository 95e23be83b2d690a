import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import { isProblemCode, problem as problemOf, problems } from '../../../shared/contracts/problems.ts';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Notice, ProblemNotice } from '../../components/notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { number } from '../../format.ts';
import { useKioskEvent, useRequest } from '../../kiosk.ts';
import { admin } from '../../texts/admin.ts';
import { common } from '../../texts/common.ts';
import { shifts } from '../../texts/shifts.ts';
import { xlsxType } from './save-file.ts';

type ListRequest = 'shifts/import' | 'visitors/import';
type Report = Output<ListRequest>;
type Refused = Report['refused'][number];

/** The kinds of sheet that are read. */
export const sheetFiles = ['.csv', '.xlsx', 'text/csv', xlsxType] as const;
const mostBytes = 60 * 1024 * 1024;
const text = admin.import;

/** What differs between the lists that are brought in as files. */
export interface ListWords {
  title: string;
  hint?: string;
  checking: string;
  importing: string;
  confirm: (n: string) => string;
  fields: Readonly<Record<string, string>>;
}

/** A row that was not taken, and why. */
export const refusedColumns: Column<Refused>[] = [
  { id: 'row', header: text.row, width: '90px', cell: (r) => <span className="digits">{number(r.row)}</span> },
  { id: 'worker', header: text.worker, width: '140px', cell: (r) => r.workerId ?? '–' },
  { id: 'reason', header: text.reason, width: 'minmax(200px, 1fr)', cell: (r) => <span>{r.detail || (isProblemCode(r.code) ? problems[r.code].vi : r.code)}</span> },
];

export interface ListImportProps {
  request: ListRequest;
  words: ListWords;
  accept: readonly string[];
  file: File;
  onOther: (file: File) => void;
  onClose: () => void;
}

/** Import in two steps: a dry run that only reports, then the true one when a person has read the report. */
export function ListImport({ request, words, accept, file, onOther, onClose }: ListImportProps) {
  const check = useRequest(request);
  const write = useRequest(request);
  const [progress, setProgress] = useState<{ done: number; of: number | null } | null>(null);
  useKioskEvent('roster/progress', setProgress);
  const tooLarge = file.size > mostBytes;
  const { call } = check;
  useEffect(() => {
    if (tooLarge) return;
    void file.arrayBuffer().then((bytes) => call({ fileName: file.name, content: new Uint8Array(bytes), dryRun: true }));
  }, [file, tooLarge, call]);

  const start = async (): Promise<void> => {
    setProgress(null);
    await write.call({ fileName: file.name, content: new Uint8Array(await file.arrayBuffer()), dryRun: false });
  };
  const done = write.state === 'done' ? write.output : null;
  const report = done ?? check.output;
  const busy = check.busy || write.busy;
  return (
    <div className="tab-fill">
      <h3>{words.title}</h3>
      <p className="soft">{file.name}</p>
      {words.hint !== undefined && <p className="soft">{words.hint}</p>}
      <ProblemNotice problem={tooLarge ? problemOf('file-too-large') : write.problem ?? check.problem} onRetry={write.problem ? write.again : check.again} />
      {busy && <Progress label={write.busy ? words.importing : words.checking} value={progress?.done ?? null} of={progress?.of ?? null}
        detail={progress ? number(progress.done) : undefined} />}
      {report && !busy && <ReportView report={report} done={done !== null} fields={words.fields} />}
      <div className="row row-end">
        {!done && <FileButton accept={accept} isDisabled={busy} onFiles={([chosen]) => { if (chosen) onOther(chosen); }}>{text.other}</FileButton>}
        <Button kind={done ? 'primary' : 'secondary'} isDisabled={write.busy} onPress={onClose}>{done ? common.close : common.cancel}</Button>
        {!done && report && (report.imported > 0 || shiftsOf(report) > 0) && (
          <Button kind="primary" busy={write.busy} isDisabled={busy} onPress={() => { void start(); }}>{report.imported > 0 ? words.confirm(number(report.imported)) : shifts.file.confirmShifts(number(shiftsOf(report)))}</Button>
        )}
      </div>
    </div>
  );
}

function shiftsOf(report: Report): number {
  return 'shifts' in report ? report.shifts : 0;
}

function ReportView({ report, done, fields }: { report: Report; done: boolean; fields: ListWords['fields'] }) {
  const facts = [
    ...(shiftsOf(report) > 0 ? [[shifts.file.shifts, shiftsOf(report)] as const] : []),
    [text.rows, report.rows], [done ? text.imported : text.fit, report.imported], [text.unchanged, report.unchanged], [text.refused, report.refusedTotal],
  ] as const;
  const columnsFound = Object.entries(report.columns);
  const unlisted = report.refusedTotal - report.refused.length;
  return (
    <>
      <Notice tone={report.refusedTotal > 0 ? 'attention' : done ? 'passed' : 'information'}>
        <span className="notice-text">{done ? text.done : text.checked}</span>
      </Notice>
      <dl className="counts-row">{facts.map(([word, n]) => <div key={word} className="count"><dt>{word}</dt><dd>{number(n)}</dd></div>)}</dl>
      {!done && columnsFound.length > 0 && (
        <p className="small soft">{text.columns}: {columnsFound.map(([field, header]) => text.column(fields[field] ?? field, header)).join('; ')}</p>
      )}
      {report.refused.length > 0 && (
        <>
          <h3>{text.refusedTitle}</h3>
          <p className="soft">{text.refusedHint}</p>
          <Table label={text.refusedTitle} columns={refusedColumns} rows={report.refused} rowKey={(r) => `${r.row}/${r.code}`}
            foot={unlisted > 0 ? text.refusedMore(number(unlisted)) : undefined} />
        </>
      )}
    </>
  );
}
