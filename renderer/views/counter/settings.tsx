import { Tabs } from '../../components/tabs.tsx';
import { admin } from '../../texts/admin.ts';
import '../admin/admin.css';
import { CheckTab } from '../admin/check-tab.tsx';
import { SettingsTab } from '../admin/settings-tab.tsx';
import { useKeys } from './parts/use-keys.ts';
import { useGo } from './work.tsx';

/** What the kiosk's administrator sets and checks at a counter: people, hub, devices, the chain of events. */
export function Settings() {
  const go = useGo();
  useKeys({ Escape: () => { go({ name: 'home' }); } });
  return (
    <div className="settings">
      <Tabs label={admin.tabs.settings} items={[
        { id: 'settings', label: admin.tabs.settings, content: <SettingsTab isAdmin /> },
        { id: 'check', label: admin.tabs.check, content: <CheckTab isAdmin /> },
      ]} />
    </div>
  );
}
