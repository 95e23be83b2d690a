import { describe, expect, it } from 'vitest';
import type { CardReading } from '../../shared/contracts/identity.ts';
import { demoCitizens } from '../../shared/domain/demo-citizens.ts';
import { seedCounterDemo } from '../../electron/service/demo-counter.ts';
import { numberingSetting } from '../../electron/service/counter/dossier-intake.ts';
import { applyCalendar, applyProcedure, readEvents, readHead, readProcedures, setAckedSeq, verifyChain, writeSetting, writeSettings } from '../../electron/store/index.ts';
import type { Procedure } from '../../shared/contracts/dossier.ts';
import { intakeOf, pdfScan, procedureCode, qrOfAn, qrOfHoa, receive, scriptedCard, startCounter, withoutMarks, type TestCounter } from './counter-service.ts';

const officer = { userId: 'o', displayName: 'Cán bộ' };
const eventsOf = ({ service }: TestCounter): string[] => readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).map(({ type }) => type);
const birth = 'Đăng ký khai sinh';

describe('one case from QR to handed-over result', () => {
  it('goes through every step, each with its event, and the result is held for the next intake', async () => {
    const counter = await startCounter();
    const { ask } = counter;
    const scan = await ask('scan/add', { fileName: 'to-khai.pdf', content: await pdfScan('a', 2), origin: 'file' });
    expect(scan).toMatchObject({ pages: 2, mime: 'application/pdf' });
    const input = await intakeOf(counter, birth);
    input.components[0]!.scans = [scan.sha256];
    const received = await ask('dossier/receive', input);
    expect(received).toMatchObject({ status: 'received', officer: 'Nguyễn Văn An', synced: false, due: { dueAt: '2026-11-19T10:00:00.000Z' } });
    expect(received.dossierCode).toMatch(/^KCN01-261119-[A-Z]{3}001$/);
    expect(received.components[0]!.blobs).toEqual([{ sha256: scan.sha256, size: scan.size, mime: scan.mime }]);
    const { pdf } = await ask('dossier/receipt', { dossierId: input.dossierId });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    await ask('dossier/advance', { dossierId: input.dossierId, to: 'in-progress', note: null });
    const result = await ask('scan/add', { fileName: 'kq.pdf', content: await pdfScan('b'), origin: 'file' });
    await ask('result/digitise', { dossierId: input.dossierId, number: '01/2026', issuedOn: '2026-11-19', signer: 'Hoàng Văn Mẫu', scans: [result.sha256] });
    const done = await ask('result/hand-over', {
      dossierId: input.dossierId, receiver: { fullName: 'Nguyễn Văn An', personalId: '001090012345', source: 'qr' }, authorisation: null,
    });
    expect(done).toMatchObject({ status: 'handed-over', handOver: { asOwner: true, source: 'qr' } });
    expect(done.history.map(({ type }) => type)).toEqual(['dossier-received', 'receipt-printed', 'dossier-advanced', 'result-digitised', 'result-handed-over']);
    expect(done.history[2]).toMatchObject({ actor: 'Nguyễn Văn An', note: 'Đang giải quyết' });
    const { held } = await ask('citizen/from-qr', { text: qrOfAn, purpose: 'intake' });
    expect(held).toMatchObject([{ paperType: 'giay-khai-sinh', number: '01/2026', trust: 'result-of-this-system', blobs: [{ sha256: result.sha256 }] }]);
    expect(verifyChain(counter.service.context.store).ok).toBe(true);
    const next = await counter.restart();
    expect((await next.ask('dossier/get', { dossierId: input.dossierId, purpose: 'status-question' })).history).toEqual(done.history);
    const { store } = next.service.context;
    store.transaction(() => setAckedSeq(store, readHead(store).seq));
    expect((await next.ask('dossier/list', { status: null, beforeCode: null, limit: 1 })).dossiers).toMatchObject([{ synced: true }]);
  });
});

