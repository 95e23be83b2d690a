import { useState, type ReactNode } from 'react';
import { IconTrash } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, dateAndTime, number } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { trust } from '../../../texts/trust.ts';
import { commonName, countryName, groups, OverdueTag, SignatureTag, ValidityTag } from './trust-words.tsx';

export type TrustEntry =
  | ({ kind: 'certificate' } & Output<'trust/list'>['certificates'][number])
  | ({ kind: 'crl' } & Output<'trust/list'>['crls'][number]);

const text = trust.details;
/** How events name what the command line did. */
const commandLine = 'cli';

/** All that is known of one entry, and the way to take it out. */
export function TrustDetails({ entry, onClose, onRemoved }: { entry: TrustEntry; onClose: () => void; onRemoved: () => void }) {
  const [asking, setAsking] = useState(false);
  const remove = useRequest('trust/remove');
  const toast = useToast();
  const takeOut = async (): Promise<void> => {
    if (!(await remove.call({ fingerprint: entry.fingerprint }))) return;
    toast('passed', text.removed);
    onRemoved();
  };
  const name = `${countryName(entry.country)} · ${commonName(entry.kind === 'certificate' ? entry.subject : entry.issuer)}`;
  if (asking) {
    return (
      <Dialog open title={text.removeTitle[entry.kind]} onClose={() => setAsking(false)} actions={(
        <>
          <Button onPress={() => setAsking(false)}>{text.keep}</Button>
          <Button kind="danger" busy={remove.busy} icon={<IconTrash size={22} aria-hidden />} onPress={() => { void takeOut(); }}>{text.removeNow}</Button>
        </>
      )}>
        <p className="strong">{name}</p>
        <Notice tone="attention"><span className="notice-text">{text.removeEffect[entry.kind]}</span></Notice>
        <ProblemNotice problem={remove.problem} onRetry={remove.again} />
      </Dialog>
    );
  }
  return (
    <Dialog open wide title={text[entry.kind]} onClose={onClose} actions={(
      <>
        <Button icon={<IconTrash size={22} aria-hidden />} onPress={() => setAsking(true)}>{text.remove}</Button>
        <Button kind="primary" onPress={onClose}>{common.close}</Button>
      </>
    )}>
      <p className="strong">{name}</p>
      <dl className="facts trust-facts">
        {factsOf(entry).map(([word, value]) => <div key={word} className="fact"><dt>{word}</dt><dd>{value}</dd></div>)}
      </dl>
    </Dialog>
  );
}

function factsOf(entry: TrustEntry): (readonly [string, ReactNode])[] {
  const own = entry.kind === 'certificate' ? [
    [text.subject, entry.subject], [text.issuer, entry.issuer], [text.serial, groups(entry.serial)],
    [text.validity, <span key="v" className="row">{trust.span(date(entry.notBefore), date(entry.notAfter))}<ValidityTag of={entry} always /></span>],
    [text.algorithm, entry.algorithm],
  ] as const : [
    [text.issuer, entry.issuer], [text.thisUpdate, date(entry.thisUpdate)],
    [text.nextUpdate, <span key="n" className="row">{entry.nextUpdate === null ? text.none : date(entry.nextUpdate)}<OverdueTag of={entry} /></span>],
    [text.revoked, number(entry.revoked)],
  ] as const;
  return [
    ...own,
    [text.signature, <span key="s" className="row"><SignatureTag ok={entry.signature.ok} />{entry.signature.reason}</span>],
    [text.fingerprint, (
      <span key="f" className="copyable">
        <span className="digits">{groups(entry.fingerprint)}</span><CopyButton text={entry.fingerprint} label={trust.copy} said={trust.copied} />
      </span>
    )],
    [text.file, entry.file], [text.imported, dateAndTime(entry.importedAt)], [text.by, entry.importedBy === commandLine ? text.byCommandLine : entry.importedBy],
  ];
}
