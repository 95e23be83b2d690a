import { LoginName } from '../../../shared/contracts/people.ts';
import { Field } from '../../components/field.tsx';
import { Tag } from '../../components/tag.tsx';
import { setup } from '../../texts/setup.ts';
import { loginName } from './draft.ts';
import type { StepProps } from './index.tsx';
import { secretStrength, strengthTones } from './secret-strength.ts';

const text = setup.admin;

export function AdminStep({ draft, change }: StepProps) {
  const login = loginName(draft);
  const strength = secretStrength(draft.secret);
  const different = draft.again !== '' && draft.again !== draft.secret && !draft.secret.startsWith(draft.again);
  return (
    <div className="stack stack-loose">
      <p className="soft">{text.intro}</p>
      <div className="setup-two">
        <Field label={text.name} value={draft.adminName} onChange={(adminName) => change({ adminName })} maxLength={100} autoComplete="off" />
        <Field label={text.loginName} hint={text.loginHint} value={login} onChange={(name) => change({ loginName: name })} maxLength={40} autoComplete="off"
          error={login !== '' && !LoginName.safeParse(login).success ? text.badLogin : null} />
        <Field label={text.secret} hint={text.secretHint} secret value={draft.secret} onChange={(secret) => change({ secret })} maxLength={128} autoComplete="new-password" />
        <Field label={text.again} secret value={draft.again} onChange={(again) => change({ again })} maxLength={128} autoComplete="new-password"
          error={different ? text.different : null} />
      </div>
      {draft.secret !== '' && (
        <output className="row"><Tag tone={strengthTones[strength]}>{text.strength[strength]}</Tag><span className="soft">{text.strengthHint[strength]}</span></output>
      )}
    </div>
  );
}
