import { describe, expect, it } from 'vitest';
import { readerComfort, shapeOf, type ReaderMoment } from '../../renderer/components/reader-comfort.ts';
import { problem, type ProblemCode } from '../../shared/contracts/problems.ts';
import { fittingReaders, readerKind, readerShape, readersNow } from '../../shared/domain/card-reader.ts';
import { missingKey, mostWrongKeys } from '../../shared/domain/chip-key.ts';

const acs = 'ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] 00 00';
const sam = 'ACS ACR1252 1S CL Reader [ACR1252 Reader SAM] 01 00';
const gemalto = 'Gemalto PC Twin Reader (A1B2C3D4) 00 00';
const token = 'Feitian ePass2003 00 00';
const virtual = 'Virtual PCD 00 00';

describe('what a reader is by its name', () => {
  it.each([
    [acs, 'reader', 'contactless'], [sam, 'fixed', 'contactless'], [gemalto, 'reader', 'contact'], [token, 'fixed', 'unknown'],
    ['ACS ACR39U ICC Reader 00 00', 'reader', 'contact'], ['ACS ACR122U PICC Interface 00 00', 'reader', 'contactless'],
    ['Windows Hello for Business 1', 'invented', 'unknown'], ['Microsoft Virtual Smart Card 0', 'invented', 'unknown'],
    ['Identiv uTrust 3700 F CL Reader 0', 'reader', 'contactless'], ['HID Global OMNIKEY 3x21 Smart Card Reader 0', 'reader', 'unknown'],
    [virtual, 'simulated', 'unknown'], ['VNPT-CA Token V6 0', 'fixed', 'unknown'],
  ] as const)('%s: %s, %s', (name, kind, shape) => {
    expect([readerKind(name), readerShape(name)]).toEqual([kind, shape]);
  });
});

describe('which readers are meant', () => {
  it('none named: those that take a citizen\'s card; a simulated one only where there is no other', () => {
    expect(fittingReaders([acs, sam, token, virtual, 'Windows Hello 1'], null)).toEqual([acs]);
    expect(fittingReaders([token, virtual], undefined)).toEqual([virtual]);
    expect(fittingReaders([token], undefined)).toEqual([]);
  });
  it('the named one under the number that it got when it was plugged in again', () => {
    expect(fittingReaders([gemalto.replace('00 00', '01 00')], gemalto)).toEqual(['Gemalto PC Twin Reader (A1B2C3D4) 01 00']);
    expect(fittingReaders(['Virtual PCD 00 00', 'Virtual PCD 00 01'], 'Virtual PCD 00 01')).toEqual(['Virtual PCD 00 01']);
  });
  it('a part of a name finds, also a reader that is not chosen by itself', () => {
    expect(fittingReaders([acs, token], 'epass')).toEqual([token]);
  });
});

describe('how the readers are', () => {
  const at = (readers: [string, boolean][], chosen: string | null = null, service = true) => readersNow({ service, chosen, readers: readers.map(([name, card]) => ({ name, card })) });
  it.each([
    ['no service', at([], null, false), 'service-missing', null], ['no reader', at([]), 'reader-missing', null],
    ['only a signing token', at([[token, true]]), 'reader-missing', null], ['one without card', at([[acs, false]]), 'empty', acs],
    ['a token with its card beside an empty reader', at([[token, true], [acs, false]]), 'empty', acs],
    ['two, one with a card', at([[acs, false], [gemalto, true]]), 'card', gemalto], ['two, both with cards', at([[acs, true], [gemalto, true]]), 'choose', null],
    ['two with cards, one chosen', at([[acs, true], [gemalto, true]], gemalto), 'card', gemalto],
    ['the chosen one is gone, another is there', at([[acs, true]], gemalto), 'chosen-missing', null], ['the chosen one is gone, none is there', at([], gemalto), 'reader-missing', null],
  ] as const)('%s', (_, { state, inUse }, wanted, used) => {
    expect([state, inUse]).toEqual([wanted, used]);
  });

  it('every state and every problem of a card has its picture and sentence', () => {
    const moment = (over: Partial<ReaderMoment>): ReaderMoment => ({ readers: at([[acs, true]]), busy: false, progress: null, problem: null, otherKind: null, ...over });
    const told = (code: ProblemCode, over: Partial<ReaderMoment> = {}): string | undefined => readerComfort(moment({ problem: problem(code), ...over }))?.picture;
    expect([told('card-removed'), told('card-mute'), told('card-timeout'), told('reader-in-use'), told('card-blocked'), told('card-not-identity', { otherKind: 'bank' })])
      .toEqual(['moved', 'mute', 'slow', 'busy', 'blocked', 'bank']);
    expect(readerComfort(moment({ busy: true }))).toMatchObject({ picture: 'hold', action: 'cancel' });
    expect(readerComfort(moment({ readers: at([[gemalto, false]]) }))).toMatchObject({ picture: 'insert' });
    expect(readerComfort(moment({ readers: at([[gemalto, true]]), problem: problem('card-mute') }))).toMatchObject({ picture: 'turn' });
  });
  it('what was wrong with a card is over when it is gone, and no problem of others is swallowed', () => {
    const gone = at([[acs, false]]);
    const base = { readers: gone, busy: false, progress: null, otherKind: null };
    expect(readerComfort({ ...base, problem: problem('card-not-identity') })?.picture).toBe('lay');
    expect(readerComfort({ ...base, problem: problem('card-removed') })?.picture).toBe('moved');
    expect(readerComfort({ ...base, problem: problem('look-up-limit') })).toBeNull();
  });
  it('the shape is that of the reader in use, else that which all have', () => {
    expect([shapeOf(at([[gemalto, true], [acs, false]])), shapeOf(at([[gemalto, false], [acs, false]])), shapeOf(at([[virtual, false]]))]).toEqual(['contact', 'unknown', 'unknown']);
  });
});

describe('what is missing to open a chip', () => {
  const given = (over: Partial<Parameters<typeof missingKey>[0]>) => ({ qr: false, can: false, document: false, mrz: false, ...over });
  it.each([
    ['nothing was given', {}, 'card-key-needed', 0, 'qr-or-can'], ['the QR did not open it', { qr: true }, 'card-key-wrong', 1, 'expiry'],
    ['the date did not either', { qr: true, document: true }, 'card-key-wrong', 2, 'mrz'], ['the six digits were wrong once', { can: true }, 'card-key-wrong', 1, 'qr-or-can'],
    ['and twice', { can: true }, 'card-key-wrong', 2, 'mrz'], ['and twice with the QR known', { can: true, qr: true }, 'card-key-wrong', 2, 'expiry'],
    ['the chip knows no digits', { can: true }, 'card-key-needed', 0, 'mrz'], ['too many', { mrz: true }, 'card-key-wrong', mostWrongKeys, 'stop'],
    ['another problem', { qr: true }, 'card-removed', 1, null], ['blocked', { qr: true }, 'card-blocked', 1, null],
  ] as const)('%s', (_, over, code, wrong, asked) => {
    expect(missingKey(given(over), code, wrong)).toBe(asked);
  });
  it('wrong answers without end are never asked for without end', () => {
    let asked: ReturnType<typeof missingKey> = 'qr-or-can';
    let wrong = 0;
    while (asked !== 'stop' && wrong < 100) asked = missingKey(given({ can: asked === 'qr-or-can', mrz: asked === 'mrz' }), 'card-key-wrong', wrong += 1);
    expect(wrong).toBe(mostWrongKeys);
  });
});
