import { useEffect, useRef, useState, type FormEvent } from 'react';
import { IconArrowLeft, IconUserCircle, IconUserOff } from '@tabler/icons-react';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import type { Role } from '../../../shared/contracts/people.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field } from '../../components/field.tsx';
import { PinPad } from '../../components/pin-pad.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useLoad, useRequest } from '../../kiosk.ts';
import { useStatus } from '../../status.tsx';
import { common } from '../../texts/common.ts';
import { login } from '../../texts/login.ts';

type Person = Output<'auth/people'>['people'][number];

/** Log-in in two steps: who, then PIN or password. `roles` limits whom it offers. */
export function LoginForm({ roles }: { roles?: readonly Role[] }) {
  const people = useLoad('auth/people', {});
  const [chosen, setChosen] = useState<Person | null>(null);
  const offered = people.data?.people.filter((p) => roles === undefined || roles.includes(p.role)) ?? null;
  const person = chosen ?? (offered?.length === 1 ? offered[0] ?? null : null);

  if (offered === null) return <><h2>{login.title}</h2><ProblemNotice problem={people.problem} onRetry={people.reload} />{people.problem === null && <Skeleton />}</>;
  if (offered.length === 0) return <EmptyState icon={<IconUserOff size={56} stroke={1.5} aria-hidden />} title={login.nobodyTitle}>{login.nobody}</EmptyState>;
  if (person === null) return <People people={offered} onChoose={setChosen} />;
  return <SecretForm key={person.loginName} person={person} onOther={offered.length > 1 ? () => setChosen(null) : null} />;
}

function People({ people, onChoose }: { people: readonly Person[]; onChoose: (person: Person) => void }) {
  return (
    <div className="stack">
      <h2>{login.who}</h2>
      <ul className="people">
        {people.map((p) => (
          <li key={p.loginName}>
            <Button wide size="large" icon={<IconUserCircle size={44} stroke={1.5} aria-hidden />} onPress={() => onChoose(p)}>
              <span className="person"><span className="person-name">{p.displayName}</span><span className="person-role">{common.role[p.role]}</span></span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SecretForm({ person, onOther }: { person: Person; onOther: (() => void) | null }) {
  const { reload } = useStatus();
  const [secret, setSecret] = useState('');
  const request = useRequest('auth/login');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { input.current?.focus(); }, []);
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (secret === '' || request.busy) return;
    const output = await request.call({ loginName: person.loginName, secret });
    setSecret('');
    if (output) reload();
    else input.current?.focus();
  };
  return (
    <form className="login-form" onSubmit={(event) => { void enter(event); }}>
      <div className="login-words">
        <div className="row">
          <IconUserCircle size={56} stroke={1.5} aria-hidden />
          <div className="grow"><h2>{person.displayName}</h2><p className="soft">{common.role[person.role]}</p></div>
        </div>
        <Field label={login.secret} hint={login.secretHint} secret value={secret} onChange={setSecret} inputRef={input} autoComplete="off" maxLength={128} />
        <ProblemNotice problem={request.problem} />
        <div className="row">
          <Button type="submit" kind="primary" size="large" busy={request.busy} isDisabled={secret === ''}>{login.enter}</Button>
          {onOther && <Button kind="quiet" icon={<IconArrowLeft size={22} aria-hidden />} onPress={onOther}>{login.other}</Button>}
        </div>
      </div>
      <PinPad value={secret} onChange={setSecret} isDisabled={request.busy} />
    </form>
  );
}
