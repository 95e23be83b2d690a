import { useDeferredValue, useState } from 'react';
import { IconCertificate, IconFileOff, IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { date, number } from '../../../format.ts';
import { common } from '../../../texts/common.ts';
import { trust as text } from '../../../texts/trust.ts';
import { useFileDrop } from '../../digitise/use-file-drop.ts';
import { TrustDetails, type TrustEntry } from './trust-details.tsx';
import { TrustImport, trustFiles } from './trust-import.tsx';
import { byCountryName, commonName, countryName, OverdueTag, shortFingerprint, ValidityTag } from './trust-words.tsx';
import { useTrustList } from './use-trust-list.ts';

type Certificate = Output<'trust/list'>['certificates'][number];
type Crl = Output<'trust/list'>['crls'][number];

const everywhere = 'all';

function Fingerprint({ of }: { of: string }) {
  return <span className="copyable"><span className="digits">{shortFingerprint(of)}</span><CopyButton text={of} label={text.copy} said={text.copied} /></span>;
}

const country = { id: 'country', header: text.country, width: 'minmax(130px, 0.5fr)', cell: (e: { country: string }) => <TwoLines main={countryName(e.country)} sub={countryName(e.country) === e.country ? null : e.country} /> };
const fingerprint = { id: 'fingerprint', header: text.fingerprint, width: '204px', cell: (e: { fingerprint: string }) => <Fingerprint of={e.fingerprint} /> };
const origin = { id: 'origin', header: text.origin, width: 'minmax(110px, 0.7fr)', cell: (e: { file: string; importedAt: string }) => <TwoLines main={e.file} sub={date(e.importedAt)} /> };

const certificateColumns: Column<Certificate>[] = [
  country,
  { id: 'name', header: text.name, width: 'minmax(180px, 1fr)', cell: (c) => <TwoLines main={commonName(c.subject)} sub={c.algorithm} /> },
  { id: 'validity', header: text.validity, width: '180px', cell: (c) => <TwoLines main={text.until(date(c.notAfter))} sub={<ValidityTag of={c} />} /> },
  fingerprint, origin,
];
const crlColumns: Column<Crl>[] = [
  country,
  { id: 'issuer', header: text.issuer, width: 'minmax(170px, 1fr)', cell: (c) => <TwoLines main={commonName(c.issuer)} sub={`${text.revoked}: ${number(c.revoked)}`} /> },
  { id: 'issued', header: text.issued, width: '200px', cell: (c) => <TwoLines main={date(c.thisUpdate)} sub={<OverdueTag of={c} />} /> },
  fingerprint, origin,
];

/** What chips are trusted by: certificates of issuing authorities and their lists of revoked signers. */
export function TrustTab() {
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<TrustEntry['kind']>('certificate');
  const [where, setWhere] = useState<string>(everywhere);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [shown, setShown] = useState<TrustEntry | null>(null);
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload, more, certificates, crls } = useTrustList(asked, where === everywhere ? null : where);
  const add = (chosen: readonly File[]): void => { setFiles((waiting) => [...waiting, ...chosen]); };
  const { ref, over } = useFileDrop<HTMLDivElement>(add);
  const isFiltered = asked !== '' || where !== everywhere;
  const [file, ...others] = files;
  const isEmpty = data !== null && data.countries.length === 0 && !isFiltered;
  const countries = [{ id: everywhere, label: text.allCountries },
    ...(data?.countries ?? []).toSorted(byCountryName).map((c) => ({ id: c.country, label: text.countryCount(countryName(c.country), number(c.certificates)) }))];
  const kinds = [
    { id: 'certificate', label: text.kinds.certificates(number(data?.total ?? 0)) }, { id: 'crl', label: text.kinds.crls(number(data?.crlTotal ?? 0)) },
  ] as const;
  return (
    <div ref={ref} className="tab-fill trust" data-drop-target={over || undefined}>
      <div className="row trust-head">
        <p className="soft small grow">{text.purpose}</p>
        <FileButton accept={trustFiles} many kind={isEmpty ? 'primary' : 'secondary'} onFiles={add}>{text.import}</FileButton>
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      {data === null ? problem === null && <Skeleton lines={6} /> : (
        <>
          {!isEmpty && (
            <div className="trust-filter">
              <Select label={text.show} options={kinds} value={kind} onChange={setKind} />
              <Select label={text.country} options={countries} value={where} onChange={setWhere} />
              <Field label={text.search} value={query} onChange={setQuery} maxLength={100} icon={<IconSearch size={22} aria-hidden />} />
            </div>
          )}
          {kind === 'certificate'
            ? <Table label={kinds[0].label} columns={certificateColumns} rows={certificates} rowKey={(c) => c.fingerprint} onPress={(c) => setShown({ kind: 'certificate', ...c })}
                onEnd={more} rowHeight={64} empty={<Nothing found={!isFiltered} title={text.empty} hint={text.emptyHint} />} />
            : <Table label={kinds[1].label} columns={crlColumns} rows={crls} rowKey={(c) => c.fingerprint} onPress={(c) => setShown({ kind: 'crl', ...c })}
                onEnd={more} rowHeight={64} empty={<Nothing found={!isFiltered} title={text.emptyCrls} hint={text.emptyCrlsHint} />} />}
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
