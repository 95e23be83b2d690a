import { useState } from 'react';
import type { SiteGate } from '../../../../shared/contracts/site.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { dateAndTime, number } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { site } from '../../../texts/site.ts';
import { ClockPanel } from './clock-panel.tsx';
import { offsetWords } from './clock-words.ts';
import { SiteFilePanel } from './site-file-panel.tsx';
import { SiteJoinPanel } from './site-join-panel.tsx';
import { SiteLanPanel } from './site-lan-panel.tsx';

const everyMs = 5_000;

/** The gates of the site: who has told what, by which way, and how to bring over what is missing. */
export function SiteTab({ isAdmin }: { isAdmin: boolean }) {
  const { data, problem, reload } = useLoad('site/status', {}, everyMs);
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={6} />}</>;
  return (
    <div className="stack stack-loose settings">
      <ProblemNotice problem={problem} onRetry={reload} />
      <Gates status={data} reload={reload} />
      <SiteFilePanel reload={reload} />
      <SiteLanPanel status={data} isAdmin={isAdmin} reload={reload} />
      {isAdmin && <SiteJoinPanel hub={data.hub} reload={reload} />}
      <ClockPanel clock={data.clock} />
    </div>
  );
}

function Gates({ status, reload }: { status: Output<'site/status'>; reload: () => void }) {
  const [asked, setAsked] = useState<SiteGate | null>(null);
  const retire = useRequest('site/retire');
  const toast = useToast();
  const retired = async ({ device, name }: SiteGate): Promise<void> => {
    if (await retire.call({ device })) toast('passed', site.retired(name));
    setAsked(null);
    reload();
  };
  const silent = new Set(status.missing.map(({ device }) => device));
  return (
    <section className="stack">
      {status.gates.length === 1
        ? <Notice tone="information"><span className="notice-text">{site.alone}. {site.aloneHint}</span></Notice>
        : status.missing.length === 0 && status.reportedUntil !== null && <Notice tone="passed"><span className="notice-text">{site.complete(dateAndTime(status.reportedUntil))}</span></Notice>}
      {status.missing.length > 0 && (
        <Notice tone="attention">
          {status.missing.map(({ device, name, since }) => <span key={device} className="notice-text">{since === null ? site.missingNever(name) : site.missing(name, dateAndTime(since))}</span>)}
          <span className="notice-text">{site.missingHint}</span>
        </Notice>
      )}
      <ul className="users">
        {status.gates.map((gate) => (
          <li key={gate.device} className="user">
            <span className="grow">
              <span className="strong">{gate.name === '' ? gate.device.slice(0, 8) : gate.name}{gate.own && ` (${site.own})`}</span>
              <span className="user-role">{gateWords(gate, status.hub)}</span>
            </span>
            <Tag tone={toneOf(gate, silent)}>{stateOf(gate, silent)}</Tag>
            {!gate.own && !gate.retired && silent.has(gate.device) && <Button onPress={() => { setAsked(gate); }}>{site.retire}</Button>}
          </li>
        ))}
      </ul>
      <Dialog open={asked !== null} title={site.retireTitle(asked?.name ?? '')} onClose={() => { setAsked(null); }} actions={<>
        <Button onPress={() => { setAsked(null); }}>{common.cancel}</Button>
        <Button kind="danger" busy={retire.busy} onPress={() => { if (asked) void retired(asked); }}>{site.retireGo}</Button>
      </>}>
        <p>{site.retireHint}</p>
        <ProblemNotice problem={retire.problem} />
      </Dialog>
    </section>
  );
}

/** What is known of a gate, in one line. */
function gateWords(gate: SiteGate, hub: boolean): string {
  const { own, heardAt, heardBy, reportedUntil, behind, scans, quarantined, quarantineDropped, brought, offsetMs, knownAt, knownBy, listed } = gate;
  if (own) return site.scans(number(scans));
  return [
    `${site.columns.heard}: ${heardAt === null || heardBy === null ? site.never : `${dateAndTime(heardAt)} ${site.by[heardBy]}`}`,
    `${site.columns.reported}: ${reportedUntil === null ? site.never : dateAndTime(reportedUntil)}`,
    ...(behind > 0 ? [`${site.columns.behind}: ${number(behind)}`] : []),
    site.scans(number(scans)),
    ...(quarantined > 0 ? [site.quarantined(number(quarantined))] : []),
    ...(quarantineDropped > 0 ? [site.quarantineDropped(number(quarantineDropped))] : []),
    ...(brought > 0 ? [site.brought(number(brought))] : []),
    ...(knownAt !== null && knownBy !== null ? [site.known(dateAndTime(knownAt), site.by[knownBy])] : []),
    // Everyone who holds the site's key can add a gate: who it is has to be seen.
    ...(hub && !listed ? [site.unlisted] : []),
    ...(offsetMs !== null ? [`${site.columns.clock}: ${offsetWords(offsetMs)}`] : []),
  ].join(' · ');
}

/** So far off that words and scans of two gates stand in the wrong order. */
function isClockOff(offsetMs: number | null): boolean {
  return Math.abs(offsetMs ?? 0) > 120_000;
}

function toneOf({ own, retired, behind, brought, offsetMs, device }: SiteGate, silent: ReadonlySet<string>): Tone {
  if (retired) return 'waiting';
  if (brought > 0 || isClockOff(offsetMs)) return 'attention';
  return own || (behind === 0 && !silent.has(device)) ? 'passed' : 'attention';
}

function stateOf({ own, retired, behind, brought, offsetMs, device }: SiteGate, silent: ReadonlySet<string>): string {
  if (own) return site.state.own;
  if (retired) return site.state.retired;
  if (brought > 0) return site.state.doubtful;
  if (isClockOff(offsetMs)) return site.state.clock;
  return behind > 0 ? site.state.behind : silent.has(device) ? site.state.silent : site.state.ok;
}
