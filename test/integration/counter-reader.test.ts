import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readEvents, readSettings } from '../../electron/store/index.ts';
import { bankCard } from '../fixtures/reader/other-card.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../virtual-card/issue.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';
import { intakeOf, startCounter, type TestCounter } from './counter-service.ts';
import { adminSecret, importRows, setUpService, type TestService } from './test-service.ts';

const nothing = { purpose: 'intake' as const, qrText: null, can: null, document: null };
const reader = 'Scripted reader 00';

/** A person of whom every text is told apart from any other in the store. */
const person = {
  fullName: 'Hoàng Thử Nghiệm',
  ethnicity: 'Xơ Đăng thử', religion: 'Tôn giáo thử', features: 'Sẹo thử nghiệm cách 3cm', origin: 'Quê thử nghiệm', father: 'Nguyễn Cha Thử', mother: 'Trần Mẹ Thử',
  spouses: ['Lê Vợ Thử'],
};
const { fullName, ...chipKnows } = person;
const chipOnly = Object.values(chipKnows).flat();

async function counterWith(profile: CardProfileInput = {}, options: Parameters<typeof startCounter>[0] = {}): Promise<{ counter: TestCounter; card: IssuedCard }> {
  const counter = await startCounter(options);
  const card = issueCard(profile);
  counter.service.readers.insert(new VirtualChip(card));
  return { counter, card };
}

/** Everything that the store holds, decrypted: each table's rows, bytes as hex. */
function dump({ context: { store } }: TestService): string {
  const tables = store.sql<[], { name: string }>("select name from sqlite_master where type = 'table'").all();
  return tables.map(({ name }) => JSON.stringify(store.sql<[], Record<string, unknown>>(`select * from "${name}"`).all(), (_, value: unknown) => (
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data)
      ? Buffer.from(value.data as number[]).toString('hex') : value))).join('\n');
}

/** Bytes from the middle of a file that stand nowhere else by chance: a filled-up picture has long runs of zeros. */
function tellingPart(bytes: Uint8Array): Buffer {
  const length = Math.min(24, bytes.length);
  for (let at = Math.floor(bytes.length / 3); at + length <= bytes.length; at += 1) {
    const part = Buffer.from(bytes.subarray(at, at + length));
    if (new Set(part).size >= length / 2) return part;
  }
  return Buffer.from(bytes);
}

describe('what the card leaves behind', () => {
  it('a read with every log on and a dossier: no key, no APDU, no file, no face, nothing that only the chip knew', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const { counter, card } = await counterWith({ person, can: '424242', faceBytes: 15_000, active: {} }, { log });
    const { panel, faceId } = await counter.ask('citizen/from-card', { ...nothing, can: card.can });
    await counter.service.ask('card/face', { faceId: faceId ?? '' });
    const afterRead = dump(counter.service);
    // Only looked at: not even the name is in the store.
    for (const text of [fullName, card.profile.person.personalId, card.profile.person.residence]) expect(afterRead).not.toContain(text);
    await counter.ask('dossier/receive', await intakeOf(counter, 'Đăng ký khai sinh', { citizen: panel!.fields }, card.qr));
    const left = [dump(counter.service), lines.join('\n'), JSON.stringify(readEvents(counter.service.context.store, { afterSeq: 0, limit: 1000 })), JSON.stringify(counter.service.told)].join('\n');
    expect(left).toContain(card.profile.person.personalId);
    for (const text of [...chipOnly, ...card.mrz, card.mrzInformation]) expect(left).not.toContain(text);
    expect(left).not.toMatch(/(?<![0-9a-f])424242(?![0-9a-f])/);
    for (const bytes of card.files.values()) {
      const part = tellingPart(bytes);
      expect(left).not.toContain(part.toString('hex'));
      expect(left).not.toContain(part.subarray(0, 18).toString('base64'));
    }
  });

  it('the page gets only what it shows: what else the chip tells of the person stays behind', async () => {
    const { counter, card } = await counterWith({ person });
    const answer = JSON.stringify(await counter.ask('citizen/from-card', { ...nothing, can: card.can }));
    for (const text of chipOnly) expect(answer).not.toContain(text);
    expect(JSON.stringify(counter.service.told)).not.toMatch(/Thử Nghiệm|001090012345/);
  });
});

