import { useState } from 'react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { reports as text } from '../../../texts/reports.ts';

/** Names and addresses of those who receive reports, and the zone of each enterprise. */
export function ReportSettingsDialog({ list, onClose, onSaved }: { list: Output<'reports/list'>; onClose: () => void; onSaved: () => void }) {
  const { status } = useStatus();
  const [receivers, setReceivers] = useState(() => list.roles.map(({ role }) => list.settings.receivers.find((one) => one.role === role) ?? { role, name: '', address: '' }));
  const [zones, setZones] = useState(() => list.employers.map((employer) => ({ employer, zone: list.settings.zones.find((one) => one.employer === employer)?.zone ?? '' })));
  const request = useRequest('reports/save-settings');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const saved = await request.call({ receivers: receivers.filter(({ name }) => name.trim() !== ''), zones: zones.filter(({ zone }) => zone.trim() !== '') });
    if (saved === null) return;
    toast('passed', text.settings.saved);
    onSaved();
  };
  return (
    <Dialog open wide title={text.settings.title} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{text.settings.cancel}</Button>
        <Button kind="primary" busy={request.busy} onPress={() => { void save(); }}>{text.settings.save}</Button>
      </>
    )}>
      <div className="report-settings">
        <p className="soft">{text.settings.hint}</p>
        {receivers.map(({ role, name, address }, at) => {
          const set = (change: { name?: string; address?: string }): void => setReceivers(receivers.map((one, n) => (n === at ? { ...one, ...change } : one)));
          return (
            <div key={role} className="report-receiver">
              <Field label={text.settings.name(list.roles[at]!.label)} value={name} onChange={(next) => set({ name: next })} maxLength={300} />
              <Field label={text.settings.address} value={address} onChange={(next) => set({ address: next })} maxLength={300} />
            </div>
          );
        })}
        <h3>{text.settings.zones}</h3>
        <p className="soft">{zones.length === 0 ? text.settings.noEmployers : text.settings.zonesHint(status.unit?.name ?? '')}</p>
        {zones.map(({ employer, zone }, at) => (
          <Field key={employer} label={employer} value={zone} onChange={(next) => setZones(zones.map((one, n) => (n === at ? { ...one, zone: next } : one)))} maxLength={300} />
        ))}
        <ProblemNotice problem={request.problem} onRetry={request.again} />
      </div>
    </Dialog>
  );
}
