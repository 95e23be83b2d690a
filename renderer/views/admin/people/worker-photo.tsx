import { useEffect, useState } from 'react';
import type { WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';

const text = people.photo;
const kinds = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** The photo of a worker who agreed to it. Whoever looks at it is written down, so it is shown only when asked for. */
export function WorkerPhoto({ worker, onChange }: { worker: WorkerPage; onChange: (worker: WorkerPage) => void }) {
  const [asking, setAsking] = useState(false);
  const get = useRequest('photo/get');
  const remove = useRequest('photo/remove');
  const toast = useToast();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => () => { if (url !== null) URL.revokeObjectURL(url); }, [url]);
  const show = async (): Promise<void> => {
    const photo = await get.call({ workerId: worker.workerId });
    if (photo !== null) setUrl(URL.createObjectURL(new Blob([new Uint8Array(photo.content)], { type: photo.mime })));
  };
  const drop = async (): Promise<void> => {
    const page = await remove.call({ workerId: worker.workerId });
    if (page === null) return;
    setUrl(null);
    onChange(page);
    toast('passed', text.gone);
  };
  return (
    <section className="worker-card">
      <h4>{people.page.photo}</h4>
      <ProblemNotice problem={remove.problem ?? get.problem} onRetry={remove.again ?? get.again} />
      <p className="soft">{worker.photo === null ? text.none : text.kept(date(worker.photo.at), worker.photo.consentVersion)}</p>
      {url !== null && <img className="worker-photo" src={url} alt={text.alt(worker.fullName)} />}
      <div className="row">
        {worker.photo === null
          ? <Button onPress={() => setAsking(true)}>{text.take}</Button>
          : <><Button busy={get.busy} onPress={() => { void show(); }}>{text.show}</Button><Button busy={remove.busy} onPress={() => { void drop(); }}>{text.remove}</Button></>}
      </div>
      {asking && <Consent worker={worker} onClose={() => setAsking(false)} onDone={(page) => { setAsking(false); onChange(page); toast('passed', text.done); }} />}
    </section>
  );
}

function Consent({ worker, onDone, onClose }: { worker: WorkerPage; onDone: (worker: WorkerPage) => void; onClose: () => void }) {
  const { data, problem, reload } = useLoad('photo/consent', {});
  const [agreed, setAgreed] = useState(false);
  const set = useRequest('photo/set');
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || data === null) return;
    const page = await set.call({ workerId: worker.workerId, content: new Uint8Array(await file.arrayBuffer()), consentVersion: data.version });
    if (page !== null) onDone(page);
  };
  return (
    <Dialog open title={text.dialog} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <FileButton kind="primary" accept={kinds} busy={set.busy} isDisabled={!agreed} onFiles={([file]) => { void take(file); }}>{text.choose}</FileButton>
      </>
    )}>
      <ProblemNotice problem={set.problem ?? problem} onRetry={reload} />
      {data === null ? <Skeleton lines={4} /> : (
        <>
          {!data.verified && <div><Tag tone="information">{text.unverified}</Tag></div>}
          <p className="consent-text">{data.text}</p>
          <p className="small soft">{data.basis} · {data.version}</p>
          <Tick value={agreed} onChange={setAgreed}>{text.agree}</Tick>
        </>
      )}
    </Dialog>
  );
}
