import { useEffect, useState } from 'react';
import { openPages, type PageSource } from './page-source.ts';

/** The pages of a scan while it is on screen: null while it opens, `'not-shown'` where it cannot be shown here. */
export function usePages(content: Blob | null): PageSource | 'not-shown' | null {
  const [opened, setOpened] = useState<{ of: Blob; source: PageSource | null } | null>(null);
  useEffect(() => {
    if (content === null) return;
    let gone = false;
    let mine: PageSource | null = null;
    void openPages(content).then((source) => {
      mine = source;
      if (gone) source?.close();
      else setOpened({ of: content, source });
    });
    return () => {
      gone = true;
      mine?.close();
    };
  }, [content]);
  if (opened === null || opened.of !== content) return null;
  return opened.source ?? 'not-shown';
}
