import { IconHandStop } from '@tabler/icons-react';
import type { HeldScan } from '../../../../shared/contracts/requests/zone.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { timeWithSeconds } from '../../../format.ts';
import { useKioskEvent, useLoad, useRequest } from '../../../kiosk.ts';
import { held as text } from '../../../texts/zones.ts';
import { LaneName } from '../lane-name.tsx';
import '../device/zones.css';

const refreshMs = 4000;

/** Scans that the gate held, each waiting for the guard's word. */
export function HeldTab() {
  const { data, problem, reload } = useLoad('gate/held', {}, refreshMs);
  const decide = useRequest('gate/decide');
  const toast = useToast();
  useKioskEvent('gate/answer', ({ outcome }) => { if (outcome === 'ask-guard' || outcome === 'passback') reload(); });
  const say = async ({ scanId, direction, fullName }: HeldScan, pass: boolean): Promise<void> => {
    const told = await decide.call({ scanId, pass, direction: direction ?? 'in' });
    if (told !== null) toast(pass ? 'passed' : 'information', pass ? text.passed(fullName) : text.refused(fullName));
    reload();
  };
  const columns: Column<HeldScan>[] = [
    { id: 'at', header: text.columns.at, width: '116px', cell: (r) => <span className="digits">{timeWithSeconds(r.at)}</span> },
    { id: 'name', header: text.columns.name, width: 'minmax(160px, 1fr)', cell: (r) => <TwoLines main={r.fullName} sub={`${r.workerId} · ${r.department}`} /> },
    { id: 'why', header: text.columns.why, width: 'minmax(170px, 1fr)', cell: (r) => <TwoLines main={text.why[r.outcome] ?? ''} sub={<LaneName lane={r.lane} />} /> },
    {
      id: 'decide', header: text.columns.decide, width: '340px', cell: (r) => (
        <span className="held-buttons">
          <Button kind="primary" isDisabled={decide.busy} aria-label={`${r.direction === 'out' ? text.passOut : text.passIn}: ${r.fullName}`} onPress={() => { void say(r, true); }}>{r.direction === 'out' ? text.passOut : text.passIn}</Button>
          <Button isDisabled={decide.busy} aria-label={`${text.refuse}: ${r.fullName}`} onPress={() => { void say(r, false); }}>{text.refuse}</Button>
        </span>
      ),
    },
  ];
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={6} />}</>;
  return (
    <div className="tab-fill">
      <p className="soft">{text.hint}</p>
      <ProblemNotice problem={decide.problem ?? problem} onRetry={decide.again ?? reload} />
      <Table label={text.tab} columns={columns} rows={data.rows} rowKey={(r) => r.scanId} rowHeight={76}
        empty={<EmptyState icon={<IconHandStop size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>} />
    </div>
  );
}
