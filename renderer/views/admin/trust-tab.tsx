import { useDeferredValue, useState } from 'react';
import { IconCertificate, IconFileOff, IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field } from '../../components/field.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../components/table.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { date, number } from '../../format.ts';
import { common } from '../../texts/common.ts';
import { trust as text } from '../../texts/trust.ts';
import { useFileDrop } from '../digitise/use-file-drop.ts';
import { TrustDetails, type TrustEntry } from './trust-details.tsx';
import { TrustImport, trustFiles } from './trust-import.tsx';
import { commonName, countryName, OverdueTag, shortFingerprint, ValidityTag } from './trust-words.tsx';
import { useTrustList } from './use-trust-list.ts';

type Certificate = Output<'trust/list'>['certificates'][number];
type Crl = Output<'trust/list'>['crls'][number];

const everywhere = 'all';

function Fingerprint({ of }: { of: string }) {
  return <span className="copyable"><span className="digits">{shortFingerprint(of)}</span><CopyButton text={of} label={text.copy} said={text.copied} /></span>;
}

const fingerprint = { id: 'fingerprint', header: text.fingerprint, width: '196px', cell: (e: { fingerprint: string }) => <Fingerprint of={e.fingerprint} /> };
const origin = { id: 'origin', header: text.origin, width: 'minmax(130px, 0.7fr)', cell: (e: { file: string; importedAt: string }) => <TwoLines main={e.file} sub={date(e.importedAt)} /> };

const certificateColumns: Column<Certificate>[] = [
  { id: 'name', header: text.name, width: 'minmax(230px, 1.4fr)', cell: (c) => <TwoLines main={`${countryName(c.country)} · ${commonName(c.subject)}`} sub={c.algorithm} /> },
  { id: 'validity', header: text.validity, width: '178px', cell: (c) => <TwoLines main={text.until(date(c.notAfter))} sub={<ValidityTag of={c} />} /> },
  fingerprint, origin,
];
const crlColumns: Column<Crl>[] = [
  { id: 'issuer', header: text.issuer, width: 'minmax(230px, 1.4fr)', cell: (c) => <TwoLines main={`${countryName(c.country)} · ${commonName(c.issuer)}`} sub={`${text.revoked}: ${number(c.revoked)}`} /> },
  { id: 'issued', header: text.issued, width: '178px', cell: (c) => <TwoLines main={date(c.thisUpdate)} sub={<OverdueTag of={c} />} /> },
  fingerprint, origin,
];

/** What chips are trusted by: certificates of issuing authorities and their lists of revoked signers. */
export function TrustTab() {
  const [query, setQuery] = useState('');
  const [country, setCountry] = useState<string>(everywhere);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [shown, setShown] = useState<TrustEntry | null>(null);
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload, more, certificates, crls } = useTrustList(asked, country === everywhere ? null : country);
  const add = (chosen: readonly File[]): void => { setFiles((waiting) => [...waiting, ...chosen]); };
  const { ref, over } = useFileDrop<HTMLDivElement>(add);
  const isFiltered = asked !== '' || country !== everywhere;
  const [file, ...others] = files;
  const choose = <FileButton accept={trustFiles} many kind={data?.total === 0 && !isFiltered ? 'primary' : 'secondary'} onFiles={add}>{text.import}</FileButton>;
  const countries = [{ id: everywhere, label: text.allCountries },
    ...(data?.countries ?? []).map((c) => ({ id: c.country, label: text.countryCount(countryName(c.country), number(c.certificates)) }))];
  return (
    <div ref={ref} className="tab-fill trust" data-drop-target={over || undefined}>
      <div className="row row-apart trust-head"><p className="soft grow">{text.purpose}</p>{choose}</div>
      <ProblemNotice problem={problem} onRetry={reload} />
      {data === null ? problem === null && <Skeleton lines={6} /> : (
        <>
          {(isFiltered || data.countries.length > 0) && (
            <div className="trust-filter">
              <Select label={text.country} options={countries} value={country} onChange={setCountry} />
              <Field label={text.search} value={query} onChange={setQuery} maxLength={100} icon={<IconSearch size={22} aria-hidden />} />
            </div>
          )}
          <Tabs label={text.tab} items={[
            { id: 'certificates', label: text.kinds.certificates(number(data.total)), content: (
              <Table label={text.kinds.certificates(number(data.total))} columns={certificateColumns} rows={certificates} rowKey={(c) => c.fingerprint}
                onPress={(c) => setShown({ kind: 'certificate', ...c })} onEnd={more} rowHeight={68} height="100%"
                empty={<Nothing found={!isFiltered} title={text.empty} hint={text.emptyHint} />} />
            ) },
            { id: 'crls', label: text.kinds.crls(number(data.crlTotal)), content: (
              <Table label={text.kinds.crls(number(data.crlTotal))} columns={crlColumns} rows={crls} rowKey={(c) => c.fingerprint}
                onPress={(c) => setShown({ kind: 'crl', ...c })} onEnd={more} rowHeight={68} height="100%"
                empty={<Nothing found={!isFiltered} title={text.emptyCrls} hint={text.emptyCrlsHint} />} />
            ) },
          ]} />
        </>
      )}
      {file !== undefined && <TrustImport key={`${file.name}/${file.lastModified}/${others.length}`} file={file} left={others.length} onStored={reload} onClose={() => setFiles(others)} />}
      {shown !== null && <TrustDetails entry={shown} onClose={() => setShown(null)} onRemoved={() => { setShown(null); reload(); }} />}
    </div>
  );
}

function Nothing({ found, title, hint }: { found: boolean; title: string; hint: string }) {
  if (!found) return <EmptyState icon={<IconFileOff size={48} stroke={1.5} aria-hidden />} title={common.nothingFound} />;
  return <EmptyState icon={<IconCertificate size={48} stroke={1.5} aria-hidden />} title={title}>{hint}<span className="trust-drop">{text.dropHint}</span></EmptyState>;
}
