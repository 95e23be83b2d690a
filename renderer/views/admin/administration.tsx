import { useState } from 'react';
import { IconSettings } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { admin } from '../../texts/admin.ts';
import { common } from '../../texts/common.ts';
import { trust } from '../../texts/trust.ts';
import { CheckTab } from './device/check-tab.tsx';
import { SettingsTab } from './device/settings-tab.tsx';
import { TrustTab } from './device/trust-tab.tsx';
import './admin.css';

/** The administrator's way from a working screen to settings, people, hub and the system check. */
export function Administration() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<IconSettings size={22} aria-hidden />} onPress={() => setOpen(true)}>{common.administration}</Button>
      <Dialog open={open} wide title={common.administration} onClose={() => setOpen(false)} actions={<Button onPress={() => setOpen(false)}>{common.close}</Button>}>
        <div className="administration">
          <Tabs label={common.administration} items={[
            { id: 'settings', label: admin.tabs.settings, content: <SettingsTab isAdmin /> },
            { id: 'trust', label: trust.tab, content: <TrustTab /> },
            { id: 'check', label: admin.tabs.check, content: <CheckTab isAdmin /> },
          ]} />
        </div>
      </Dialog>
    </>
  );
}
