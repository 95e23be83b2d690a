import { useState, type FormEvent } from 'react';
import { isHubAddress } from '../../../../shared/domain/hub-address.ts';
import { hubAddressError } from '../../../components/hub-address-error.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime, number } from '../../../format.ts';
import { syncTone } from '../../../frame.tsx';
import { useRequest } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';
import { admin } from '../../../texts/admin.ts';
import { common } from '../../../texts/common.ts';
import { rememberedHub } from '../../setup/given-hub.ts';

const text = admin.hub;

/** How the connection to the hub stands; enrolment where there is none yet. */
export function HubPanel({ isAdmin }: { isAdmin: boolean }) {
  const { status: { sync }, reload } = useStatus();
  const now = useRequest('sync/now');
  const facts = [
    [text.address, sync.hubUrl ?? '–'], [text.lastContact, sync.lastContactAt === null ? text.never : dateAndTime(sync.lastContactAt)],
    [text.waiting, number(sync.waiting)], [text.blobs, number(sync.blobsWaiting)],
  ] as const;
  return (
    <section className="stack">
      <div className="row"><h3>{admin.settings.hub}</h3><Tag tone={syncTone[sync.state]}>{common.strip.sync[sync.state]}</Tag></div>
      <dl className="facts">{facts.map(([word, value]) => <div key={word} className="fact"><dt>{word}</dt><dd>{value}</dd></div>)}</dl>
      <ProblemNotice problem={now.problem} onRetry={now.again} />
      {sync.state === 'not-enrolled'
        ? isAdmin && <EnrolForm onDone={reload} />
        : <div><Button busy={now.busy} onPress={() => { void now.call({}).then(reload); }}>{text.sendNow}</Button></div>}
    </section>
  );
}

function EnrolForm({ onDone }: { onDone: () => void }) {
  const [url, setUrl] = useState(rememberedHub);
  const [code, setCode] = useState('');
  const request = useRequest('sync/enrol');
  const toast = useToast();
  const enrol = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await request.call({ url: url.trim(), code: code.trim() })) {
      toast('passed', text.enrolled);
      onDone();
    }
  };
  return (
    <form className="stack" onSubmit={(event) => { void enrol(event); }}>
      <div className="two">
        <Field label={text.url} hint={text.urlHint} value={url} onChange={setUrl} error={hubAddressError(url)} type="url" autoComplete="off" />
        <Field label={text.code} hint={text.codeHint} value={code} onChange={setCode} autoComplete="off" maxLength={20} />
      </div>
      <ProblemNotice problem={request.problem} />
      <div><Button type="submit" busy={request.busy} isDisabled={!isHubAddress(url.trim()) || code.trim() === ''}>{text.enrol}</Button></div>
    </form>
  );
}
