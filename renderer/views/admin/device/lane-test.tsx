import { useEffect, useState } from 'react';
import type { EventData } from '../../../../shared/contracts/requests/index.ts';
import type { Lane } from '../../../../shared/contracts/requests/system.ts';
import { Notice } from '../../../components/notice.tsx';
import { timeWithSeconds } from '../../../format.ts';
import { ask, useKioskEvent } from '../../../kiosk.ts';
import { lanes as texts } from '../../../texts/lanes.ts';
import type { Plugged } from './lane-form.tsx';
import { inputLabel } from './lane-reader.tsx';

const text = texts.test;
const shown = 6;
/** The service ends a test by itself after two minutes. */
const againMs = 60_000;

/** Which lane each scan comes from, while this is on screen. */
export function LaneTest({ all, plugged }: { all: readonly Lane[]; plugged: Plugged }) {
  const [scans, setScans] = useState<readonly (EventData<'lanes/scan'> & { key: number })[]>([]);
  useEffect(() => {
    const begin = (): void => void ask('lanes/test', { on: true }).catch(() => undefined);
    begin();
    const timer = setInterval(begin, againMs);
    return () => {
      clearInterval(timer);
      // Whoever was logged out meanwhile has ended it all the same.
      ask('lanes/test', { on: false }).catch(() => undefined);
    };
  }, []);
  useKioskEvent('lanes/scan', (scan) => setScans((before) => [{ ...scan, key: (before[0]?.key ?? 0) + 1 }, ...before].slice(0, shown)));
  const nameOf = (id: string): string => all.find(({ lane }) => lane === id)?.name || id;
  return (
    <Notice tone="information">
      <span className="notice-text">{text.hint}</span>
      {scans.length === 0 ? <span className="soft">{text.empty}</span> : (
        <ol className="lane-scans">
          {scans.map(({ key, at, lane, input, outcome, maskedCode }) => (
            <li key={key}>
              <span className="digits">{timeWithSeconds(at)}</span>
              <span className="strong">{nameOf(lane)}</span>
              <span className="grow">{input === null ? text.page : inputLabel(input, plugged)}</span>
              <span className="digits">{maskedCode}</span>
              <span>{text.outcome[outcome]}</span>
            </li>
          ))}
        </ol>
      )}
    </Notice>
  );
}
