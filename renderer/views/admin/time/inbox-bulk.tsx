import { useEffect, useState } from 'react';
import { mostProposals } from '../../../../shared/contracts/requests/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { noChanges } from '../../../../shared/domain/correction.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, number } from '../../../format.ts';
import { ask, toProblem } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { correction as text } from '../../../texts/correction.ts';
import { changeWords } from './correction-words.tsx';
import { noWhy, ReasonFields, useReasons, type Why } from './reason-fields.tsx';
import type { InboxRow } from './inbox-ask.ts';
import { usePropose } from './use-propose.ts';

type Plan = Output<'inbox/plan'>;

const columns: Column<Plan['planned'][number]>[] = [
  { id: 'worker', header: text.columns.worker, width: 'minmax(180px, 1fr)', cell: (row) => <TwoLines main={row.fullName} sub={`${row.workerId} · ${row.department}`} /> },
  { id: 'date', header: text.columns.date, width: '130px', cell: ({ workDate }) => <span className="digits">{date(workDate)}</span> },
  { id: 'change', header: text.bulk.change, width: 'minmax(200px, 1.2fr)', cell: ({ changes, workDate }) => changeWords(changes, workDate) },
];

/** Many dates with one reason: what is suggested for each, or each as it is. */
export function InboxBulk({ kind, rows, onClose, onDone }: { kind: 'suggested' | 'keep'; rows: readonly InboxRow[]; onClose: () => void; onDone: () => void }) {
  const { plan, problem } = usePlan(kind, rows);
  const [why, setWhy] = useState<Why>(noWhy);
  const [told, setTold] = useState(false);
  const reasons = useReasons([kind === 'keep' ? 'keep' : 'punch']);
  const propose = usePropose();
  const toast = useToast();
  const count = plan?.planned.length ?? 0;
  const send = async (): Promise<void> => {
    setTold(true);
    if (plan === null || reasons.missing(why) !== null || !await propose.send(plan.planned, why)) return;
    toast('passed', text.sent);
    onDone();
  };
  return (
    <Dialog open wide title={text.bulk.title[kind]} onClose={onClose} actions={(
      <>
        <Button isDisabled={propose.busy} onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" busy={propose.busy} isDisabled={count === 0} onPress={() => { void send(); }}>{text.sendMany(number(count))}</Button>
      </>
    )}>
      <ProblemNotice problem={problem} />
      {plan === null && problem === null && <Progress label={text.bulk.working} value={null} of={null} />}
      {plan !== null && count === 0 && <Notice tone="information"><span className="notice-text">{text.bulk.none}</span></Notice>}
      {plan !== null && count > 0 && (
        <>
          {plan.left > 0 && <Notice tone="attention"><span className="notice-text">{text.bulk.left(number(plan.left))}</span></Notice>}
          <Table label={text.bulk.title[kind]} columns={columns} rows={plan.planned} rowKey={(row) => `${row.workerId} ${row.workDate}`} height="300px" />
          <ReasonFields of={reasons} why={why} onChange={setWhy} told={told} />
        </>
      )}
      {propose.busy && <Progress label={text.sending} value={propose.done} of={count} />}
      <ProblemNotice problem={propose.problem} onRetry={() => { void send(); }} />
    </Dialog>
  );
}

function usePlan(kind: 'suggested' | 'keep', rows: readonly InboxRow[]): { plan: Plan | null; problem: Problem | null } {
  const [now, setNow] = useState<{ plan: Plan | null; problem: Problem | null }>({ plan: null, problem: null });
  useEffect(() => {
    let isWanted = true;
    const known = rows.flatMap(({ worker, workDate }) => (worker === null ? [] : [{ ...worker, workDate, changes: noChanges }]));
    const find = async (): Promise<Plan> => {
      if (kind === 'keep') return { planned: known, left: 0 };
      const plan: Plan = { planned: [], left: 0 };
      for (let from = 0; from < known.length; from += mostProposals) {
        const part = await ask('inbox/plan', { items: known.slice(from, from + mostProposals).map(({ workerId, workDate }) => ({ workerId, workDate })) });
        plan.planned.push(...part.planned);
        plan.left += part.left;
      }
      return plan;
    };
    find().then((plan) => { if (isWanted) setNow({ plan, problem: null }); }, (thrown: unknown) => { if (isWanted) setNow({ plan: null, problem: toProblem(thrown) }); });
    return () => { isWanted = false; };
  }, [kind, rows]);
  return now;
}
