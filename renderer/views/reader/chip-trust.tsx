import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHandStop, IconInfoCircle, IconRosetteDiscountCheck, IconShieldCheck, type Icon } from '@tabler/icons-react';
import { Disclosure, DisclosurePanel, Heading, Button as AriaButton } from 'react-aria-components';
import type { CardReading, ChipTrust as TrustState } from '../../../shared/contracts/identity.ts';
import { chipTrust } from '../../../shared/domain/chip-trust.ts';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { readerTexts } from '../../texts/reader.ts';

const texts = readerTexts.trust;
type Verdicts = CardReading['trust'];

const looks: Record<TrustState, { tone: Tone; icon: Icon }> = {
  genuine: { tone: 'passed', icon: IconRosetteDiscountCheck }, chained: { tone: 'passed', icon: IconShieldCheck },
  intact: { tone: 'information', icon: IconInfoCircle }, 'not-checked': { tone: 'attention', icon: IconCircleDashed }, failed: { tone: 'stopped', icon: IconHandStop },
};
const verdictNames = ['hashes', 'signature', 'chain', 'active', 'chip', 'genuine'] as const satisfies readonly (keyof Verdicts)[];

/** How far the chip can be trusted, in a word: where the whole of it was seen before, or stands beside. */
export function ChipTrustTag({ trust }: { trust: Verdicts }) {
  const { state } = chipTrust(trust);
  const { tone, icon: Sign } = looks[state];
  return <Tag tone={tone} icon={<Sign size={18} aria-hidden />}>{texts.word[state]}</Tag>;
}

/** How far the chip can be trusted: the state in a big word, what it means, what to do, and each verdict behind "why". */
export function ChipTrust({ trust }: { trust: Verdicts }) {
  const { state, vi } = chipTrust(trust);
  const { tone, icon: Sign } = looks[state];
  const act = texts.act[state];
  return (
    <section className="chip-trust" data-tone={tone} data-trust={state} role={state === 'failed' ? 'alert' : undefined}>
      <div className="chip-trust-head">
        <Sign size={state === 'failed' ? 44 : 32} aria-hidden />
        <p className="chip-trust-word">{texts.word[state]}</p>
      </div>
      <p>{vi}</p>
      {act !== null && <p className={state === 'failed' ? 'strong' : undefined}>{act}</p>}
      {/* What did not hold is never behind a press. */}
      {state === 'failed' && (
        <ul className="verdicts">
          {[...new Set(verdictNames.filter((name) => trust[name].ok === false).map((name) => texts.failed[name]))].map((words) => words !== null && (
            <li key={words} className="verdict"><IconCircleX size={22} aria-hidden /><span className="strong">{words}</span></li>
          ))}
        </ul>
      )}
      <Disclosure className="disclosure">
        <Heading level={3}><AriaButton slot="trigger" className="button button-quiet">{texts.why}</AriaButton></Heading>
        <DisclosurePanel><Verdicts trust={trust} names={verdictNames} /></DisclosurePanel>
      </Disclosure>
    </section>
  );
}

function Verdicts({ trust, names }: { trust: Verdicts; names: readonly (keyof Verdicts)[] }) {
  return (
    <ul className="verdicts">
      {names.map((name) => {
        const { ok, reason } = trust[name];
        const [Sign, tone, word] = ok === null ? [IconCircleDashed, 'waiting', texts.state.open] : ok ? [IconCircleCheck, 'passed', texts.state.yes] : [IconCircleX, 'stopped', texts.state.no];
        return (
          <li key={name} className="verdict" data-tone={tone}>
            <Sign size={22} aria-hidden />
            <span className="stack stack-none"><span className="strong">{texts.verdict[name]}{': '}{word}</span><span className="small">{reason}</span></span>
          </li>
        );
      })}
    </ul>
  );
}
