import { useState } from 'react';
import { IconFileSpreadsheet, IconFileTypePdf } from '@tabler/icons-react';
import type { ReportAsk, ReportPurpose } from '../../../../shared/contracts/report.ts';
import type { ReportLine } from '../../../../shared/contracts/requests/report.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { reports as text } from '../../../texts/reports.ts';
import { saveFile } from '../save-file.ts';
import { ReportWorking } from './report-working.tsx';

const purposes: Option<ReportPurpose>[] = (Object.keys(text.purposes) as ReportPurpose[]).map((id) => ({ id, label: text.purposes[id] }));

/** Asks why, then makes the file and offers it to be saved. `receivers`: the names that will stand on it. */
export function ReportExport({ line, ask, receivers, onClose }: { line: ReportLine; ask: ReportAsk; receivers: readonly string[]; onClose: () => void }) {
  const [purpose, setPurpose] = useState<ReportPurpose>(line.purpose);
  const [format, setFormat] = useState<'xlsx' | 'pdf'>('xlsx');
  const request = useRequest('reports/export');
  const toast = useToast();
  const save = async (chosen: 'xlsx' | 'pdf'): Promise<void> => {
    setFormat(chosen);
    const file = await request.call({ ask, format: chosen, purpose });
    if (file === null) return;
    saveFile(file.fileName, file.content, chosen);
    toast('passed', text.export.saved);
    onClose();
  };
  return (
    <Dialog open title={text.export.title(line.name)} onClose={request.busy ? undefined : onClose} actions={(
      <>
        <Button isDisabled={request.busy} onPress={onClose}>{text.export.cancel}</Button>
        <Button busy={request.busy && format === 'pdf'} isDisabled={request.busy} icon={<IconFileTypePdf size={22} aria-hidden />} onPress={() => { void save('pdf'); }}>{text.export.pdf}</Button>
        <Button kind="primary" busy={request.busy && format === 'xlsx'} isDisabled={request.busy} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save('xlsx'); }}>{text.export.xlsx}</Button>
      </>
    )}>
      <div className="stack">
        <Select label={text.export.purpose} options={purposes} value={purpose} onChange={setPurpose} isDisabled={request.busy} />
        {line.receivers.length > 0 && <p>{receivers.length === 0 ? text.export.nobody : text.export.to(receivers.join('; '))}</p>}
        <p className="small soft">{text.export.logged}</p>
        {request.busy && <ReportWorking />}
        <ProblemNotice problem={request.problem} onRetry={request.again} />
      </div>
    </Dialog>
  );
}
