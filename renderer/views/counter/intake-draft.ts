import type { CitizenFields, ComponentOrigin, Dossier, Procedure } from '../../../shared/contracts/dossier.ts';
import type { CardReading } from '../../../shared/contracts/identity.ts';
import type { CitizenPanel } from '../../../shared/contracts/requests/counter.ts';
import type { Input } from '../../../shared/contracts/requests/index.ts';
import { chipTrust } from '../../../shared/domain/chip-trust.ts';
import { isPaper, proposeOrigins } from '../../../shared/domain/re-use.ts';
import type { AttachedScan } from '../digitise/attached-scan.ts';

export const intakeSteps = ['identify', 'procedure', 'components', 'confirm'] as const;
export type IntakeStep = (typeof intakeSteps)[number];

export interface ComponentDraft {
  componentId: string;
  /** Null until the officer says what was handed in. */
  origin: ComponentOrigin | null;
  copies: number;
  paperId: string | null;
  askAgainReason: string | null;
  scans: AttachedScan[];
}

/** Whoever stands at the counter, as read; `qrText` opens the chip later. */
export interface Identified {
  panel: CitizenPanel;
  reading: CardReading | null;
  qrText: string | null;
  /** Name of the face in the service's memory, while that keeps it. */
  faceId: string | null;
}

/** One intake from the first scan to the saved dossier. Lives in memory only. */
export interface IntakeDraft {
  /** Made once: however often the intake is sent, there is one dossier. */
  dossierId: string;
  step: IntakeStep;
  who: Identified | null;
  procedure: Procedure | null;
  components: ComponentDraft[];
  copies: number;
  note: string;
  phone: string;
  email: string;
  received: Dossier | null;
}

/** An intake of which nothing is known yet. */
export function newIntake(dossierId: string): IntakeDraft {
  return { dossierId, step: 'identify', who: null, procedure: null, components: [], copies: 1, note: '', phone: '', email: '', received: null };
}

/** Whether the chip did not pass a check: nothing is taken in or handed over by what such a card says. */
export function isForged(who: Identified | null): boolean {
  return who !== null && who.reading !== null && chipTrust(who.reading.trust).state === 'failed';
}

/** True where the person was read from the card itself, so that the card can stand for a paper. */
export function cardWasRead(who: Identified | null): boolean {
  const source = who?.panel.fields.personalId?.source;
  return source === 'chip' || source === 'mrz' || source === 'qr';
}

/** The components as first proposed: what is held or on the card is used, a paper waits until the officer says that it was handed in. */
function proposeComponents(procedure: Procedure, who: Identified | null, today: string): ComponentDraft[] {
  return proposeOrigins(procedure, who?.panel.held ?? [], today, cardWasRead(who)).map(({ componentId, origin, paper }) => ({
    componentId, origin: isPaper(origin) ? null : origin, copies: 1, paperId: paper?.paperId ?? null, askAgainReason: null, scans: [],
  }));
}

/** Another person at the counter: what was proposed from the first one's papers is proposed anew, scans stay. */
export function withPerson(draft: IntakeDraft, who: Identified, today: string): IntakeDraft {
  if (draft.procedure === null) return { ...draft, who };
  const proposed = proposeComponents(draft.procedure, who, today);
  const components = proposed.map((fresh) => {
    const old = draft.components.find((c) => c.componentId === fresh.componentId);
    if (old === undefined || old.origin === null || old.origin === 'store' || old.origin === 'card') return { ...fresh, scans: old?.scans ?? [] };
    return fresh.origin === 'store' ? { ...fresh, scans: old.scans } : { ...old, askAgainReason: null, paperId: null };
  });
  return { ...draft, who, components };
}

/** The draft with a procedure, its components proposed by what is held of the citizen; the same procedure again keeps what was chosen. */
export function withProcedure(draft: IntakeDraft, procedure: Procedure, today: string): IntakeDraft {
  if (draft.procedure?.code === procedure.code) return { ...draft, procedure };
  return { ...draft, procedure, components: proposeComponents(procedure, draft.who, today) };
}

/** Required components without an answer, or answered "not handed in". */
export function missingComponents(draft: IntakeDraft): string[] {
  const required = new Set((draft.procedure?.components ?? []).filter((c) => c.required).map((c) => c.componentId));
  return draft.components
    .filter((c) => required.has(c.componentId) && (c.origin === null || c.origin === 'not-provided'))
    .map((c) => c.componentId);
}

const declaredFields = ['personalId', 'oldId', 'fullName', 'birthDate', 'sex', 'residence'] as const satisfies readonly (keyof CitizenFields)[];

/** What this intake spares the citizen: papers taken from the store or the card, and form fields not typed again. */
export function reuseEffect(draft: IntakeDraft): { papers: number; fields: number } {
  const fields = draft.who?.panel.fields ?? {};
  return {
    papers: draft.components.filter((c) => c.origin === 'store' || c.origin === 'card').length,
    fields: declaredFields.filter((name) => {
      const field = fields[name];
      return field !== undefined && field.source !== 'typed' && !field.edited;
    }).length,
  };
}

/** The citizen's fields as sent: what was read, plus the contact that was typed. */
export function citizenOf(draft: IntakeDraft): CitizenFields {
  const typed = (value: string) => ({ value, source: 'typed' as const, trust: 'typed' as const, edited: false });
  return {
    ...draft.who?.panel.fields,
    ...(draft.phone.trim() === '' ? {} : { phone: typed(draft.phone.trim()) }),
    ...(draft.email.trim() === '' ? {} : { email: typed(draft.email.trim()) }),
  };
}

/** The intake as the service takes it; null while something is missing. */
export function receiveInput(draft: IntakeDraft): Input<'dossier/receive'> | null {
  if (draft.who === null || draft.procedure === null || missingComponents(draft).length > 0) return null;
  return {
    dossierId: draft.dossierId, procedureCode: draft.procedure.code, citizen: citizenOf(draft), copies: draft.copies,
    components: draft.components.map((c) => ({
      componentId: c.componentId, origin: c.origin ?? 'not-provided', copies: c.origin === 'not-provided' || c.origin === null ? 0 : c.copies,
      paperId: c.origin === 'store' ? c.paperId : null, askAgainReason: c.askAgainReason, scans: c.scans.map((scan) => scan.sha256),
    })),
    note: draft.note.trim() === '' ? null : draft.note.trim(),
  };
}
