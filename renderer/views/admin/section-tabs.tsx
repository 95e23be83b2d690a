import { useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { IconChevronDown } from '@tabler/icons-react';
import { admin } from '../../texts/admin.ts';
import type { Section, SectionGroup } from './sections.tsx';

const order = Object.keys(admin.groups) as SectionGroup[];

/**
 * The drawer's sections beside their content; only the chosen one is on the page. Of the groups one is open, so that the
 * whole way through stands on a screen of 768 pixels without scrolling; opening a group opens its first section.
 */
export function SectionTabs({ sections }: { sections: readonly Section[] }) {
  const [chosen, setChosen] = useState(sections[0]?.id ?? '');
  const open = sections.find(({ id }) => id === chosen)?.group ?? order[0];
  const inGroup = (group: SectionGroup): readonly Section[] => sections.filter((section) => section.group === group);
  const choose = (id: string | undefined): void => { if (id !== undefined) setChosen(id); };
  return (
    <Tabs className="tabs section-tabs" orientation="vertical" selectedKey={chosen}
      // A list that is just being put in the other's place reports its own first tab.
      onSelectionChange={(key) => choose(sections.find(({ id, group }) => id === key && group === open)?.id)}>
      <nav className="section-list" aria-label={admin.title}>
        {order.filter((group) => inGroup(group).length > 0).map((group) => (
          <div key={group} className="section-part">
            <Button className="section-group" aria-expanded={group === open} onPress={() => { if (group !== open) choose(inGroup(group)[0]?.id); }}>
              {admin.groups[group]}
              {group !== open && <IconChevronDown size={20} aria-hidden />}
            </Button>
            {group === open && (
              <TabList aria-label={admin.groups[group]}>
                {inGroup(group).map(({ id, label, icon }) => <Tab key={id} id={id} className="section-tab"><span className="section-name">{icon}<span>{label}</span></span></Tab>)}
              </TabList>
            )}
          </div>
        ))}
      </nav>
      {sections.map(({ id, content }) => <TabPanel key={id} id={id} className="tab-panel section-panel">{content}</TabPanel>)}
    </Tabs>
  );
}
