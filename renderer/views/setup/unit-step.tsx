import { hubAddressError } from '../../components/hub-address-error.ts';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { setup } from '../../texts/setup.ts';
import type { Way } from './draft.ts';
import type { StepProps } from './index.tsx';

const text = setup.unit;
const ways = [
  { id: 'hub', label: text.hub, hint: text.hubHint },
  { id: 'demo', label: text.demo, hint: text.demoHint },
  { id: 'later', label: text.later, hint: text.laterHint },
] as const;

export function UnitStep({ draft, change }: StepProps) {
  const isGate = draft.mode === 'gate';
  const demoName = isGate ? text.demoNameGate : text.demoNameCounter;
  const choose = (way: Way): void => {
    const isDemoUnit = draft.code === text.demoCode;
    // Trying out must need no typing; leaving the demo must not leave its unit behind.
    if (way === 'demo' && draft.code === '') change({ way, code: text.demoCode, name: draft.name === '' ? demoName : draft.name });
    else if (way !== 'demo' && isDemoUnit) change({ way, code: '', name: draft.name === demoName ? '' : draft.name });
    else change({ way });
  };
  return (
    <div className="stack stack-loose">
      <Choice label={text.way} options={ways} value={draft.way} onChange={choose} across />
      {draft.way === 'hub' && (
        <div className="setup-two">
          <Field label={text.url} hint={text.urlHint} type="url" value={draft.url} onChange={(url) => change({ url })} error={hubAddressError(draft.url)} maxLength={200} autoComplete="off" />
          <Field label={text.enrolCode} hint={text.enrolCodeHint} value={draft.enrolCode} onChange={(enrolCode) => change({ enrolCode })} maxLength={20} autoComplete="off" />
        </div>
      )}
      {draft.way !== null && (
        <div className="setup-two setup-unit">
          <Field label={text.code} hint={text.codeHint} value={draft.code} onChange={(code) => change({ code })} maxLength={64} autoComplete="off" />
          <Field label={text.name} hint={isGate ? text.nameHintGate : text.nameHintCounter} value={draft.name} onChange={(name) => change({ name })} maxLength={200} autoComplete="off" />
        </div>
      )}
    </div>
  );
}
