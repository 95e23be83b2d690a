import type { z } from 'zod';
import type { ChangesOutput } from '../../shared/contracts/hub.ts';
import type { Sql } from './database.ts';
import type { HubKeys } from './keys.ts';
import { openChange, sealChange } from './sealed-row.ts';

const pageSize = 200;
type Change = z.infer<typeof ChangesOutput>['changes'][number];
interface Row {
  xid: string; change_no: number; unit: string | null; kind: 'procedure' | 'worker' | 'calendar'; key: string;
  body: Record<string, unknown> | null; sealed: Buffer | null;
}

/**
 * The next changes for a unit after a cursor. The cursor names the last (transaction, number) that was given; only
 * transactions older than every open one are read, so a late commit is never skipped. Ordered by the number of the
 * transaction, not by its text, which has the same name: 1000 comes after 999. A cursor of another hub epoch
 * (restored database) or an unreadable one starts again at the beginning: applying a change twice changes nothing.
 */
export async function changesAfter(sql: Sql, keys: HubKeys, unit: string, cursor: string, hubEpoch: string): Promise<z.infer<typeof ChangesOutput>> {
  const [epoch, xid, no] = /^([0-9a-f]{16})\.(\d{1,19})\.(\d{1,18})$/.exec(cursor)?.slice(1) ?? [];
  const after = epoch === hubEpoch ? { xid: xid!, no: Number(no) } : { xid: '0', no: 0 };
  const rows = await sql<Row[]>`select xid::text, change_no, unit, kind, key, body, sealed from change
    where (xid, change_no) > (${after.xid}::text::xid8, ${after.no}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      and (unit is null or unit = ${unit})
    order by change.xid, change_no limit ${pageSize}`;
  const last = rows.at(-1);
  return {
    cursor: last ? `${hubEpoch}.${last.xid}.${last.change_no}` : `${hubEpoch}.${after.xid}.${after.no}`,
    more: rows.length === pageSize,
    changes: rows.map((row) => toChange(keys, row)),
  };
}

/** Publishes a procedure, a calendar or a worker to all kiosks (unit null) or those of one unit. */
export async function publishChange(sql: Sql, keys: HubKeys, unit: string | null, change: Change): Promise<void> {
  const key = change.kind === 'procedure' ? change.code : change.kind === 'worker' ? change.workerId : String(change.year);
  const [body, sealed] = change.kind === 'worker' ? [null, sealChange(keys, unit, key, change.body)] : [JSON.stringify(change.body), null];
  await sql`insert into change (unit, kind, key, body, sealed) values (${unit}, ${change.kind}, ${key}, ${body}::text::jsonb, ${sealed})`;
}

function toChange(keys: HubKeys, { unit, kind, key, body: plain, sealed }: Row): Change {
  const body = openChange(keys, unit, key, plain, sealed);
  if (kind === 'procedure') return { kind, code: key, body };
  if (kind === 'worker') return { kind, workerId: key, body };
  return { kind, year: Number(key), body };
}