describe('intake', () => {
  it('sent twice is one dossier and one event; other content under the same id is a conflict', async () => {
    const counter = await startCounter();
    const input = await intakeOf(counter, birth);
    const first = await counter.ask('dossier/receive', input);
    expect(await counter.ask('dossier/receive', input)).toEqual(first);
    expect(eventsOf(counter).filter((type) => type === 'dossier-received')).toHaveLength(1);
    expect(await counter.problemOf('dossier/receive', { ...input, copies: 2 })).toBe('conflict');
  });
  it('sent twice after the dossier has moved on still succeeds', async () => {
    const counter = await startCounter();
    const input = await intakeOf(counter, birth);
    await counter.ask('dossier/receive', input);
    await counter.ask('dossier/advance', { dossierId: input.dossierId, to: 'in-progress', note: null });
    expect((await counter.ask('dossier/receive', input)).status).toBe('in-progress');
  });
  it('codes count up within a day and begin anew the next; a reserved block is used', async () => {
    const counter = await startCounter();
    const codes = [await receive(counter, birth), await receive(counter, birth)].map(({ dossierCode }) => dossierCode.slice(-3));
    counter.service.clock.pass(24 * 3_600_000);
    await counter.service.ask('auth/login', { loginName: 'an', secret: '246810' });
    writeSetting(counter.service.context.store, numberingSetting, { pattern: '{unit}-{yy}{mm}{dd}-{block}{serial}', block: '07' });
    expect([...codes, (await receive(counter, birth)).dossierCode]).toEqual(['001', '002', 'KCN01-261120-0701']);
  });
  it('asks for nothing that is held without a reason, and takes it from the store', async () => {
    const counter = await startCounter();
    await seedCounterDemo(counter.service.context, officer);
    const marriage = 'Đăng ký kết hôn';
    const asked = await intakeOf(counter, marriage, {}, qrOfHoa);
    expect(await counter.problemOf('dossier/receive', asked)).toBe('ask-again-reason-missing');
    const { held } = await counter.ask('citizen/from-qr', { text: qrOfHoa, purpose: 'intake' });
    const paper = held.find(({ paperType }) => paperType === 'xac-nhan-tinh-trang-hon-nhan')!;
    const reused = { ...asked, components: asked.components.map((item) => (item.componentId === 'tinh-trang-hon-nhan' ? { ...item, origin: 'store' as const, paperId: paper.paperId } : item)) };
    const dossier = await counter.ask('dossier/receive', reused);
    expect(dossier.components.find(({ componentId }) => componentId === 'tinh-trang-hon-nhan')).toMatchObject({ origin: 'store', paperId: paper.paperId, blobs: paper.blobs });
    const withReason = { ...asked, dossierId: crypto.randomUUID(), components: asked.components.map((item) => ({ ...item, askAgainReason: item.componentId === 'tinh-trang-hon-nhan' ? 'Thông tin trong kho sai' : null })) };
    expect((await counter.ask('dossier/receive', withReason)).components.find(({ componentId }) => componentId === 'tinh-trang-hon-nhan')?.askAgainReason).toBe('Thông tin trong kho sai');
  });
  it('a number that was only typed opens no papers: none is used, none is told of', async () => {
    const counter = await startCounter();
    await seedCounterDemo(counter.service.context, officer);
    const asked = await intakeOf(counter, 'Đăng ký kết hôn', {}, qrOfHoa);
    const { held } = await counter.ask('citizen/from-qr', { text: qrOfHoa, purpose: 'intake' });
    const typed = Object.fromEntries(Object.entries(asked.citizen).map(([name, field]) => [name, { ...field, source: 'typed' as const, trust: 'typed' as const }]));
    const papers = asked.components.map((item) => ({ ...item, origin: 'paper-original' as const }));
    const reused = papers.map((item) => (item.componentId === 'tinh-trang-hon-nhan' ? { ...item, origin: 'store' as const, paperId: held[0]!.paperId } : item));
    expect(await counter.problemOf('dossier/receive', { ...asked, citizen: typed, components: reused })).toBe('component-missing');
    expect(await counter.problemOf('dossier/receive', { ...asked, citizen: typed, components: papers })).toBe('none');
  });
  it('refuses what is incomplete, unknown or nameless', async () => {
    const counter = await startCounter();
    const input = await intakeOf(counter, birth);
    expect(await counter.problemOf('dossier/receive', { ...input, components: input.components.slice(1) })).toBe('component-missing');
    expect(await counter.problemOf('dossier/receive', { ...input, procedureCode: 'TY-99' })).toBe('procedure-unknown');
    expect(await counter.problemOf('dossier/receive', { ...input, citizen: {} })).toBe('identity-missing');
    const scans = input.components.map((item, at) => ({ ...item, scans: at === 0 ? ['a'.repeat(64)] : [] }));
    expect(await counter.problemOf('dossier/receive', { ...input, components: scans })).toBe('not-found');
    expect(eventsOf(counter)).not.toContain('dossier-received');
  });
  it('a page cannot call its own text signed', async () => {
    const counter = await startCounter();
    const input = await intakeOf(counter, birth);
    input.citizen.fullName = { value: 'Nguyễn Văn Giả', source: 'chip', trust: 'signed', edited: false };
    expect((await counter.ask('dossier/receive', input)).citizen.fullName?.trust).toBe('claimed');
  });
});

