import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Skeleton } from './components/skeleton.tsx';
import { ToastProvider } from './components/toast.tsx';
import { onLockedOut } from './kiosk.ts';
import { ServiceOverlay } from './service-overlay.tsx';
import { StatusProvider, useStatusSource, type Status } from './status.tsx';
import { LoginScreen } from './views/login/login-screen.tsx';

const CounterApp = lazy(() => import('./views/counter/index.tsx').then((m) => ({ default: m.CounterApp })));
const GateApp = lazy(() => import('./views/gate/index.tsx').then((m) => ({ default: m.GateApp })));
const SetUpWizard = lazy(() => import('./views/setup/index.tsx').then((m) => ({ default: m.SetUpWizard })));

/** The whole page: which screen stands there follows from how the kiosk is. */
export function App() {
  const { status, reload, report } = useStatusSource();
  useEffect(() => onLockedOut(reload), [reload]);
  useEffect(() => { document.documentElement.dataset['theme'] = status?.theme ?? 'light'; }, [status?.theme]);
  const value = useMemo(() => status && { status, reload, report }, [status, reload, report]);
  return (
    <I18nProvider locale="vi-VN">
      <ToastProvider>
        {value && (
          <StatusProvider value={value}>
            <Suspense fallback={<div className="sheet"><Skeleton lines={6} /></div>}>
              <Screen status={value.status} />
            </Suspense>
          </StatusProvider>
        )}
        <ServiceOverlay first={status === null} />
      </ToastProvider>
    </I18nProvider>
  );
}

function Screen({ status }: { status: Status }) {
  if (!status.setUp) return <SetUpWizard />;
  return status.mode === 'gate' ? <GateApp /> : <Counter status={status} />;
}

/** The counter behind its log-in: after a lock the open work waits, unseen, for the same person; another one starts afresh. */
function Counter({ status }: { status: Status }) {
  const user = status.session?.user ?? null;
  const [owner, setOwner] = useState(user);
  if (user !== null && user.userId !== owner?.userId) setOwner(user);
  return (
    <>
      {owner !== null && (
        <div className="screen" hidden={user === null} inert={user === null}><CounterApp key={owner.userId} /></div>
      )}
      {user === null && <LoginScreen held={owner?.displayName ?? null} />}
    </>
  );
}
