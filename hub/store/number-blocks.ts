import { numberBlockNo, numberBlocks, numberBlockText } from '../../shared/domain/number-block.ts';
import type { Sql } from './database.ts';
import { raiseAlarm, type Kiosk } from './kiosks.ts';

/** So many blocks of a unit are left out once the database was set back: they may have been given in what it lost. */
const leftOut = 20;

export interface NumberBlock { block: string; epoch: string; givenAt: string }

/**
 * The block in which a counter numbers dossiers in this epoch of its store: the same each time it is asked. `held` is the
 * one that the kiosk has; a hub that was set back learns it again from there. Null where the unit has none left.
 */
export async function giveNumberBlock(sql: Sql, { device, unit }: Pick<Kiosk, 'device' | 'unit'>, epoch: string, held: string | null): Promise<string | null> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${unit}, 4))`;
    const [given] = await tx<{ no: number }[]>`select block_no as no from number_block where unit = ${unit} and device = ${device} and epoch = ${epoch}`;
    if (given) return numberBlockText(given.no);
    const [state] = await tx<{ hub_epoch: string; first_epoch: string }[]>`select hub_epoch, first_epoch from hub_state`;
    const keep = async (no: number, isClaimed: boolean): Promise<boolean> => (await tx`insert into number_block (unit, block_no, device, epoch, hub_epoch, claimed)
      values (${unit}, ${no}, ${device}, ${epoch}, ${state!.hub_epoch}, ${isClaimed}) on conflict do nothing returning 1`).length > 0;
    const claimed = held === null ? null : numberBlockNo(held);
    if (claimed !== null) {
      if (await keep(claimed, true)) return numberBlockText(claimed);
      await raiseAlarm(tx, device, 'number-block-clash', `${unit} ${held}`);
    }
    const [last] = await tx<{ no: number; since: number }[]>`select coalesce(max(block_no), 0) as no,
      count(*) filter (where hub_epoch = ${state!.hub_epoch})::int as since from number_block where unit = ${unit} and not claimed`;
    const isSetBack = state!.hub_epoch !== state!.first_epoch && last!.since === 0;
    const [free] = await tx<{ no: number | null }[]>`select min(n)::int as no from generate_series(${last!.no + 1 + (isSetBack ? leftOut : 0)}::int, ${numberBlocks}::int) n
      where not exists (select from number_block where unit = ${unit} and block_no = n)`;
    return free!.no !== null && await keep(free!.no, false) ? numberBlockText(free!.no) : null;
  });
}

/** The blocks that a kiosk had and has, the newest first. */
export async function listNumberBlocks(sql: Sql, device: string): Promise<NumberBlock[]> {
  const rows = await sql<{ no: number; epoch: string; givenAt: string }[]>`
    select block_no as no, epoch, given_at as "givenAt" from number_block where device = ${device} order by given_at desc limit 20`;
  return rows.map(({ no, ...rest }) => ({ ...rest, block: numberBlockText(no) }));
}
