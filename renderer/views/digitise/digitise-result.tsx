import { useState, type FormEvent } from 'react';
import type { Dossier } from '../../../shared/contracts/dossier.ts';
import { nfc } from '../../../shared/domain/vietnamese.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { useRequest } from '../../kiosk.ts';
import { counterTexts } from '../../texts/counter.ts';
import { parseDay } from '../counter/format.ts';
import { AddScans } from './add-scans.tsx';
import type { AttachedScan } from './attached-scan.ts';

const texts = counterTexts.dossier;

/** What was entered to digitise one result, before it is sent. */
export interface ResultDraft { number: string; issuedOn: string; signer: string; scans: readonly AttachedScan[] }
export const emptyResult: ResultDraft = { number: '', issuedOn: '', signer: '', scans: [] };

export interface DigitiseResultProps {
  dossierId: string;
  draft: ResultDraft;
  onDraft: (change: (before: ResultDraft) => ResultDraft) => void;
  onDone: (dossier: Dossier) => void;
}

/** Số hóa kết quả: the signed result as scans, with number, day and signer (Thông tư 01/2023/TT-VPCP). */
export function DigitiseResult({ dossierId, draft, onDraft, onDone }: DigitiseResultProps) {
  const [tried, setTried] = useState(false);
  const digitise = useRequest('result/digitise');
  const issuedOn = parseDay(draft.issuedOn);
  const number = nfc(draft.number).trim();
  const signer = nfc(draft.signer).trim();
  const { invalid } = counterTexts.identify;
  const send = async (): Promise<void> => {
    setTried(true);
    if (issuedOn === null || number === '' || signer === '' || draft.scans.length === 0 || digitise.busy) return;
    const changed = await digitise.call({ dossierId, number, issuedOn, signer, scans: draft.scans.map((scan) => scan.sha256) });
    if (changed !== null) onDone(changed);
  };
  return (
    <form className="sheet stack" data-own-enter onSubmit={(event: FormEvent) => { event.preventDefault(); void send(); }}>
      <h3>{texts.digitise}</h3>
      <p className="soft">{texts.digitiseHint}</p>
      <AddScans label={texts.result} scans={draft.scans} onScans={(change) => { onDraft((before) => ({ ...before, scans: change(before.scans) })); }} />
      {tried && draft.scans.length === 0 && <p className="field-error">{texts.scanNeeded}</p>}
      <div className="three-columns">
        <Field label={texts.resultNumber} value={draft.number} maxLength={60} autoComplete="off" error={tried && number === '' ? invalid.value : null}
          onChange={(value) => { onDraft((before) => ({ ...before, number: value })); }} />
        <Field label={texts.resultIssued} hint={counterTexts.identify.dateHint} value={draft.issuedOn} autoComplete="off" error={tried && issuedOn === null ? invalid.date : null}
          onChange={(value) => { onDraft((before) => ({ ...before, issuedOn: value })); }} />
        <Field label={texts.resultSigner} value={draft.signer} maxLength={100} autoComplete="off" error={tried && signer === '' ? invalid.value : null}
          onChange={(value) => { onDraft((before) => ({ ...before, signer: value })); }} />
      </div>
      <ProblemNotice problem={digitise.problem} onRetry={() => { void send(); }} />
      <div className="row row-end"><Button kind="primary" type="submit" busy={digitise.busy}>{texts.digitiseGo}</Button></div>
    </form>
  );
}
