import { useState } from 'react';
import type { ReadersNow } from '../../../shared/contracts/requests/reader.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { useRequest } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import { readerTexts } from '../../texts/reader.ts';
import { WorkDialog } from '../digitise/work-dialog.tsx';

const texts = readerTexts.choice;
const any = '';

/** Which of several readers this counter uses; remembered for the next time. */
export function ReaderChoice({ open, readers, onClose }: { open: boolean; readers: ReadersNow; onClose: () => void }) {
  const choose = useRequest('reader/choose');
  const [picked, setPicked] = useState<string | null>(null);
  const value = picked ?? readers.chosen ?? any;
  const save = (): void => {
    void choose.call({ name: value === any ? null : value }).then((done) => {
      if (done === null) return;
      setPicked(null);
      onClose();
    });
  };
  return (
    <WorkDialog open={open} title={texts.title} onClose={() => { setPicked(null); onClose(); }} actions={(
      <>
        <Button onPress={onClose}>{counterTexts.cancel}</Button>
        <Button kind="primary" busy={choose.busy} onPress={save}>{counterTexts.save}</Button>
      </>
    )}>
      <ProblemNotice problem={choose.problem} onRetry={choose.again} />
      {readers.readers.length === 0 && <p className="soft">{texts.none}</p>}
      <Choice label={texts.label} value={value} onChange={setPicked} options={readerOptions(readers)} />
    </WorkDialog>
  );
}

/** The readers as a choice: any, those that are there with what they are, and the chosen one where it is gone. */
export function readerOptions({ chosen, readers }: ReadersNow): { id: string; label: string; hint: string }[] {
  const there = readers.map(({ name, kind, shape, card }) => ({
    id: name, label: name, hint: [texts.kind[kind], kind === 'reader' ? texts.shape[shape] : '', card ? texts.card : ''].filter((part) => part !== '').join(' · '),
  }));
  const gone = chosen !== null && !readers.some(({ name }) => name === chosen) ? [{ id: chosen, label: chosen, hint: texts.missing }] : [];
  return [{ id: any, label: texts.any, hint: texts.anyHint }, ...there, ...gone];
}
