import { IconEqualNot } from '@tabler/icons-react';
import type { ComparedRow } from '../../../../shared/contracts/requests/counter.ts';
import { Button } from '../../../components/button.tsx';
import { date } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { readerTexts } from '../../../texts/reader.ts';
import { WorkDialog } from '../../digitise/work-dialog.tsx';
import { personalIdText } from '../format.ts';

const texts = readerTexts.compare;
const places = ['qr', 'chip', 'mrz', 'number'] as const;
const days: ReadonlySet<ComparedRow['field']> = new Set(['birthDate', 'issuedOn', 'expiresOn']);

function shown(field: ComparedRow['field'], value: string): string {
  if (field === 'personalId') return personalIdText(value);
  if (value === 'no-expiry') return texts.noExpiry;
  return days.has(field) ? date(value) : value;
}

/** Everything that the places tell differently, each as it is written there; a place that tells none of it has no column. */
export function CompareTable({ rows }: { rows: readonly ComparedRow[] }) {
  const columns = places.filter((place) => rows.some((row) => row[place] !== null));
  return (
    <>
      <table className="comparison" aria-label={texts.title}>
        <thead><tr><th scope="col">{texts.columns.field}</th>{columns.map((place) => <th key={place} scope="col">{texts.columns[place]}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field}>
              <th scope="row">{texts.field[row.field]}</th>
              {columns.map((place) => {
                const value = row[place];
                const differs = place !== 'chip' && row.differing.includes(place);
                return (
                  <td key={place} data-odd={differs || undefined}>
                    {value === null ? <span className="soft">{texts.empty}</span> : <span className={row.field === 'personalId' || days.has(row.field) ? 'compare-value digits' : 'compare-value'}>{shown(row.field, value)}</span>}
                    {differs && <span className="compare-mark"><IconEqualNot size={18} aria-hidden />{texts.differs}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some((row) => row.differing.includes('number')) && <p className="small soft">{texts.numberHint}</p>}
    </>
  );
}

/** The same table where the screen is used for something else by now. */
export function CompareDialog({ rows, onClose }: { rows: readonly ComparedRow[]; onClose: () => void }) {
  return (
    <WorkDialog open wide title={texts.title} onClose={onClose} actions={<Button kind="primary" onPress={onClose}>{counterTexts.close}</Button>}>
      <CompareTable rows={rows} />
    </WorkDialog>
  );
}
