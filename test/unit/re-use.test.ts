import { describe, expect, it } from 'vitest';
import catalogue from '../../resources/catalogue/procedures.json' with { type: 'json' };
import { Procedure, type HeldPaper } from '../../shared/contracts/dossier.ts';
import type { ReceiveInput } from '../../shared/contracts/requests/counter.ts';
import { checkComponents, heldPaperFor, proposeOrigins } from '../../shared/domain/re-use.ts';

const procedures = Procedure.array().parse(catalogue.procedures);
const birth = procedures.find(({ name }) => name === 'Đăng ký khai sinh')!;
const today = '2026-11-22';

const paper = (over: Partial<HeldPaper> = {}): HeldPaper => ({
  paperId: 'p1', paperType: 'giay-chung-sinh', name: 'Giấy chứng sinh', number: '1', issuer: null, issuedOn: '2026-11-01',
  validUntil: null, trust: 'scan', blobs: [], ...over,
});
type Given = ReceiveInput['components'][number];
const given = (componentId: string, origin: Given['origin'], over: Partial<Given> = {}): Given => ({
  componentId, origin, copies: 1, paperId: null, askAgainReason: null, scans: [], ...over,
});
const full = (over: Partial<Record<string, Given>> = {}): Given[] => ['to-khai', 'giay-to-tuy-than', 'giay-chung-sinh']
  .filter((id) => birth.components.some(({ componentId }) => componentId === id))
  .map((id) => over[id] ?? given(id, id === 'giay-to-tuy-than' ? 'card' : 'paper-original'));

describe('the catalogue', () => {
  it('holds 25 procedures with codes of their own, all online only, each with a source', () => {
    expect(procedures).toHaveLength(25);
    expect(new Set(procedures.map(({ code }) => code)).size).toBe(25);
    for (const { onlineOnly, source, components } of procedures) {
      expect(onlineOnly).toBe(true);
      expect(source).toContain('Chỉ thị 24/CT-TTg');
      expect(new Set(components.map(({ componentId }) => componentId)).size).toBe(components.length);
    }
  });
  it('says verified only where components and term were read', () => {
    expect(procedures.filter(({ verified }) => verified).map(({ name }) => name)).toEqual([expect.stringContaining('Liên thông: đăng ký khai sinh')]);
  });
  it('is in NFC', () => expect(JSON.stringify(catalogue)).toBe(JSON.stringify(catalogue).normalize('NFC')));
});

describe('held papers', () => {
  it.each([
    ['valid without an end', null, true], ['valid to the last day', today, true], ['expired yesterday', '2026-11-21', false],
  ])('%s', (_, validUntil, found) => expect(heldPaperFor('giay-chung-sinh', [paper({ validUntil })], today) !== null).toBe(found));
  it('another type does not answer', () => expect(heldPaperFor('ho-chieu', [paper()], today)).toBeNull());
  it('the more trusted one wins, then the newer one', () => {
    const scans = [paper({ paperId: 'old', issuedOn: '2020-01-01' }), paper({ paperId: 'new', issuedOn: '2026-01-01' })];
    expect(heldPaperFor('giay-chung-sinh', scans, today)?.paperId).toBe('new');
    const result = paper({ paperId: 'result', trust: 'result-of-this-system', issuedOn: '2019-01-01' });
    expect(heldPaperFor('giay-chung-sinh', [...scans, result], today)?.paperId).toBe('result');
  });
});

describe('what is proposed', () => {
  const origins = (held: HeldPaper[], card: boolean): Record<string, string> => Object.fromEntries(
    proposeOrigins(birth, held, today, card).map(({ componentId, origin }) => [componentId, origin]));
  it('held, card, paper, nothing for an optional one', () => {
    expect(origins([paper()], true)).toEqual({ 'to-khai': 'paper-original', 'giay-to-tuy-than': 'card', 'giay-chung-sinh': 'store', 'ket-hon-cha-me': 'not-provided' });
  });
  it('without a card read, identity is paper again', () => expect(origins([], false)['giay-to-tuy-than']).toBe('paper-original'));
});

describe('checking what was taken in', () => {
  const check = (components: Given[], held: HeldPaper[] = [], card = true): string => {
    try {
      checkComponents(birth, components, held, today, card);
      return 'ok';
    } catch (error) {
      return (error as Error).message;
    }
  };
  it('complete → ok; an optional one may be absent', () => expect(check(full())).toBe('ok'));
  it('required absent → component-missing', () => expect(check(full().slice(1))).toBe('component-missing: to-khai'));
  it('required not provided → component-missing', () => expect(check(full({ 'to-khai': given('to-khai', 'not-provided') }))).toBe('component-missing: to-khai'));
  it('unknown component → component-missing', () => expect(check([...full(), given('x', 'paper-copy')])).toBe('component-missing: x'));
  it('named twice → component-missing', () => expect(check([...full(), given('to-khai', 'paper-copy')])).toBe('component-missing: to-khai'));
  it('the card cannot stand for a birth notice', () => expect(check(full({ 'giay-chung-sinh': given('giay-chung-sinh', 'card') }))).toBe('component-missing: giay-chung-sinh'));
  it('the card cannot answer when none was read', () => expect(check(full(), [], false)).toBe('component-missing: giay-to-tuy-than'));
  it('held and paper asked without a reason → ask-again-reason-missing', () => {
    expect(check(full(), [paper()])).toBe('ask-again-reason-missing: giay-chung-sinh');
    expect(check(full({ 'giay-chung-sinh': given('giay-chung-sinh', 'paper-copy', { askAgainReason: '  ' }) }), [paper()])).toBe('ask-again-reason-missing: giay-chung-sinh');
  });
  it('held and paper asked with a reason → ok', () => {
    expect(check(full({ 'giay-chung-sinh': given('giay-chung-sinh', 'paper-copy', { askAgainReason: 'Thông tin trong kho sai' }) }), [paper()])).toBe('ok');
  });
  it('held but expired → paper needs no reason', () => expect(check(full(), [paper({ validUntil: '2026-01-01' })])).toBe('ok'));
  const fromStore = (paperId: string | null): Given[] => full({ 'giay-chung-sinh': given('giay-chung-sinh', 'store', { paperId }) });
  it('from the store → ok', () => expect(check(fromStore('p1'), [paper()])).toBe('ok'));
  it.each([
    ['nobody has', 'p9', paper()], ['of another type', 'p1', paper({ paperType: 'ho-chieu' })], ['expired', 'p1', paper({ validUntil: '2026-01-01' })], ['not named', null, paper()],
  ])('from the store with a paper %s → component-missing', (_, id, held) => expect(check(fromStore(id), [held])).toBe('component-missing: giay-chung-sinh'));
});
