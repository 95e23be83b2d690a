import { useMemo, useState } from 'react';
import { IconArrowLeft, IconChartBar, IconDownload, IconReportOff, IconRefresh } from '@tabler/icons-react';
import type { Breakdown, ReportAsk } from '../../../../shared/contracts/report.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { ReportLine } from '../../../../shared/contracts/requests/report.ts';
import { Button } from '../../../components/button.tsx';
import { ChartBars } from '../../../components/chart-bars.tsx';
import { ChartLine } from '../../../components/chart-line.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Table } from '../../../components/table.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { Tag } from '../../../components/tag.tsx';
import { number, timeWithSeconds } from '../../../format.ts';
import { ask } from '../../../kiosk.ts';
import { reports as text } from '../../../texts/reports.ts';
import { ScrollRegion } from '../../digitise/scroll-region.tsx';
import { FilterSelect } from '../filter-select.tsx';
import type { Part } from '../pages.ts';
import { usePages } from '../use-pages.ts';
import { reportColumns, tableWidth } from './report-columns.tsx';
import { ReportExport } from './report-export.tsx';
import { firstPeriod, ReportPeriod, type Period } from './report-period.tsx';
import { ReportWorking } from './report-working.tsx';

type ReportPage = Output<'reports/show'>;


const askReport = (asked: ReportAsk, _filter: null, part: Part): Promise<ReportPage> => ask('reports/show', { ask: asked, ...part });

/** One report: its period and filters, the rows, the charts, and the way to a file. */
export function ReportView({ line, list, onBack }: { line: ReportLine; list: Output<'reports/list'>; onBack: () => void }) {
  const [period, setPeriod] = useState<Period>(() => firstPeriod(line));
  const [employer, setEmployer] = useState<string | null>(null);
  const [department, setDepartment] = useState<string | null>(null);
  const [breakdown, setBreakdown] = useState<Breakdown | null>(line.breakdowns[0] ?? null);
  const [absent, setAbsent] = useState(String(line.absentDays ?? ''));
  const [exporting, setExporting] = useState(false);
  const isAbsentGood = /^[1-9]\d{0,2}$/.test(absent.trim()) && Number(absent) <= 365;
  const asks = (filter: string): boolean => line.filters.includes(filter);
  const asked: ReportAsk = {
    id: line.id, ...period, employer, department, breakdown, absentDays: asks('absentDays') && isAbsentGood ? Number(absent) : null,
  };
  const { page, problem, busy, more, again } = usePages(asked, null, askReport);
  const receivers = list.settings.receivers.filter(({ role, name }) => name !== '' && line.receivers.includes(role)).map(({ name }) => name);
  return (
    <div className="tab-fill report timesheet">
      <div className="row row-apart">
        <div className="row report-name">
          <Button aria-label={text.back} icon={<IconArrowLeft size={22} aria-hidden />} onPress={onBack} />
          <h3>{line.name}</h3>
          {!line.verified && <span title={text.unverifiedHint(line.source ?? '–')}><Tag tone="attention">{text.unverified}</Tag></span>}
        </div>
        <div className="row">
          <Button aria-label={text.reload} icon={<IconRefresh size={22} aria-hidden />} busy={busy && page !== null} onPress={again} />
          <Button kind="primary" icon={<IconDownload size={22} aria-hidden />} isDisabled={page === null || page.people === 0} onPress={() => setExporting(true)}>{text.export.button}</Button>
        </div>
      </div>
      <div className="timesheet-filters">
        <ReportPeriod kind={line.period} value={period} onChange={setPeriod} />
        {asks('breakdown') && <Select label={text.breakdown} options={line.breakdowns.map((id) => ({ id, label: text.breakdowns[id] }))} value={breakdown} onChange={setBreakdown} />}
        {asks('employer') && <FilterSelect label={text.employer} options={list.employers} value={employer} onChange={setEmployer} />}
        {asks('department') && <FilterSelect label={text.department} options={list.departments} value={department} onChange={setDepartment} />}
        {asks('absentDays') && <Field label={text.absentDays} value={absent} onChange={setAbsent} inputMode="numeric" maxLength={3} error={isAbsentGood ? null : text.absentDaysError} />}
      </div>
      <ProblemNotice problem={problem} onRetry={again} />
      {page === null && problem === null && <ReportWorking />}
      {page !== null && <Shown line={line} page={page} onEnd={more} />}
      {exporting && <ReportExport line={line} ask={asked} receivers={receivers} onClose={() => setExporting(false)} />}
    </div>
  );
}

function Shown({ line, page, onEnd }: { line: ReportLine; page: ReportPage; onEnd: () => void }) {
  const charts = page.charts.filter(({ labels }) => labels.length > 0);
  const hasPersonal = page.columns.some(({ personal }) => personal === true);
  const columns = useMemo(() => reportColumns(page.columns), [page.columns]);
  const rows = useMemo(() => page.rows.map((row, key) => ({ key, row })), [page.rows]);
  const empty = <EmptyState icon={<IconReportOff size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>;
  const table = (
    <div className="report-table" style={{ '--report-width': `${tableWidth(page.columns)}px` } as React.CSSProperties}>
      <Table label={line.name} columns={columns} rows={rows} rowKey={({ key }) => key} rowHeight={44} onEnd={onEnd} empty={empty}
        foot={<span className="digits">{[text.rows(number(page.people)), text.at(timeWithSeconds(page.at)), ...(hasPersonal ? [text.masked] : [])].join(' · ')}</span>} />
      {page.notes.length > 0 && <ScrollRegion label={text.notes} className="report-notes small soft">{page.notes.map((note) => <p key={note}>{note}</p>)}</ScrollRegion>}
    </div>
  );
  if (charts.length === 0) return table;
  return (
    <Tabs label={text.views.label} items={[
      { id: 'table', label: text.views.table, content: table },
      { id: 'charts', label: text.views.charts, icon: <IconChartBar size={20} aria-hidden />, content: (
        <div className="report-charts">{charts.map((chart) => (chart.kind === 'bars' ? <ChartBars key={chart.id} {...chart} /> : <ChartLine key={chart.id} {...chart} />))}</div>
      ) },
    ]} />
  );
}
