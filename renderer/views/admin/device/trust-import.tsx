import { useEffect, useState } from 'react';
import { problem as problemOf } from '../../../../shared/contracts/problems.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select } from '../../../components/select.tsx';
import { number } from '../../../format.ts';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { trust } from '../../../texts/trust.ts';
import { TrustPreview } from './trust-preview.tsx';
import { byCountryName, countryName } from './trust-words.tsx';

export const trustFiles = ['.cer', '.crt', '.der', '.pem', '.ml', '.ldif', '.crl'] as const;
const mostBytes = 16 * 1024 * 1024;
const everywhere = 'all';
const text = trust.preview;

interface TrustImportProps {
  file: File;
  /** Files that come after this one. */
  left: number;
  onStored: () => void;
  onClose: () => void;
}

/** Import of one file in two steps: what it holds and how far that can be trusted, then what a person says to it. */
export function TrustImport({ file, left, onStored, onClose }: TrustImportProps) {
  const preview = useRequest('trust/preview');
  const store = useRequest('trust/import');
  const [country, setCountry] = useState<string>(everywhere);
  const [confirmed, setConfirmed] = useState(false);
  const tooLarge = file.size > mostBytes;
  const { call } = preview;
  useEffect(() => {
    if (tooLarge) return;
    void file.arrayBuffer().then((bytes) => call({ fileName: file.name, content: new Uint8Array(bytes) }));
  }, [file, tooLarge, call]);

  const found = preview.output;
  const done = store.state === 'done' ? store.output : null;
  const fresh = found === null ? 0 : country === everywhere ? found.fresh : found.countries.find((c) => c.country === country)?.fresh ?? 0;
  const isForged = found?.list?.verdict.ok === false;
  const canImport = !isForged && fresh > 0;
  const needsWord = found?.list?.known === false && !isForged;
  const start = async (token: string): Promise<void> => {
    await store.call({ token, countries: country === everywhere ? null : [country], confirmed });
    // Cut short, some of it is there.
    onStored();
  };
  const withFresh = (found?.countries ?? []).filter((c) => c.fresh > 0).toSorted(byCountryName);
  return (
    <Dialog open wide title={text.title} onClose={store.busy ? undefined : onClose} actions={(
      <>
        <Button kind={done ? 'primary' : 'secondary'} isDisabled={store.busy} onPress={onClose}>{closeWord(left, done !== null, canImport || preview.busy)}</Button>
        {!done && found && canImport && (
          <Button kind="primary" busy={store.busy} isDisabled={needsWord && !confirmed} onPress={() => { void start(found.token); }}>{text.go(number(fresh))}</Button>
        )}
      </>
    )}>
      <p className="soft trust-file">{file.name}{found && ` · ${text.kind[found.kind]}`}{left > 0 && ` · ${text.left(number(left))}`}</p>
      <ProblemNotice problem={tooLarge ? problemOf('trust-file-too-large') : store.problem ?? preview.problem} onRetry={store.problem ? store.again : preview.again} />
      {preview.busy && <Progress label={text.checking} value={null} of={null} />}
      {done !== null && (
        <Notice tone="passed">
          <span className="notice-text">{text.done(number(done.imported))}</span>
          {done.already > 0 && <span>{text.doneAlready(number(done.already))}</span>}
        </Notice>
      )}
      {done === null && found !== null && (
        <>
          <TrustPreview preview={found} />
          {canImport && (
            <div className="trust-answer">
              {withFresh.length > 1 && (
                <Select label={text.which} value={country} onChange={setCountry}
                  options={[{ id: everywhere, label: trust.allCountries }, ...withFresh.map((c) => ({ id: c.country, label: trust.countryCount(countryName(c.country), number(c.fresh)) }))]} />
              )}
              {needsWord && <Tick value={confirmed} onChange={setConfirmed}>{text.confirm}</Tick>}
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}

function closeWord(left: number, isDone: boolean, isOpen: boolean): string {
  if (left > 0) return isDone || !isOpen ? text.next : text.skip;
  return isDone || !isOpen ? common.close : common.cancel;
}