describe('steps', () => {
  it('follow the table and need a reason where the citizen is to be told one', async () => {
    const counter = await startCounter();
    const { dossierId } = await receive(counter, birth);
    expect(await counter.problemOf('dossier/advance', { dossierId, to: 'handed-over', note: null })).toBe('dossier-step-not-allowed');
    expect(await counter.problemOf('dossier/advance', { dossierId, to: 'resolved', note: null })).toBe('dossier-step-not-allowed');
    expect(await counter.problemOf('dossier/advance', { dossierId, to: 'stopped', note: ' ' })).toBe('reason-missing');
    expect(await counter.problemOf('dossier/advance', { dossierId: crypto.randomUUID(), to: 'stopped', note: 'x' })).toBe('not-found');
    expect((await counter.ask('dossier/advance', { dossierId, to: 'withdrawn', note: 'Người nộp rút' })).history.at(-1)?.note).toBe('Đã rút hồ sơ: Người nộp rút');
  });
  it('a supplement stops the clock', async () => {
    const counter = await startCounter();
    const { dossierId, due } = await receive(counter, 'Liên thông: đăng ký khai sinh – đăng ký thường trú – cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi');
    expect(due?.dueAt).toBe('2026-11-24T10:00:00.000Z');
    await counter.ask('dossier/advance', { dossierId, to: 'supplement-requested', note: 'Thiếu giấy chứng sinh' });
    counter.service.clock.pass(24 * 3_600_000);
    await counter.service.ask('auth/login', { loginName: 'an', secret: '246810' });
    const after = await counter.ask('dossier/advance', { dossierId, to: 'in-progress', note: null });
    expect(after.due?.dueAt).toBe('2026-11-25T10:00:00.000Z');
    expect(after.due?.explanation.at(-1)).toBe('Hẹn trả mới: 17:00 25/11/2026');
  });
  it('the result is digitised once; another one is a conflict', async () => {
    const counter = await startCounter();
    const { dossierId } = await receive(counter, birth);
    const { sha256 } = await counter.ask('scan/add', { fileName: 'a.pdf', content: await pdfScan('r'), origin: 'file' });
    const result = { dossierId, number: '1', issuedOn: '2026-11-19', signer: 'Mẫu', scans: [sha256] };
    const first = await counter.ask('result/digitise', result);
    expect(await counter.ask('result/digitise', result)).toEqual(first);
    expect(await counter.problemOf('result/digitise', { ...result, number: '2' })).toBe('conflict');
    expect(await counter.problemOf('result/digitise', { ...result, scans: ['b'.repeat(64)] })).toBe('not-found');
  });
  it('only an identified person gets it: owner, or somebody with an authorisation', async () => {
    const counter = await startCounter();
    const { dossierId } = await receive(counter, birth);
    const an = { fullName: 'Nguyễn Văn An', personalId: '001090012345', source: 'qr' as const };
    const hoa = { fullName: 'Trần Thị Bích Hòa', personalId: '036185002468', source: 'qr' as const };
    expect(await counter.problemOf('result/hand-over', { dossierId, receiver: an, authorisation: null })).toBe('dossier-step-not-allowed');
    const { sha256 } = await counter.ask('scan/add', { fileName: 'a.pdf', content: await pdfScan('r'), origin: 'file' });
    await counter.ask('result/digitise', { dossierId, number: '1', issuedOn: '2026-11-19', signer: 'Mẫu', scans: [sha256] });
    expect(await counter.problemOf('result/hand-over', { dossierId, receiver: { ...an, source: 'store' }, authorisation: null })).toBe('identity-missing');
    expect(await counter.problemOf('result/hand-over', { dossierId, receiver: hoa, authorisation: 'x' })).toBe('identity-missing');
    await counter.ask('citizen/from-qr', { text: qrOfHoa, purpose: 'hand-over' });
    expect(await counter.problemOf('result/hand-over', { dossierId, receiver: hoa, authorisation: null })).toBe('authorisation-missing');
    const done = await counter.ask('result/hand-over', { dossierId, receiver: hoa, authorisation: 'Giấy ủy quyền 12/2026' });
    const restarted = await counter.restart();
    expect(await restarted.ask('result/hand-over', { dossierId, receiver: hoa, authorisation: 'Giấy ủy quyền 12/2026' })).toEqual(done);
    expect(done.handOver).toMatchObject({ asOwner: false, receiverId: hoa.personalId });
    expect(await restarted.problemOf('result/hand-over', { dossierId, receiver: an, authorisation: null })).toBe('conflict');
  });
});

