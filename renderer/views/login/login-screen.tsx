import { KioskStrip } from '../../frame.tsx';
import { useStatus } from '../../status.tsx';
import { common } from '../../texts/common.ts';
import { login } from '../../texts/login.ts';
import { Notice } from '../../components/notice.tsx';
import { LoginForm } from './login-form.tsx';
import './login.css';

const officers = ['officer', 'kiosk-admin'] as const;

/** The whole screen of a counter at which nobody is logged in. `held`: name of the person whose work waits behind it. */
export function LoginScreen({ held = null }: { held?: string | null }) {
  const { status } = useStatus();
  return (
    <div className="frame">
      <header className="frame-head">
        <div className="frame-name">
          <h1 className="frame-title text-large">{common.product}</h1>
          <span className="frame-unit">{status.unit?.name}</span>
        </div>
      </header>
      <main className="frame-body login-page">
        <div className="login-box">
          {held !== null && <Notice tone="information"><span className="notice-text">{login.locked(held)}</span></Notice>}
          <LoginForm roles={officers} />
        </div>
      </main>
      <KioskStrip />
    </div>
  );
}