describe('the face of the card', () => {
  const read = async (profile: CardProfileInput = {}) => {
    const { counter, card } = await counterWith(profile);
    const { faceId } = await counter.ask('citizen/from-card', { ...nothing, can: card.can });
    return { counter, card, faceId: faceId ?? '', gone: () => counter.service.problemOf('card/face', { faceId: faceId ?? '' }) };
  };
  it('a JPEG is handed over as it is', async () => {
    const { counter, faceId } = await read();
    const { mime, content } = await counter.service.ask('card/face', { faceId });
    expect([mime, Buffer.from(content.subarray(0, 3)).toString('hex')]).toEqual(['image/jpeg', 'ffd8ff']);
  });
  it('JPEG 2000 comes as a picture that a browser shows', async () => {
    const { counter, faceId } = await read({ face: { format: 'jp2' } });
    const { mime, content } = await counter.service.ask('card/face', { faceId });
    expect([mime, Buffer.from(content.subarray(1, 4)).toString()]).toEqual(['image/png', 'PNG']);
  });
  it('is gone when its case closes, not when another one does', async () => {
    const { counter, gone, faceId } = await read();
    await counter.service.ask('card/face-drop', { faceId: crypto.randomUUID() });
    expect(await gone()).toBe('none');
    await counter.service.ask('card/face-drop', { faceId });
    expect(await gone()).toBe('not-found');
  });
  it('is gone when the session locks, also for the same officer afterwards', async () => {
    const { counter, gone } = await read();
    await counter.service.ask('auth/logout', {});
    expect(await gone()).toBe('not-logged-in');
    await counter.service.ask('auth/login', { loginName: 'an', secret: adminSecret });
    expect(await gone()).toBe('not-found');
  });
  it('is gone after some minutes without a look, and a look keeps it', async () => {
    const { counter, gone } = await read();
    for (let look = 0; look < 3; look += 1) {
      counter.service.clock.pass(2 * 60_000);
      expect(await gone()).toBe('none');
    }
    counter.service.clock.pass(5 * 60_000 + 1);
    await counter.service.ask('auth/login', { loginName: 'an', secret: adminSecret });
    expect(await gone()).toBe('not-found');
  });
  it('is gone when the next card is read, and nobody else gets it', async () => {
    const { counter, card, gone, faceId } = await read();
    expect(() => counter.service.context.faces.get(faceId, 'somebody else')).toThrow(expect.objectContaining({ code: 'not-found' }));
    await counter.ask('citizen/from-card', { ...nothing, can: card.can });
    expect(await gone()).toBe('not-found');
  });
  it('its memory is overwritten when it goes', async () => {
    const { counter, gone } = await read();
    const bytes = Uint8Array.of(1, 2, 3);
    const { faces } = counter.service.context;
    faces.keep({ mime: 'image/png', content: bytes }, 'o');
    await counter.service.close();
    expect([...bytes]).toEqual([0, 0, 0]);
    expect(gone).toBeTypeOf('function');
  });
});

