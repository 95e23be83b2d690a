import { useCallback, useMemo, useRef, useState } from 'react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { ask, toProblem, useLoad } from '../../../kiosk.ts';

type Page = Output<'trust/list'>;

const pageSize = 300;

/** What the trust store holds of a country and a search, a page after the other as their ends come into sight. */
export function useTrustList(query: string, country: string | null) {
  const { data, problem, reload } = useLoad('trust/list', { query, country, offset: 0, limit: pageSize });
  const [rest, setRest] = useState<{ after: Page | null; pages: Page[]; problem: Problem | null }>({ after: null, pages: [], problem: null });
  const asking = useRef<Page | null>(null);
  // Further pages belong to one first page: after a change or another search they are asked for anew.
  const pages = useMemo(() => (data === null ? [] : [data, ...(rest.after === data ? rest.pages : [])]), [data, rest]);
  const more = useCallback(() => {
    const lastPage = pages.at(-1);
    const offset = pages.length * pageSize;
    if (data === null || lastPage === undefined || asking.current === lastPage || offset >= Math.max(data.total, data.crlTotal)) return;
    asking.current = lastPage;
    ask('trust/list', { query, country, offset, limit: pageSize }).then(
      (page) => setRest((before) => ({ after: data, pages: [...(before.after === data ? before.pages : []), page], problem: null })),
      (thrown: unknown) => {
        asking.current = null;
        setRest((before) => ({ ...before, problem: toProblem(thrown) }));
      },
    );
  }, [pages, data, query, country]);
  const certificates = useMemo(() => pages.flatMap((page) => page.certificates), [pages]);
  const crls = useMemo(() => pages.flatMap((page) => page.crls), [pages]);
  return { data, problem: problem ?? rest.problem, reload, more, certificates, crls };
}
