import { useState } from 'react';
import { IconCamera } from '@tabler/icons-react';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Choice, Tick } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { admin } from '../../../texts/admin.ts';
import { cameraTexts } from '../../../texts/camera.ts';
import { CameraDialog } from '../../camera/camera-dialog.tsx';
import { ReaderField } from '../../reader/reader-field.tsx';
import { HubPanel } from './hub-panel.tsx';
import { NumberSetting } from '../number-setting.tsx';
import { UsersPanel } from './users-panel.tsx';

type Settings = Output<'settings/get'>;

const text = admin.settings;
const themes = (['light', 'dark', 'sun'] as const).map((id) => ({ id, label: text.themes[id] }));
const idleSeconds = [60, 120, 300, 600, 900, 1800];
const none = 'none';

/** Devices, look, people and hub of this kiosk; only an administrator changes them. */
export function SettingsTab({ isAdmin }: { isAdmin: boolean }) {
  const loaded = useLoad('settings/get', {});
  const save = useRequest('settings/set');
  const { reload } = useStatus();
  const toast = useToast();
  const settings = save.output ?? loaded.data;
  const change = (input: Input<'settings/set'>): void => {
    void save.call(input).then((output) => {
      if (!output) return;
      toast('passed', text.saved);
      reload();
    });
  };
  if (settings === null) return <><ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />{loaded.problem === null && <Skeleton lines={6} />}</>;
  return (
    <div className="stack stack-loose settings">
      {!isAdmin && <Notice tone="information"><span className="notice-text">{text.adminOnly}</span></Notice>}
      <ProblemNotice problem={save.problem} onRetry={save.again} />
      <DevicesPanel settings={settings} isAdmin={isAdmin} change={change} />
      <section className="stack">
        <h3>{text.look}</h3>
        <fieldset className="plain stack" disabled={!isAdmin}>
          <Choice label={text.theme} options={themes.map((t) => ({ ...t, isDisabled: !isAdmin }))} value={settings.theme} onChange={(theme) => change({ theme })} across />
          <Tick value={settings.sound} onChange={(sound) => change({ sound })} isDisabled={!isAdmin}>{text.sound}</Tick>
          <div className="filter">
            <Select label={text.idleLock} isDisabled={!isAdmin} value={String(settings.idleLockSeconds)} onChange={(s) => change({ idleLockSeconds: Number(s) })}
              options={[...new Set([...idleSeconds, settings.idleLockSeconds])].toSorted((a, b) => a - b).map((s) => ({ id: String(s), label: text.seconds(s) }))} />
          </div>
        </fieldset>
      </section>
      <RulesPanel settings={settings} isAdmin={isAdmin} change={change} />
      <HubPanel isAdmin={isAdmin} />
      {isAdmin && <UsersPanel />}
    </div>
  );
}

interface PanelProps {
  settings: Settings;
  isAdmin: boolean;
  change: (input: Input<'settings/set'>) => void;
}

function DevicesPanel({ settings, isAdmin, change }: PanelProps) {
  const { status } = useStatus();
  const [adjusts, setAdjusts] = useState(false);
  const ports = useLoad('devices/serial-ports', isAdmin ? {} : null);
  const serial: Option[] = [{ id: none, label: text.serialNone }, ...(ports.data?.ports ?? []).map((p) => ({ id: p.path, label: p.path, hint: p.label === p.path ? undefined : p.label }))];
  if (settings.serialPath !== null && !serial.some((o) => o.id === settings.serialPath)) serial.push({ id: settings.serialPath, label: settings.serialPath });
  return (
    <section className="stack">
      <h3>{text.devices}</h3>
      <div className="two">
        <div className="field">
          <span className="field-label">{text.camera}</span>
          <Button icon={<IconCamera size={22} aria-hidden />} onPress={() => { setAdjusts(true); }}>{cameraTexts.open}</Button>
          <span className="field-hint">{status.camera.device === null ? cameraTexts.openHint : status.camera.device.label}</span>
        </div>
        <Select label={text.serial} isDisabled={!isAdmin} value={settings.serialPath ?? none} options={serial}
          onChange={(id) => change({ serialPath: id === none ? null : id })} />
        <ReaderField isDisabled={!isAdmin} />
      </div>
      {status.mode === 'counter' && <FolderField folder={settings.watchedFolder} isAdmin={isAdmin} onFolder={(watchedFolder) => change({ watchedFolder })} />}
      <ProblemNotice problem={ports.problem} onRetry={ports.reload} />
      <CameraDialog open={adjusts} onClose={() => { setAdjusts(false); }} />
    </section>
  );
}

/** How often somebody may scan at the gate, or look people up at the counter. */
function RulesPanel({ settings, isAdmin, change }: PanelProps) {
  const { status } = useStatus();
  return (
    <section className="stack">
      <h3>{text.rules}</h3>
      <div className="two">
        {status.mode === 'gate'
          ? <NumberSetting label={text.repeat} hint={text.repeatHint} value={settings.repeatSeconds} min={0} max={600} isDisabled={!isAdmin} onChange={(repeatSeconds) => change({ repeatSeconds })} />
          : <NumberSetting label={text.lookUps} hint={text.lookUpsHint} value={settings.lookUpsPerHour} min={1} max={1000} isDisabled={!isAdmin} onChange={(lookUpsPerHour) => change({ lookUpsPerHour })} />}
      </div>
    </section>
  );
}

/** The folder into which a document scanner puts its files; kept as typed until the field is left. */
function FolderField({ folder, isAdmin, onFolder }: { folder: string | null; isAdmin: boolean; onFolder: (folder: string | null) => void }) {
  const [typed, setTyped] = useState(folder ?? '');
  const leave = (): void => {
    const wanted = typed.trim() === '' ? null : typed.trim();
    if (wanted !== folder) onFolder(wanted);
  };
  return <Field label={text.folder} hint={text.folderHint} value={typed} onChange={setTyped} onBlur={leave} isDisabled={!isAdmin} maxLength={500} autoComplete="off" />;
}
