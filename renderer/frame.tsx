import { useState, type ReactNode } from 'react';
import { IconBarrierBlock, IconCamera, IconClockExclamation, IconId, IconKey, IconLock, IconServer, IconUpload } from '@tabler/icons-react';
import type { ClockState } from '../shared/contracts/clock.ts';
import type { Output } from '../shared/contracts/requests/index.ts';
import { Button } from './components/button.tsx';
import { StatusStrip, type StripItem } from './components/status-strip.tsx';
import type { Tone } from './components/tone.tsx';
import { number } from './format.ts';
import { useKioskEvent, useLoad, useRequest } from './kiosk.ts';
import { useStatus, type Status } from './status.tsx';
import { common } from './texts/common.ts';
import { Administration } from './views/admin/administration.tsx';
import { CameraDialog } from './views/camera/camera-dialog.tsx';
import { ChangeSecret } from './views/login/change-secret.tsx';

export const deviceTone: Record<Status['devices'][number]['state'], Tone> = {
  ready: 'passed', card: 'information', missing: 'attention', failed: 'stopped', off: 'waiting',
};
export const syncTone: Record<Output<'sync/status'>['state'], Tone> = {
  'not-enrolled': 'waiting', 'idle': 'passed', 'sending': 'information', 'offline': 'attention', 'refused': 'stopped', 'fork': 'stopped',
};

/** The service reports the PC/SC service under this name beside the readers themselves. */
export const readerService = 'PC/SC';
const mostTelling = ['card', 'ready', 'failed', 'missing', 'off'] as const;

function deviceItem(status: Status, kind: 'reader' | 'camera', word: string, icon: ReactNode): StripItem {
  const known = status.devices.filter((d) => d.kind === kind);
  // A service of readers that was never there is never told of.
  const states = kind === 'reader' && known.length === 0 ? ['missing'] : known.map((d) => d.name === readerService ? 'missing' : d.state);
  const state = mostTelling.find((s) => states.includes(s));
  const isWanted = kind !== 'reader' || status.mode !== 'gate' || status.lanes.some((l) => l.input.startsWith('card:'));
  const tone = state === undefined || (state === 'missing' && !isWanted) ? 'waiting' : deviceTone[state];
  return { id: kind, icon, word, state: state ? common.strip[state] : common.strip.unknown, tone };
}

/** The readers and turnstiles that lanes have of their own, as one: what is amiss counts. Null where there are none. */
function laneItem({ devices, lanes }: Status): StripItem | null {
  const known = devices.filter(({ kind, name, state }) => state !== 'off' && (kind === 'serial' || kind === 'signal'
    || (kind === 'hid' && (state !== 'missing' || lanes.some(({ input }) => input === `hid:${name}`)))));
  if (known.length === 0) return null;
  const amiss = known.filter(({ state }) => state === 'missing' || state === 'failed');
  return {
    id: 'lanes', icon: <IconBarrierBlock size={22} aria-hidden />, word: common.strip.lanes,
    state: amiss.length === 0 ? common.strip.ready : common.strip.amiss(number(amiss.length)),
    tone: amiss.length === 0 ? 'passed' : amiss.some(({ state }) => state === 'failed') ? 'stopped' : 'attention',
  };
}

/** How far the clock can be trusted, from the start on and whenever that changes. */
function useClock(): ClockState | null {
  const { data, reload } = useLoad('clock/state', {}, 60_000);
  useKioskEvent('clock/state', reload);
  return data;
}

/** Stands in the strip only while the time that is shown is not to be relied on. */
function clockItem(clock: ClockState | null): StripItem | null {
  if (clock === null || clock.doubt === null) return null;
  return { id: 'clock', icon: <IconClockExclamation size={22} aria-hidden />, word: common.strip.clock, state: common.strip.clockDoubtful, tone: 'attention' };
}

/** The status strip of this kiosk: reader, camera, hub, what waits. `onCamera`: where whoever is there may set the camera. */
export function KioskStrip({ onCamera }: { onCamera?: () => void }) {
  const { status } = useStatus();
  const { sync } = status;
  const queued = sync.waiting + sync.blobsWaiting;
  const items: StripItem[] = [
    deviceItem(status, 'reader', common.strip.reader, <IconId size={22} aria-hidden />),
    { ...deviceItem(status, 'camera', common.strip.camera, <IconCamera size={22} aria-hidden />), onPress: onCamera },
    ...(status.mode === 'gate' ? [laneItem(status)].filter((item) => item !== null) : []),
    ...[clockItem(useClock())].filter((item) => item !== null),
    { id: 'hub', icon: <IconServer size={22} aria-hidden />, word: common.strip.hub, state: common.strip.sync[sync.state], tone: syncTone[sync.state] },
    { id: 'queue', icon: <IconUpload size={22} aria-hidden />, word: common.strip.queue, state: queued === 0 ? common.strip.queueEmpty : common.strip.queued(number(queued)), tone: queued === 0 ? 'passed' : 'waiting' },
  ];
  return <StatusStrip items={items} demo={status.demo} />;
}

export interface FrameProps {
  title: string;
  /** Places to go, as buttons. */
  nav?: ReactNode;
  /** To the right of the title, before who is logged in. */
  side?: ReactNode;
  children: ReactNode;
}

/** The frame of every working screen: name of the place above, work in the middle, status strip below. */
export function Frame({ title, nav, side, children }: FrameProps) {
  const { status, reload } = useStatus();
  const logout = useRequest('auth/logout');
  const [adjusts, setAdjusts] = useState(false);
  const [changing, setChanging] = useState(false);
  return (
    <div className="frame">
      <a className="skip" href="#work">{common.skipToContent}</a>
      <header className="frame-head">
        <div className="frame-name">
          <h1 className="frame-title text-large">{title}</h1>
          <span className="frame-unit">{status.unit?.name}</span>
        </div>
        <nav className="frame-nav">{nav}</nav>
        {side}
        {status.session?.user.role === 'kiosk-admin' && <Administration />}
        {status.session && (
          <div className="frame-user">
            <span className="stack stack-none">
              <span className="strong">{status.session.user.displayName}</span>
              <span className="small soft">{common.role[status.session.user.role]}</span>
            </span>
            <Button kind="quiet" icon={<IconKey size={22} aria-hidden />} onPress={() => setChanging(true)}>{common.changeSecret}</Button>
            <Button busy={logout.busy} icon={<IconLock size={22} aria-hidden />}
              onPress={() => { void logout.call({}).then(reload); }}>{common.lock}</Button>
          </div>
        )}
      </header>
      {changing && <ChangeSecret onClose={() => setChanging(false)} />}
      <main className="frame-body" id="work" tabIndex={-1}>{children}</main>
      <KioskStrip onCamera={status.session === null ? undefined : () => { setAdjusts(true); }} />
      <CameraDialog open={adjusts} onClose={() => { setAdjusts(false); }} />
    </div>
  );
}
