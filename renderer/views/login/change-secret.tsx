import { useState, type FormEvent } from 'react';
import { Secret } from '../../../shared/contracts/people.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Tag } from '../../components/tag.tsx';
import { useToast } from '../../components/toast.tsx';
import { useFirstFocus } from '../../components/use-first-focus.ts';
import { useRequest } from '../../kiosk.ts';
import { common } from '../../texts/common.ts';
import { login } from '../../texts/login.ts';
import { setup } from '../../texts/setup.ts';
import { secretStrength, strengthTones } from '../setup/secret-strength.ts';

const text = login.change;
const formId = 'change-secret';

/** Lets whoever is logged in choose another PIN or password; the one in use is asked for first. */
export function ChangeSecret({ onClose }: { onClose: () => void }) {
  const first = useFirstFocus();
  const [old, setOld] = useState('');
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const request = useRequest('auth/change-secret');
  const toast = useToast();
  const strength = secretStrength(secret);
  const different = again !== '' && !secret.startsWith(again);
  const same = secret !== '' && secret === old;
  const fits = old !== '' && Secret.safeParse(secret).success && secret === again && !same;
  const change = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!fits || request.busy || !(await request.call({ old, secret }))) return;
    toast('passed', text.done);
    onClose();
  };
  return (
    <Dialog open title={text.title} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={request.busy} isDisabled={!fits}>{text.go}</Button>
      </>
    )}>
      <form id={formId} className="stack" onSubmit={(event) => { void change(event); }}>
        <Field label={text.old} secret inputRef={first} value={old} onChange={setOld} maxLength={128} autoComplete="current-password" />
        <Field label={text.fresh} hint={text.hint} secret value={secret} onChange={setSecret} maxLength={128} autoComplete="new-password" error={same ? text.same : null} />
        <Field label={text.again} secret value={again} onChange={setAgain} maxLength={128} autoComplete="new-password" error={different ? text.different : null} />
        {secret !== '' && (
          <output className="row"><Tag tone={strengthTones[strength]}>{setup.admin.strength[strength]}</Tag><span className="soft">{setup.admin.strengthHint[strength]}</span></output>
        )}
        <ProblemNotice problem={request.problem} {...(request.problem?.code === 'login-failed' ? { say: text.wrong } : {})} />
      </form>
    </Dialog>
  );
}
