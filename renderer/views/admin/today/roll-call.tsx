import { useDeferredValue, useState } from 'react';
import { IconFlag2, IconMapPinCheck, IconSearch, IconUserCheck } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { dateAndTime, number, time } from '../../../format.ts';
import { useKioskEvent, useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { since } from './inside-tab.tsx';
import { PrintList } from './print-list.tsx';
import { LaneName } from '../lane-name.tsx';

type View = Output<'muster/state'>;
type Person = View['people'][number];
type Team = View['teams'][number];
type Show = 'missing' | 'ticked' | 'out';

const shownAtMost = 2000;
const pollMs = 4000;
const text = guard.muster;
const tones: Readonly<Record<Show, Tone>> = { missing: 'stopped', ticked: 'passed', out: 'information' };

function teamName({ department }: { department: string }): string {
  return department === '' ? guard.unknownTeam : department;
}

function columnsOf(show: Show): Column<Person>[] {
  const done = show === 'missing' ? [{ id: 'go', header: text.mark, width: '170px', cell: (p: Person) => (
    <span className="row">{p.mayHaveLeft ? <Tag tone="attention">{guard.inside.mayHaveLeftTag}</Tag> : <Tag tone="passed" icon={<IconUserCheck size={18} aria-hidden />}>{text.tickOne}</Tag>}</span>) }]
    : [{ id: 'done', header: text.mark, width: '170px', cell: (p: Person) => <span>{p.doneAt === null ? '' : text.doneAt(time(p.doneAt))}</span> }];
  return [
    { id: 'name', header: guard.inside.name, width: 'minmax(220px, 1.4fr)', cell: (p) => <span className="two-lines"><span className="strong">{p.fullName}</span><span>{p.code}</span></span> },
    { id: 'team', header: guard.inside.team, width: 'minmax(150px, 1fr)', cell: (p) => <TwoLines main={teamName(p)} sub={p.employer} /> },
    { id: 'since', header: guard.inside.since, width: '140px', cell: (p) => <TwoLines main={since(p.since)} sub={p.zone === '' ? <LaneName lane={p.lane} /> : p.zone} /> },
    ...done,
  ];
}

/** The roll call that runs: who is missing in big type, ticked by a press or by a scan at the assembly point. */
export function RollCall() {
  const [show, setShow] = useState<Show>('missing');
  const [team, setTeam] = useState<Team | null>(null);
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload } = useLoad('muster/state', { query: asked, employer: team?.employer ?? null, department: team?.department ?? null, show, limit: shownAtMost }, pollMs);
  useKioskEvent('muster/changed', reload);
  const tick = useRequest('muster/tick');
  const toast = useToast();
  if (data === null || data.rollCall === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  const { musterId, cause, startedAt } = data.rollCall;
  const press = async ({ kind, personNo, fullName }: Person): Promise<void> => {
    const present = show === 'missing';
    if (await tick.call({ musterId, kind, personNo, present }) === null) return;
    toast(present ? 'passed' : 'information', present ? text.tickedToast(fullName) : text.untickedToast(fullName));
    reload();
  };
  return (
    <div className="tab-fill guard rollcall">
      <div className="row row-apart">
        <div><h3>{text.title(text.causes[cause as keyof typeof text.causes] ?? text.causes.other)}</h3><p className="soft digits">{text.begun(dateAndTime(startedAt))}</p></div>
        <div className="row"><PrintList musterId={musterId} label={text.print} /><EndRollCall musterId={musterId} missing={data.missing} onEnded={reload} /></div>
      </div>
      <ProblemNotice problem={tick.problem ?? problem} onRetry={tick.problem ? tick.again : reload} />
      <div className="rollcall-counts">
        {(['missing', 'ticked', 'out'] as const).map((one) => (
          <button key={one} type="button" className="rollcall-count" data-tone={one === 'missing' && data.missing === 0 ? 'passed' : tones[one]} aria-pressed={show === one} onClick={() => setShow(one)}>
            <span>{text[one]}</span><strong>{number(data[one])}</strong>
            {one === 'missing' && data.mayHaveLeft > 0 && <span className="small">{number(data.mayHaveLeft)} {text.mayHaveLeft.toLowerCase()}</span>}
          </button>
        ))}
      </div>
      <Teams teams={data.teams} chosen={team} onChoose={setTeam} />
      <div className="row row-apart">
        <div className="filter"><Field label={guard.inside.search} labelHidden placeholder={guard.inside.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} /></div>
        <Assembly />
      </div>
      <Table label={text[show]} columns={columnsOf(show)} rows={data.people} rowKey={(p) => `${p.kind} ${p.personNo}`} rowHeight={72} {...(show !== 'out' && { onPress: (p: Person) => { void press(p); } })}
        foot={data.found > data.people.length ? guard.inside.cut(number(shownAtMost)) : undefined}
        empty={<EmptyState icon={<IconUserCheck size={48} stroke={1.5} aria-hidden />} title={show === 'missing' && asked === '' ? text.nobodyMissing : text.nobody}>{show === 'missing' && asked === '' ? text.nobodyMissingHint : undefined}</EmptyState>} />
    </div>
  );
}

function Teams({ teams, chosen, onChoose }: { teams: readonly Team[]; chosen: Team | null; onChoose: (team: Team | null) => void }) {
  const isChosen = (team: Team): boolean => chosen?.employer === team.employer && chosen.department === team.department;
  return (
    <fieldset className="plain rollcall-teams" aria-label={text.teams}>
      {teams.toSorted((a, b) => b.missing - a.missing).map((team) => (
        <button key={`${team.employer}/${team.department}`} type="button" className="rollcall-team" data-tone={team.missing === 0 ? 'passed' : 'stopped'} aria-pressed={isChosen(team)} onClick={() => onChoose(isChosen(team) ? null : team)}>
          <span>{teamName(team)}: <span className="digits">{team.missing === 0 ? text.teamDone(number(team.total)) : text.team(number(team.missing), number(team.total))}</span></span>
          {team.employer !== '' && <small>{team.employer}</small>}
        </button>
      ))}
    </fieldset>
  );
}

/** Which lanes of this kiosk tick people off by a scan. */
function Assembly() {
  const { status } = useStatus();
  const settings = useLoad('guard/settings', {});
  const set = useRequest('muster/assembly');
  const [open, setOpen] = useState(false);
  const lanes = settings.data?.assemblyLanes ?? [];
  const choose = async (next: string[]): Promise<void> => {
    if (await set.call({ lanes: next }) !== null) settings.reload();
  };
  return (
    <>
      <Button icon={<IconMapPinCheck size={22} aria-hidden />} onPress={() => setOpen(true)}>{lanes.length > 0 ? `${text.assembly} (${lanes.length})` : text.assembly}</Button>
      <Dialog open={open} title={text.assemblyTitle} onClose={() => setOpen(false)} actions={<Button kind="primary" onPress={() => setOpen(false)}>{common.close}</Button>}>
        <p className="soft">{text.assemblyHint}</p>
        <Notice tone={lanes.length > 0 ? 'passed' : 'information'}><span className="notice-text">{lanes.length > 0 ? text.assemblyOn : text.assemblyOff}</span></Notice>
        <ProblemNotice problem={set.problem ?? settings.problem} onRetry={set.again} />
        {status.lanes.map(({ lane, name }) => (
          <Tick key={lane} value={lanes.includes(lane)} isDisabled={set.busy} onChange={(on) => { void choose(on ? [...lanes, lane] : lanes.filter((one) => one !== lane)); }}>{name === '' ? guard.alarms.lane(lane) : name}</Tick>
        ))}
      </Dialog>
    </>
  );
}

function EndRollCall({ musterId, missing, onEnded }: { musterId: string; missing: number; onEnded: () => void }) {
  const [open, setOpen] = useState(false);
  const end = useRequest('muster/end');
  const toast = useToast();
  const go = async (): Promise<void> => {
    if (await end.call({ musterId }) === null) return;
    toast('passed', text.ended);
    onEnded();
  };
  return (
    <>
      <Button kind="danger" icon={<IconFlag2 size={22} aria-hidden />} onPress={() => setOpen(true)}>{text.end}</Button>
      <Dialog open={open} title={text.endTitle} onClose={() => setOpen(false)} actions={(
        <><Button onPress={() => setOpen(false)}>{common.cancel}</Button><Button kind="danger" busy={end.busy} onPress={() => { void go(); }}>{text.end}</Button></>
      )}>
        <p>{missing > 0 ? text.endHint(number(missing)) : text.endHintDone}</p>
        <ProblemNotice problem={end.problem} onRetry={end.again} />
      </Dialog>
    </>
  );
}
