import { z } from 'zod';
import {
  CitizenFields, Dossier, DossierComponent, DueDate, type DossierStatus,
} from '../../shared/contracts/dossier.ts';
import { BlobRef } from '../../shared/contracts/event.ts';
import { statusTexts } from '../../shared/domain/dossier.ts';
import { fold } from '../../shared/domain/vietnamese.ts';
import { useBlobs } from './blob.ts';
import { ackedSeq } from './event.ts';
import type { Store } from './store.ts';

/** What one intake writes. */
export interface NewDossier {
  dossierId: string; dossierCode: string; localDate: string; block: string; serial: number;
  procedureCode: string; procedureName: string; verified: boolean; resultType: string | null; resultName: string;
  citizenNo: number; citizen: CitizenFields; receivedAt: string; due: DueDate | null;
  officer: string; officerName: string; copies: number; note: string | null;
  components: DossierComponent[]; contentHash: string; position: number;
}

interface DossierRow {
  dossier_no: number; dossier_id: string; dossier_code: string; procedure_code: string; procedure_name: string; verified: number;
  result_type: string | null; result_name: string; status: DossierStatus; citizen_no: number; citizen: string; received_at: string;
  due: string | null; paused_at: string | null; officer_name: string; copies: number; note: string | null; result: string | null;
  hand_over: string | null; content_hash: string; last_position: number;
}

/** A dossier as stored, with what only the service needs. */
export interface StoredDossier {
  dossierNo: number; citizenNo: number; contentHash: string; resultType: string | null; resultName: string;
  pausedAt: string | null; note: string | null; dossier: Dossier;
}

/** The serial after the last one of a day (ISO, local) and block. */
export function nextSerial(store: Store, localDate: string, block: string): number {
  return (store.sql<[string, string], { n: number | null }>('select max(serial) as n from dossier where local_date = ? and block = ?').get(localDate, block)?.n ?? 0) + 1;
}

/** Writes a dossier with its components and what it is found by; inside the transaction of its event. Returns the key. */
export function insertDossier(store: Store, dossier: NewDossier): number {
  const { lastInsertRowid } = store.sql<unknown[]>(`
    insert into dossier (dossier_id, dossier_code, local_date, block, serial, procedure_code, procedure_name, verified, result_type, result_name,
      status, citizen_no, citizen, received_at, due, due_at, officer, officer_name, copies, note, content_hash, last_position)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    dossier.dossierId, dossier.dossierCode, dossier.localDate, dossier.block, dossier.serial, dossier.procedureCode, dossier.procedureName,
    dossier.verified ? 1 : 0, dossier.resultType, dossier.resultName, dossier.citizenNo, JSON.stringify(dossier.citizen), dossier.receivedAt,
    dossier.due === null ? null : JSON.stringify(dossier.due), dossier.due?.dueAt ?? null, dossier.officer, dossier.officerName, dossier.copies,
    dossier.note, dossier.contentHash, dossier.position);
  const dossierNo = Number(lastInsertRowid);
  dossier.components.forEach((component, ordinal) => {
    store.sql<unknown[]>(`insert into dossier_component (dossier_no, ordinal, component_id, name, origin, copies, paper_id, ask_again_reason, blobs)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(dossierNo, ordinal, component.componentId, component.name, component.origin, component.copies,
      component.paperId, component.askAgainReason, JSON.stringify(component.blobs));
    useBlobs(store, component.blobs, dossier.citizenNo, dossierNo);
  });
  store.sql<[number, string]>('insert into dossier_search (rowid, words) values (?, ?)')
    .run(dossierNo, fold(`${dossier.citizen.fullName?.value ?? ''} ${dossier.dossierCode}`));
  noteEvent(store, dossierNo, dossier.position);
  return dossierNo;
}

/** Adds an event to the story of a dossier. */
export function noteEvent(store: Store, dossierNo: number, position: number): void {
  store.sql<[number, number]>('insert into dossier_event (dossier_no, position) values (?, ?)').run(dossierNo, position);
  store.sql<[number, number]>('update dossier set last_position = ? where dossier_no = ?').run(position, dossierNo);
}

