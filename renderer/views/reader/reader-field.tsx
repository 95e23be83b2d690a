import { ProblemNotice } from '../../components/notice.tsx';
import { Select } from '../../components/select.tsx';
import { useRequest } from '../../kiosk.ts';
import { readerTexts } from '../../texts/reader.ts';
import { readerOptions } from './reader-choice.tsx';
import { useReaders } from './use-readers.ts';

/** The setting of the card reader: any, or one that is remembered also while it is unplugged. */
export function ReaderField({ isDisabled }: { isDisabled: boolean }) {
  const { readers } = useReaders();
  const choose = useRequest('reader/choose');
  return (
    <>
      <Select label={readerTexts.choice.label} isDisabled={isDisabled || choose.busy} value={readers.chosen ?? ''} options={readerOptions(readers)}
        onChange={(id) => { void choose.call({ name: id === '' ? null : id }); }} />
      <ProblemNotice problem={choose.problem} onRetry={choose.again} />
    </>
  );
}
