import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Output } from '../shared/contracts/requests/index.ts';
import { useKioskEvent, useLoad } from './kiosk.ts';

export type Status = Output<'system/status'>;
type DeviceState = Status['devices'][number];

interface StatusValue {
  status: Status;
  reload: () => void;
  /** For devices that only the page sees: the camera, the keyboard-wedge scanner. */
  report: (device: DeviceState) => void;
}

const StatusContext = createContext<StatusValue | null>(null);
const pollMs = 10_000;

const sameDevice = (a: DeviceState, b: DeviceState): boolean => a.kind === b.kind && a.name === b.name;

function withDevice(all: readonly DeviceState[], one: DeviceState): DeviceState[] {
  return [...all.filter((d) => !sameDevice(d, one)), one];
}

/** How the kiosk is, kept fresh by polling and by events, and set by whoever just logged in or out. */
export function useStatusSource(): { status: Status | null; problem: ReturnType<typeof useLoad>['problem']; reload: () => void; report: StatusValue['report'] } {
  const { data, problem, reload } = useLoad('system/status', {}, pollMs);
  const [status, setStatus] = useState<Status | null>(null);
  const [ownDevices, setOwnDevices] = useState<readonly DeviceState[]>([]);
  const [seen, setSeen] = useState(data);
  if (data !== seen) {
    setSeen(data);
    setStatus(data);
  }
  useKioskEvent('device/state', (device) => { setStatus((s) => s && { ...s, devices: withDevice(s.devices, device) }); });
  useKioskEvent('sync/state', (sync) => { setStatus((s) => s && { ...s, sync }); });
  useKioskEvent('session/locked', () => { setStatus((s) => s && { ...s, session: null }); reload(); });
  const report = useCallback((device: DeviceState) => {
    setOwnDevices((all) => all.some((d) => sameDevice(d, device) && d.state === device.state && d.detail === device.detail) ? all : withDevice(all, device));
  }, []);
  const merged = useMemo(() => status && { ...status, devices: ownDevices.reduce(withDevice, status.devices) }, [status, ownDevices]);
  return { status: merged, problem, reload, report };
}

export function StatusProvider({ value, children }: { value: StatusValue; children: ReactNode }) {
  return <StatusContext value={value}>{children}</StatusContext>;
}

/** The state of the kiosk; only inside the app, once the first answer is there. */
export function useStatus(): StatusValue {
  const value = useContext(StatusContext);
  if (value === null) throw new Error('useStatus outside of the app');
  return value;
}
