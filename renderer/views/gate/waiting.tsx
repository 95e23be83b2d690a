import { useEffect, useState } from 'react';
import { IconArrowsLeftRight, IconLogin2, IconLogout2 } from '@tabler/icons-react';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { longDate, number, time } from '../../format.ts';
import { gate } from '../../texts/gate.ts';

const turnMs = 4000;
const others = ['en', 'zh', 'ko', 'ja'] as const;

/** What to do, in Vietnamese always and in the other languages by turns. `camera`: a picture is there to hold a code into. */
export function Prompt({ camera }: { camera: boolean }) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((n) => n + 1), turnMs);
    return () => clearInterval(timer);
  }, []);
  const language = others[turn % others.length] ?? 'en';
  return (
    <div className="prompt">
      <p className="prompt-main">{camera ? gate.waiting : gate.withoutCamera}</p>
      <p className="prompt-other">{camera ? gate.waitingOther : gate.withoutCameraOther}</p>
      <p className="prompt-foreign" lang={language}>{(camera ? gate.waitingIn : gate.withoutCameraIn)[language]}</p>
    </div>
  );
}

/** The hour as everyone at the gate sees it: the one that will stand in the timesheet. */
export function BigClock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="big-clock">
      <time className="big-clock-time">{time(now)}</time>
      <span className="big-clock-date">{longDate(now)}</span>
    </div>
  );
}

const laneIcons = { in: IconLogin2, out: IconLogout2, both: IconArrowsLeftRight } as const;

export function LaneSigns({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <ul className="lanes">
      {lanes.map((lane) => {
        const Icon = laneIcons[lane.direction];
        return (
          <li key={lane.lane} className="lane">
            <Icon size={40} aria-hidden />
            <span className="lane-words"><span className="lane-name">{lane.name}</span><span>{gate.lane[lane.direction]}</span></span>
          </li>
        );
      })}
    </ul>
  );
}

export function Counts({ summary }: { summary: Output<'gate/summary'> | null }) {
  const cells = [['in', summary?.in], ['out', summary?.out], ['inside', summary?.inside]] as const;
  return (
    <dl className="counts" aria-label={gate.count.label}>
      {cells.map(([id, n]) => (
        <div key={id} className="count" data-count={id}><dt>{gate.count[id]}</dt><dd>{n === undefined ? '–' : number(n)}</dd></div>
      ))}
    </dl>
  );
}
