import { cardWarnings } from '../../../../shared/contracts/card-warnings.ts';
import type { CitizenPanel, ComparedRow } from '../../../../shared/contracts/requests/counter.ts';
import { qrWarnings } from '../../../../shared/domain/identity-qr.ts';
import { Notice } from '../../../components/notice.tsx';
import { counterTexts } from '../../../texts/counter.ts';

const warningTexts: Readonly<Record<string, string>> = { ...qrWarnings, ...cardWarnings };

/** What a warning says that the table of differences shows too, with both values. */
const tableWarnings: Readonly<Record<string, ComparedRow['field']>> = {
  'id-differs-mrz-dg13': 'personalId', 'id-differs-qr': 'personalId', 'name-differs-mrz-dg13': 'fullName', 'name-differs-qr': 'fullName',
  'birth-differs-mrz-dg13': 'birthDate', 'birth-differs-qr': 'birthDate', 'sex-differs-qr': 'sex', 'issue-differs-qr': 'issuedOn',
  'sex-differs-mrz-dg13': 'sex', 'expiry-differs-mrz-dg13': 'expiresOn', 'old-id-differs-qr': 'oldId', 'residence-differs-qr': 'residence',
  'id-sex-differs': 'sex', 'id-birth-year-differs': 'birthDate',
};

function isInTable(code: string, rows: readonly ComparedRow[]): boolean {
  return rows.some(({ field }) => field === tableWarnings[code]);
}

/** What is to be heeded about this person's card or code, but for what the table of differences shows. */
export function PersonWarnings({ panel: { warnings, comparison } }: { panel: CitizenPanel }) {
  const shown = warnings.filter((code) => !isInTable(code, comparison));
  if (shown.length === 0) return null;
  return (
    <Notice tone="attention">
      <span className="notice-text">{counterTexts.citizen.warnings}</span>
      {shown.map((code) => <span key={code}>{warningTexts[code] ?? code}</span>)}
    </Notice>
  );
}