/** Sets the status, and the due date with the begin of a pause (ISO) where they changed. */
export function updateStatus(store: Store, dossierNo: number, status: DossierStatus, due: DueDate | null, pausedAt: string | null): void {
  store.sql<unknown[]>('update dossier set status = ?, due = ?, due_at = ?, paused_at = ? where dossier_no = ?').run(
    status, due === null ? null : JSON.stringify(due), due?.dueAt ?? null, pausedAt, dossierNo);
}

/** Keeps a dossier's result and takes it as resolved. Inside the transaction of its event. */
export function updateResult(store: Store, dossierNo: number, result: NonNullable<Dossier['result']>): void {
  store.sql<[string, number]>("update dossier set status = 'resolved', result = ? where dossier_no = ?").run(JSON.stringify(result), dossierNo);
}

/** Keeps to whom a result was handed. Inside the transaction of its event. */
export function updateHandOver(store: Store, dossierNo: number, handOver: NonNullable<Dossier['handOver']>): void {
  store.sql<[string, number]>("update dossier set status = 'handed-over', hand_over = ? where dossier_no = ?").run(JSON.stringify(handOver), dossierNo);
}

/** A dossier whole, with its history from the events; null where there is none. */
export function findDossier(store: Store, dossierId: string): StoredDossier | null {
  const row = store.sql<[string], DossierRow>(`select dossier_no, dossier_id, dossier_code, procedure_code, procedure_name, verified, result_type,
    result_name, status, citizen_no, citizen, received_at, due, paused_at, officer_name, copies, note, result, hand_over, content_hash, last_position
    from dossier where dossier_id = ?`).get(dossierId);
  if (row === undefined) return null;
  const dossier: Dossier = {
    dossierId: row.dossier_id, dossierCode: row.dossier_code, procedureCode: row.procedure_code, procedureName: row.procedure_name,
    verified: row.verified === 1, status: row.status, citizen: CitizenFields.parse(JSON.parse(row.citizen)), components: componentsOf(store, row.dossier_no),
    receivedAt: row.received_at, due: row.due === null ? null : DueDate.parse(JSON.parse(row.due)), officer: row.officer_name, copies: row.copies,
    result: row.result === null ? null : Dossier.shape.result.parse(JSON.parse(row.result)),
    handOver: row.hand_over === null ? null : Dossier.shape.handOver.parse(JSON.parse(row.hand_over)),
    history: historyOf(store, row.dossier_no), synced: row.last_position <= store.epoch.base + ackedSeq(store),
  };
  return {
    dossierNo: row.dossier_no, citizenNo: row.citizen_no, contentHash: row.content_hash, resultType: row.result_type, resultName: row.result_name,
    pausedAt: row.paused_at, note: row.note, dossier,
  };
}

interface ComponentRow {
  component_id: string; name: string; origin: DossierComponent['origin']; copies: number; paper_id: string | null; ask_again_reason: string | null; blobs: string;
}

function componentsOf(store: Store, dossierNo: number): DossierComponent[] {
  return store.sql<[number], ComponentRow>(`select component_id, name, origin, copies, paper_id, ask_again_reason, blobs
    from dossier_component where dossier_no = ? order by ordinal`).all(dossierNo).map((row) => ({
    componentId: row.component_id, name: row.name, origin: row.origin, copies: row.copies, paperId: row.paper_id,
    askAgainReason: row.ask_again_reason, blobs: z.array(BlobRef).parse(JSON.parse(row.blobs)),
  }));
}

const Told = z.object({ to: z.enum(Object.keys(statusTexts) as [DossierStatus, ...DossierStatus[]]).optional().catch(undefined), note: z.string().nullish().catch(null) });

function historyOf(store: Store, dossierNo: number): Dossier['history'] {
  return store.sql<[number], { at: string; type: string; actor: string; payload: string | null }>(`
    select at, type, coalesce(display_name, actor) as actor, payload from dossier_event join event using (position)
      left join user on user_id = actor where dossier_no = ? order by position`).all(dossierNo).map(({ at, type, actor, payload }) => {
    const { to, note } = Told.parse(payload === null ? {} : JSON.parse(payload));
    const told = [to === undefined ? null : statusTexts[to], note ?? null].filter((text) => text !== null && text !== '');
    return { at, type, actor, note: told.length === 0 ? null : told.join(': ') };
  });
}
