import { useState } from 'react';
import { IconAlertTriangle, IconLoader2 } from '@tabler/icons-react';
import type { ServiceState } from '../shared/contracts/wire.ts';
import { useServiceState } from './kiosk.ts';
import { common } from './texts/common.ts';

/** Lies over any screen while the service is away, and goes by itself when it is back. */
export function ServiceOverlay({ first }: { first: boolean }) {
  const [now, setNow] = useState<ServiceState>({ state: 'restarting' });
  useServiceState(setNow);
  if (now.state === 'ready' && !first) return null;
  const { service } = common;
  return (
    <div className={first ? 'restart' : 'restart restart-over'} data-service={now.state} data-problem={now.state === 'refused' ? now.problem?.code : undefined}>
      <div className="restart-box" role="alert">
        {now.state === 'refused'
          ? <IconAlertTriangle size={56} aria-hidden />
          : <IconLoader2 className="turning" size={56} aria-hidden />}
        <h2>{now.state === 'refused' ? service.refused : first ? service.starting : service.restarting}</h2>
        {now.state === 'refused' && <p>{now.problem?.vi}</p>}
        {now.state === 'restarting' && !first && <p className="soft">{service.restartingHint}</p>}
      </div>
    </div>
  );
}
