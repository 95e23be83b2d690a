import { IconFileText, IconFileTypePdf } from '@tabler/icons-react';
import { PagePicture } from './page-picture.tsx';
import { useScanContent } from './scan-content.ts';
import { usePages } from './use-pages.ts';

/** The first page of a scan, small; an icon until it is there, or where it cannot be shown. Its name stands beside it. */
export function Thumbnail({ sha256, mime, dossierId }: { sha256: string; mime: string; dossierId: string | null }) {
  const { content } = useScanContent(sha256, dossierId);
  const pages = usePages(content);
  if (pages === null || pages === 'not-shown') {
    return mime === 'application/pdf' ? <IconFileTypePdf size={40} stroke={1.4} aria-hidden /> : <IconFileText size={40} stroke={1.4} aria-hidden />;
  }
  return <PagePicture source={pages} page={1} pixels={160} label="" />;
}
