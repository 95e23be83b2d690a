import { useCallback, useEffect, useRef, useState } from 'react';
import { IconDialpad, IconShieldLock } from '@tabler/icons-react';
import type { GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import { cameraDevice } from '../../camera/camera-device.ts';
import { useQrCamera } from '../../camera/use-qr-camera.ts';
import { useWedgeScanner } from '../../camera/use-wedge-scanner.ts';
import { offerCode } from '../../code-claim.ts';
import { Button } from '../../components/button.tsx';
import { KioskStrip } from '../../frame.tsx';
import { ask, useKioskEvent, useLoad } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';
import { gate } from '../../texts/gate.ts';
import { people } from '../../texts/people.ts';
import { SupervisorDrawer } from '../admin/supervisor-drawer.tsx';
import { answerKind } from './answer-kind.ts';
import { Answers, FailurePanel } from './answer-panel.tsx';
import { FireScreen } from './fire-screen.tsx';
import { CameraView } from './camera-view.tsx';
import { LastAnswers } from './last-answers.tsx';
import { GatePinPad } from './pin-pad.tsx';
import { playSound, prepareSound } from './sounds.ts';
import { useFire } from './use-fire.ts';
import { useGate } from './use-gate.ts';
import { useNotOpened } from './use-not-opened.ts';
import { BigClock, Counts, LaneSigns, Prompt } from './waiting.tsx';
import './gate.css';

const summaryMs = 15_000;
/** Whether anybody has a PIN seldom changes. */
const pinsMs = 30_000;
/** Counts follow the scans, but a rush of scans asks for them only once in this time. */
const recountMs = 800;
const busyShownAfterMs = 300;

/** The unattended gate: whoever stands there scans; a supervisor may open the drawer with a PIN while scanning goes on. */
export function GateApp() {
  const { status, report, reload: reloadStatus } = useStatus();
  const [drawer, setDrawer] = useState(false);
  const [pad, setPad] = useState(false);
  const pins = useLoad('gate/pin-offered', {}, pinsMs);
  const summary = useLoad('gate/summary', {}, summaryMs);
  const fire = useFire(summary.data?.fire);
  const alarms = useAlarms();
  const notOpened = useNotOpened();
  const opener = useRef<HTMLButtonElement>(null);
  const padOpener = useRef<HTMLButtonElement>(null);
  const { sound } = status;
  const { reload } = summary;
  const recount = useRef<ReturnType<typeof setTimeout> | null>(null);
  const onAnswer = useCallback((answer: GateAnswer) => {
    if (sound) playSound(answerKind(answer).sound);
    recount.current ??= setTimeout(() => { recount.current = null; reload(); }, recountMs);
  }, [sound, reload]);
  useEffect(() => () => { if (recount.current !== null) clearTimeout(recount.current); }, []);
  useEffect(() => { if (sound) prepareSound(); }, [sound]);
  const { current, last, pending, problem, scan, show } = useGate(status.lanes, onAnswer);

  const camera = useQrCamera({ setup: status.camera, active: true, onText: (text, { decodedAt }) => { if (!offerCode(text)) scan(text, 'camera', decodedAt); } });
  useWedgeScanner({ onText: (text, { scannedAt }) => { if (!offerCode(text)) scan(text, 'wedge', scannedAt); } });
  useEffect(() => {
    report(cameraDevice(camera.state, camera.problem));
  }, [camera.state, camera.problem, report]);
  // Set-up leaves its administrator logged in, and a page may be loaded anew: a gate never begins with an open session.
  const isOpen = status.session !== null && !drawer;
  useEffect(() => { if (isOpen) ask('auth/logout', {}).then(reloadStatus, () => undefined); }, [isOpen, reloadStatus]);
  // The fonts of the greetings are big and not needed for the first scan.
  useEffect(() => { void import('../../look/greetings.css'); }, []);

  return (
    <div className="gate" data-drawer={drawer ? 'open' : 'closed'}>
      <main className="gate-main">
        <h1 className="only-heard">{status.lanes.map((l) => l.name).join(', ')}</h1>
        <header className="gate-head">
          <LaneSigns lanes={status.lanes} />
          {pins.data?.offered === true && <Button ref={padOpener} size="large" icon={<IconDialpad size={24} aria-hidden />} onPress={() => setPad(true)}>{people.pad.open}</Button>}
          <BigClock />
        </header>
        {/* Mirrored, as people expect of a picture of themselves, unless it was set otherwise. */}
        <CameraView camera={camera} mirrored={status.camera.mirror ?? true} />
        <Prompt camera={camera.state === 'live' || camera.state === 'starting'} />
        <Counts summary={summary.data} />
        {summary.data?.workers === 0 && <p className="gate-hint">{gate.noRoster}</p>}
        <LastAnswers last={last} />
        {fire && <FireScreen />}
        {pad && <GatePinPad lane={status.lanes[0]?.lane ?? null} onAnswer={(answer) => show(answer, 'typed', performance.now())} onClose={() => { setPad(false); padOpener.current?.focus(); }} />}
        <Busy pending={pending} />
        {current.length > 0 && <Answers current={current} lanes={status.lanes} notOpened={notOpened} />}
        {problem && <FailurePanel problem={problem} />}
      </main>
      {drawer && <SupervisorDrawer onClose={() => { setDrawer(false); opener.current?.focus(); }} />}
      <div className="gate-foot">
        <KioskStrip />
        <Button ref={opener} kind="quiet" size="large" icon={<IconShieldLock size={24} aria-hidden />} aria-expanded={drawer} onPress={() => setDrawer(!drawer)}>
          {gate.supervisor}
          {alarms > 0 && <span className="gate-waits"><span aria-hidden>●</span><span className="only-heard">{gate.waitingForGuard(alarms)}</span></span>}
        </Button>
      </div>
    </div>
  );
}

/** How many alarms wait for the guard. */
function useAlarms(): number {
  const { data, reload } = useLoad('alarms/count', {});
  useKioskEvent('gate/alarms', reload);
  return data?.waiting ?? 0;
}

function Busy({ pending }: { pending: number }) {
  const [long, setLong] = useState(false);
  const waits = pending > 0;
  useEffect(() => {
    const timer = setTimeout(() => setLong(waits), waits ? busyShownAfterMs : 0);
    return () => clearTimeout(timer);
  }, [waits]);
  return <output className="gate-busy" hidden={!long || !waits}>{gate.busy}</output>;
}
