import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { number } from '../../format.ts';
import { useKioskEvent } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import type { AttachedScan } from './attached-scan.ts';
import { Thumbnail } from './thumbnail.tsx';
import { WorkDialog } from './work-dialog.tsx';
import { useWorkLoad } from './use-work-load.ts';

const texts = counterTexts.scan.inbox;

/** The files of the watched folder; new ones come in by themselves. */
export function InboxDialog({ onChosen, onClose }: { onChosen: (scans: AttachedScan[]) => void; onClose: () => void }) {
  const inbox = useWorkLoad('scan/inbox', {});
  useKioskEvent('inbox/file', inbox.reload);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const files = inbox.data?.files ?? [];
  const toggle = (sha256: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(sha256);
    else next.delete(sha256);
    setChosen(next);
  };
  const take = (): void => {
    onChosen(files.filter((file) => chosen.has(file.sha256)).map(({ sha256, size, mime, pages, fileName }) => ({ sha256, size, mime, pages, fileName })));
  };
  return (
    <WorkDialog open wide title={texts.title} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{counterTexts.cancel}</Button>
        <Button kind="primary" isDisabled={chosen.size === 0} onPress={take}>{texts.add(chosen.size)}</Button>
      </>
    )}>
      <ProblemNotice problem={inbox.problem} onRetry={inbox.reload} />
      {inbox.data === null && inbox.loading && <Skeleton lines={4} />}
      {inbox.data !== null && files.length === 0 && (
        <EmptyState icon={<IconFolderOpen size={56} stroke={1.4} aria-hidden />} title={texts.empty}>{texts.emptyHint}</EmptyState>
      )}
      <ul className="inbox">
        {files.map((file) => (
          <li key={file.sha256} className="inbox-file">
            <span className="scan-picture scan-picture-small"><Thumbnail sha256={file.sha256} mime={file.mime} dossierId={null} /></span>
            <Tick value={chosen.has(file.sha256)} onChange={(on) => { toggle(file.sha256, on); }}>
              <span className="strong">{file.fileName}</span>{' '}
              <span className="small soft">{counterTexts.scan.pages(file.pages)} · {texts.size(number(Math.ceil(file.size / 1024)))}</span>
            </Tick>
          </li>
        ))}
      </ul>
    </WorkDialog>
  );
}
