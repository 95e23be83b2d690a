import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Notice } from '../../../components/notice.tsx';
import { Table, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, number } from '../../../format.ts';
import { trust } from '../../../texts/trust.ts';
import { byCountryName, commonName, countryName, groups, OverdueTag, ValidityTag } from './trust-words.tsx';

type Preview = Output<'trust/preview'>;
type Rejected = Preview['rejected'][number];
type Country = Preview['countries'][number];
type Entry = Preview['certificates'][number] | Preview['crls'][number];

/** So many are shown one by one, with what a person compares; of more, the countries. */
const fewEntries = 4;
const text = trust.preview;

const rejectedColumns: Column<Rejected>[] = [
  { id: 'entry', header: text.entry, width: 'minmax(200px, 0.8fr)', cell: (r) => r.subject === null ? text.place(number((r.index ?? 0) + 1)) : commonName(r.subject) },
  { id: 'reason', header: text.reason, width: 'minmax(260px, 1.2fr)', cell: (r) => r.reason },
];
const countryColumns: Column<Country>[] = [
  { id: 'country', header: text.countries, width: '1fr', cell: (c) => countryName(c.country) },
  { id: 'fresh', header: text.fresh, width: '140px', end: true, cell: (c) => <span className="digits">{number(c.fresh)}</span> },
  { id: 'already', header: text.already, width: '140px', end: true, cell: (c) => <span className="digits">{number(c.already)}</span> },
];

/** What a file holds and how far it can be trusted, before anything of it is stored. */
export function TrustPreview({ preview }: { preview: Preview }) {
  const { list, fresh, already, countries, rejected, rejectedTotal } = preview;
  const entries = [...preview.certificates, ...preview.crls];
  const facts = [[text.fresh, fresh], [text.already, already], [text.rejected, rejectedTotal], [text.countries, countries.length]] as const;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <div className="trust-preview" tabIndex={0}>
      {list !== null && <ListNotice list={list} />}
      <dl className="counts-row">{facts.map(([word, n]) => <div key={word} className="count"><dt>{word}</dt><dd>{number(n)}</dd></div>)}</dl>
      {fresh === 0 && <Notice tone="information"><span className="notice-text">{text.nothing}</span></Notice>}
      {entries.length <= fewEntries
        ? entries.length > 0 && (
          <>
            {list === null && fresh > 0 && preview.certificates.length > 0 && <p>{text.compare}</p>}
            <ul className="trust-entries">{entries.map((entry) => <li key={entry.fingerprint}><EntryLines entry={entry} /></li>)}</ul>
          </>
        )
        : <Table label={text.byCountry} columns={countryColumns} rows={countries.toSorted(byCountryName)} rowKey={(c) => c.country} rowHeight={44} height="200px" />}
      {rejected.length > 0 && (
        <>
          <h3>{text.rejectedTitle}</h3>
          <Table label={text.rejectedTitle} columns={rejectedColumns} rows={rejected} rowKey={(r) => r.fingerprint ?? `#${r.index}`} rowHeight={48} height={rejected.length > 2 ? '190px' : '145px'}
            foot={rejectedTotal > rejected.length ? text.rejectedMore(number(rejectedTotal - rejected.length)) : undefined} />
        </>
      )}
    </div>
  );
}

function ListNotice({ list: { signer, verdict, known } }: { list: NonNullable<Preview['list']> }) {
  const [tone, word] = verdict.ok === null ? ['attention', text.listUnknown] as const
    : !verdict.ok ? ['stopped', text.listForged] as const
    : known ? ['passed', text.listRight] as const : ['attention', text.listOwn] as const;
  return (
    <Notice tone={tone}>
      <span className="notice-text">{word}</span>
      <span>{verdict.reason}</span>
      <span className="notice-code">{text.signer(signer)}</span>
    </Notice>
  );
}

function EntryLines({ entry }: { entry: Entry }) {
  const isCertificate = 'subject' in entry;
  return (
    <>
      <span className="row">
        <span className="strong">{countryName(entry.country)} · {commonName(isCertificate ? entry.subject : entry.issuer)}</span>
        {entry.standing === 'already' && <Tag tone="waiting">{text.isAlready}</Tag>}
        {entry.standing === 'newer' && <Tag tone="information">{text.replaces}</Tag>}
        {isCertificate ? <ValidityTag of={entry} /> : <OverdueTag of={entry} />}
      </span>
      <span className="soft">{entry.signature.reason}</span>
      <span className="soft">{isCertificate
        ? `${entry.algorithm} · ${trust.span(date(entry.notBefore), date(entry.notAfter))}`
        : `${trust.details.thisUpdate} ${date(entry.thisUpdate)} · ${trust.revoked}: ${number(entry.revoked)}`}</span>
      <span className="digits small">{groups(entry.fingerprint)}</span>
    </>
  );
}