const signedReading = (ok: boolean): CardReading => {
  const verdict = { ok, reason: '' };
  return {
    ok: true, chip: null, document: null, face: null, warnings: ['expired'], problem: null,
    person: {
      personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', nationality: null, ethnicity: null, religion: null,
      origin: null, residence: 'Gia Bình, Bắc Ninh', features: null, issuedOn: null, expiresOn: null, father: null, mother: null, spouses: [], oldId: null,
    },
    trust: { hashes: verdict, signature: verdict, chain: verdict, active: verdict, chip: verdict, genuine: verdict },
  };
};

describe('who is there', () => {
  it('chip and QR: the chip stands, a difference is shown, signed stays signed through the intake', async () => {
    const counter = await startCounter({ card: scriptedCard(signedReading(true)) });
    const { panel } = await counter.ask('citizen/from-card', { purpose: 'intake', qrText: qrOfAn, can: null, document: null });
    expect(panel).toMatchObject({ fields: { fullName: { source: 'chip', trust: 'signed' }, oldId: { source: 'qr' } }, warnings: ['expired'], differences: [{ field: 'residence' }] });
    const input = await intakeOf(counter, birth);
    input.citizen = panel!.fields;
    // The QR was asked again by intakeOf: what the chip said before is what counts no more.
    await counter.ask('citizen/from-card', { purpose: 'intake', qrText: null, can: '123456', document: null });
    expect((await counter.ask('dossier/receive', input)).citizen.fullName?.trust).toBe('signed');
  });
  it('a chip whose signature does not hold is only claimed', async () => {
    const { ask } = await startCounter({ card: scriptedCard(signedReading(false)) });
    expect((await ask('citizen/from-card', { purpose: 'intake', qrText: null, can: '123456', document: null })).panel?.fields.fullName?.trust).toBe('claimed');
  });
  it('a card that could not be read gives its problem and no panel', async () => {
    const reading = { ...signedReading(false), ok: false, person: null, problem: { code: 'card-removed', retry: true, vi: '' } };
    const counter = await startCounter({ card: scriptedCard(reading) });
    expect(await counter.ask('citizen/from-card', { purpose: 'intake', qrText: null, can: '123456', document: null })).toMatchObject({ panel: null, reading: { problem: { code: 'card-removed' } } });
    expect(eventsOf(counter)).not.toContain('look-up-made');
  });
  it('nothing to open the chip with → card-key-needed; a text that is no identity → qr-not-identity', async () => {
    const counter = await startCounter({ card: scriptedCard(signedReading(true)) });
    const { reading, missing } = await counter.ask('citizen/from-card', { purpose: 'intake', qrText: null, can: null, document: null });
    expect([reading.problem?.code, missing]).toEqual(['card-key-needed', 'qr-or-can']);
    expect(await counter.problemOf('citizen/from-qr', { text: 'https://example.vn', purpose: 'intake' })).toBe('qr-not-identity');
  });
  it('shows where the store knows it otherwise', async () => {
    const counter = await startCounter();
    await receive(counter, birth);
    const { warnings } = await counter.ask('citizen/from-qr', { text: qrOfAn.replace('Gia Bình', 'Lương Tài'), purpose: 'intake' });
    expect(warnings).toContain('Nơi cư trú khác với lần trước.');
  });
  it('look-ups are written down without the number, and limited by the hour to so many people', async () => {
    const counter = await startCounter();
    const { ask, problemOf, service } = counter;
    writeSettings(service.context.store, { lookUpsPerHour: 2 });
    await ask('citizen/from-qr', { text: qrOfAn, purpose: 'intake' });
    await ask('citizen/from-qr', { text: qrOfAn, purpose: 'status-question' });
    expect(await ask('citizen/search', { query: 'nguyen van an', purpose: 'status-question' })).toMatchObject({ remaining: 0 });
    expect(await problemOf('citizen/from-qr', { text: qrOfHoa, purpose: 'intake' })).toBe('look-up-limit');
    expect(await problemOf('citizen/from-qr', { text: qrOfAn, purpose: 'intake' })).toBe('none');
    const events = readEvents(service.context.store, { afterSeq: 0, limit: 100 }).filter(({ type }) => type === 'look-up-made');
    expect(events.map(({ purpose }) => purpose)).toEqual(['intake', 'status-question', 'status-question', 'intake']);
    expect(JSON.stringify(events)).not.toMatch(/001090012345|Nguyễn|nguyen van/);
    service.clock.pass(3_600_001);
    await service.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await problemOf('citizen/from-qr', { text: qrOfHoa, purpose: 'intake' })).toBe('none');
  });
});

