import { z } from 'zod';
import { ComponentOrigin, DossierStatus } from '../../shared/contracts/dossier.ts';
import { Instant, LocalDate } from '../../shared/contracts/identity.ts';
import type { Tx } from './database.ts';
import { eraseNamed } from './erasure.ts';
import type { HubKeys } from './keys.ts';
import type { ReceivedEvent } from './received-event.ts';
import { keepEmployerZones } from './zones.ts';
import { saveWorkers, type WorkerEvent } from './roster.ts';

/*
 * What pages and exports read, written in the transaction of the events. Only what a projection needs must be there;
 * the rest may be missing or new: the event itself holds all that was sent.
 */
const text = z.string().max(500).nullish().catch(null);
const GateScan = z.object({
  lane: text, outcome: z.string().max(40), direction: z.enum(['in', 'out']).nullish().catch(null), reason: text, workerId: text,
  workDate: LocalDate.nullish().catch(null), via: text,
});
const Component = z.object({ origin: ComponentOrigin.catch('not-provided'), blobs: z.array(z.unknown()).catch([]) });
const Received = z.object({
  dossierId: z.uuid(), dossierCode: text, procedureCode: text, procedureName: text,
  due: z.object({ dueAt: Instant }).nullish().catch(null), components: z.array(Component).max(200).catch([]),
});
const Advanced = z.object({ dossierId: z.uuid(), to: DossierStatus });
const OfDossier = z.object({ dossierId: z.uuid() });
const Digitised = z.object({ dossierId: z.uuid(), number: text, issuedOn: LocalDate.nullish().catch(null), signer: text });
const WorkerChange = z.object({ workerId: z.string().min(1).max(100) });

/** Writes the projections of new, sound events in order. Returns the seqs whose payload lacks what its type needs. */
export async function project(tx: Tx, keys: HubKeys, unit: string, events: readonly ReceivedEvent[]): Promise<Set<number>> {
  const refused = new Set<number>();
  let scans: { event: ReceivedEvent; scan: z.infer<typeof GateScan> }[] = [];
  let workers: WorkerEvent[] = [];
  let erasures: ReceivedEvent[] = [];
  const write = async (): Promise<void> => {
    for (const seq of await eraseNamed(tx, keys, unit, erasures)) refused.add(seq);
    await insertScans(tx, unit, scans);
    await saveWorkers(tx, keys, unit, workers);
    [erasures, scans, workers] = [[], [], []];
  };
  for (const event of events) {
    if (event.payload === null) continue;
    // What came before an erasure goes with it; who is recorded again after it is known again.
    if (event.type === 'worker-erased' ? scans.length + workers.length > 0 : erasures.length > 0) await write();
    if (event.type === 'gate-scan') {
      const scan = GateScan.safeParse(event.payload);
      if (scan.success) scans.push({ event, scan: scan.data });
      else refused.add(event.seq);
    } else if (event.type === 'worker-recorded' || event.type === 'worker-left') {
      const change = WorkerChange.safeParse(event.payload);
      if (change.success) workers.push({ event, workerId: change.data.workerId });
      else refused.add(event.seq);
    } else if (event.type === 'worker-erased') erasures.push(event);
    else if (event.type === 'report-settings-set') await keepEmployerZones(tx, unit, event);
    else if (!await projectOne(tx, unit, event)) refused.add(event.seq);
  }
  await write();
  return refused;
}

async function insertScans(tx: Tx, unit: string, scans: { event: ReceivedEvent; scan: z.infer<typeof GateScan> }[]): Promise<void> {
  if (scans.length === 0) return;
  const { device, epoch } = scans[0]!.event;
  await tx`insert into gate_scan (device, epoch, seq, at, unit, lane, outcome, direction, reason, worker_id, work_date, via)
    select ${device}, ${epoch}, s.seq, s.at, ${unit}, s.lane, s.outcome, s.direction, s.reason, s.worker_id, s.work_date, s.via
    from unnest(${scans.map(({ event }) => event.seq)}::bigint[], ${scans.map(({ event }) => event.at)}::text[]::timestamptz[],
      ${scans.map(({ scan }) => scan.lane ?? null)}::text[], ${scans.map(({ scan }) => scan.outcome)}::text[],
      ${scans.map(({ scan }) => scan.direction ?? null)}::text[], ${scans.map(({ scan }) => scan.reason ?? null)}::text[],
      ${scans.map(({ scan }) => scan.workerId ?? null)}::text[], ${scans.map(({ scan }) => scan.workDate ?? null)}::text[]::date[],
      ${scans.map(({ scan }) => scan.via ?? null)}::text[])
      as s (seq, at, lane, outcome, direction, reason, worker_id, work_date, via)`;
}