describe('readers at the counter', () => {
  it('a signing token with its card is neither waited for nor read', async () => {
    const counter = await startCounter();
    counter.service.readers.plugIn('Feitian ePass2003 00 00');
    counter.service.readers.insert({ transmit: async () => Uint8Array.of(0x6a, 0x82) }, 'Feitian ePass2003 00 00');
    expect(await counter.service.ask('reader/state', {})).toMatchObject({ state: 'empty', inUse: reader });
    const card = issueCard();
    counter.service.readers.insert(new VirtualChip(card), reader);
    expect((await counter.ask('citizen/from-card', { ...nothing, can: card.can })).reading.problem).toBeNull();
  });
  it('the chosen reader is remembered, told, and written down', async () => {
    const counter = await startCounter();
    counter.service.readers.plugIn('ACS ACR39U ICC Reader 00 00');
    expect(await counter.service.ask('reader/choose', { name: 'ACS ACR39U ICC Reader 00 00' })).toMatchObject({ chosen: 'ACS ACR39U ICC Reader 00 00', state: 'empty' });
    expect(readSettings(counter.service.context.store).readerName).toBe('ACS ACR39U ICC Reader 00 00');
    expect(counter.service.told.findLast(({ name }) => name === 'reader/state')?.data).toMatchObject({ inUse: 'ACS ACR39U ICC Reader 00 00' });
    const card = issueCard();
    counter.service.readers.insert(new VirtualChip(issueCard({ can: '111111' })), reader);
    counter.service.readers.insert(new VirtualChip(card), 'ACS ACR39U ICC Reader 00 00');
    expect((await counter.ask('citizen/from-card', { ...nothing, can: card.can })).reading.problem).toBeNull();
  });
  it('unplugged and plugged in again, under another number: nothing to do', async () => {
    const counter = await startCounter();
    const [before, after] = ['ACS ACR39U ICC Reader 00 00', 'ACS ACR39U ICC Reader 01 00'];
    counter.service.readers.plugIn(before);
    await counter.service.ask('reader/choose', { name: before });
    counter.service.readers.unplug(before);
    expect(await counter.service.ask('reader/state', {})).toMatchObject({ state: 'chosen-missing' });
    counter.service.readers.plugIn(after);
    counter.service.readers.setService(false);
    expect(await counter.service.ask('reader/state', {})).toMatchObject({ state: 'service-missing' });
    counter.service.readers.setService(true);
    counter.service.readers.plugIn(after);
    const card = issueCard();
    counter.service.readers.insert(new VirtualChip(card), after);
    expect(await counter.service.ask('reader/state', {})).toMatchObject({ state: 'card', inUse: after });
    expect((await counter.ask('citizen/from-card', { ...nothing, can: card.can })).reading.problem).toBeNull();
  });
  it('a bank card without a key is told as one', async () => {
    const counter = await startCounter();
    counter.service.readers.insert({ transmit: async (apdu) => bankCard(apdu) });
    expect(await counter.ask('citizen/from-card', nothing)).toMatchObject({ otherKind: 'bank', missing: null, reading: { problem: { code: 'card-not-identity' } } });
  });
  it('wrong keys are counted for the card that lies there, and forgotten with it', async () => {
    const { counter, card } = await counterWith({ can: '424242' });
    const tried = async (can: string) => (await counter.ask('citizen/from-card', { ...nothing, can })).wrongKeys;
    expect([await tried('000001'), await tried('000002')]).toEqual([1, 2]);
    counter.service.readers.take();
    counter.service.readers.insert(new VirtualChip(card));
    expect(await tried('000003')).toBe(1);
  });
  it('the card is pulled in the middle: one problem, no half a person, and the next read works at once', async () => {
    const { counter, card } = await counterWith({ faults: { removeAfter: 14 } });
    expect(await counter.ask('citizen/from-card', { ...nothing, can: card.can })).toMatchObject({ panel: null, faceId: null, reading: { problem: { code: 'card-removed' } } });
    counter.service.readers.take();
    counter.service.readers.insert(new VirtualChip(issueCard()));
    expect((await counter.ask('citizen/from-card', { ...nothing, can: issueCard().can })).reading.problem).toBeNull();
  });
  it('a read that waits for a card ends when it is cancelled', async () => {
    const counter = await startCounter();
    const waiting = counter.problemOf('citizen/from-card', { ...nothing, can: '012345' });
    await new Promise((resolve) => { setImmediate(resolve); });
    await counter.ask('card/cancel', {});
    expect(await waiting).toBe('cancelled');
  });
  it('the test of the readers names what lies there, and reads nothing of the person', async () => {
    const { counter, card } = await counterWith();
    counter.service.readers.plugIn('Feitian ePass2003 00 00');
    const { service, readers } = await counter.service.ask('reader/test', {});
    expect([service, readers.map(({ name, kind, state }) => [name, kind, state])]).toEqual([true, [[reader, 'reader', 'ok'], ['Feitian ePass2003 00 00', 'fixed', 'ok']]]);
    expect(readers[0]?.probe).toEqual({ kind: 'identity', pace: true, bac: true, extendedLength: true });
    expect(JSON.stringify(readers)).not.toContain(card.profile.person.personalId);
    counter.service.readers.insert({ transmit: async (apdu) => bankCard(apdu) });
    const bank = (await counter.service.ask('reader/test', {})).readers[0];
    expect([bank?.state, bank?.probe?.kind, bank?.do]).toEqual(['warn', 'bank', 'Nhấc thẻ ngân hàng ra, đặt thẻ căn cước lên.']);
  });
  it('a reader that cannot do extended length is told, with what helps', async () => {
    const { counter } = await counterWith({ faults: { noExtended: true } });
    const [tested] = (await counter.service.ask('reader/test', {})).readers;
    expect([tested?.probe?.extendedLength, tested?.do?.includes('extended APDU')]).toEqual([false, true]);
  });
  it('a foreign passport: shown by its own number, counted, and held by nobody', async () => {
    const { counter, card } = await counterWith({ document: { format: 'TD3' } });
    const { panel } = await counter.ask('citizen/from-card', { ...nothing, mrz: card.mrz.join('\n') });
    expect(panel).toMatchObject({ document: { kind: 'passport', number: 'X1234567' }, held: [], openDossiers: [] });
    expect(panel?.fields.personalId).toBeUndefined();
  });
});

