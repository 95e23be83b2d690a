import { z } from 'zod';
import { samePlace, type Move, type Place } from '../../shared/domain/report-mobility.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import type { Sql, Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import type { ReceivedEvent } from './received-event.ts';
import { sealJson, unsealJson } from './seal.ts';

type Body = Record<string, unknown>;
type At = Pick<ReceivedEvent, 'device' | 'epoch' | 'seq'>;

/** A time of work that is over. */
export interface FormerTerm { startDate: string | null; endDate: string; place: Place }
export type Past = { kind: 'move'; move: Move } | { kind: 'term'; term: FormerTerm };
export interface ToldPast { event: ReceivedEvent; workerId: string; past: Past }

const text = z.string().max(500).nullish().catch(null).transform((value) => value ?? '');
const date = z.iso.date().nullish().catch(null).transform((value) => value ?? null);
const Known = z.object({
  employer: text, department: text, startDate: date, endDate: date,
  details: z.object({ province: text, commune: text }).nullish().catch(null),
});

/** Of a worker's record what the mobility picture counts by. */
export interface Employment { place: Place; startDate: string | null; endDate: string | null }

export function employmentOf(body: Body): Employment {
  const { employer, department, startDate, endDate, details } = Known.parse(body);
  return { place: { employer, department, province: details?.province ?? '', commune: details?.commune ?? '' }, startDate, endDate };
}

/** What a new word about a worker ends: a former time of work where a later one begins, else a place; null for nothing. */
export function pastOf(before: Body, after: Body, toldAt: string): Past | null {
  const [old, fresh] = [employmentOf(before), employmentOf(after)];
  if (old.endDate !== null && fresh.startDate !== null && fresh.startDate > old.endDate) {
    return { kind: 'term', term: { startDate: old.startDate, endDate: old.endDate, place: old.place } };
  }
  if (samePlace(old.place, fresh.place)) return null;
  return { kind: 'move', move: { date: workDateOf(Date.parse(toldAt)), from: old.place, to: fresh.place } };
}

const sealPlace = (unit: string, workerId: string, { device, epoch, seq }: At): string => `past ${unit} ${workerId} ${device} ${epoch} ${seq}`;

/** Keeps what events ended; in the transaction of the events, each of which ends one thing at most. */
export async function keepPast(tx: Tx, keys: HubKeys, unit: string, told: readonly ToldPast[]): Promise<void> {
  if (told.length === 0) return;
  const { device, epoch } = told[0]!.event;
  await tx`insert into worker_past (device, epoch, seq, unit, worker_id, told_on, sealed)
    select ${device}, ${epoch}, p.seq, ${unit}, p.worker_id, p.told_on, decode(p.sealed, 'base64')
    from unnest(${told.map(({ event }) => event.seq)}::bigint[], ${told.map(({ workerId }) => workerId)}::text[],
      ${told.map(({ event }) => workDateOf(Date.parse(event.at)))}::text[]::date[],
      ${told.map(({ event, workerId, past }) => sealJson(keys.record(unit), sealPlace(unit, workerId, event), past).toString('base64'))}::text[])
      as p (seq, worker_id, told_on, sealed)`;
}

/** What is over of the workers of a unit, oldest first, by worker's code. */
export async function readPast(sql: Sql | Tx, keys: HubKeys, unit: string): Promise<Map<string, Past[]>> {
  const pasts = new Map<string, Past[]>();
  const query = sql<(At & { workerId: string; sealed: Buffer })[]>`
    select device, epoch, seq, worker_id as "workerId", sealed from worker_past where unit = ${unit} order by told_on, device, epoch, seq`;
  for await (const rows of query.cursor(1_000)) {
    for (const { workerId, sealed, ...at } of rows) {
      const past = unsealJson(keys.record(unit), sealPlace(unit, workerId, at), sealed) as Past;
      const own = pasts.get(workerId);
      if (own === undefined) pasts.set(workerId, [past]);
      else own.push(past);
    }
  }
  return pasts;
}
