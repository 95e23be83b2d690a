import { IconFileDownload, IconPrinter } from '@tabler/icons-react';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { guard } from '../../../texts/guard.ts';
import { saveFile } from '../save-file.ts';

const text = guard.inside;

/** The list by teams: one press puts it on paper; where no printer answers, as a file. `musterId` null: who is inside now. */
export function PrintList({ musterId, label = text.print, isDisabled = false }: { musterId: string | null; label?: string; isDisabled?: boolean }) {
  const paper = useRequest('muster/paper');
  const file = useRequest('muster/print');
  const toast = useToast();
  const print = async (): Promise<void> => {
    if (await paper.call({ musterId }) !== null) toast('passed', text.printed);
  };
  const save = async (): Promise<void> => {
    const made = await file.call({ musterId });
    if (made === null) return;
    saveFile(made.fileName, made.content, 'pdf');
    toast('passed', text.saved);
  };
  return (
    <>
      <ProblemNotice problem={paper.problem ?? file.problem} onRetry={paper.problem ? paper.again : file.again} />
      <Button busy={paper.busy} isDisabled={isDisabled} icon={<IconPrinter size={22} aria-hidden />} onPress={() => { void print(); }}>{paper.busy ? text.preparing : label}</Button>
      <Button busy={file.busy} isDisabled={isDisabled} icon={<IconFileDownload size={22} aria-hidden />} onPress={() => { void save(); }}>{file.busy ? text.preparing : text.save}</Button>
    </>
  );
}