describe('spot check at the gate', () => {
  const row = (name: string, more = ',,,,,') => `CN-7,${name},001090012345,Xưởng 1,Công ty Mẫu${more}`;
  async function gateWith(rows: string[], profile: CardProfileInput = {}): Promise<{ service: TestService; card: IssuedCard }> {
    const service = await setUpService('gate');
    if (rows.length > 0) await importRows(service, ...rows);
    return { service, card: issueCard(profile) };
  }
  it('the chip binds number and worker; the card makes no scan', async () => {
    const { service, card } = await gateWith([row('Nguyễn Văn An')]);
    const asked = service.ask('gate/spot-check', { can: card.can });
    await new Promise((resolve) => { setImmediate(resolve); });
    service.readers.insert(new VirtualChip(card));
    expect(await asked).toMatchObject({ outcome: 'registered', worker: { workerId: 'CN-7' }, cardName: 'Nguyễn Văn An', problem: null });
    expect(service.told.some(({ name }) => name === 'gate/answer')).toBe(false);
    expect(readEvents(service.context.store, { afterSeq: 0, limit: 100 }).map(({ type, purpose }) => [type, purpose])).toContainEqual(['look-up-made', 'spot-check']);
  });
  it.each([
    ['nobody of the roster', [], {}, 'not-registered'], ['another name under the number', [row('Trần Văn Bình')], {}, 'name-differs'],
    ['changed data', [row('Nguyễn Văn An')], { faults: { corruptHash: 'DG13' } }, 'forged'],
  ] as const)('%s', async (_, rows, profile, outcome) => {
    const { service, card } = await gateWith([...rows], profile);
    service.readers.insert(new VirtualChip(card));
    expect(await service.ask('gate/spot-check', { can: card.can })).toMatchObject({ outcome });
  });
  it('a foreign passport is no registered credential', async () => {
    const { service, card } = await gateWith([row('Nguyễn Văn An')], { document: { format: 'TD3' }, can: '654321' });
    service.readers.insert(new VirtualChip(card));
    expect(await service.ask('gate/spot-check', { can: '654321' })).toMatchObject({ outcome: 'no-id', worker: null });
  });
  it('nothing to open it with → what is missing is said', async () => {
    const { service, card } = await gateWith([]);
    service.readers.insert(new VirtualChip(card));
    expect(await service.ask('gate/spot-check', { can: null })).toMatchObject({ outcome: 'unread', missing: 'qr-or-can' });
  });
  it('its face is told to no page by itself', async () => {
    const { service, card } = await gateWith([row('Nguyễn Văn An')]);
    service.readers.insert(new VirtualChip(card));
    const { faceId } = await service.ask('gate/spot-check', { can: card.can });
    expect(faceId).not.toBeNull();
    expect(JSON.stringify(service.told)).not.toContain(faceId);
    await service.ask('auth/logout', {});
    expect(await service.problemOf('card/face', { faceId })).toBe('not-logged-in');
  });
});