describe('a code from a scanner that plays keyboard', () => {
  it('with its marks lost is refused with the setting to change; whole, it is taken', async () => {
    const { ask, problemOf } = await startCounter();
    expect(await problemOf('citizen/from-qr', { text: withoutMarks(qrOfAn), purpose: 'intake', asciiOnly: true })).toBe('qr-garbled');
    expect((await ask('citizen/from-qr', { text: qrOfAn, purpose: 'intake', asciiOnly: true })).fields.fullName?.value).toBe('Nguyễn Văn An');
  });
});

describe('lists and the catalogue', () => {
  it('pages by code, counts by status, overdue and due soon', async () => {
    const counter = await startCounter();
    const codes: string[] = [];
    for (let n = 0; n < 5; n++) codes.unshift((await receive(counter, birth)).dossierCode);
    const list = (status: 'received' | 'stopped' | null, beforeCode: string | null) => counter.ask('dossier/list', { status, beforeCode, limit: 2 });
    const first = await list(null, null);
    expect(first.dossiers.map(({ dossierCode }) => dossierCode)).toEqual(codes.slice(0, 2));
    expect((await list('received', codes[1]!)).dossiers.map(({ dossierCode }) => dossierCode)).toEqual(codes.slice(2, 4));
    expect(first).toMatchObject({ counts: { received: 5 }, overdue: 0, dueSoon: 5 });
    expect(first.dossiers[0]).toMatchObject({ citizenName: 'Nguyễn Văn An', maskedId: '001*****2345' });
    counter.service.clock.pass(9 * 3_600_000);
    await counter.service.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await list('stopped', null)).toMatchObject({ dossiers: [], overdue: 5, dueSoon: 0 });
  });
  it('what is overdue or due soon is told by the service, the earliest first, page by page, and only while the clock runs', async () => {
    const counter = await startCounter();
    const due = (which: 'overdue' | 'soon', beforeCode: string | null = null, limit = 2) => (
      counter.ask('dossier/list', { status: null, due: which, beforeCode, limit }).then(({ dossiers }) => dossiers.map(({ dossierCode }) => dossierCode)));
    const [first, second, resolved] = [await receive(counter, birth), await receive(counter, birth), await receive(counter, birth)];
    await counter.ask('dossier/advance', { dossierId: resolved.dossierId, to: 'stopped', note: 'Người dân rút yêu cầu' });
    expect([await due('soon'), await due('overdue')]).toEqual([[first.dossierCode, second.dossierCode], []]);
    counter.service.clock.pass(24 * 3_600_000);
    await counter.service.ask('auth/login', { loginName: 'an', secret: '246810' });
    const today = await receive(counter, birth);
    expect(await due('overdue')).toEqual([first.dossierCode, second.dossierCode]);
    expect(await due('overdue', first.dossierCode)).toEqual([second.dossierCode]);
    expect([await due('overdue', second.dossierCode), await due('soon', null, 50)]).toEqual([[], [today.dossierCode]]);
    const { dossiers } = await counter.ask('dossier/list', { status: 'in-progress', due: 'overdue', beforeCode: null, limit: 5 });
    expect(dossiers).toEqual([]);
  });
  it('procedures are found without accents, by field and by code', async () => {
    const { ask } = await startCounter();
    const names = async (query: string | null) => (await ask('procedure/list', { query })).procedures.map(({ name }) => name);
    expect(await names(null)).toHaveLength(25);
    expect(await names('dang ky ket hon')).toEqual(['Đăng ký kết hôn']);
    expect(await names('TY-14')).toEqual([birth]);
    expect(await names('khong co')).toEqual([]);
  });
  it('the preview of a due date is what the intake gives', async () => {
    const counter = await startCounter({ at: '2026-11-20T08:20:00Z' });
    const code = await procedureCode(counter, birth);
    const { due } = await counter.ask('dossier/preview', { procedureCode: code });
    expect(due?.dueAt).toBe('2026-11-23T10:00:00.000Z');
    expect((await receive(counter, birth)).due).toEqual(due);
    expect((await counter.ask('dossier/preview', { procedureCode: await procedureCode(counter, 'Cấp điện mới') })).due).toBeNull();
    expect(await counter.problemOf('dossier/preview', { procedureCode: 'x' })).toBe('procedure-unknown');
  });
  it('what the hub sends replaces by code from its day on; what is no procedure is refused', async () => {
    const { service: { context: { store } } } = await startCounter();
    const nameOn = (day: string) => readProcedures(store, day).find(({ code }) => code === 'TY-14')?.name;
    const body: Procedure = { ...readProcedures(store, '2026-11-19').find(({ code }) => code === 'TY-14')!, name: 'Đăng ký khai sinh (mới)', effectiveFrom: '2027-01-01' };
    expect([applyProcedure(store, body), applyProcedure(store, body), applyProcedure(store, { code: 'x' })]).toEqual([true, true, false]);
    expect([nameOn('2026-12-31'), nameOn('2027-01-01')]).toEqual([birth, 'Đăng ký khai sinh (mới)']);
  });
  it('a year of days off from the hub takes the place of the one that came along', async () => {
    const counter = await startCounter({ at: '2026-11-23T02:00:00Z' });
    const due = async () => (await receive(counter, 'Liên thông: đăng ký khai sinh – đăng ký thường trú – cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi')).due?.dueAt;
    expect(await due()).toBe('2026-11-26T10:00:00.000Z');
    const { store } = counter.service.context;
    expect(applyCalendar(store, 2026, { days: [{ date: '2026-11-24', kind: 'off', name: 'Ngày Văn hóa Việt Nam', source: 'x', verified: true }] })).toBe(true);
    expect(applyCalendar(store, 2026, { days: [{ date: '2027-11-24', kind: 'off', name: 'x', source: 'x', verified: true }] })).toBe(false);
    expect(await due()).toBe('2026-11-27T10:00:00.000Z');
  });
  it('the demo fills citizens, papers and dossiers in five states, once', async () => {
    const counter = await startCounter();
    await seedCounterDemo(counter.service.context, officer);
    const { counts } = await counter.ask('dossier/list', { status: null, beforeCode: null, limit: 10 });
    expect(counts).toEqual({ 'received': 1, 'in-progress': 1, 'supplement-requested': 1, 'resolved': 1, 'handed-over': 1 });
    const { held, openDossiers } = await counter.ask('citizen/from-qr', { text: qrOfAn, purpose: 'intake' });
    expect(held).toHaveLength(demoCitizens[0]!.papers.length);
    expect(openDossiers).toHaveLength(1);
    expect(counter.service.told.findLast(({ name }) => name === 'roster/progress')?.data).toEqual({ done: 10, of: 10, what: 'dossiers' });
    const before = eventsOf(counter).length;
    await seedCounterDemo(counter.service.context, officer);
    expect(eventsOf(counter)).toHaveLength(before);
    expect(verifyChain(counter.service.context.store).ok).toBe(true);
  });
});
