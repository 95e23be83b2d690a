import { useState } from 'react';
import { Tabs } from '../../../components/tabs.tsx';
import { number } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { correction as text } from '../../../texts/correction.ts';
import { ApprovalList } from './approval-list.tsx';
import { DifferenceList } from './difference-list.tsx';
import { InboxList } from './inbox-list.tsx';
import './inbox.css';

type Part = 'inbox' | 'waiting' | 'differences';
const pollMs = 15_000;

/** What somebody must look at, what waits for a second person, and what was corrected. */
export function InboxTab() {
  const [part, setPart] = useState<Part>('inbox');
  const waiting = useLoad('corrections/waiting', {}, pollMs);
  return (
    <div className="tab-fill inbox">
      <Tabs<Part> label={text.tab} value={part} onChange={setPart} items={[
        { id: 'inbox', label: text.parts.inbox, content: <InboxList onProposed={waiting.reload} /> },
        { id: 'waiting', label: text.parts.waiting(number(waiting.data?.total ?? 0)), content: <ApprovalList waiting={waiting.data} problem={waiting.problem} onChanged={waiting.reload} /> },
        { id: 'differences', label: text.parts.differences, content: <DifferenceList /> },
      ]} />
    </div>
  );
}
