import { cellText, isNumeric, type ReportColumn, type ReportRow } from '../../../../shared/domain/report-model.ts';
import type { Column } from '../../../components/table.tsx';

export interface KeyedRow { key: number; row: ReportRow }

const [letter, padding] = [10, 24];

function widthOf({ width, kind, header, band }: ReportColumn): number {
  // Numbers are short and their headings wrap; a date is always as long as a date.
  if (isNumeric(kind)) return Math.round(Math.max(64, width * 8 + padding));
  if (kind === 'date') return Math.max(Math.round(width * letter + padding), 134);
  if (kind !== 'symbol') return Math.round(width * letter + padding);
  return header.length > 3 || (band ?? '').length > 3 ? 96 : Math.max(46, Math.round(width * letter + 8));
}

/** Width of all columns in pixels: what does not fit is reached by scrolling sideways. */
export function tableWidth(columns: readonly ReportColumn[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column), 0);
}

/** A report's columns as those of a list; the last text column takes what room is left. */
export function reportColumns(columns: readonly ReportColumn[]): Column<KeyedRow>[] {
  const widest = columns.reduce((best, { kind, width }, at) => (kind === 'text' && width > (columns[best]?.kind === 'text' ? columns[best].width : 0) ? at : best), 0);
  return columns.map((column, at): Column<KeyedRow> => ({
    id: column.id, header: column.band === undefined ? column.header : `${column.band} ${column.header}`, end: isNumeric(column.kind) && column.kind !== 'index',
    width: at === widest ? `minmax(${widthOf(column)}px, 1fr)` : `${widthOf(column)}px`,
    cell: ({ row: { kind, cells } }) => {
      if (kind === 'group') return at === 0 ? <strong className="report-group">{cells[0]}</strong> : null;
      const shown = cellText(column.kind, cells[at] ?? null);
      const content = isNumeric(column.kind) || column.kind === 'date' ? <span className="digits">{shown}</span> : <span title={shown}>{shown}</span>;
      return kind === 'sum' ? <strong>{content}</strong> : content;
    },
  }));
}
