import type { InboxFilter } from '../../../../shared/contracts/requests/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { ask } from '../../../kiosk.ts';
import type { Part } from '../pages.ts';

export type InboxPage = Output<'inbox/list'>;
export type InboxRow = InboxPage['rows'][number];
export interface Period { from: string; to: string }

const mostAtOnce = 1000;

/** A part of the inbox of a period. */
export function askInbox(period: Period, filter: InboxFilter, part: Part): Promise<InboxPage> {
  return ask('inbox/list', { period, filter, ...part });
}

/** Every row that a filter finds, page by page. */
export async function allRows(period: Period, filter: InboxFilter): Promise<InboxRow[]> {
  const rows: InboxRow[] = [];
  for (;;) {
    const page = await askInbox(period, filter, { offset: rows.length, limit: mostAtOnce, fresh: false });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
