import { useState } from 'react';
import { LanSettings } from '../../../../shared/contracts/site.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { isProblemCode, problems } from '../../../../shared/contracts/problems.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { site } from '../../../texts/site.ts';

const text = site.lan;

/** The listener of this gate and the gates that it asks. */
export function SiteLanPanel({ status, isAdmin, reload }: { status: Output<'site/status'>; isAdmin: boolean; reload: () => void }) {
  const [form, setForm] = useState(() => ({ ...status.lan, port: String(status.lan.port), peers: status.lan.peers.join('\n') }));
  const save = useRequest('site/lan-set');
  const pull = useRequest('site/pull');
  const toast = useToast();
  const peers = form.peers.split(/\s+/).filter((peer) => peer !== '');
  const next = { on: form.on, address: form.address.trim(), port: Number(form.port), peers };
  const wrong = (key: keyof LanSettings): boolean => !LanSettings.shape[key].safeParse(next[key]).success;
  const submit = async (): Promise<void> => {
    if (await save.call(next)) toast('passed', text.saved);
    reload();
  };
  return (
    <section className="stack">
      <div className="row">
        <h3>{text.title}</h3>
        <Tag tone={status.listening !== null ? 'passed' : status.lanProblem === null ? 'waiting' : 'stopped'}>
          {status.listening !== null ? text.listening(`${status.lan.address}:${status.listening}`) : status.lanProblem === null ? text.off : text.failed}
        </Tag>
      </div>
      <p className="soft">{isAdmin ? text.hint : text.adminOnly}</p>
      {isAdmin && <>
        <Tick value={form.on} onChange={(on) => { setForm({ ...form, on }); }}>{text.on}</Tick>
        <div className="two">
          <Field label={text.address} hint={text.addressHint} value={form.address} autoComplete="off" maxLength={45} error={wrong('address') ? text.addressWrong : null}
            onChange={(address) => { setForm({ ...form, address }); }} />
          <Field label={text.port} value={form.port} inputMode="numeric" maxLength={5} error={wrong('port') ? text.portWrong : null}
            onChange={(port) => { setForm({ ...form, port }); }} />
        </div>
        <Field label={text.peers} hint={text.peersHint} rows={3} value={form.peers} error={wrong('peers') ? text.peersWrong : null}
          onChange={(told) => { setForm({ ...form, peers: told }); }} />
        <ProblemNotice problem={save.problem} />
        <div><Button busy={save.busy} isDisabled={!LanSettings.safeParse(next).success} onPress={() => { void submit(); }}>{text.save}</Button></div>
      </>}
      {status.peers.length > 0 && <>
        <ul className="users">
          {status.peers.map(({ address, at, problem }) => (
            <li key={address} className="user">
              <span className="grow">
                <span className="strong">{address}</span>
                <span className="user-role">{problem === null || !isProblemCode(problem) ? at === null ? site.never : dateAndTime(at) : problems[problem].vi}</span>
              </span>
              <Tag tone={problem !== null ? 'attention' : at === null ? 'waiting' : 'passed'}>{problem !== null ? site.state.silent : at === null ? site.never : site.state.ok}</Tag>
            </li>
          ))}
        </ul>
        <div><Button busy={pull.busy} onPress={() => { void pull.call({}).then(reload); }}>{text.pull}</Button></div>
      </>}
    </section>
  );
}
