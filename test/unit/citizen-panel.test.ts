import { describe, expect, it } from 'vitest';
import type { CardReading, Citizen } from '../../shared/contracts/identity.ts';
import { mergeCitizen, namesPerson, readFromCard } from '../../shared/domain/citizen-panel.ts';
import { demoCitizens } from '../../shared/domain/demo-citizens.ts';
import { personalIdWarnings } from '../../shared/domain/personal-id.ts';

const qr: Citizen = {
  personalId: '001090012345', oldId: '012345678', fullName: 'NGUYỄN VĂN AN', birthDate: '1990-09-17', sex: 'Nam',
  residence: 'Thôn 1 - An Bình, Gia Bình, Bắc Ninh', issuedOn: '2021-05-10',
};
const verdict = (ok: boolean | null): { ok: boolean | null; reason: string } => ({ ok, reason: '' });
const chip = (hashes: boolean | null, signature: boolean | null, person: Partial<NonNullable<CardReading['person']>> = {}): CardReading => ({
  ok: true, chip: null, document: null, face: null, warnings: [], problem: null,
  person: {
    personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', nationality: null, ethnicity: null, religion: null,
    origin: null, residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', features: null, issuedOn: null, expiresOn: null, father: null, mother: null,
    spouses: [], oldId: null, ...person,
  },
  trust: { hashes: verdict(hashes), signature: verdict(signature), chain: verdict(null), active: verdict(null), chip: verdict(null), genuine: verdict(null) },
});

describe('mergeCitizen', () => {
  it('chip with good hashes and signature is signed', () => {
    const { fields } = mergeCitizen({ chip: chip(true, true), qr, stored: null });
    expect(fields.fullName).toEqual({ value: 'Nguyễn Văn An', source: 'chip', trust: 'signed', edited: false });
  });
  it.each([[true, false], [false, true], [true, null], [null, null]])('hashes %s, signature %s: only claimed', (hashes, signature) => {
    expect(mergeCitizen({ chip: chip(hashes, signature), qr: null, stored: null }).fields.personalId?.trust).toBe('claimed');
  });
  it('what the chip lacks comes from the QR and says so', () => {
    expect(mergeCitizen({ chip: chip(true, true), qr, stored: null }).fields.oldId).toMatchObject({ value: '012345678', source: 'qr', trust: 'claimed' });
  });
  it('case of a name and commas of an address are no difference', () => {
    expect(mergeCitizen({ chip: chip(true, true), qr, stored: null }).differences).toEqual([]);
  });
  it('a real difference is shown, the chip stands in the field', () => {
    const { fields, differences } = mergeCitizen({ chip: chip(true, true, { fullName: 'Nguyễn Văn Ân' }), qr, stored: null });
    expect(differences).toEqual([{ field: 'fullName', chip: 'Nguyễn Văn Ân', qr: 'NGUYỄN VĂN AN' }]);
    expect(fields.fullName?.value).toBe('Nguyễn Văn Ân');
  });
  it('the store adds phone and tells where it differs', () => {
    const typed = (value: string) => ({ value, source: 'typed' as const, trust: 'typed' as const, edited: true });
    const { fields, storeDiffers } = mergeCitizen({ chip: null, qr, stored: { phone: typed('0900000001'), residence: typed('Hà Nội') } });
    expect(fields.phone).toEqual({ value: '0900000001', source: 'store', trust: 'stored', edited: false });
    expect(fields.residence?.source).toBe('qr');
    expect(storeDiffers).toEqual(['residence']);
  });
  it('nothing known → nothing named', () => {
    const { fields } = mergeCitizen({ chip: null, qr: null, stored: null });
    expect(fields).toEqual({});
    expect(namesPerson(fields)).toBe(false);
    expect(readFromCard(fields)).toBe(false);
  });
});

describe('demo citizens', () => {
  it('their numbers fit their sex and birth', () => {
    for (const { personalId, sex, birthDate } of demoCitizens) expect([personalId, personalIdWarnings(personalId, { sex, birthDate })]).toEqual([personalId, []]);
  });
  it('are in NFC', () => expect(JSON.stringify(demoCitizens)).toBe(JSON.stringify(demoCitizens).normalize('NFC')));
});
