import { IconPackageExport, IconScan } from '@tabler/icons-react';
import { useState } from 'react';
import type { Dossier } from '../../../shared/contracts/dossier.ts';
import { advanceTargets } from '../../../shared/domain/dossier.ts';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Tag } from '../../components/tag.tsx';
import { date, dateAndTime } from '../../format.ts';
import { counterTexts } from '../../texts/counter.ts';
import { DigitiseResult, emptyResult } from '../digitise/digitise-result.tsx';
import { ScanList } from '../digitise/scan-list.tsx';
import { WorkDialog } from '../digitise/work-dialog.tsx';
import { AdvanceButton } from './parts/advance-button.tsx';
import { CitizenPanel } from './parts/citizen-panel.tsx';
import { Due } from './parts/confirm-step.tsx';
import { Desk } from './parts/desk.tsx';
import { History } from './parts/history.tsx';
import { Receipt } from './parts/receipt.tsx';
import { StatusTag, SyncedMark } from './parts/status-tag.tsx';
import { useKeys } from './parts/use-keys.ts';
import { useSynced } from './parts/use-synced.ts';
import { useGo, useWork, type Screen } from './work.tsx';
import { useWorkLoad } from '../digitise/use-work-load.ts';

const texts = counterTexts.dossier;

/** One dossier: where it stands, what it holds, what may be done with it next. */
export function DossierView({ screen }: { screen: Extract<Screen, { name: 'dossier' }> }) {
  const [work, change] = useWork();
  const [pressed, setDigitising] = useState(false);
  const digitising = pressed || work.results[screen.dossierId] !== undefined;
  const go = useGo();
  const loaded = useWorkLoad('dossier/get', { dossierId: screen.dossierId, purpose: screen.purpose });
  const [changed, setChanged] = useState<Dossier | null>(null);
  const [receiptOpen, setReceiptOpen] = useState(false);
  const dossier = changed ?? loaded.data;
  const synced = useSynced(dossier);
  const home = (): void => { go({ name: 'home' }); };
  const handOver = (): void => {
    change((before) => ({
      ...before, screen: { name: 'hand-over', dossierId: screen.dossierId },
      receiver: before.receiver?.dossierId === screen.dossierId ? before.receiver : { dossierId: screen.dossierId, who: null, authorisation: '' },
    }));
  };
  const canHandOver = dossier?.status === 'resolved';
  const canDigitise = dossier !== null && dossier.result === null && (dossier.status === 'received' || dossier.status === 'in-progress');
  useKeys({ Escape: home, Enter: canHandOver ? handOver : canDigitise && !digitising ? () => { setDigitising(true); } : null });
  if (dossier === null) {
    return (
      <div className="home">
        <ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />
        {loaded.problem === null && <Skeleton lines={8} />}
        <p><Button onPress={home} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{counterTexts.back}</Button></p>
      </div>
    );
  }
  const targets = advanceTargets(dossier.status);
  return (
    <>
      <Desk place={`${dossier.status} ${String(digitising)}`}
        panel={(
          <div className="stack">
            <CitizenPanel heading={counterTexts.citizen.owner}
              who={{ panel: { fields: dossier.citizen, warnings: [], differences: [], comparison: [], document: null, held: [], openDossiers: [] }, reading: null, qrText: null, faceId: null }} withHeld={false} />
            <History entries={dossier.history} />
          </div>
        )}
        head={<DossierHead dossier={dossier} synced={synced} />}
        actions={(
          <>
            <Button kind="quiet" onPress={home} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{counterTexts.back}</Button>
            <Button kind="quiet" onPress={() => { setReceiptOpen(true); }}>{texts.receipt}</Button>
            <span className="grow" />
            {canDigitise && !digitising && (
              <Button kind="primary" icon={<IconScan size={22} aria-hidden />} onPress={() => { setDigitising(true); }} hint={<Kbd>{counterTexts.keys.enter}</Kbd>}>{texts.digitise}</Button>
            )}
            {canHandOver && (
              <Button kind="primary" icon={<IconPackageExport size={22} aria-hidden />} onPress={handOver} hint={<Kbd>{counterTexts.keys.enter}</Kbd>}>{texts.handOver}</Button>
            )}
          </>
        )}>
        <div className="stack">
          <ProblemNotice problem={loaded.problem} onRetry={loaded.reload} />
          {dossier.result !== null && <Result dossier={dossier} />}
          {canDigitise && digitising && <DigitisePanel dossierId={dossier.dossierId} onDone={setChanged} />}
          <div className="dossier-columns">
            <Components dossier={dossier} />
            <div className="stack">
              <section className="sheet stack stack-tight">
                <h3>{texts.due}</h3>
                <Due due={dossier.due} />
              </section>
              {targets.length > 0 && (
                <section className="sheet next-steps">
                  <h3>{texts.actions}</h3>
                  {targets.map((to) => <AdvanceButton key={to} dossier={dossier} to={to} onDone={setChanged} />)}
                </section>
              )}
            </div>
          </div>
        </div>
      </Desk>
      <WorkDialog open={receiptOpen} wide title={counterTexts.saved.preview} onClose={() => { setReceiptOpen(false); }} actions={(
        <>
          <Button onPress={() => { setReceiptOpen(false); }}>{counterTexts.close}</Button>
          <Button kind="primary" onPress={() => { window.print(); }}>{counterTexts.saved.print}</Button>
        </>
      )}>
        <Receipt dossierId={dossier.dossierId} />
      </WorkDialog>
    </>
  );
}

