import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { admin } from '../../texts/admin.ts';
import type { Section, SectionGroup } from './sections.tsx';

const order = Object.keys(admin.groups) as SectionGroup[];

/** The drawer's sections beside their content, under the heading of their group; only the chosen one is on the page. */
export function SectionTabs({ sections }: { sections: readonly Section[] }) {
  const inOrder = order.flatMap((group) => sections.filter((section) => section.group === group));
  return (
    <Tabs className="tabs section-tabs" orientation="vertical">
      <TabList aria-label={admin.title} className="section-list">
        {inOrder.map(({ id, group, label, icon }, i) => (
          <Tab key={id} id={id} className="section-tab">
            {/* Seen, not heard: a tab is called by its own name. */}
            {inOrder[i - 1]?.group !== group && <span className="section-group" aria-hidden>{admin.groups[group]}</span>}
            <span className="section-name">{icon}<span>{label}</span></span>
          </Tab>
        ))}
      </TabList>
      {inOrder.map(({ id, content }) => <TabPanel key={id} id={id} className="tab-panel section-panel">{content}</TabPanel>)}
    </Tabs>
  );
}
