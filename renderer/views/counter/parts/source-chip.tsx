import { IconCpu, IconDatabase, IconDeviceMobile, IconKeyboard, IconQrcode, type Icon } from '@tabler/icons-react';
import type { SourcedField } from '../../../../shared/contracts/dossier.ts';
import type { Source } from '../../../../shared/contracts/identity.ts';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { counterTexts } from '../../../texts/counter.ts';

const icons: Record<Source, Icon> = { chip: IconCpu, qr: IconQrcode, mrz: IconCpu, typed: IconKeyboard, store: IconDatabase, vneid: IconDeviceMobile };
const tones: Record<SourcedField['trust'], Tone> = { signed: 'information', claimed: 'information', typed: 'attention', stored: 'information' };

/** What the checks of the chip say of all that comes from it. */
export type ChipStanding = 'failed' | 'issuer-known' | 'plain';

/**
 * Where a value comes from and how far it can be trusted, as icon, word and colour. A signed value is fully trusted only
 * where the issuer was checked too: a card can bring its own signer along.
 */
export function SourceChip({ field, standing }: { field: SourcedField; standing: ChipStanding }) {
  const Sign = icons[field.source];
  const isChips = field.source === 'chip' && standing === 'failed';
  const tone = isChips ? 'stopped' : field.trust === 'signed' && standing === 'issuer-known' ? 'passed' : tones[field.trust];
  return (
    <Tag tone={field.edited ? 'attention' : tone} icon={<Sign size={18} aria-hidden />}>
      {counterTexts.citizen.chip(field.source, field.trust, field.edited, standing)}
    </Tag>
  );
}
