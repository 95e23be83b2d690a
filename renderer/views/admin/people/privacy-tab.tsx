import { useState } from 'react';
import type { PeopleSettings } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime, number } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';
import { NumberSetting } from '../number-setting.tsx';
import './people.css';
import { saveFile } from '../save-file.ts';

const text = people.privacy;
const usualDays = 365;

/** How long personal data of workers is kept, who is due for erasure, and the proof of what was erased. */
export function PrivacyTab({ isAdmin }: { isAdmin: boolean }) {
  const settings = useLoad('people/settings', {});
  const due = useLoad('erasure/due', {});
  const change = useRequest('people/settings-set');
  const toast = useToast();
  const set = async (changes: Partial<PeopleSettings>): Promise<void> => {
    if ((await change.call(changes)) === null) return;
    toast('passed', text.saved);
    settings.reload();
    due.reload();
  };
  const now = change.output ?? settings.data;
  if (now === null) return <><ProblemNotice problem={settings.problem} onRetry={settings.reload} />{settings.problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="stack settings">
      {!isAdmin && <p className="soft">{text.adminOnly}</p>}
      <ProblemNotice problem={change.problem ?? due.problem} onRetry={change.again ?? due.reload} />
      <section className="stack">
        <h3>{text.place}</h3>
        <div className="two">
          <Province value={now.province} isDisabled={!isAdmin} onChange={(province) => { void set({ province }); }} />
          <NumberSetting label={text.photoDays} hint={text.photoHint} value={now.photoDays} min={0} max={3_650} isDisabled={!isAdmin} onChange={(photoDays) => { void set({ photoDays }); }} />
        </div>
      </section>
      <section className="stack">
        <h3>{text.erasure}</h3>
        <p className="soft">{text.erasureHint}</p>
        <Tick value={now.erasureDays !== null} isDisabled={!isAdmin} onChange={(on) => { void set({ erasureDays: on ? usualDays : null }); }}>{text.erasureOn}</Tick>
        {now.erasureDays !== null && (
          <NumberSetting label={text.erasureDays} hint={text.erasureDaysHint} value={now.erasureDays} min={0} max={9_999} isDisabled={!isAdmin} onChange={(erasureDays) => { void set({ erasureDays }); }} />
        )}
        <Tick value={now.keepTimesheet} isDisabled={!isAdmin} onChange={(keepTimesheet) => { void set({ keepTimesheet }); }}>{text.keep}</Tick>
        {now.erasureDays === null
          ? <Notice tone="information"><span className="notice-text">{text.off}</span></Notice>
          : due.data !== null && <Due total={due.data.total} isAdmin={isAdmin} onDone={due.reload} />}
      </section>
      <section className="stack">
        <h3>{text.runs}</h3>
        {due.data?.runs.length === 0 && <p className="soft">{text.noRuns}</p>}
        <ul className="run-list">
          {due.data?.runs.map((run) => (
            <li key={run.position}>
              <span className="digits">{dateAndTime(run.at)}</span><span className="grow">{text.runLine(number(run.workers), number(run.events))}</span><Certificate position={run.position} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Kept as typed until the field is left. */
function Province({ value, isDisabled, onChange }: { value: string | null; isDisabled: boolean; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    if (typed === null) return;
    const wanted = typed.trim() === '' ? null : typed.trim().normalize('NFC');
    setTyped(null);
    if (wanted !== value) onChange(wanted);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); keep(); }}>
      <Field label={text.province} hint={text.provinceHint} value={typed ?? value ?? ''} maxLength={60} autoComplete="off" isDisabled={isDisabled} onChange={setTyped} onBlur={keep} />
    </form>
  );
}

function Due({ total, isAdmin, onDone }: { total: number; isAdmin: boolean; onDone: () => void }) {
  const [sure, setSure] = useState(false);
  const run = useRequest('erasure/run');
  const toast = useToast();
  const erase = async (): Promise<void> => {
    const done = await run.call({});
    setSure(false);
    if (done === null) return;
    toast('passed', text.done(number(done.workers)));
    onDone();
  };
  return (
    <>
      <Notice tone={total > 0 ? 'attention' : 'passed'} action={total > 0 && isAdmin && <Button onPress={() => setSure(true)}>{text.run}</Button>}>
        <span className="notice-text">{total > 0 ? text.due(number(total)) : text.dueNone}</span>
      </Notice>
      <ProblemNotice problem={run.problem} onRetry={run.again} />
      <Dialog open={sure} title={text.erasure} onClose={() => setSure(false)} actions={(
        <>
          <Button onPress={() => setSure(false)}>{common.cancel}</Button>
          <Button kind="danger" busy={run.busy} onPress={() => { void erase(); }}>{text.runGo}</Button>
        </>
      )}><p>{text.runSure(number(total))}</p></Dialog>
    </>
  );
}

function Certificate({ position }: { position: number }) {
  const request = useRequest('erasure/certificate');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const file = await request.call({ position });
    if (file === null) return;
    saveFile(file.fileName, file.content, 'xlsx');
    toast('passed', text.certificateSaved);
  };
  return <Button busy={request.busy} onPress={() => { void save(); }}>{text.certificate}</Button>;
}
