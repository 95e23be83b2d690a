import type { CorrectionChanges } from '../../../../shared/contracts/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Tick } from '../../../components/choice.tsx';
import { timeWithSeconds } from '../../../format.ts';
import { admin } from '../../../texts/admin.ts';
import { correction as text } from '../../../texts/correction.ts';
import { LaneName } from '../lane-name.tsx';
import { clockOn } from './correction-words.tsx';

type Punch = Output<'inbox/day'>['punches'][number];
type LeftOut = CorrectionChanges['leaveOut'];

export interface DayPunchesProps {
  punches: readonly Punch[];
  workDate: string;
  leftOut: LeftOut;
  canLeaveOut: boolean;
  onChange: (leftOut: LeftOut) => void;
}

/** The scans of a date: when, where, what the gate answered and how they are taken now; each may be left out. */
export function DayPunches({ punches, workDate, leftOut, canLeaveOut, onChange }: DayPunchesProps) {
  if (punches.length === 0) return <p className="soft">{text.day.noScans}</p>;
  const same = (a: LeftOut[number]) => (b: LeftOut[number]): boolean => a.at === b.at && a.lane === b.lane;
  return (
    <ul className="day-punches">
      {punches.map((punch) => {
        const { at, lane, added, outcome, direction, reason, now } = punch;
        const isOut = leftOut.some(same(punch));
        const clock = clockOn(at, workDate);
        return (
          <li key={`${at} ${lane}`} data-out={isOut || undefined}>
            <span className="digits day-punch-at">{clock.length === 5 ? timeWithSeconds(new Date(at)) : clock}</span>
            <span className="day-punch-words">
              <span>{added ? text.day.added : <LaneName lane={lane} before={`${text.day.lane} `} />}{now !== null && `: ${admin.direction[now].toLowerCase()}`}{now === null && !isOut && `: ${text.day.nothing}`}</span>
              {outcome !== null && <span className="small soft">{text.day.answered}: {admin.outcome[outcome].toLowerCase()}{direction !== null && `, ${admin.direction[direction].toLowerCase()}`}{reasonWords(reason)}</span>}
            </span>
            {!added && canLeaveOut && <Tick value={isOut} onChange={(chosen) => onChange(chosen ? [...leftOut, { at, lane }] : leftOut.filter((one) => !same(punch)(one)))}>{text.day.leaveOut}</Tick>}
          </li>
        );
      })}
    </ul>
  );
}

function reasonWords(reason: string | null): string {
  return reason !== null && reason in admin.reason ? ` (${admin.reason[reason as keyof typeof admin.reason].toLowerCase()})` : '';
}
