import { useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';

export interface Column<R> {
  id: string;
  header: string;
  /** A CSS grid track, e.g. `120px` or `minmax(200px, 2fr)`. */
  width: string;
  cell: (row: R) => ReactNode;
  /** Numbers stand at the right end. */
  end?: boolean;
}

export interface TableProps<R> {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string | number;
  /** Makes the first cell of each row a button that covers the row. */
  onPress?: (row: R) => void;
  /** Called when the end comes into sight: load more. */
  onEnd?: () => void;
  /** Stands in place of the rows when there are none. */
  empty?: ReactNode;
  foot?: ReactNode;
  rowHeight?: number;
  /** CSS height; without it the table fills the room that it is given. */
  height?: string;
}

/** A long list of which only the rows in sight are on the page. */
export function Table<R>({ label, columns, rows, rowKey, onPress, onEnd, empty, foot, rowHeight = 60, height }: TableProps<R>) {
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler is not used here
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 8,
    getItemKey: (i) => { const row = rows[i]; return row === undefined ? i : rowKey(row); },
    onChange: (v) => { const lastSeen = v.getVirtualItems().at(-1); if (lastSeen && lastSeen.index >= rows.length - 1) onEnd?.(); },
  });
  const tracks = { gridTemplateColumns: columns.map((c) => c.width).join(' ') };
  const content = (row: R, column: Column<R>, i: number): ReactNode => onPress && i === 0
    ? <button type="button" className="table-press" onClick={() => onPress(row)}>{column.cell(row)}</button>
    : column.cell(row);

  return (
    <div className="table" style={height === undefined ? { flex: 1 } : { height, flex: 'none' }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <div ref={scroll} className="table-scroll" tabIndex={0}>
        <table className="table-grid" aria-label={label} aria-rowcount={rows.length + 1}>
          <thead className="table-head">
            <tr className="table-head-row" style={tracks}>
              {columns.map((c) => <th key={c.id} scope="col" className={c.end ? 'table-head-cell table-cell-end' : 'table-head-cell'}>{c.header}</th>)}
            </tr>
          </thead>
          <tbody className="table-body" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <tr key={item.key} aria-rowindex={item.index + 2} className={onPress ? 'table-row table-row-press' : 'table-row'}
                  style={{ ...tracks, height: item.size, transform: `translateY(${item.start}px)` }}>
                  {columns.map((c, i) => <td key={c.id} className={c.end ? 'table-cell table-cell-end' : 'table-cell'}>{content(row, c, i)}</td>)}
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows.length === 0 && empty}
      </div>
      {foot !== undefined && <div className="table-foot">{foot}</div>}
    </div>
  );
}

/** A cell with a main line and a smaller one below it. */
export function TwoLines({ main, sub }: { main: ReactNode; sub: ReactNode }) {
  return <span className="two-lines"><span>{main}</span>{sub !== null && sub !== undefined && <span>{sub}</span>}</span>;
}
