import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { KioskBridge } from '../shared/contracts/requests/index.ts';

const { kiosk } = window as unknown as { kiosk: KioskBridge };

function Placeholder() {
  const [state, setState] = useState('restarting');
  const [at, setAt] = useState('');
  useEffect(() => kiosk.on('service/state', (data) => setState(data.state)), []);
  useEffect(() => { void kiosk.request('system/ping', {}).then((answer) => setAt(answer.at)); }, [state]);
  return <main><h1>MotCua Kiosk</h1><p id="state">{state}</p><p id="at">{at}</p></main>;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Placeholder />);
