import { useState } from 'react';
import { IconBarrierBlock, IconDoorEnter, IconDoorExit, IconPencil, IconPlus, IconScan } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Lane } from '../../../../shared/contracts/requests/system.ts';
import type { SignalState } from '../../../../shared/contracts/requests/lanes.ts';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { useToast } from '../../../components/toast.tsx';
import { number } from '../../../format.ts';
import { deviceTone, readerService } from '../../../frame.tsx';
import { useKioskEvent, useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus, type Status } from '../../../status.tsx';
import { common } from '../../../texts/common.ts';
import { lanes as text } from '../../../texts/lanes.ts';
import { boardLabel } from './lane-draft.ts';
import { LaneForm, type Plugged } from './lane-form.tsx';
import { inputLabel } from './lane-reader.tsx';
import { LaneTest } from './lane-test.tsx';
import './lanes.css';

const mostLanes = 8;
const refreshMs = 5000;
const boardTone: Record<SignalState['state'], Tone> = { ready: 'passed', missing: 'attention', failed: 'stopped', off: 'waiting' };

/** The lanes of this gate: their readers and turnstiles as they are now, set and tried out. */
export function LanesTab() {
  const loaded = useLoad('lanes/get', {}, refreshMs);
  const [live, setLive] = useState<{ of: Output<'lanes/get'> | null; signals: readonly SignalState[] } | null>(null);
  const [open, setOpen] = useState<{ lane: Lane | null } | null>(null);
  const [tests, setTests] = useState(false);
  const { reload } = useStatus();
  const { data } = loaded;
  useKioskEvent('lanes/signals', ({ signals }) => setLive({ of: data, signals }));
  if (data === null) return <><ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />{loaded.problem === null && <Skeleton lines={6} />}</>;
  // What was told counts until the service has been asked anew.
  const signals = live !== null && live.of === data ? live.signals : data.signals;
  const done = (): void => {
    setOpen(null);
    loaded.reload();
    reload();
  };
  return (
    <div className="stack lanes">
      <div className="row row-apart">
        <h3>{text.total(number(data.lanes.length))}</h3>
        <div className="row">
          <Button icon={<IconScan size={22} aria-hidden />} aria-pressed={tests} onPress={() => setTests(!tests)}>{tests ? text.test.stop : text.test.start}</Button>
          {data.lanes.length < mostLanes && <Button kind="primary" icon={<IconPlus size={22} aria-hidden />} onPress={() => setOpen({ lane: null })}>{text.add}</Button>}
        </div>
      </div>
      <ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />
      {tests && <LaneTest all={data.lanes} plugged={data.plugged} />}
      <ul className="lane-list">
        {data.lanes.map((lane) => (
          <LaneCard key={lane.lane} lane={lane} plugged={data.plugged} signal={signals.find((one) => one.lane === lane.lane) ?? null} onEdit={() => setOpen({ lane })} />
        ))}
      </ul>
      {open !== null && <LaneForm lane={open.lane} all={data.lanes} plugged={data.plugged} onClose={() => setOpen(null)} onDone={done} />}
    </div>
  );
}

/** The reader of a lane as it is: the one that is named, else the most useful one of its kind. */
function readerOf(input: string, devices: Status['devices']): Status['devices'][number] | undefined {
  const [kind = '', name] = [input.split(':', 1)[0], input.includes(':') ? input.slice(input.indexOf(':') + 1) : null];
  const all = devices.filter((device) => device.kind === (kind === 'card' ? 'reader' : kind) && device.name !== readerService && (name === null || device.name === name));
  return all.find(({ state }) => state === 'ready' || state === 'card') ?? all[0];
}

function LaneCard({ lane, plugged, signal, onEdit }: { lane: Lane; plugged: Plugged; signal: SignalState | null; onEdit: () => void }) {
  const { status } = useStatus();
  const name = lane.name || lane.lane;
  const reader = readerOf(lane.input, status.devices);
  return (
    <li className="lane-card">
      <div className="lane-card-head">
        {lane.direction === 'out' ? <IconDoorExit size={24} aria-hidden /> : <IconDoorEnter size={24} aria-hidden />}
        <h4 className="grow">{name} {name !== lane.lane && <span className="soft small">{text.codeOf(lane.lane)}</span>}</h4>
        <Tag tone="information">{text.direction[lane.direction]}</Tag>
        <Button aria-label={text.editOne(name)} icon={<IconPencil size={22} aria-hidden />} onPress={onEdit}>{text.edit}</Button>
      </div>
      <div className="lane-line">
        <span className="soft">{text.reader}</span>
        <span className="grow">{inputLabel(lane.input, plugged)}</span>
        {reader !== undefined && <Tag tone={deviceTone[reader.state]}>{common.strip[reader.state]}</Tag>}
      </div>
      <div className="lane-line">
        <span className="soft">{text.turnstile}</span>
        <span className="grow">{lane.signal === undefined ? text.noTurnstile : boardLabel(lane.signal.board)}</span>
        {signal !== null && <Tag tone={boardTone[signal.state]}>{text.board[signal.state]}</Tag>}
      </div>
      {signal !== null && <Turnstile lane={lane} name={name} signal={signal} />}
    </li>
  );
}

/** The contacts of a lane's board as they are, and its opening by hand. */
function Turnstile({ lane, name, signal }: { lane: Lane; name: string; signal: SignalState }) {
  const request = useRequest('lanes/open');
  const toast = useToast();
  const open = (direction: 'in' | 'out'): void => {
    void request.call({ lane: lane.lane, direction, openId: crypto.randomUUID() }).then((output) => {
      if (output) toast(output.given ? 'passed' : 'attention', output.given ? text.opened(name) : text.notOpened[output.why ?? 'failed']);
    });
  };
  const { passage, fire, outputs } = lane.signal ?? { passage: null, fire: null, outputs: { in: null, out: null } };
  const useOf = (input: number): string | null => (fire?.input === input ? text.contactUse.fire : passage?.input === input ? text.contactUse.passage : null);
  return (
    <>
      {(signal.state === 'missing' || signal.state === 'failed') && <Notice tone="attention"><span>{text.boardHelp[signal.state]}</span></Notice>}
      {signal.inputs > 0 && (
        <div className="lane-line lane-contacts">
          <span className="soft">{text.contacts}</span>
          <ul className="contacts">
            {Array.from({ length: signal.inputs }, (_, i) => i + 1).map((input) => (
              <li key={input} className="contact" data-closed={signal.closed.includes(input)}>{text.contact(input, signal.closed.includes(input))}{useOf(input) !== null && <span className="soft">{useOf(input)}</span>}</li>
            ))}
          </ul>
        </div>
      )}
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <div className="row">
        {(['in', 'out'] as const).filter((way) => outputs[way] !== null).map((way) => (
          <Button key={way} isDisabled={request.busy} icon={<IconBarrierBlock size={22} aria-hidden />} onPress={() => open(way)}>{text.open[way]}</Button>
        ))}
      </div>
    </>
  );
}
