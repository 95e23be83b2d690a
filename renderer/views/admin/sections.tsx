import type { ReactNode } from 'react';
import {
  IconBellRinging, IconIdBadge2,
  IconBarrierBlock, IconBuildingFactory2, IconCalendarDue, IconCalendarTime, IconClipboardList, IconDoorEnter, IconHandStop, IconHeartbeat,
  IconHourglassHigh, IconInbox, IconListDetails, IconMap2, IconReportAnalytics, IconSearch, IconSettings, IconShieldCheck, IconShieldLock, IconUsers,
} from '@tabler/icons-react';
import type { Role } from '../../../shared/contracts/people.ts';
import type { z } from 'zod';
import { admin } from '../../texts/admin.ts';
import { correction } from '../../texts/correction.ts';
import { reports } from '../../texts/reports.ts';
import { lanes } from '../../texts/lanes.ts';
import { people } from '../../texts/people.ts';
import { guard } from '../../texts/guard.ts';
import { readerTexts } from '../../texts/reader.ts';
import { shifts } from '../../texts/shifts.ts';
import { site } from '../../texts/site.ts';
import { overtime } from '../../texts/overtime.ts';
import { timesheet } from '../../texts/timesheet.ts';
import { trust } from '../../texts/trust.ts';
import { held, zones } from '../../texts/zones.ts';
import { AlarmsTab } from './today/alarms-tab.tsx';
import { CheckTab } from './device/check-tab.tsx';
import { HeldTab } from './today/held-tab.tsx';
import { InboxTab } from './time/inbox-tab.tsx';
import { ExpiryTab } from './people/expiry-tab.tsx';
import { InsideTab } from './today/inside-tab.tsx';
import { LanesTab } from './device/lanes-tab.tsx';
import { LogTab } from './today/log-tab.tsx';
import { ReportsTab } from './reports/reports-tab.tsx';
import { PrivacyTab } from './people/privacy-tab.tsx';
import { RosterTab } from './people/roster-tab.tsx';
import { SettingsTab } from './device/settings-tab.tsx';
import { SiteTab } from './device/site-tab.tsx';
import { ShiftsTab } from './time/shifts-tab.tsx';
import { SpotCheckTab } from './today/spot-check-tab.tsx';
import { OvertimeTab } from './time/overtime-tab.tsx';
import { TimesheetTab } from './time/timesheet-tab.tsx';
import { TrustTab } from './device/trust-tab.tsx';
import { VisitorsTab } from './today/visitors-tab.tsx';
import { ZonesTab } from './device/zones-tab.tsx';

export type SectionGroup = keyof typeof admin.groups;

export interface Section {
  id: string;
  group: SectionGroup;
  label: string;
  icon: ReactNode;
  content: ReactNode;
}

const size = 20;

/** What the supervisor's drawer holds, group by group: a section stands with its group, in the order of this list, what is used most often first. */
export function sections(role: z.infer<typeof Role>): readonly Section[] {
  const isAdmin = role === 'kiosk-admin';
  return [
    { id: 'log', group: 'today', label: admin.tabs.log, icon: <IconListDetails size={size} aria-hidden />, content: <LogTab /> },
    { id: 'held', group: 'today', label: held.tab, icon: <IconHandStop size={size} aria-hidden />, content: <HeldTab /> },
    { id: 'alarms', group: 'today', label: guard.tabs.alarms, icon: <IconBellRinging size={size} aria-hidden />, content: <AlarmsTab /> },
    { id: 'inside', group: 'today', label: admin.tabs.inside, icon: <IconDoorEnter size={size} aria-hidden />, content: <InsideTab /> },
    { id: 'visitors', group: 'today', label: guard.tabs.visitors, icon: <IconIdBadge2 size={size} aria-hidden />, content: <VisitorsTab /> },
    { id: 'spot', group: 'today', label: readerTexts.spot.tab, icon: <IconSearch size={size} aria-hidden />, content: <SpotCheckTab /> },
    { id: 'roster', group: 'people', label: admin.tabs.roster, icon: <IconUsers size={size} aria-hidden />, content: <RosterTab /> },
    { id: 'expiry', group: 'people', label: people.expiry.tab, icon: <IconCalendarDue size={size} aria-hidden />, content: <ExpiryTab /> },
    { id: 'privacy', group: 'people', label: people.privacy.tab, icon: <IconShieldLock size={size} aria-hidden />, content: <PrivacyTab isAdmin={isAdmin} /> },
    { id: 'timesheet', group: 'time', label: timesheet.tab, icon: <IconClipboardList size={size} aria-hidden />, content: <TimesheetTab /> },
    { id: 'inbox', group: 'time', label: correction.tab, icon: <IconInbox size={size} aria-hidden />, content: <InboxTab /> },
    { id: 'overtime', group: 'time', label: overtime.tab, icon: <IconHourglassHigh size={size} aria-hidden />, content: <OvertimeTab /> },
    { id: 'shifts', group: 'time', label: shifts.tab, icon: <IconCalendarTime size={size} aria-hidden />, content: <ShiftsTab /> },
    { id: 'reports', group: 'reports', label: reports.tab, icon: <IconReportAnalytics size={size} aria-hidden />, content: <ReportsTab /> },
    { id: 'check', group: 'device', label: admin.tabs.check, icon: <IconHeartbeat size={size} aria-hidden />, content: <CheckTab isAdmin={isAdmin} /> },
    ...(isAdmin ? [{ id: 'lanes', group: 'device' as const, label: lanes.tab, icon: <IconBarrierBlock size={size} aria-hidden />, content: <LanesTab /> }] : []),
    ...(isAdmin ? [{ id: 'zones', group: 'device' as const, label: zones.tab, icon: <IconMap2 size={size} aria-hidden />, content: <ZonesTab /> }] : []),
    { id: 'site', group: 'device', label: site.tab, icon: <IconBuildingFactory2 size={size} aria-hidden />, content: <SiteTab isAdmin={isAdmin} /> },
    { id: 'settings', group: 'device', label: admin.tabs.settings, icon: <IconSettings size={size} aria-hidden />, content: <SettingsTab isAdmin={isAdmin} /> },
    ...(isAdmin ? [{ id: 'trust', group: 'device' as const, label: trust.tab, icon: <IconShieldCheck size={size} aria-hidden />, content: <TrustTab /> }] : []),
  ];
}
