import { IconCamera, IconFolderOpen } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { toProblem } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import { scanTypes, storeScan, withScan, type AttachedScan } from './attached-scan.ts';
import { InboxDialog } from './inbox-dialog.tsx';
import { ScanList } from './scan-list.tsx';
import { SnapshotDialog } from './snapshot-dialog.tsx';
import { useFileDrop } from './use-file-drop.ts';

const texts = counterTexts.scan;

export interface AddScansProps {
  /** Which paper the scans are of, for those who hear the screen. */
  label: string;
  scans: readonly AttachedScan[];
  onScans: (change: (before: readonly AttachedScan[]) => AttachedScan[]) => void;
}

/** Scans of one paper: from a file, the watched folder or the camera; shown at once, and taken away again. */
export function AddScans({ label, scans, onScans }: AddScansProps) {
  const [from, setFrom] = useState<'folder' | 'camera' | null>(null);
  const [storing, setStoring] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const failed = useRef<(() => void) | null>(null);

  const store = async (files: readonly { content: Blob; name: string }[], origin: 'file' | 'camera'): Promise<void> => {
    setProblem(null);
    for (const [i, { content, name }] of files.entries()) {
      setStoring(name);
      try {
        const scan = await storeScan(content, name, origin);
        onScans((before) => withScan(before, scan));
      } catch (thrown) {
        failed.current = () => { void store(files.slice(i), origin); };
        setProblem(toProblem(thrown));
        break;
      }
    }
    setStoring(null);
  };
  const fromFiles = (files: readonly File[]): void => { void store(files.map((file) => ({ content: file, name: file.name })), 'file'); };
  const { ref: dropRef, over } = useFileDrop<HTMLFieldSetElement>(fromFiles);

  return (
    <fieldset ref={dropRef} className="add-scans" aria-label={`${texts.add}: ${label}`} data-drop-target={over || undefined}>
      <ScanList dossierId={null} scans={scans.map((scan) => ({ ...scan, name: scan.fileName }))}
        onRemove={(sha256) => { onScans((before) => before.filter((scan) => scan.sha256 !== sha256)); }} />
      {storing !== null && <output className="soft">{texts.adding(storing)}</output>}
      <ProblemNotice problem={problem} onRetry={() => { failed.current?.(); }} />
      <div className="row">
        <FileButton accept={scanTypes} many onFiles={fromFiles} busy={storing !== null}>{texts.file}</FileButton>
        <Button icon={<IconFolderOpen size={22} aria-hidden />} onPress={() => { setFrom('folder'); }}>{texts.folder}</Button>
        <Button icon={<IconCamera size={22} aria-hidden />} onPress={() => { setFrom('camera'); }}>{texts.camera}</Button>
      </div>
      {from === 'folder' && (
        <InboxDialog onClose={() => { setFrom(null); }}
          onChosen={(chosen) => { setFrom(null); onScans((before) => chosen.reduce<AttachedScan[]>(withScan, [...before])); }} />
      )}
      {from === 'camera' && (
        <SnapshotDialog onClose={() => { setFrom(null); }} onPicture={(picture) => {
          setFrom(null);
          void store([{ content: picture, name: texts.snapshot.name(scans.length + 1) }], 'camera');
        }} />
      )}
    </fieldset>
  );
}
