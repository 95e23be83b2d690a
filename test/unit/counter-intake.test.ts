import { describe, expect, it } from 'vitest';
import type { CitizenFields, HeldPaper, Procedure } from '../../shared/contracts/dossier.ts';
import { parseDay, personalIdText } from '../../renderer/views/counter/format.ts';
import {
  citizenOf, missingComponents, newIntake, receiveInput, reuseEffect, withPerson, withProcedure, type Identified, type IntakeDraft,
} from '../../renderer/views/counter/intake-draft.ts';

const today = '2026-11-23';
const component = (componentId: string, paperType: string, required = true, cardAnswers = false): Procedure['components'][number] =>
  ({ componentId, name: componentId, required, paperType, digitise: true, cardAnswers });
const procedure: Procedure = {
  code: '1.001193', name: 'Đăng ký khai sinh', field: 'Hộ tịch', level: 'commune', onlineOnly: false, source: 'test', verified: true,
  effectiveFrom: '2025-07-01', term: null, cutOff: null, resultType: null, resultName: 'Giấy khai sinh',
  components: [component('form', 'form'), component('marriage', 'marriage-certificate'), component('card', 'identity-card', true, true), component('proxy', 'authorisation', false)],
};
const paper = (paperId: string, validUntil: string | null): HeldPaper => ({
  paperId, paperType: 'marriage-certificate', name: 'Giấy chứng nhận kết hôn', number: null, issuer: null, issuedOn: '2019-03-12', validUntil, trust: 'scan', blobs: [],
});
function person(source: 'chip' | 'typed', held: HeldPaper[]): Identified {
  const field = (value: string) => ({ value, source, trust: source === 'chip' ? 'signed' as const : 'typed' as const, edited: false });
  const fields: CitizenFields = { personalId: field('035190001234'), fullName: field('Đặng Thị Mỵ'), birthDate: field('1990-09-05') };
  return { panel: { fields, warnings: [], differences: [], comparison: [], document: null, held, openDossiers: [] }, reading: null, qrText: null, faceId: null };
}
const begun = (who: Identified): IntakeDraft => withProcedure(withPerson(newIntake('7f0c6a52-3d0e-4c6b-9a55-6f0f3a3f0001'), who, today), procedure, today);
const origins = (draft: IntakeDraft): Record<string, string | null> => Object.fromEntries(draft.components.map((c) => [c.componentId, c.origin]));

describe('components of an intake', () => {
  it('a held paper is used, the card answers, a paper waits for the officer, an optional one is off', () => {
    expect(origins(begun(person('chip', [paper('p1', null)])))).toEqual({ form: null, marriage: 'store', card: 'card', proxy: 'not-provided' });
  });
  it('an expired held paper is not proposed', () => {
    expect(origins(begun(person('chip', [paper('p1', '2026-11-22')])))['marriage']).toBeNull();
  });
  it('a typed person has no card that could answer', () => {
    expect(origins(begun(person('typed', [])))['card']).toBeNull();
  });
  it('another person takes the first one\'s held papers away', () => {
    const draft = withPerson(begun(person('chip', [paper('p1', null)])), person('typed', []), today);
    expect(origins(draft)).toEqual({ form: null, marriage: null, card: null, proxy: 'not-provided' });
    expect(draft.components.map((c) => c.paperId)).toEqual([null, null, null, null]);
  });
  it('what was handed in stays when the card is read again', () => {
    const draft = begun(person('chip', []));
    const recorded = { ...draft, components: draft.components.map((c) => (c.componentId === 'form' ? { ...c, origin: 'paper-copy' as const } : c)) };
    expect(origins(withPerson(recorded, person('chip', []), today))['form']).toBe('paper-copy');
  });
  it('a required paper that was not handed in keeps the intake from being sent', () => {
    const draft = begun(person('chip', [paper('p1', null)]));
    expect(missingComponents(draft)).toEqual(['form']);
    expect(receiveInput(draft)).toBeNull();
  });
});

describe('what is sent', () => {
  const complete = (): IntakeDraft => {
    const draft = begun(person('chip', [paper('p1', null)]));
    return { ...draft, phone: ' 0912 345 678 ', note: ' ', components: draft.components.map((c) => (c.origin === null ? { ...c, origin: 'paper-original' as const, copies: 2 } : c)) };
  };
  it('the same draft gives the same input, with the same id', () => {
    expect(receiveInput(complete())).toEqual(receiveInput(complete()));
    expect(receiveInput(complete())?.dossierId).toBe('7f0c6a52-3d0e-4c6b-9a55-6f0f3a3f0001');
  });
  it('only a component from the store names a held paper; one that is off has no copies', () => {
    const sent = receiveInput(complete())?.components.map((c) => [c.componentId, c.origin, c.paperId, c.copies]);
    expect(sent).toEqual([['form', 'paper-original', null, 2], ['marriage', 'store', 'p1', 1], ['card', 'card', null, 1], ['proxy', 'not-provided', null, 0]]);
  });
  it('a phone that was typed says so; an empty note is none', () => {
    expect(citizenOf(complete()).phone).toEqual({ value: '0912 345 678', source: 'typed', trust: 'typed', edited: false });
    expect(receiveInput(complete())?.note).toBeNull();
  });
  it('papers from store and card and fields that were read count as spared; typed fields do not', () => {
    expect(reuseEffect(complete())).toEqual({ papers: 2, fields: 3 });
    expect(reuseEffect(begun(person('typed', [])))).toEqual({ papers: 0, fields: 0 });
  });
});

describe('days as typed', () => {
  it.each([['5/9/1990', '1990-09-05'], ['05-09-1990', '1990-09-05'], ['05091990', '1990-09-05'], ['29/02/2024', '2024-02-29'], ['31.12.2026', '2026-12-31']])('%s is %s', (text, iso) => {
    expect(parseDay(text)).toBe(iso);
  });
  it.each(['29/02/2023', '31/04/2026', '1990-09-05', '00/01/2000', '1/13/2000', '', '5/9/90'])('"%s" is no day', (text) => {
    expect(parseDay(text)).toBeNull();
  });
  it('a personal number is shown in groups of three, anything else as it is', () => {
    expect([personalIdText('035190001234'), personalIdText('168123456')]).toEqual(['035 190 001 234', '168123456']);
  });
});
