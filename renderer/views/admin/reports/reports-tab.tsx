import { useState } from 'react';
import { IconMailForward } from '@tabler/icons-react';
import type { ReportLine } from '../../../../shared/contracts/requests/report.ts';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, number } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { reports as text } from '../../../texts/reports.ts';
import { ReportSettingsDialog } from './report-settings.tsx';
import { ReportView } from './report-view.tsx';
import './reports.css';

const groups = Object.keys(text.groups) as ReportLine['group'][];

/** All reports with their legal basis and deadlines; pressing one opens it. */
export function ReportsTab() {
  const { data, problem, reload } = useLoad('reports/list', {});
  const [open, setOpen] = useState<ReportLine['id'] | null>(null);
  const [settings, setSettings] = useState(false);
  if (data === null) return problem === null ? <Skeleton lines={6} /> : <ProblemNotice problem={problem} onRetry={reload} />;
  const line = data.reports.find(({ id }) => id === open);
  if (line !== undefined) return <ReportView key={line.id} line={line} list={data} onBack={() => setOpen(null)} />;
  const near = data.reports.filter(({ due }) => due?.isNear === true);
  return (
    <div className="reports">
      {near.length > 0 && <Notice tone="attention">{text.reminder(near.map(({ name, due }) => `${name} (${dueText(due)})`).join('; '))}</Notice>}
      <div className="row row-apart">
        <h3>{text.tab}</h3>
        <Button icon={<IconMailForward size={22} aria-hidden />} onPress={() => setSettings(true)}>{text.settings.button}</Button>
      </div>
      {groups.map((group) => (
        <section key={group}>
          <h4>{text.groups[group]}</h4>
          <ul className="report-cards">
            {data.reports.filter((each) => each.group === group).map((each) => (
              <li key={each.id}>
                <button type="button" className="report-card" onClick={() => setOpen(each.id)}>
                  <strong>{each.name}</strong>
                  <span className="small soft">{each.about}</span>
                  {(!each.verified || each.due !== null) && (
                    <span className="report-tags">
                      {each.due !== null && <Tag tone={each.due.isNear ? 'attention' : 'waiting'}>{each.due.isNear ? dueText(each.due) : text.dueFar(date(each.due.date))}</Tag>}
                      {!each.verified && <Tag tone="information">{text.unverified}</Tag>}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {settings && <ReportSettingsDialog list={data} onClose={() => setSettings(false)} onSaved={() => { setSettings(false); reload(); }} />}
    </div>
  );
}

function dueText(due: ReportLine['due']): string {
  if (due === null) return '';
  return due.days === 0 ? text.dueToday(date(due.date)) : text.due(date(due.date), number(due.days));
}
