import { createHmac } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { counterRequests } from '../../../shared/contracts/requests/counter.ts';
import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import { dueDate } from '../../../shared/domain/due-date.ts';
import { instantOf, localMoment } from '../../../shared/domain/working-calendar.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, countDossiers, findBlob, findProcedure, getBlob, hasLookedUp, isBlobOfDossier, listDossiers, listDueDossiers, noteEvent, ownersOfBlob,
  readCalendar, readSiteKey, searchProcedures,
} from '../../store/index.ts';
import { createCardPort, type CardPort } from '../card/card-port.ts';
import { createCitizenLookUp } from '../counter/citizen-look-up.ts';
import type { ServiceContext } from '../context.ts';
import { receiveDossier } from '../counter/dossier-intake.ts';
import { advanceDossier, digitiseResult, handOverResult, needDossier } from '../counter/dossier-steps.ts';
import { createPeopleLookedUp } from '../counter/people-looked-up.ts';
import { startScanInbox } from '../counter/scan-inbox.ts';
import { keepScan } from '../counter/scan-store.ts';

type CounterHandlers = Pick<Handlers, keyof typeof counterRequests>;

export interface CounterOptions {
  /** Scripted in tests. */
  card?: CardPort;
}

/** Days ahead in which a due date counts as near. */
const soonDays = 2;

/** The counter: who is there, what is wanted, what is handed in, what comes out and who takes it. */
export function counterHandlers(context: ServiceContext, { card = createCardPort(context) }: CounterOptions = {}): CounterHandlers {
  const { store, clock } = context;
  const people = createPeopleLookedUp(store);
  const citizen = createCitizenLookUp(context, people, card);
  const inbox = startScanInbox(context);
  const today = (): string => localMoment(clock.now()).date;
  const done = <T>(value: T): T => {
    context.nudgeSync();
    return value;
  };
  return {
    'citizen/from-qr': async (input) => citizen.fromQr(input),
    'citizen/from-card': (input) => citizen.fromCard(input),
    'card/cancel': async () => {
      card.cancel();
      return {};
    },
    'citizen/search': async (input) => citizen.search(input),
    'procedure/list': async ({ query }) => ({ procedures: searchProcedures(store, query, today()) }),
    'dossier/preview': async ({ procedureCode }) => {
      const procedure = findProcedure(store, procedureCode, today());
      if (procedure === null) throw new ProblemError('procedure-unknown');
      return { due: dueDate(procedure, new Date(clock.now()).toISOString(), readCalendar(store)) };
    },
    'dossier/receive': async (input) => done(receiveDossier(store, input, {
      officer: context.requireUser(), unitCode: context.kiosk().unit.code, citizen: people.withoutFalseTrust(input.citizen),
    })),
    'dossier/list': async ({ due, ...page }) => {
      const [now, soon] = [new Date(clock.now()).toISOString(), instantOf({ date: addDays(today(), soonDays + 1), minute: 0 })];
      const span = due === 'overdue' ? { from: '', to: now } : { from: now, to: soon };
      return { dossiers: due ? listDueDossiers(store, { ...page, ...span }) : listDossiers(store, page), ...countDossiers(store, now, soon) };
    },
    'dossier/get': async ({ dossierId, purpose }) => {
      const { userId } = context.requireUser();
      const { dossier } = needDossier(store, dossierId);
      const subject = dossier.citizen.personalId?.value ?? dossierId;
      people.admit(userId, subject, context.settings().lookUpsPerHour);
      store.transaction(() => people.record({ actor: userId, purpose, by: 'dossier', subject, found: 1 }));
      return done(dossier);
    },
    'dossier/advance': async (input) => done(advanceDossier(store, input, context.requireUser())),
    'dossier/receipt': async ({ dossierId }) => done(await printReceipt(context, dossierId)),
    'scan/add': async ({ content, origin }) => keepScan(context, content, origin, context.requireUser().userId),
    'scan/inbox': async () => ({ files: inbox.files() }),
    'scan/get': async ({ sha256, dossierId }) => {
      const blob = findBlob(store, sha256);
      if (blob === null || !maySee(context, sha256, dossierId)) throw new ProblemError('not-found');
      return { mime: blob.mime, content: await getBlob(store, sha256) };
    },
    'result/digitise': async (input) => done(digitiseResult(store, input, context.requireUser(), context.kiosk().unit.name)),
    'result/hand-over': async (input) => done(handOverResult(store, input, context.requireUser(), people.wasRead(input.receiver.personalId))),
  };
}

/** A scan is shown with its dossier, to who has looked its citizen up within the hour, or while it is nobody's yet. */
function maySee({ store, requireUser }: ServiceContext, hash: string, dossierId: string | null): boolean {
  if (dossierId !== null && isBlobOfDossier(store, hash, dossierId)) return true;
  const owners = ownersOfBlob(store, hash);
  return owners.length === 0 || owners.some((personalId) => hasLookedUp(store, requireUser().userId, personalId));
}

async function printReceipt(context: ServiceContext, dossierId: string): Promise<Output<'dossier/receipt'>> {
  const { store } = context;
  const { userId } = context.requireUser();
  const { dossier, note, dossierNo } = needDossier(store, dossierId);
  const term = findProcedure(store, dossier.procedureCode, localMoment(dossier.receivedAt).date)?.term ?? null;
  // PDF and typefaces take a while to load, and a gate never needs them.
  const { receiptForm, receiptPdf } = await import('../counter/receipt-pdf.ts');
  const pdf = await receiptPdf({ unitName: context.kiosk().unit.name, dossier, term, note, qrText: receiptQr(context, dossier.dossierCode) });
  store.transaction(() => {
    const { legalBasis, effectiveFrom } = receiptForm(localMoment(dossier.receivedAt).date);
    const event = appendEvent(store, {
      type: 'receipt-printed', actor: userId, purpose: 'intake', payload: { dossierId, dossierCode: dossier.dossierCode, form: legalBasis, effectiveFrom, copies: 2 },
    });
    noteEvent(store, dossierNo, event.position);
  });
  return { fileName: `giay-tiep-nhan-${dossier.dossierCode}.pdf`, pdf };
}

/** The text of a receipt's QR: the code, and a check that only this site can make. Nothing about the person. */
function receiptQr({ store }: ServiceContext, code: string): string {
  return `MCK1|${code}|${createHmac('sha256', readSiteKey(store)).update(`receipt ${code}`).digest('hex').slice(0, 10)}`;
}
