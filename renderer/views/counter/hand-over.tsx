import { IconCircleCheck, IconEqual, IconEqualNot } from '@tabler/icons-react';
import { useState } from 'react';
import type { CitizenFields, Dossier } from '../../../shared/contracts/dossier.ts';
import { nfc, sameName } from '../../../shared/domain/vietnamese.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Notice, ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { dateAndTime } from '../../format.ts';
import { useRequest } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import { isForged } from './intake-draft.ts';
import { CitizenPanel, fieldText } from './parts/citizen-panel.tsx';
import { Desk } from './parts/desk.tsx';
import { StatusTag } from './parts/status-tag.tsx';
import { useKeys } from './parts/use-keys.ts';
import { WhoIs } from './parts/who-is.tsx';
import { useGo, useWork, type Work } from './work.tsx';
import { useWorkLoad } from '../digitise/use-work-load.ts';

const texts = counterTexts.handOver;
const compared = ['personalId', 'fullName', 'birthDate'] as const;

/** Same person, another one, or the number fits and the name does not. */
function compare(owner: CitizenFields, receiver: CitizenFields): 'owner' | 'name-differs' | 'other' {
  if (owner.personalId === undefined || owner.personalId.value !== receiver.personalId?.value) return 'other';
  return sameName(owner.fullName?.value ?? '', receiver.fullName?.value ?? '') ? 'owner' : 'name-differs';
}

function fieldsAgree(name: (typeof compared)[number], a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return name === 'fullName' ? sameName(a, b) : a === b;
}

/** Trả kết quả: whoever collects is identified at that moment and compared with the owner. */
export function HandOver({ dossierId }: { dossierId: string }) {
  const [work, change] = useWork();
  const go = useGo();
  const loaded = useWorkLoad('dossier/get', { dossierId, purpose: 'hand-over' });
  const send = useRequest('result/hand-over');
  const [done, setDone] = useState<Dossier | null>(null);
  const [tried, setTried] = useState(false);
  const receiver = work.receiver?.dossierId === dossierId ? work.receiver : null;
  const who = receiver?.who ?? null;
  const setReceiver = (apply: (before: NonNullable<Work['receiver']>) => NonNullable<Work['receiver']>): void => {
    change((before) => ({ ...before, receiver: apply(before.receiver ?? { dossierId, who: null, authorisation: '' }) }));
  };
  const dossier = loaded.data;
  // By a forged chip, or without the twelve-digit number, nobody is compared: the identification says what to do.
  const isUsable = who !== null && !isForged(who) && who.panel.fields.personalId !== undefined;
  const verdict = dossier !== null && isUsable ? compare(dossier.citizen, who.panel.fields) : null;
  const authorisation = nfc(receiver?.authorisation ?? '').trim();
  const leave = (): void => { go({ name: 'dossier', dossierId, purpose: 'hand-over' }); };

  const handOver = async (): Promise<void> => {
    setTried(true);
    const personalId = who?.panel.fields.personalId;
    const fullName = who?.panel.fields.fullName;
    if (verdict === null || personalId === undefined || fullName === undefined || send.busy || (verdict !== 'owner' && authorisation === '')) return;
    const changed = await send.call({
      dossierId, receiver: { fullName: fullName.value, personalId: personalId.value, source: personalId.source },
      authorisation: verdict === 'owner' ? null : authorisation,
    });
    if (changed === null) return;
    change((before) => ({ ...before, receiver: null }));
    setDone(changed);
  };
  const home = (): void => { go({ name: 'home' }); };
  useKeys(done === null ? { Escape: leave, Enter: verdict === null ? null : () => { void handOver(); } } : { Enter: home, Escape: home });

  if (done !== null) {
    return (
      <div className="handed-over">
        <IconCircleCheck size={96} stroke={1.4} aria-hidden />
        <h2>{texts.doneHeading}</h2>
        <p className="saved-code digits">{done.dossierCode}</p>
        <p>{done.procedureName}</p>
        {done.handOver !== null && <p className="strong">{texts.doneTo(done.handOver.receiverName)} · {dateAndTime(done.handOver.at)}</p>}
        <Button kind="primary" size="large" onPress={home} hint={<Kbd>{counterTexts.keys.enter}</Kbd>}>{counterTexts.saved.home}</Button>
      </div>
    );
  }
  if (dossier === null) return <div className="home">{loaded.problem === null ? <Skeleton lines={8} /> : <ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />}</div>;
  return (
    <Desk
      panel={<CitizenPanel heading={texts.receiver} who={who} withHeld={false} besideFound onAgain={() => { setReceiver((before) => ({ ...before, who: null })); }} />}
      head={(
        <div className="stack stack-tight">
          <div className="row row-apart"><h2>{verdict === null ? counterTexts.identify.headingReceiver : texts.heading}</h2><StatusTag status={dossier.status} /></div>
          <p><span className="digits strong">{dossier.dossierCode}</span> · {dossier.procedureName}</p>
        </div>
      )}
      notice={<ProblemNotice problem={send.problem} onRetry={() => { void handOver(); }} />}
      actions={(
        <>
          <Button kind="quiet" onPress={leave} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{counterTexts.back}</Button>
          <span className="grow" />
          <Button kind="primary" isDisabled={verdict === null} busy={send.busy} onPress={() => { void handOver(); }} hint={<Kbd>{counterTexts.keys.enter}</Kbd>}>{texts.go}</Button>
        </>
      )}>
      <div className="stack">
        {who !== null && verdict !== null && (
          <>
            {verdict === 'owner' && <Notice tone="passed"><span className="notice-text">{texts.sameOwner}</span><span>{texts.sameOwnerHint}</span></Notice>}
            {verdict !== 'owner' && (
              <>
                <Notice tone="attention">
                  <span className="notice-text">{verdict === 'other' ? texts.otherPerson : texts.nameDiffers}</span>
                  <span>{texts.otherPersonHint}</span>
                </Notice>
                <Field label={texts.authorisation} hint={texts.authorisationHint} maxLength={300} value={receiver?.authorisation ?? ''} autoComplete="off"
                  error={tried && authorisation === '' ? texts.authorisationMissing : null}
                  onChange={(value) => { setReceiver((before) => ({ ...before, authorisation: value })); }} />
              </>
            )}
          </>
        )}
        <WhoIs purpose="hand-over" who={who} withDone={false} onWho={(found) => { setReceiver((before) => ({ ...before, who: found })); }} />
        {who !== null && verdict !== null && <Comparison owner={dossier.citizen} receiver={who.panel.fields} />}
      </div>
    </Desk>
  );
}

function Comparison({ owner, receiver }: { owner: CitizenFields; receiver: CitizenFields }) {
  return (
    <table className="comparison">
      <thead><tr><th scope="col">{texts.field}</th><th scope="col">{texts.owner}</th><th scope="col">{texts.receiver}</th><th scope="col">{texts.compared}</th></tr></thead>
      <tbody>
        {compared.map((name) => {
          const same = fieldsAgree(name, owner[name]?.value, receiver[name]?.value);
          return (
            <tr key={name} data-tone={same ? 'passed' : 'attention'}>
              <th scope="row">{counterTexts.citizen.field[name]}</th>
              <td>{fieldText(name, owner[name]?.value ?? counterTexts.none)}</td>
              <td>{fieldText(name, receiver[name]?.value ?? counterTexts.none)}</td>
              <td className="comparison-mark">
                {same ? <IconEqual size={20} aria-hidden /> : <IconEqualNot size={20} aria-hidden />}{same ? texts.same : texts.different}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
