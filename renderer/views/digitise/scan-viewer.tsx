import { IconArrowsMaximize, IconChevronLeft, IconChevronRight, IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice, ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { counterTexts } from '../../texts/counter.ts';
import { PagePicture } from './page-picture.tsx';
import { useScanContent } from './scan-content.ts';
import { ScrollRegion } from './scroll-region.tsx';
import { usePages } from './use-pages.ts';
import { WorkDialog } from './work-dialog.tsx';

const texts = counterTexts.scan.viewer;
const zooms = [0.5, 0.75, 1, 1.5, 2, 3] as const;
const fit = 2;

export interface ScanViewerProps { sha256: string; name: string; dossierId: string | null; onClose: () => void }

/** A scan to look at: pages, zoom, turn. Nothing of it is kept. */
export function ScanViewer({ sha256, name, dossierId, onClose }: ScanViewerProps) {
  const scan = useScanContent(sha256, dossierId);
  const pages = usePages(scan.content);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(fit);
  const [turn, setTurn] = useState(0);
  const scale = zooms[zoom] ?? 1;
  const count = pages === null || pages === 'not-shown' ? 1 : pages.pages;
  return (
    <WorkDialog open wide title={texts.title(name)} onClose={onClose}
      actions={<Button kind="primary" onPress={onClose}>{counterTexts.close}</Button>}>
      <div className="viewer-tools row row-apart">
        <span className="row">
          <Button aria-label={texts.zoomOut} isDisabled={zoom === 0} onPress={() => { setZoom(zoom - 1); }} icon={<IconZoomOut size={22} aria-hidden />} />
          <Button aria-label={texts.zoomIn} isDisabled={zoom === zooms.length - 1} onPress={() => { setZoom(zoom + 1); }} icon={<IconZoomIn size={22} aria-hidden />} />
          <Button aria-label={texts.fit} onPress={() => { setZoom(fit); setTurn(0); }} icon={<IconArrowsMaximize size={22} aria-hidden />} />
          <Button aria-label={texts.rotate} onPress={() => { setTurn((turn + 1) % 4); }} icon={<IconRotateClockwise size={22} aria-hidden />} />
        </span>
        {count > 1 && (
          <span className="row">
            <Button aria-label={texts.previous} isDisabled={page <= 1} onPress={() => { setPage(page - 1); }} icon={<IconChevronLeft size={22} aria-hidden />} />
            <span className="digits">{texts.page(page, count)}</span>
            <Button aria-label={texts.next} isDisabled={page >= count} onPress={() => { setPage(page + 1); }} icon={<IconChevronRight size={22} aria-hidden />} />
          </span>
        )}
        <span className="small soft">{texts.viewOnly}</span>
      </div>
      <ScrollRegion className="viewer-page" label={texts.page(page, count)}>
        <ProblemNotice problem={scan.problem} onRetry={scan.again} />
        {pages === null && scan.problem === null && <Skeleton lines={6} />}
        {pages === 'not-shown' && <Notice tone="information">{texts.cannotShow}</Notice>}
        {pages !== null && pages !== 'not-shown' && (
          <div className="viewer-sheet" style={{ width: `${scale * 100}%` }}>
            <PagePicture source={pages} page={page} turn={turn} pixels={Math.round(1400 * Math.max(1, scale))} label={texts.page(page, count)} />
          </div>
        )}
      </ScrollRegion>
    </WorkDialog>
  );
}