async function projectOne(tx: Tx, unit: string, event: ReceivedEvent): Promise<boolean> {
  switch (event.type) {
    case 'dossier-received': return received(tx, unit, event);
    case 'dossier-advanced': return advanced(tx, unit, event);
    case 'result-digitised': return digitised(tx, unit, event);
    case 'result-handed-over': return handedOver(tx, unit, event);
    case 'look-up-made':
    case 'citizen-identified':
      await tx`insert into look_up (device, epoch, seq, at, unit, actor, purpose, type)
        values (${event.device}, ${event.epoch}, ${event.seq}, ${event.at}, ${unit}, ${event.actor}, ${event.purpose}, ${event.type})`;
      return true;
    default: return true;
  }
}

async function received(tx: Tx, unit: string, event: ReceivedEvent): Promise<boolean> {
  const parsed = Received.safeParse(event.payload);
  if (!parsed.success) return false;
  const { dossierId, dossierCode, procedureCode, procedureName, due, components } = parsed.data;
  const provided = components.filter(({ origin }) => origin !== 'not-provided');
  const counts = [
    provided.length, provided.filter(({ origin }) => origin === 'store' || origin === 'card' || origin === 'vneid').length,
    provided.filter(({ blobs }) => blobs.length > 0).length,
  ] as const;
  await tx`insert into dossier (dossier_id, dossier_code, procedure_code, procedure_name, unit, device, status, status_at, received_at, due_at,
      components, components_reused, components_scanned)
    values (${dossierId}, ${dossierCode ?? null}, ${procedureCode ?? null}, ${procedureName ?? null}, ${unit}, ${event.device}, 'received', ${event.at},
      ${event.at}, ${due?.dueAt ?? null}, ${counts[0]}, ${counts[1]}, ${counts[2]})
    on conflict (dossier_id) do update set dossier_code = excluded.dossier_code, procedure_code = excluded.procedure_code,
      procedure_name = excluded.procedure_name, received_at = excluded.received_at, due_at = excluded.due_at,
      components = excluded.components, components_reused = excluded.components_reused, components_scanned = excluded.components_scanned`;
  return true;
}

/** Steps may come from another kiosk and before the intake: the newest by time decides the status. */
async function setStatus(tx: Tx, unit: string, event: ReceivedEvent, dossierId: string, status: DossierStatus): Promise<void> {
  await tx`insert into dossier (dossier_id, unit, device, status, status_at) values (${dossierId}, ${unit}, ${event.device}, ${status}, ${event.at})
    on conflict (dossier_id) do update set
      status = case when excluded.status_at >= dossier.status_at then excluded.status else dossier.status end,
      status_at = greatest(excluded.status_at, dossier.status_at)`;
}

async function advanced(tx: Tx, unit: string, event: ReceivedEvent): Promise<boolean> {
  const parsed = Advanced.safeParse(event.payload);
  if (!parsed.success) return false;
  const { dossierId, to } = parsed.data;
  await setStatus(tx, unit, event, dossierId, to);
  if (to === 'resolved') await tx`update dossier set resolved_at = coalesce(resolved_at, ${event.at}) where dossier_id = ${dossierId}`;
  return true;
}

async function digitised(tx: Tx, unit: string, event: ReceivedEvent): Promise<boolean> {
  const parsed = Digitised.safeParse(event.payload);
  if (!parsed.success) return false;
  const { dossierId, number, issuedOn, signer } = parsed.data;
  await tx`insert into result (device, epoch, seq, dossier_id, at, unit, number, issued_on, signer, scans) values (${event.device}, ${event.epoch},
    ${event.seq}, ${dossierId}, ${event.at}, ${unit}, ${number ?? null}, ${issuedOn ?? null}, ${signer ?? null}, ${event.blobs.length})`;
  // A digitised result is a resolved dossier, whether the step was recorded by itself or not.
  await setStatus(tx, unit, event, dossierId, 'resolved');
  await tx`update dossier set digitised_at = coalesce(digitised_at, ${event.at}), resolved_at = coalesce(resolved_at, ${event.at}) where dossier_id = ${dossierId}`;
  return true;
}

async function handedOver(tx: Tx, unit: string, event: ReceivedEvent): Promise<boolean> {
  const parsed = OfDossier.safeParse(event.payload);
  if (!parsed.success) return false;
  const { dossierId } = parsed.data;
  await setStatus(tx, unit, event, dossierId, 'handed-over');
  await tx`update dossier set handed_over_at = coalesce(handed_over_at, ${event.at}) where dossier_id = ${dossierId}`;
  return true;
}
