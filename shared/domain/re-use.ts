import type { HeldPaper, Procedure } from '../contracts/dossier.ts';
import { ProblemError } from '../contracts/problems.ts';
import type { ReceiveInput } from '../contracts/requests/counter.ts';

type Component = Procedure['components'][number];
type Origin = ReceiveInput['components'][number]['origin'];

/** What is proposed for one component before the officer says anything. */
export interface ComponentProposal { componentId: string; origin: Origin; paper: HeldPaper | null }

const trustOrder: readonly HeldPaper['trust'][] = ['result-of-this-system', 'shared-data', 'scan'];

/** The paper already held that answers for a component on a day: valid, most trusted, then newest. */
export function heldPaperFor(paperType: string, held: readonly HeldPaper[], today: string): HeldPaper | null {
  const usable = held.filter((paper) => paper.paperType === paperType && isValid(paper, today));
  usable.sort((a, b) => trustOrder.indexOf(a.trust) - trustOrder.indexOf(b.trust) || (b.issuedOn ?? '').localeCompare(a.issuedOn ?? ''));
  return usable[0] ?? null;
}

/** True where a held paper holds on a day (ISO), its last one included. */
export function isValid(paper: HeldPaper, today: string): boolean {
  return paper.validUntil === null || paper.validUntil >= today;
}

/**
 * Re-use first (Nghị quyết 66.7/2025/NQ-CP): what is held is used, the card answers where it may, the rest is paper.
 * @param cardWasRead the citizen was identified by chip or QR
 */
export function proposeOrigins(procedure: Procedure, held: readonly HeldPaper[], today: string, cardWasRead: boolean): ComponentProposal[] {
  return procedure.components.map(({ componentId, paperType, cardAnswers, required }) => {
    const paper = heldPaperFor(paperType, held, today);
    const origin = paper !== null ? 'store' : cardAnswers && cardWasRead ? 'card' : required ? 'paper-original' : 'not-provided';
    return { componentId, origin, paper };
  });
}

/**
 * Checks what was taken in against the procedure and what is held. Throws the problems `component-missing` (a required
 * one was not provided, one is unknown or named twice, a held paper does not fit) and `ask-again-reason-missing`
 * (paper was asked for although it is held and valid).
 */
export function checkComponents(procedure: Procedure, given: ReceiveInput['components'], held: readonly HeldPaper[], today: string, cardWasRead: boolean): void {
  const seen = new Set<string>();
  for (const item of given) {
    const known = procedure.components.some(({ componentId }) => componentId === item.componentId);
    if (!known || seen.has(item.componentId)) throw new ProblemError('component-missing', item.componentId);
    seen.add(item.componentId);
  }
  for (const component of procedure.components) {
    const item = given.find(({ componentId }) => componentId === component.componentId);
    checkOne(component, item, held, today, cardWasRead);
  }
}

function checkOne(component: Component, item: ReceiveInput['components'][number] | undefined, held: readonly HeldPaper[], today: string, cardWasRead: boolean): void {
  const { componentId, paperType, required, cardAnswers } = component;
  const missing = (): never => {
    throw new ProblemError('component-missing', componentId);
  };
  if (item === undefined || item.origin === 'not-provided') {
    if (required) missing();
    return;
  }
  if (item.origin === 'card') {
    if (!cardAnswers || !cardWasRead) missing();
    return;
  }
  if (item.origin === 'store') {
    const paper = held.find(({ paperId }) => paperId === item.paperId);
    if (paper === undefined || paper.paperType !== paperType || !isValid(paper, today)) missing();
    return;
  }
  if (isPaper(item.origin) && heldPaperFor(paperType, held, today) !== null && (item.askAgainReason ?? '').trim() === '') {
    throw new ProblemError('ask-again-reason-missing', componentId);
  }
}

/** True where a component was handed in on paper. */
export function isPaper(origin: Origin): boolean {
  return origin === 'paper-original' || origin === 'paper-copy' || origin === 'paper-certified-copy';
}
