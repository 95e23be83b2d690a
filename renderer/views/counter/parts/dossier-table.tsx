import { useMemo, type ReactNode } from 'react';
import { Table, type Column } from '../../../components/table.tsx';
import { dateAndTime } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { Tag } from '../../../components/tag.tsx';
import { StatusTag, SyncedMark } from './status-tag.tsx';
import { dueState, type DossierLine } from './use-dossiers.ts';
import { useNow } from './use-now.ts';

const texts = counterTexts.home;

const columnsAt = (now: number): readonly Column<DossierLine>[] => [
  { id: 'code', header: texts.column.code, width: 'minmax(190px, 276px)', cell: (line) => <span className="dossier-line-code digits strong">{line.dossierCode}</span> },
  { id: 'citizen', header: texts.column.citizen, width: 'minmax(170px, 1.1fr)', cell: (line) => (
    <span className="two-lines"><span className="strong">{line.citizenName}</span><span className="small soft digits">{line.maskedId}</span></span>
  ) },
  { id: 'procedure', header: texts.column.procedure, width: 'minmax(134px, 1.2fr)', cell: (line) => <span className="clamp">{line.procedureName}</span> },
  { id: 'status', header: texts.column.status, width: 'minmax(224px, 232px)', cell: (line) => <StatusTag status={line.status} /> },
  { id: 'due', header: texts.column.due, width: 'minmax(178px, 190px)', cell: (line) => <DueCell line={line} now={now} /> },
  { id: 'synced', header: texts.column.synced, width: 'minmax(134px, 146px)', cell: (line) => <SyncedMark synced={line.synced} /> },
];

function DueCell({ line, now }: { line: DossierLine; now: number }) {
  if (line.dueAt === null) return <span className="soft small">{texts.noDue}</span>;
  const state = dueState(line, now);
  return (
    <span className="two-lines">
      <span className="digits">{dateAndTime(line.dueAt)}</span>
      {state === 'overdue' && <Tag tone="stopped">{texts.overdue}</Tag>}
      {state === 'soon' && <Tag tone="attention">{texts.dueSoon}</Tag>}
    </span>
  );
}

export interface DossierTableProps {
  label: string;
  lines: readonly DossierLine[];
  onOpen: (line: DossierLine) => void;
  onEnd?: () => void;
  empty: ReactNode;
  foot?: ReactNode;
}

/** Dossiers with what matters of each: state, day, and whether the province has it. */
export function DossierTable({ label, lines, onOpen, onEnd, empty, foot }: DossierTableProps) {
  const now = useNow();
  const columns = useMemo(() => columnsAt(now), [now]);
  return <Table label={label} columns={columns} rows={lines} rowKey={(line) => line.dossierId} onPress={onOpen} onEnd={onEnd} empty={empty} foot={foot} rowHeight={64} />;
}
