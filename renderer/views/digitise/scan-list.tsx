import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { counterTexts } from '../../texts/counter.ts';
import { ScanViewer } from './scan-viewer.tsx';
import { Thumbnail } from './thumbnail.tsx';

const texts = counterTexts.scan;

export interface ShownScan { sha256: string; mime: string; name: string; pages: number | null }

export interface ScanListProps {
  scans: readonly ShownScan[];
  /** For which dossier the scans are looked at; null while they belong to none. */
  dossierId: string | null;
  onRemove?: (sha256: string) => void;
}

/** Scans as small pictures; a press opens one, with zoom and turn. */
export function ScanList({ scans, dossierId, onRemove }: ScanListProps) {
  const [open, setOpen] = useState<ShownScan | null>(null);
  if (scans.length === 0) return null;
  return (
    <ul className="scans">
      {scans.map((scan) => (
        <li key={scan.sha256} className="scan">
          <AriaButton className="scan-open" onPress={() => { setOpen(scan); }}>
            <span className="scan-picture"><Thumbnail sha256={scan.sha256} mime={scan.mime} dossierId={dossierId} /></span>
            <span className="scan-name"><span className="only-heard">{texts.look} </span>{scan.name}</span>
            {scan.pages !== null && <span className="small soft">{texts.pages(scan.pages)}</span>}
          </AriaButton>
          {onRemove && (
            <Button kind="quiet" aria-label={texts.removeOf(scan.name)} onPress={() => { onRemove(scan.sha256); }} icon={<IconX size={20} aria-hidden />} />
          )}
        </li>
      ))}
      {open !== null && <ScanViewer sha256={open.sha256} name={open.name} dossierId={dossierId} onClose={() => { setOpen(null); }} />}
    </ul>
  );
}
