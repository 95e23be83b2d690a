import { describe, expect, it } from 'vitest';
import { mrzInformationOf, qrOf } from '../virtual-card/data-groups.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { issueCard } from '../virtual-card/issue.ts';
import { CardPerson, type CardProfileInput } from '../virtual-card/profile.ts';
import { seedCounterDemo } from '../../electron/service/demo-counter.ts';
import { problems } from '../../shared/contracts/problems.ts';
import { intakeOf, startCounter, withoutMarks, type TestCounter } from './counter-service.ts';

const person = CardPerson.parse({});
const nothing = { purpose: 'intake' as const, qrText: null, can: null, document: null };

/** A counter on whose reader a virtual card lies: the true chip protocol, no hardware. */
async function withCard(profile: CardProfileInput = {}): Promise<TestCounter> {
  const counter = await startCounter();
  counter.service.readers.insert(new VirtualChip(issueCard(profile)));
  return counter;
}

describe('a card at the counter', () => {
  it('opened by the number on it: signed fields, papers already held, and the card answers for a component', async () => {
    const counter = await withCard();
    await seedCounterDemo(counter.service.context, { userId: 'o', displayName: 'Cán bộ' });
    const { reading, panel } = await counter.ask('citizen/from-card', { ...nothing, can: person.personalId.slice(-6) });
    expect(reading).toMatchObject({ ok: true, person: { personalId: person.personalId }, trust: { hashes: { ok: true } } });
    expect(panel?.fields.fullName).toEqual({ value: person.fullName, source: 'chip', trust: reading.trust.signature.ok === true ? 'signed' : 'claimed', edited: false });
    expect(panel?.held.map(({ paperType }) => paperType)).toContain('giay-chung-nhan-ket-hon');
    expect(counter.service.told.some(({ name }) => name === 'card/progress')).toBe(true);
    const dossier = await counter.ask('dossier/receive', await intakeOf(counter, 'Đăng ký khai sinh', { citizen: panel!.fields }));
    expect(dossier.citizen.fullName?.source).toBe('chip');
  });
  it('opened by its QR, and by what is printed on it', async () => {
    const counter = await withCard();
    const byQr = await counter.ask('citizen/from-card', { ...nothing, qrText: qrOf(person) });
    expect([byQr.reading.problem, byQr.panel?.differences]).toEqual([null, []]);
    const [number, birthDate, expiryDate] = [issueNumber(), person.birthDate, person.expiresOn];
    const byPrint = await counter.ask('citizen/from-card', { ...nothing, document: { number, birthDate, expiryDate } });
    expect(byPrint.reading.problem).toBeNull();
  });
  it('a QR whose marks the scanner lost opens it; its letters are not compared, and the setting to change is named', async () => {
    const counter = await withCard();
    const { reading, panel } = await counter.ask('citizen/from-card', { ...nothing, qrText: withoutMarks(qrOf(person)), asciiOnly: true });
    expect([reading.problem, panel?.differences, panel?.fields.fullName?.value]).toEqual([null, [], person.fullName]);
    expect(panel?.warnings).toContain(problems['qr-garbled'].vi);
  });
  it('a QR of another person does not open it, and nothing of it is shown', async () => {
    const counter = await withCard();
    const other = qrOf(CardPerson.parse({ personalId: '036185002468', sex: 'Nữ', birthDate: '1985-04-02', expiresOn: '2025-04-02', oldId: '' }));
    const { reading, panel } = await counter.ask('citizen/from-card', { ...nothing, qrText: other });
    expect([reading.problem?.code, panel]).toEqual(['card-key-wrong', null]);
  });
  it('changed data is read and called claimed, never signed', async () => {
    const counter = await withCard({ faults: { corruptHash: 'DG13' } });
    const { panel } = await counter.ask('citizen/from-card', { ...nothing, can: person.personalId.slice(-6) });
    expect(panel?.fields.personalId?.trust).toBe('claimed');
  });
  it('no reader service → its problem', async () => {
    const counter = await startCounter();
    counter.service.readers.setService(false);
    expect(await counter.problemOf('citizen/from-card', { ...nothing, can: '012345' })).toBe('reader-service-missing');
  });
});

function issueNumber(): string {
  return mrzInformationOf(person).slice(0, 9);
}
