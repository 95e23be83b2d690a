import { useEffect, useRef, useState } from 'react';
import { IconKey, IconLock, IconX } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';
import { useKioskEvent, useRequest } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';
import { admin } from '../../texts/admin.ts';
import { common } from '../../texts/common.ts';
import { ChangeSecret } from '../login/change-secret.tsx';
import { LoginForm } from '../login/login-form.tsx';
import '../login/login.css';
import './admin.css';
import { AlarmBell } from './today/alarm-bell.tsx';
import { SectionTabs } from './section-tabs.tsx';
import { sections } from './sections.tsx';

const supervisors = ['gate-supervisor', 'kiosk-admin'] as const;

/** What a supervisor sees beside the running gate, behind a log-in; closing it or leaving it alone locks it again. */
export function SupervisorDrawer({ onClose }: { onClose: () => void }) {
  const { status, reload } = useStatus();
  const logout = useRequest('auth/logout');
  const [changing, setChanging] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const user = status.session?.user ?? null;
  // After the log-in too: the field that had the focus is gone then.
  useEffect(() => { heading.current?.focus(); }, [user?.userId]);
  useKioskEvent('session/locked', onClose);
  const leave = (): void => {
    if (user !== null) void logout.call({}).then(reload);
    onClose();
  };
  return (
    <aside className="drawer" aria-label={admin.title}>
      <header className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>{admin.title}</h2>
        {user && <span className="soft grow">{user.displayName} · {common.role[user.role]}</span>}
        {user && <Button kind="quiet" icon={<IconKey size={22} aria-hidden />} onPress={() => setChanging(true)}>{common.changeSecret}</Button>}
        <Button icon={user ? <IconLock size={22} aria-hidden /> : <IconX size={22} aria-hidden />} onPress={leave}>{user ? common.lock : common.close}</Button>
      </header>
      {user && changing && <ChangeSecret onClose={() => setChanging(false)} />}
      {user === null
        ? <div className="drawer-login"><LoginForm roles={supervisors} /></div>
        : <><AlarmBell /><SectionTabs sections={sections(user.role)} /></>}
    </aside>
  );
}