function DossierHead({ dossier, synced }: { dossier: Dossier; synced: boolean }) {
  return (
    <>
      <div className="row row-apart">
        <h2 className="dossier-code digits">{dossier.dossierCode}</h2>
        <span className="row"><StatusTag status={dossier.status} /><SyncedMark synced={synced} /></span>
      </div>
      <p className="dossier-procedure">{dossier.procedureName} {!dossier.verified && <Tag tone="attention">{texts.unverified}</Tag>}</p>
      <p className="small soft">{texts.received} {dateAndTime(dossier.receivedAt)} · {texts.officer}: {dossier.officer}</p>
    </>
  );
}

function DigitisePanel({ dossierId, onDone }: { dossierId: string; onDone: (dossier: Dossier) => void }) {
  const [work, change] = useWork();
  return (
    <DigitiseResult dossierId={dossierId} draft={work.results[dossierId] ?? emptyResult}
      onDraft={(apply) => { change((before) => ({ ...before, results: { ...before.results, [dossierId]: apply(before.results[dossierId] ?? emptyResult) } })); }}
      onDone={(dossier) => {
        change((before) => ({ ...before, results: Object.fromEntries(Object.entries(before.results).filter(([id]) => id !== dossierId)) }));
        onDone(dossier);
      }} />
  );
}

function Components({ dossier }: { dossier: Dossier }) {
  return (
    <section className="sheet stack">
      <h3>{texts.components}</h3>
      <ol className="dossier-components">
        {dossier.components.map((component) => (
          <li key={component.componentId} data-off={component.origin === 'not-provided' || undefined}>
            <div className="row row-apart row-top">
              <span className="grow">{component.name}</span>
              <span className="strong">{counterTexts.components.origin[component.origin]}</span>
            </div>
            {component.askAgainReason !== null && <Tag tone="attention">{counterTexts.components.askedAgain(component.askAgainReason)}</Tag>}
            <ScanList dossierId={dossier.dossierId}
              scans={component.blobs.map((blob, i) => ({ sha256: blob.sha256, mime: blob.mime, name: counterTexts.scan.unnamed(i + 1), pages: null }))} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Result({ dossier }: { dossier: Dossier }) {
  const { result, handOver } = dossier;
  if (result === null) return null;
  return (
    <section className="sheet stack stack-tight">
      <h3>{texts.result}</h3>
      <dl className="facts">
        <dt>{texts.resultNumber}</dt><dd>{result.number}</dd>
        <dt>{texts.resultIssued}</dt><dd className="digits">{date(result.issuedOn)}</dd>
        <dt>{texts.resultSigner}</dt><dd>{result.signer}</dd>
        <dt>{texts.digitisedAt}</dt><dd className="digits">{dateAndTime(result.digitisedAt)}</dd>
      </dl>
      <ScanList dossierId={dossier.dossierId}
        scans={result.blobs.map((blob, i) => ({ sha256: blob.sha256, mime: blob.mime, name: counterTexts.scan.unnamed(i + 1), pages: null }))} />
      {handOver !== null && (
        <p className="row">
          <Tag tone="passed">{texts.handOverDone(handOver.receiverName, dateAndTime(handOver.at))}</Tag>
          <span>{handOver.asOwner ? texts.asOwner : texts.asOther}</span>
        </p>
      )}
    </section>
  );
}
