import { useEffect, useMemo } from 'react';
import { createPortal } from 'react-dom';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { counterTexts } from '../../../texts/counter.ts';
import { PagePicture } from '../../digitise/page-picture.tsx';
import { ScrollRegion } from '../../digitise/scroll-region.tsx';
import { usePages } from '../../digitise/use-pages.ts';
import { useWorkLoad } from '../../digitise/use-work-load.ts';

const texts = counterTexts.saved;

/**
 * The receipt (mẫu số 01, Thông tư 03/2025/TT-VPCP) as the service made it. What is seen is what `window.print()`
 * puts on paper: the pages stand once more outside of the app's frame, where only the printer sees them.
 */
export function Receipt({ dossierId, onReady }: { dossierId: string; onReady?: () => void }) {
  const receipt = useWorkLoad('dossier/receipt', { dossierId });
  const pdf = receipt.data?.pdf;
  const content = useMemo(() => (pdf === undefined ? null : new Blob([new Uint8Array(pdf)], { type: 'application/pdf' })), [pdf]);
  const pages = usePages(content);
  const shown = pages === 'not-shown' ? null : pages;
  useEffect(() => { if (shown !== null) onReady?.(); }, [shown, onReady]);
  const numbers = Array.from({ length: shown?.pages ?? 0 }, (_, i) => i + 1);
  return (
    <ScrollRegion className="receipt" label={texts.preview}>
      <ProblemNotice problem={receipt.problem} onRetry={receipt.reload} />
      {receipt.problem === null && shown === null && <><p className="soft">{texts.preparing}</p><Skeleton lines={5} /></>}
      {shown !== null && numbers.map((n) => <PagePicture key={n} source={shown} page={n} pixels={1200} label={texts.previewPage(n)} />)}
      {shown !== null && createPortal(
        <div className="print-only" aria-hidden>{numbers.map((n) => <PagePicture key={n} source={shown} page={n} pixels={2480} label="" />)}</div>, document.body)}
    </ScrollRegion>
  );
}
