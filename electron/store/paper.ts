import { z } from 'zod';
import { BlobRef } from '../../shared/contracts/event.ts';
import { CitizenFields, type HeldPaper } from '../../shared/contracts/dossier.ts';
import { useBlobs } from './blob.ts';
import type { Store } from './store.ts';

/** A citizen as last known at this kiosk. */
export interface StoredCitizen { citizenNo: number; fields: CitizenFields }

const Blobs = z.array(BlobRef);

/** A citizen of whom papers or facts are held, by the full number; null where nobody. */
export function findCitizen(store: Store, personalId: string): StoredCitizen | null {
  const row = store.sql<[string], { citizen_no: number; fields: string }>('select citizen_no, fields from citizen where personal_id = ?').get(personalId);
  return row === undefined ? null : { citizenNo: row.citizen_no, fields: CitizenFields.parse(JSON.parse(row.fields)) };
}

/** Writes what is known of a citizen now; what the new fields do not name stays. Returns the key. */
export function saveCitizen(store: Store, personalId: string, fields: CitizenFields, at: string): number {
  const before = findCitizen(store, personalId)?.fields ?? {};
  const text = JSON.stringify({ ...before, ...fields });
  store.sql<[string, string, string]>(`insert into citizen (personal_id, fields, updated_at) values (?, ?, ?)
    on conflict (personal_id) do update set fields = excluded.fields, updated_at = excluded.updated_at`).run(personalId, text, at);
  return store.sql<[string], { n: number }>('select citizen_no as n from citizen where personal_id = ?').get(personalId)!.n;
}

interface PaperRow {
  paper_id: string; paper_type: string; name: string; number: string | null; issuer: string | null; issued_on: string | null;
  valid_until: string | null; trust: HeldPaper['trust']; blobs: string;
}

/** Papers that the store holds of a citizen, newest first. */
export function papersOf(store: Store, citizenNo: number): HeldPaper[] {
  return store.sql<[number], PaperRow>(`select paper_id, paper_type, name, number, issuer, issued_on, valid_until, trust, blobs
    from paper where citizen_no = ? order by issued_on desc, paper_id`).all(citizenNo).map((row) => ({
    paperId: row.paper_id, paperType: row.paper_type, name: row.name, number: row.number, issuer: row.issuer, issuedOn: row.issued_on,
    validUntil: row.valid_until, trust: row.trust, blobs: Blobs.parse(JSON.parse(row.blobs)),
  }));
}

/** Holds a paper of a citizen; the same id again replaces it. */
export function savePaper(store: Store, citizenNo: number, paper: HeldPaper, dossierNo: number | null): void {
  store.sql<unknown[]>(`insert into paper (paper_id, citizen_no, paper_type, name, number, issuer, issued_on, valid_until, trust, blobs, dossier_no)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (paper_id) do update set name = excluded.name, number = excluded.number,
      issuer = excluded.issuer, issued_on = excluded.issued_on, valid_until = excluded.valid_until, blobs = excluded.blobs`).run(
    paper.paperId, citizenNo, paper.paperType, paper.name, paper.number, paper.issuer, paper.issuedOn, paper.validUntil, paper.trust,
    JSON.stringify(paper.blobs), dossierNo);
  useBlobs(store, paper.blobs, citizenNo, dossierNo ?? 0);
}
