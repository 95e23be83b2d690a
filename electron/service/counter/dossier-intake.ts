import { canonicalJson, type BlobRef } from '../../../shared/contracts/event.ts';
import type { CitizenFields, Dossier, DossierComponent, HeldPaper, Procedure } from '../../../shared/contracts/dossier.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { ReceiveInput } from '../../../shared/contracts/requests/counter.ts';
import { namesPerson, readFromCard } from '../../../shared/domain/citizen-panel.ts';
import { blockOfDevice, defaultNumbering, dossierCode, DossierNumbering } from '../../../shared/domain/dossier-code.ts';
import { dueDate } from '../../../shared/domain/due-date.ts';
import { checkComponents } from '../../../shared/domain/re-use.ts';
import { localMoment } from '../../../shared/domain/working-calendar.ts';
import {
  appendEvent, findBlob, findCitizen, findDossier, findProcedure, heldNumberBlock, insertDossier, nextSerial, papersOf, readCalendar, readSetting,
  saveCitizen, sha256, type Store,
} from '../../store/index.ts';

/** Name of the setting that holds how this kiosk numbers dossiers. */
export const numberingSetting = 'dossier-numbering';

export interface Officer { userId: string; displayName: string }

export interface IntakeContext {
  officer: Officer;
  unitCode: string;
  /** The citizen's fields of the input, with the trust that this service itself can vouch for. */
  citizen: CitizenFields;
}

/**
 * Takes in a dossier: row, components, used papers and event in one transaction. The same id with the same content
 * again gives the same dossier. Problems: `conflict` (same id, other content), `procedure-unknown`, `identity-missing`,
 * `component-missing`, `ask-again-reason-missing`, `not-found` (a scan that was never stored).
 */
export function receiveDossier(store: Store, input: ReceiveInput, { officer, unitCode, citizen }: IntakeContext): Dossier {
  return store.transaction(() => {
    const contentHash = sha256(canonicalJson(input));
    const before = findDossier(store, input.dossierId);
    if (before !== null) {
      if (before.contentHash !== contentHash) throw new ProblemError('conflict');
      return before.dossier;
    }
    const now = store.clock.now();
    const receivedAt = new Date(now).toISOString();
    const today = localMoment(now).date;
    const procedure = findProcedure(store, input.procedureCode, today);
    if (procedure === null) throw new ProblemError('procedure-unknown');
    if (!namesPerson(citizen)) throw new ProblemError('identity-missing');
    const personalId = citizen.personalId!.value;
    // Whose number was only typed has not shown who he is: what is held of that number is neither used nor told of.
    const known = readFromCard(citizen) ? findCitizen(store, personalId) : null;
    const held = known === null ? [] : papersOf(store, known.citizenNo);
    checkComponents(procedure, input.components, held, today, readFromCard(citizen));
    const components = componentsOf(store, procedure, input.components, held);
    writeDossier(store, input, { contentHash, now, receivedAt, today, procedure, personalId, citizen, components, officer, unitCode });
    return findDossier(store, input.dossierId)!.dossier;
  });
}

interface Intake {
  contentHash: string; now: number; receivedAt: string; today: string; procedure: Procedure; personalId: string; citizen: CitizenFields;
  components: DossierComponent[]; officer: Officer; unitCode: string;
}

function writeDossier(store: Store, input: ReceiveInput, intake: Intake): void {
  const { procedure, components, receivedAt, today, officer, citizen } = intake;
  const numbering = readSetting(store, numberingSetting, DossierNumbering) ?? defaultNumbering;
  const block = numbering.block ?? heldNumberBlock(store, intake.unitCode) ?? blockOfDevice(store.device.id);
  const serial = nextSerial(store, today, block);
  const code = dossierCode(numbering, block, intake.unitCode, today, serial);
  const due = dueDate(procedure, receivedAt, readCalendar(store));
  const citizenNo = saveCitizen(store, intake.personalId, citizen, receivedAt);
  const story = {
    dossierId: input.dossierId, dossierCode: code, procedureCode: procedure.code, procedureName: procedure.name, verified: procedure.verified,
    citizen, components, due, copies: input.copies, note: input.note,
  };
  const event = appendEvent(store, {
    type: 'dossier-received', actor: officer.userId, purpose: 'intake', payload: story, at: intake.now, blobs: distinct(components.flatMap(({ blobs }) => blobs)),
  });
  insertDossier(store, {
    ...story, localDate: today, block, serial, resultType: procedure.resultType, resultName: procedure.resultName, citizenNo, receivedAt,
    officer: officer.userId, officerName: officer.displayName, contentHash: intake.contentHash, position: event.position,
  });
}

function componentsOf(store: Store, procedure: Procedure, given: ReceiveInput['components'], held: readonly HeldPaper[]): DossierComponent[] {
  return procedure.components.map(({ componentId, name }) => {
    const item = given.find((one) => one.componentId === componentId);
    if (item === undefined) return { componentId, name, origin: 'not-provided', copies: 0, paperId: null, askAgainReason: null, blobs: [] };
    const fromStore = item.origin === 'store' ? held.find(({ paperId }) => paperId === item.paperId) : undefined;
    return {
      componentId, name, origin: item.origin, copies: item.copies, paperId: fromStore?.paperId ?? null,
      askAgainReason: item.askAgainReason, blobs: distinct([...fromStore?.blobs ?? [], ...blobsOf(store, item.scans)]),
    };
  });
}

/** Scans by their hashes. Problem `not-found` where one was never stored. */
export function blobsOf(store: Store, hashes: readonly string[]): BlobRef[] {
  return hashes.map((hash) => {
    const blob = findBlob(store, hash);
    if (blob === null) throw new ProblemError('not-found', 'scan');
    return { sha256: blob.sha256, size: blob.size, mime: blob.mime };
  });
}

/** Each scan once, whatever it is named for. */
export function distinct(blobs: readonly BlobRef[]): BlobRef[] {
  return [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()];
}
