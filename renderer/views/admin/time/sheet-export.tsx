import { IconFileSpreadsheet } from '@tabler/icons-react';
import type { Input } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { saveFile } from '../save-file.ts';

/** The button that makes the Excel file of what is shown and offers it to be saved. */
export function SheetExport<N extends 'timesheet/export' | 'labour/export'>({ name, input, words, isDisabled }: {
  name: N; input: Input<N>; words: { export: string; exporting: string; saved: string }; isDisabled: boolean;
}) {
  const request = useRequest(name);
  const toast = useToast();
  const save = async (): Promise<void> => {
    const file = await request.call(input);
    if (file === null) return;
    saveFile(file.fileName, file.content, 'xlsx');
    toast('passed', words.saved);
  };
  return (
    <>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <Button kind="primary" busy={request.busy} isDisabled={isDisabled} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save(); }}>{request.busy ? words.exporting : words.export}</Button>
    </>
  );
}
