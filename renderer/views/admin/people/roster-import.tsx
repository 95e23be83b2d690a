import { useEffect, useState } from 'react';
import { IconColumns, IconFileSpreadsheet } from '@tabler/icons-react';
import type { RosterColumns } from '../../../../shared/domain/roster.ts';
import { problem as problemOf } from '../../../../shared/contracts/problems.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { DateField } from '../../../components/date-field.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { useToast } from '../../../components/toast.tsx';
import { number, today } from '../../../format.ts';
import { useKioskEvent, useRequest } from '../../../kiosk.ts';
import { admin } from '../../../texts/admin.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';
import { sheetFiles } from '../list-import.tsx';
import './people.css';
import { RosterMapping } from './roster-mapping.tsx';
import { RosterReportView, type RosterReport } from './roster-report.tsx';
import { saveFile } from '../save-file.ts';

const mostBytes = 60 * 1024 * 1024;
const words = admin.import;
const text = people.list;

/** A list in three steps: its columns, a dry run with its report, the true import when a person has read the report. */
export function RosterImport({ file, onOther, onClose }: { file: File; onOther: (file: File) => void; onClose: () => void }) {
  const peek = useRequest('roster/columns');
  const check = useRequest('roster/import');
  const write = useRequest('roster/import');
  const [progress, setProgress] = useState<number | null>(null);
  const [columns, setColumns] = useState<RosterColumns | null>(null);
  const [naming, setNaming] = useState(false);
  const [endDate, setEndDate] = useState<string | null>(null);
  useKioskEvent('roster/progress', ({ done }) => setProgress(done));
  const tooLarge = file.size > mostBytes;
  const [ask, tryOut] = [peek.call, check.call];
  useEffect(() => {
    if (tooLarge) return;
    const begin = async (): Promise<void> => {
      const content = new Uint8Array(await file.arrayBuffer());
      const found = await ask({ fileName: file.name, content });
      if (found === null) return;
      if (found.isWhole) await tryOut({ fileName: file.name, content, dryRun: true });
      else setNaming(true);
    };
    void begin();
  }, [file, tooLarge, ask, tryOut]);
  const bytes = async (): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());
  const use = async (named: RosterColumns): Promise<void> => {
    setNaming(false);
    setColumns(named);
    await check.call({ fileName: file.name, content: await bytes(), dryRun: true, columns: named });
  };
  const start = async (): Promise<void> => {
    setProgress(null);
    await write.call({ fileName: file.name, content: await bytes(), dryRun: false, columns, wholeList: endDate === null ? null : { endDate } });
  };
  const done = write.state === 'done' ? write.output : null;
  const report = done ?? check.output;
  const busy = peek.busy || check.busy || write.busy;
  const leavers = endDate === null || report === null ? 0 : report.leaverTotal;
  return (
    <div className="tab-fill">
      <div className="row row-apart import-head">
        <h3>{words.title}: <span className="soft">{file.name}</span></h3>
        {done === null && (
          <div className="row">
            {peek.output !== null && <Button isDisabled={busy} icon={<IconColumns size={22} aria-hidden />} onPress={() => setNaming(true)}>{text.chooseColumns}</Button>}
            <FileButton accept={sheetFiles} isDisabled={busy} onFiles={([chosen]) => { if (chosen) onOther(chosen); }}>{words.other}</FileButton>
          </div>
        )}
      </div>
      <ProblemNotice problem={tooLarge ? problemOf('file-too-large') : write.problem ?? check.problem ?? peek.problem} onRetry={write.problem ? write.again : check.again} />
      {busy && <Progress label={write.busy ? words.importing : words.checking} value={progress} of={null} detail={progress === null ? undefined : number(progress)} />}
      {report !== null && !busy && <RosterReportView report={report} done={done !== null} />}
      {report !== null && !busy && done === null && report.leaverTotal > 0 && <WholeList report={report} endDate={endDate} onChange={setEndDate} />}
      <div className="row row-end">
        {report !== null && !busy && <ReportFile />}
        <Button kind={done ? 'primary' : 'secondary'} isDisabled={write.busy} onPress={onClose}>{done ? common.close : common.cancel}</Button>
        {done === null && report !== null && (report.imported > 0 || leavers > 0) && (
          <Button kind="primary" busy={write.busy} isDisabled={busy} onPress={() => { void start(); }}>{goWords(report, leavers)}</Button>
        )}
      </div>
      {naming && peek.output !== null && <RosterMapping file={columns === null ? peek.output : { ...peek.output, columns }} onUse={(named) => { void use(named); }} onClose={() => setNaming(false)} />}
    </div>
  );
}

function goWords(report: RosterReport, leavers: number): string {
  if (leavers === 0) return words.confirm(number(report.imported));
  return report.imported === 0 ? text.leaveGo(number(leavers)) : text.importAndLeave(number(report.imported), number(leavers));
}

/** Whether the list is the whole roster: only then, and only when a person says so, has anybody left. */
function WholeList({ report, endDate, onChange }: { report: RosterReport; endDate: string | null; onChange: (endDate: string | null) => void }) {
  const isMany = report.leaverTotal > report.rows;
  return (
    <div className="import-whole">
      <div className="stack stack-tight">
        <Tick value={endDate !== null} onChange={(whole) => onChange(whole ? today() : null)}>{text.whole(number(report.leaverTotal))}</Tick>
        {report.listedEmployers.length > 0 && <span className="small soft">{text.wholeOf(report.listedEmployers.slice(0, 5).join('; '))}</span>}
      </div>
      {endDate !== null && <DateField label={text.endDate} value={endDate} onChange={(value) => { if (value !== null) onChange(value); }} />}
      {endDate !== null && isMany && <Notice tone="attention"><span className="notice-text">{text.many}</span></Notice>}
    </div>
  );
}

function ReportFile() {
  const request = useRequest('roster/report-file');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const file = await request.call({});
    if (file === null) return;
    saveFile(file.fileName, file.content, 'xlsx');
    toast('passed', text.reportSaved);
  };
  return (
    <>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <Button busy={request.busy} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save(); }}>{text.report}</Button>
    </>
  );
}
