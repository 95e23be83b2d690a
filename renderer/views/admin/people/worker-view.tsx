import { useState } from 'react';
import { IconArrowLeft, IconEye, IconFileExport, IconPencil } from '@tabler/icons-react';
import type { WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { date, dateAndTime } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { admin } from '../../../texts/admin.ts';
import { people } from '../../../texts/people.ts';
import './people.css';
import { saveFile } from '../save-file.ts';
import { WorkerCredentials } from './worker-credentials.tsx';
import { WorkerEdit } from './worker-edit.tsx';
import { WorkerPhoto } from './worker-photo.tsx';
import { WorkerReveal } from './worker-reveal.tsx';

const text = people.page;

/** The file of a worker's own data has them all. */
const accessShown = 12;

/** How pressing an end is. */
export const bandTones: Readonly<Record<string, Tone>> = { over: 'stopped', 7: 'attention', 30: 'attention', 60: 'information' };

/** Everything that is known of one worker; numbers stay masked until somebody gives a reason. */
export function WorkerView({ workerId, onOpen, onBack }: { workerId: string; onOpen: (workerId: string) => void; onBack: () => void }) {
  const loaded = useLoad('worker/get', { workerId });
  const [changed, setChanged] = useState<WorkerPage | null>(null);
  const [open, setOpen] = useState<'edit' | 'reveal' | null>(null);
  const own = useRequest('worker/own-data');
  const toast = useToast();
  const worker = changed ?? loaded.data;
  const save = async (): Promise<void> => {
    const file = await own.call({ workerId });
    if (file === null) return;
    saveFile(file.fileName, file.content, 'xlsx');
    toast('passed', text.ownDataSaved);
  };
  return (
    <div className="worker-page">
      <div className="row row-apart">
        <Button icon={<IconArrowLeft size={22} aria-hidden />} onPress={onBack}>{text.back}</Button>
        {worker !== null && (
          <div className="row">
            <Button icon={<IconPencil size={22} aria-hidden />} onPress={() => setOpen('edit')}>{text.edit}</Button>
            <Button icon={<IconEye size={22} aria-hidden />} onPress={() => setOpen('reveal')}>{text.reveal}</Button>
            <Button busy={own.busy} icon={<IconFileExport size={22} aria-hidden />} onPress={() => { void save(); }}>{text.ownData}</Button>
          </div>
        )}
      </div>
      <ProblemNotice problem={own.problem ?? loaded.problem} onRetry={own.again ?? loaded.reload} />
      {worker === null && loaded.problem === null && <Skeleton lines={8} />}
      {worker !== null && (
        <>
          <Head worker={worker} onOpen={onOpen} />
          <div className="worker-columns">
            <Facts worker={worker} />
            <Papers worker={worker} />
            <WorkerCredentials worker={worker} onChange={setChanged} />
            <WorkerPhoto worker={worker} onChange={setChanged} />
            <History worker={worker} />
          </div>
        </>
      )}
      {open === 'edit' && worker !== null && <WorkerEdit worker={worker} onSaved={setChanged} onClose={() => setOpen(null)} />}
      {open === 'reveal' && <WorkerReveal workerId={workerId} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Head({ worker, onOpen }: { worker: WorkerPage; onOpen: (workerId: string) => void }) {
  const next = worker.nextWorkerId;
  return (
    <div className="row">
      <h3>{worker.fullName} · <span className="digits">{worker.workerId}</span></h3>
      {worker.barred ? <Tag tone="stopped">{admin.roster.barred}</Tag> : <Tag tone={worker.inside ? 'passed' : 'waiting'}>{worker.inside ? admin.roster.inside : admin.roster.outside}</Tag>}
      {worker.minor && <Tag tone="attention">{text.minor}</Tag>}
      {worker.endDate !== null && <Tag tone="information">{text.left(date(worker.endDate))}</Tag>}
      {worker.expiries.filter(({ band }) => band !== null).map((expiry) => (
        <Tag key={expiry.what} tone={bandTones[expiry.band ?? ''] ?? 'information'}>{text.expires[expiry.what]} {expiry.band === 'over' ? text.over(date(expiry.date)) : text.until(date(expiry.date))}</Tag>
      ))}
      {worker.permitElsewhere && <Tag tone="attention">{text.elsewhere}</Tag>}
      {next !== null && <Button onPress={() => onOpen(next)}>{text.next(next)}</Button>}
    </div>
  );
}

/** A labelled fact; without a value it says so. */
function Fact({ label, children }: { label: string; children: string | null }) {
  return <div className="fact"><dt>{label}</dt><dd>{children === null || children === '' ? text.unknown : children}</dd></div>;
}

function span(from: string | null = null, to: string | null = null): string | null {
  return from === null && to === null ? null : text.span(from === null ? text.open : date(from), to === null ? text.open : date(to));
}

function Facts({ worker }: { worker: WorkerPage }) {
  const { fields } = people;
  return (
    <section className="worker-card">
      <h4>{text.facts}</h4>
      <dl className="facts">
        <Fact label={fields.personalId}>{worker.maskedId}</Fact>
        <Fact label={fields.department}>{worker.department}</Fact>
        <Fact label={fields.employer}>{worker.employer}</Fact>
        {worker.details.employerOfRecord !== null && <Fact label={fields.employerOfRecord}>{worker.details.employerOfRecord}</Fact>}
        <Fact label={fields.startDate}>{worker.startDate === null ? null : date(worker.startDate)}</Fact>
        <Fact label={fields.shiftId}>{worker.shiftId}</Fact>
        <Fact label={text.birthDate}>{worker.birthDate === null ? null : date(worker.birthDate)}</Fact>
        <Fact label={fields.sex}>{worker.sex}</Fact>
        <Fact label={fields.nationality}>{worker.nationality}</Fact>
        <Fact label={fields.language}>{text.language[worker.language]}</Fact>
        <Fact label={text.residence}>{[worker.details.commune, worker.details.province].filter((part) => part !== null).join(', ')}</Fact>
      </dl>
    </section>
  );
}

function Papers({ worker: { details, expiries } }: { worker: WorkerPage }) {
  const { fields } = people;
  const { permit } = details;
  const passport = expiries.find(({ what }) => what === 'passport');
  return (
    <section className="worker-card">
      <h4>{text.work}</h4>
      <dl className="facts">
        <Fact label={fields.position}>{details.position}</Fact>
        {details.jobGroup !== null && <Fact label={fields.jobGroup}>{text.jobGroup[details.jobGroup]}</Fact>}
        <Fact label={text.contract}>{[details.contractKind === null ? null : text.contractKind[details.contractKind], span(details.contractFrom, details.contractTo)].filter((part) => part !== null).join(', ')}</Fact>
        <Fact label={fields.socialInsuranceNo}>{details.socialInsuranceNo}</Fact>
        {(details.passport !== null || passport !== undefined) && <Fact label={fields.passport}>{[details.passport, passport === undefined ? null : text.until(date(passport.date))].filter((part) => part !== null).join(', ')}</Fact>}
        {permit !== null && <Fact label={text.permit}>{[permit.number, span(permit.issuedOn, permit.expiresOn)].filter((part) => part !== null).join(', ')}</Fact>}
        {permit !== null && permit.provinces.length > 0 && <Fact label={fields.permitProvinces}>{permit.provinces.join(', ')}</Fact>}
        {(details.heavyWorkFrom !== null || details.heavyWorkTo !== null) && <Fact label={text.heavy}>{span(details.heavyWorkFrom, details.heavyWorkTo)}</Fact>}
        <Fact label={text.protection}>{details.protections.length === 0 ? text.none : details.protections.map(({ kind, from, to }) => `${text.protections[kind]} ${span(from, to) ?? ''}`).join('; ')}</Fact>
        <Fact label={text.consent}>{span(details.overtimeConsent?.from, details.overtimeConsent?.to)}</Fact>
      </dl>
    </section>
  );
}

function History({ worker }: { worker: WorkerPage }) {
  return (
    <section className="worker-card">
      {worker.terms.length > 0 && (
        <>
          <h4>{text.terms}</h4>
          <ul className="access-list">
            {worker.terms.map((term) => <li key={`${term.workerId} ${term.endDate ?? ''}`}>{term.workerId} · {span(term.startDate, term.endDate)} · {term.department}</li>)}
          </ul>
        </>
      )}
      <h4>{text.access}</h4>
      {worker.access.length === 0 ? <p className="soft">{text.noAccess}</p> : (
        <ul className="access-list">{worker.access.slice(0, accessShown).map((one, at) => <li key={`${one.at} ${at}`}>{dateAndTime(one.at)} · {one.userName} · {text.what[one.what] ?? one.what}</li>)}</ul>
      )}
    </section>
  );
}
