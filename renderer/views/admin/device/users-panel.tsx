import { useState, type FormEvent } from 'react';
import { IconUserPlus } from '@tabler/icons-react';
import { DisplayName, LoginName, Role, Secret, type User } from '../../../../shared/contracts/people.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { admin } from '../../../texts/admin.ts';
import { common } from '../../../texts/common.ts';
import { loginNameFor } from '../../setup/login-name.ts';
import type { z } from 'zod';

const text = admin.users;
const formId = 'user-form';
const roles = Role.options.map((id) => ({ id, label: common.role[id] }));

/** The accounts of this kiosk. An account is locked, never deleted: its acts keep their actor. */
export function UsersPanel() {
  const { status } = useStatus();
  const list = useLoad('users/list', {});
  const change = useRequest('users/change');
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<z.infer<typeof User> | null>(null);
  const toggle = (user: z.infer<typeof User>): void => { void change.call({ userId: user.userId, disabled: !user.disabled }).then(list.reload); };
  return (
    <section className="stack">
      <div className="row row-apart">
        <h3>{admin.settings.users}</h3>
        <Button icon={<IconUserPlus size={22} aria-hidden />} onPress={() => setAdding(true)}>{text.add}</Button>
      </div>
      <ProblemNotice problem={change.problem ?? list.problem} onRetry={change.again ?? list.reload} />
      {list.data === null && list.problem === null && <Skeleton lines={3} />}
      <ul className="users">
        {list.data?.users.map((user) => (
          <li key={user.userId} className="user">
            <span className="grow"><span className="strong">{user.displayName}</span><span className="user-role">{user.loginName} · {common.role[user.role]}</span></span>
            <Tag tone={user.disabled ? 'waiting' : 'passed'}>{user.disabled ? text.disabled : text.active}</Tag>
            <Button onPress={() => setResetting(user)}>{text.reset}</Button>
            <Button isDisabled={change.busy || user.userId === status.session?.user.userId} onPress={() => toggle(user)}>{user.disabled ? text.enable : text.disable}</Button>
          </li>
        ))}
      </ul>
      {resetting !== null && <ResetSecret user={resetting} onClose={() => setResetting(null)} />}
      {adding && <AddUser onClose={() => setAdding(false)} onDone={list.reload} />}
    </section>
  );
}

/** A new PIN or password for somebody who forgot theirs or was locked out after wrong tries. */
function ResetSecret({ user, onClose }: { user: z.infer<typeof User>; onClose: () => void }) {
  const first = useFirstFocus();
  const [secret, setSecret] = useState('');
  const request = useRequest('users/change');
  const toast = useToast();
  const fits = Secret.safeParse(secret).success;
  const reset = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (!fits || request.busy || !(await request.call({ userId: user.userId, secret }))) return;
    toast('passed', text.resetDone(user.displayName));
    onClose();
  };
  return (
    <Dialog open title={text.resetTitle(user.displayName)} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={request.busy} isDisabled={!fits}>{text.resetGo}</Button>
      </>
    )}>
      <p className="soft">{text.resetHint}</p>
      <form id={formId} className="stack" onSubmit={(event) => { void reset(event); }}>
        <Field label={text.secret} hint={text.secretHint} secret inputRef={first} value={secret} onChange={setSecret} maxLength={128} autoComplete="new-password" />
        <ProblemNotice problem={request.problem} onRetry={() => { void reset(); }} />
      </form>
    </Dialog>
  );
}

function AddUser({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const first = useFirstFocus();
  const [displayName, setDisplayName] = useState('');
  const [loginName, setLoginName] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('officer');
  const [secret, setSecret] = useState('');
  const request = useRequest('users/create');
  const toast = useToast();
  const login = loginName ?? loginNameFor(displayName);
  const fits = DisplayName.safeParse(displayName).success && LoginName.safeParse(login).success && Secret.safeParse(secret).success;
  const create = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (!fits || request.busy) return;
    const user = await request.call({ displayName: displayName.trim().normalize('NFC'), loginName: login, role, secret });
    if (!user) return;
    toast('passed', text.created(user.displayName));
    onDone();
    onClose();
  };
  return (
    <Dialog open title={text.addTitle} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={request.busy} isDisabled={!fits}>{text.create}</Button>
      </>
    )}>
      <form id={formId} className="stack" onSubmit={(event) => { void create(event); }}>
        <Field label={text.name} inputRef={first} value={displayName} onChange={setDisplayName} maxLength={100} />
        <Field label={text.loginName} hint={text.loginHint} value={login} onChange={setLoginName} maxLength={40} autoComplete="off" />
        <Select label={text.role} options={roles} value={role} onChange={setRole} />
        <Field label={text.secret} hint={text.secretHint} secret value={secret} onChange={setSecret} maxLength={128} autoComplete="new-password" />
        <ProblemNotice problem={request.problem} onRetry={() => { void create(); }} />
      </form>
    </Dialog>
  );
}
