import { useState } from 'react';
import { IconListCheck, IconShieldCheck } from '@tabler/icons-react';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { number } from '../../../format.ts';
import { deviceTone, readerService } from '../../../frame.tsx';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus, type Status } from '../../../status.tsx';
import { admin } from '../../../texts/admin.ts';
import { common } from '../../../texts/common.ts';
import { cameraTexts } from '../../../texts/camera.ts';
import { CameraDialog } from '../../camera/camera-dialog.tsx';
import { HubPanel } from './hub-panel.tsx';
import { ReaderTestPanel } from './reader-test.tsx';

const text = admin.check;
const megabyte = 1024 * 1024;

function storeState({ checking, ok }: Status['store']): { word: string; tone: Tone } {
  if (ok === false) return { word: text.storeBad, tone: 'stopped' };
  if (checking) return { word: text.storeChecking, tone: 'information' };
  return ok ? { word: text.storeOk, tone: 'passed' } : { word: text.storeUnknown, tone: 'waiting' };
}

/** Is this kiosk sound: chain of events, devices, store, hub. */
export function CheckTab({ isAdmin }: { isAdmin: boolean }) {
  const { status } = useStatus();
  const store = storeState(status.store);
  const [looksUp, setLooksUp] = useState(false);
  return (
    <div className="stack stack-loose settings">
      <AuditPanel isAdmin={isAdmin} />
      <section className="stack">
        <h3>{text.devices}</h3>
        {status.devices.length === 0 && <p className="soft">{text.none}</p>}
        <ul className="users">
          {status.devices.map((d) => (
            <li key={`${d.kind}/${d.name}`} className="user">
              <span className="grow"><span className="strong">{d.name === readerService ? text.readerService : text.kind[d.kind]}</span><span className="user-role">{d.name === d.kind ? '' : d.name}</span></span>
              <Tag tone={deviceTone[d.state]}>{common.strip[d.state]}</Tag>
            </li>
          ))}
        </ul>
        <div><Button icon={<IconListCheck size={22} aria-hidden />} onPress={() => { setLooksUp(true); }}>{cameraTexts.hardware.openHere}</Button></div>
        <CameraDialog open={looksUp} page="hardware" onClose={() => { setLooksUp(false); }} />
      </section>
      <ReaderTestPanel />
      <section className="stack">
        <div className="row"><h3>{text.store}</h3><Tag tone={store.tone}>{store.word}</Tag></div>
        <dl className="facts">
          <div className="fact"><dt>{text.store}</dt><dd>{text.events(number(status.store.events))}, {text.size(number(Math.ceil(status.store.bytes / megabyte)))}</dd></div>
          <div className="fact"><dt>{text.key}</dt><dd>{text.keySource[status.keySource]}</dd></div>
          <div className="fact"><dt>{text.device}</dt><dd>{status.device}</dd></div>
          <div className="fact"><dt>{text.version}</dt><dd>{status.version}</dd></div>
        </dl>
      </section>
      {status.mode === 'gate' && <SpeedPanel />}
      <HubPanel isAdmin={isAdmin} />
    </div>
  );
}

function AuditPanel({ isAdmin }: { isAdmin: boolean }) {
  const verify = useRequest('audit/verify');
  const { output } = verify;
  return (
    <section className="stack">
      <h3>{text.audit}</h3>
      <p className="soft">{isAdmin ? text.auditHint : text.adminOnly}</p>
      {isAdmin && <div><Button busy={verify.busy} icon={<IconShieldCheck size={22} aria-hidden />} onPress={() => { void verify.call({}); }}>{verify.busy ? text.verifying : text.verify}</Button></div>}
      <ProblemNotice problem={verify.problem} onRetry={verify.again} />
      {output && !verify.busy && (
        <Notice tone={output.ok ? 'passed' : 'stopped'}>
          <span className="notice-text">{output.ok ? text.ok(number(output.events)) : text.bad(number(output.firstBad ?? 0))}</span>
        </Notice>
      )}
    </section>
  );
}

const speedMs = 5_000;

/** How quickly this gate answers, as its service measured it. */
function SpeedPanel() {
  const { data } = useLoad('gate/speed', {}, speedMs);
  if (data === null) return null;
  const { speed } = data;
  return (
    <section className="stack">
      <h3>{text.speed}</h3>
      <p className="soft">{speed === null ? text.speedNone : text.speedOf(number(speed.scans), ...[speed.p50, speed.p95, speed.worst].map((ms) => number(Math.ceil(ms))) as [string, string, string])}</p>
    </section>
  );
}
