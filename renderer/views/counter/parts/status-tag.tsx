import { IconCircleCheck, IconFileDescription, IconHandStop, IconHourglass, IconMailOpened, IconPackageExport, IconPlayerPause, IconUpload, type Icon } from '@tabler/icons-react';
import type { DossierStatus } from '../../../../shared/contracts/dossier.ts';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { counterTexts } from '../../../texts/counter.ts';

const looks: Record<DossierStatus, readonly [Tone, Icon]> = {
  received: ['information', IconFileDescription], 'in-progress': ['information', IconHourglass], 'supplement-requested': ['attention', IconMailOpened],
  resolved: ['passed', IconPackageExport], 'handed-over': ['passed', IconCircleCheck], stopped: ['stopped', IconHandStop], withdrawn: ['waiting', IconPlayerPause],
};

export function StatusTag({ status }: { status: DossierStatus }) {
  const [tone, Sign] = looks[status];
  return <Tag tone={tone} icon={<Sign size={18} aria-hidden />}>{counterTexts.status[status]}</Tag>;
}

/** Whether the province has it: sent and confirmed, or still waiting in this machine. */
export function SyncedMark({ synced }: { synced: boolean }) {
  return synced
    ? <span className="synced" data-tone="passed"><IconCircleCheck size={18} aria-hidden />{counterTexts.home.synced}</span>
    : <span className="synced" data-tone="waiting"><IconUpload size={18} aria-hidden />{counterTexts.home.waiting}</span>;
}
