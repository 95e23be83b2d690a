import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabItem<K extends string = string> { id: K; label: string; icon?: ReactNode; content: ReactNode }

export interface TabsProps<K extends string> {
  label: string;
  items: readonly TabItem<K>[];
  value?: K;
  onChange?: (id: K) => void;
}

/** Tabs; only the chosen panel is on the page. Uncontrolled unless `value` is given. */
export function Tabs<K extends string>({ label, items, value, onChange }: TabsProps<K>) {
  return (
    <AriaTabs className="tabs" {...(value !== undefined && { selectedKey: value })}
      onSelectionChange={(key) => { const item = items.find((x) => x.id === key); if (item) onChange?.(item.id); }}>
      <TabList aria-label={label} className="tab-list">
        {items.map((item) => <Tab key={item.id} id={item.id} className="tab">{item.icon}{item.label}</Tab>)}
      </TabList>
      {items.map((item) => <TabPanel key={item.id} id={item.id} className="tab-panel">{item.content}</TabPanel>)}
    </AriaTabs>
  );
}
