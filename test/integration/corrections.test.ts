import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { applyCorrectionEvent, readCountingCorrections, readEvents, readWorkerCorrections, verifyChain } from '../../electron/store/index.ts';
import type { CorrectionChanges } from '../../shared/contracts/correction.ts';
import type { InboxFilter } from '../../shared/contracts/requests/correction.ts';
import { noChanges } from '../../shared/domain/correction.ts';
import { adminSecret, importRows, setUpService, startService, type TestService } from './test-service.ts';

const morning = '2026-11-20T00:55:00Z';
const period = { from: '2026-11-14', to: '2026-11-21' };
const filter: InboxFilter = { query: '', department: null, employer: null, shiftId: null, kind: null, onlyOpen: false };
const list = { period, filter, offset: 0, limit: 100, fresh: true };
const local = (text: string): number => Date.parse(`${text}:00+07:00`);
const out = (text: string): CorrectionChanges => ({ ...noChanges, kind: 'change', add: [{ direction: 'out', at: local(text) }] });

/** A gate with two supervisors beside the administrator, a shift and three workers; it is the morning of 20 November. */
async function gate(): Promise<TestService> {
  const service = await setUpService('gate', { at: morning });
  await service.ask('shifts/save', { fresh: true, shift: { id: 'HC', name: 'Hành chính', start: '08:00', end: '17:00', breakMinutes: 60, earlyInMinutes: 60, lateOutMinutes: 240, graceMinutes: 5, days: [1, 2, 3, 4, 5, 6, 7] } });
  await importRows(service, 'W1,Nguyễn Thị Hoa,,Chuyền 1,Công ty A,,,HC,C1,,', 'W2,Trần Văn Bình,,Chuyền 1,Công ty A,,,HC,C2,,', 'W3,Lê Thị Cúc,,Chuyền 2,Công ty B,,,HC,C3,,');
  for (const [loginName, displayName] of [['binh', 'Giám sát Bình'], ['chi', 'Giám sát Chi']] as const) {
    await service.ask('users/create', { loginName, displayName, role: 'gate-supervisor', secret: '123456' });
  }
  return service;
}

async function be(service: TestService, loginName: 'an' | 'binh' | 'chi'): Promise<void> {
  await service.ask('auth/login', { loginName, secret: loginName === 'an' ? adminSecret : '123456' });
}

/** Scans at clock times of a day, each as at its moment. */
async function scanAt(service: TestService, ...scans: [string, string, string][]): Promise<void> {
  for (const [at, code, lane] of scans) {
    service.clock.set(new Date(local(at)).toISOString());
    await service.ask('gate/scan', { code, lane, via: 'typed' });
  }
}

/** The next morning, with somebody logged in again. */
async function nextMorning(service: TestService, who: 'an' | 'binh' | 'chi' = 'binh'): Promise<void> {
  service.clock.set('2026-11-21T01:00:00Z');
  await be(service, who);
}

async function proposeOne(service: TestService, changes: CorrectionChanges, workerId = 'W1', id: string = randomUUID()) {
  const input = { batchId: randomUUID(), reason: 'forgot-scan', note: '', proposals: [{ id, workerId, workDate: '2026-11-20', changes }] };
  return { id, input, answer: await service.ask('corrections/propose', input) };
}

async function lineOf(service: TestService, workerId = 'W1') {
  const { rows } = await service.ask('timesheet/day', { date: '2026-11-20', filter: { query: '', department: null, employer: null, shiftId: null, onlyToCheck: false }, offset: 0, limit: 10, fresh: false });
  return rows.find((row) => row.workerId === workerId);
}

describe('the inbox of exceptions', () => {
  it('tells every date that somebody must look at, by kind, the newest first, and unknown cards', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-19T07:55', 'C2', 'vao'], ['2026-11-20T07:50', 'C1', 'vao'], ['2026-11-20T07:58', '999999', 'vao'], ['2026-11-20T17:02', 'C3', 'ra']);
    await nextMorning(service);
    const { rows, counts, total, dates } = await service.ask('inbox/list', list);
    expect(rows.map(({ worker, workDate, kinds }) => `${worker?.workerId ?? '-'} ${workDate.slice(-2)} ${kinds.join()}`)).toEqual(['W1 20 no-out', 'W3 20 missing-in', '- 20 unknown', 'W2 19 no-out']);
    expect(counts).toMatchObject({ 'no-out': 2, 'missing-in': 1, unknown: 1, passback: 0 });
    expect([total, dates]).toEqual([4, 4]);
    expect(rows.find(({ worker }) => worker === null)).toMatchObject({ lane: 'vao', at: local('2026-11-20T07:58') });
    const some = await service.ask('inbox/list', { ...list, filter: { ...filter, kind: 'no-out', employer: 'Công ty A', query: 'binh tran', shiftId: 'HC' } });
    expect(some.rows.map(({ worker }) => worker?.workerId)).toEqual(['W2']);
    expect(some.counts).toMatchObject({ 'no-out': 1, 'missing-in': 0 });
  });

  it('opens a date with its scans, what was answered then, and what probably happened', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao']);
    await nextMorning(service);
    const day = await service.ask('inbox/day', { workerId: 'W1', workDate: '2026-11-20' });
    expect(day.punches).toMatchObject([{ outcome: 'recorded', direction: 'in', now: 'in', reason: 'lane', added: false }]);
    expect(day.suggestion).toEqual(out('2026-11-20T17:00'));
    expect(day.now).toMatchObject({ closedBy: 'system', exceptions: ['no-out'] });
    expect(day.shifts).toEqual([{ id: 'HC', startAt: local('2026-11-20T08:00'), endAt: local('2026-11-20T17:00') }]);
    const { line } = await service.ask('inbox/preview', { workerId: 'W1', workDate: '2026-11-20', changes: out('2026-11-20T18:00') });
    expect(line).toMatchObject({ out: local('2026-11-20T18:00'), overtimeMinutes: 60, closedBy: 'correction', exceptions: [] });
    expect(await service.problemOf('inbox/day', { workerId: 'X', workDate: '2026-11-20' })).toBe('not-found');
  });
});

describe('a correction', () => {
  it('counts only when another person approved it; the inbox, the timesheet and the command line show it then', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao']);
    await nextMorning(service, 'binh');
    const { id } = await proposeOne(service, out('2026-11-20T18:00'));
    expect((await service.ask('inbox/list', { ...list, fresh: false })).rows).toMatchObject([{ waiting: true, corrected: false }]);
    expect((await lineOf(service))?.line.closedBy).toBe('system');
    expect(await service.problemOf('corrections/decide', { what: { ids: [id] }, decision: 'approved', note: '' })).toBe('correction-own');
    await be(service, 'chi');
    expect((await service.ask('corrections/waiting', {})).batches).toMatchObject([{ own: false, count: 1, names: ['Nguyễn Thị Hoa'], reason: 'Quên quẹt thẻ', by: { displayName: 'Giám sát Bình' } }]);
    expect(await service.ask('corrections/decide', { what: { ids: [id] }, decision: 'approved', note: 'đã hỏi tổ trưởng' })).toEqual({ decided: 1, unchanged: 0 });
    expect(await service.ask('corrections/decide', { what: { ids: [id] }, decision: 'approved', note: '' })).toEqual({ decided: 0, unchanged: 1 });
    expect(await service.problemOf('corrections/decide', { what: { ids: [id] }, decision: 'refused', note: '' })).toBe('correction-decided');
    expect(await lineOf(service)).toMatchObject({ corrected: true, line: { out: local('2026-11-20T18:00'), overtimeMinutes: 60, closedBy: 'correction', exceptions: [] } });
    expect((await service.ask('inbox/list', { ...list, fresh: false })).rows).toEqual([]);
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
    const { dataDir } = service.context;
    await service.close();
    const lines: unknown[] = [];
    const code = await runCli(['gate', 'timesheet', '--store', dataDir, '--from', '2026-11-20', '--to', '2026-11-21'], { out: (line) => void lines.push(line), err: () => undefined, cwd: '/', stdin: Readable.from([]) });
    expect([code, lines]).toEqual([0, [expect.objectContaining({ workerId: 'W1', closedBy: 'correction', out: '2026-11-20T18:00:00+07:00' })]]);
  });

  it('sent twice is one; other contents under the same id are refused', async () => {
    const service = await gate();
    await nextMorning(service);
    const { input, answer } = await proposeOne(service, { ...noChanges, kind: 'change', wholeDay: true });
    expect(answer).toEqual({ proposed: 1, unchanged: 0 });
    const before = readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).length;
    expect(await service.ask('corrections/propose', input)).toEqual({ proposed: 0, unchanged: 1 });
    expect(readEvents(service.context.store, { afterSeq: 0, limit: 1000 })).toHaveLength(before);
    expect(await service.problemOf('corrections/propose', { ...input, note: 'khác' })).toBe('conflict');
  });

  it('a refused one counts nothing, a withdrawn one only by its proposer', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao']);
    await nextMorning(service);
    const [first, second] = [await proposeOne(service, out('2026-11-20T18:00')), await proposeOne(service, out('2026-11-20T19:00'))];
    expect(await service.ask('corrections/decide', { what: { ids: [first.id] }, decision: 'withdrawn', note: '' })).toEqual({ decided: 1, unchanged: 0 });
    await be(service, 'chi');
    expect(await service.problemOf('corrections/decide', { what: { ids: [second.id] }, decision: 'withdrawn', note: '' })).toBe('correction-not-own');
    await service.ask('corrections/decide', { what: { ids: [second.id] }, decision: 'refused', note: 'không có người xác nhận' });
    expect((await lineOf(service))?.line.closedBy).toBe('system');
    expect((await service.ask('inbox/day', { workerId: 'W1', workDate: '2026-11-20' })).history.map(({ state }) => state).toSorted()).toEqual(['refused', 'withdrawn']);
  });

  it('a later approved one stands in the place of the one before, and one that takes back leaves the scans alone', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao']);
    const approve = async (changes: CorrectionChanges): Promise<void> => {
      service.clock.pass(60_000);
      await be(service, 'binh');
      const { id } = await proposeOne(service, changes);
      await be(service, 'chi');
      await service.ask('corrections/decide', { what: { ids: [id] }, decision: 'approved', note: '' });
    };
    await nextMorning(service);
    await approve(out('2026-11-20T18:00'));
    await approve(out('2026-11-20T19:00'));
    expect((await lineOf(service))?.line.overtimeMinutes).toBe(120);
    await approve({ ...noChanges, kind: 'restore' });
    expect(await lineOf(service)).toMatchObject({ corrected: false, line: { closedBy: 'system', overtimeMinutes: 0, exceptions: ['no-out'] } });
    expect((await service.ask('inbox/list', list)).total).toBe(1);
  });

  it.each([
    ['a reason that is in no list', { reason: 'x' }, {}, 'correction-reason'],
    ['a reason without the note that it needs', { reason: 'other' }, {}, 'correction-reason'],
    ['a punch days away', {}, out('2026-11-23T18:00'), 'correction-invalid'],
    ['a punch that is yet to come', {}, out('2026-11-21T09:00'), 'correction-invalid'],
    ['a scan that is in no log', {}, { ...noChanges, kind: 'change', leaveOut: [{ at: local('2026-11-20T12:00'), lane: '1' }] }, 'correction-invalid'],
    ['a shift that is none', {}, { ...noChanges, kind: 'change', shift: { id: 'XX' } }, 'correction-invalid'],
    ['no change', {}, { ...noChanges, kind: 'change' }, 'request-invalid'],
  ])('with %s is refused', async (_, rest, changes, code) => {
    const service = await gate();
    await nextMorning(service);
    const proposal = { id: randomUUID(), workerId: 'W1', workDate: '2026-11-20', changes: Object.keys(changes).length === 0 ? noChanges : changes };
    expect(await service.problemOf('corrections/propose', { batchId: randomUUID(), reason: 'looked-at', note: '', proposals: [proposal], ...rest })).toBe(code);
    expect((await service.ask('corrections/waiting', {})).total).toBe(0);
  });

  it('asks for a supervisor: the counter gets none of it', async () => {
    const service = await gate();
    await service.ask('users/create', { loginName: 'can', displayName: 'Cán bộ', role: 'officer', secret: '123456' });
    await service.ask('auth/login', { loginName: 'can', secret: '123456' });
    expect(await service.problemOf('inbox/list', list)).toBe('not-allowed');
    expect(await service.problemOf('corrections/propose', { batchId: randomUUID(), reason: 'looked-at', note: '', proposals: [{ id: randomUUID(), workerId: 'W1', workDate: '2026-11-20', changes: noChanges }] })).toBe('not-allowed');
  });
});

describe('many at once', () => {
  it('complaint 18 (hrms 5273): after an outage who lacks a punch is found, proposed in one act with one reason, approved in one act, and scans go on in between', async () => {
    const service = await gate();
    // Out from 16:30 to 18:00: W1 and W2 came, W3 did not; the log stays as it was.
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao'], ['2026-11-20T07:55', 'C2', 'vao']);
    await nextMorning(service);
    const outage = { lanes: ['ra'], from: '2026-11-20T09:30:00.000Z', to: '2026-11-20T11:00:00.000Z', team: { shiftId: 'HC', department: null, employer: null } };
    const { rows, scans } = await service.ask('inbox/outage', outage);
    expect(rows.map(({ workerId, add, seen }) => [workerId, add, seen])).toEqual([
      ['W1', [{ direction: 'out', at: local('2026-11-20T17:00') }], true], ['W2', [{ direction: 'out', at: local('2026-11-20T17:00') }], true]]);
    expect(scans).toBe(0);
    const log = readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).filter(({ type }) => type === 'gate-scan');
    const batchId = randomUUID();
    const act = { batchId, reason: 'power-cut', note: 'mất điện 16:30 – 18:00', proposals: rows.map(({ workerId, workDate, changes }) => ({ id: randomUUID(), workerId, workDate, changes })) };
    const [proposed, scanned] = await Promise.all([service.ask('corrections/propose', act), service.ask('gate/scan', { code: 'C3', lane: 'vao', via: 'typed' })]);
    expect([proposed, scanned.outcome]).toEqual([{ proposed: 2, unchanged: 0 }, 'recorded']);
    expect((await service.ask('inbox/outage', outage)).rows).toEqual([]);
    expect(await service.problemOf('corrections/decide', { what: { batchId }, decision: 'approved', note: '' })).toBe('correction-own');
    await be(service, 'chi');
    expect((await service.ask('corrections/batch', { batchId, offset: 0, limit: 50 })).rows).toMatchObject([
      { workerId: 'W1', before: { closedBy: 'system' }, after: { closedBy: 'correction', exceptions: [] } }, { workerId: 'W2' }]);
    expect(await service.ask('corrections/decide', { what: { batchId }, decision: 'approved', note: '' })).toEqual({ decided: 2, unchanged: 0 });
    expect((await lineOf(service, 'W2'))?.line).toMatchObject({ closedBy: 'correction', workedMinutes: 480, exceptions: [] });
    const later = readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).filter(({ type }) => type === 'gate-scan');
    expect(later.slice(0, log.length)).toEqual(log);
  });

  it('whoever has no scan at all is found only where a whole shift fell into the outage', async () => {
    const service = await gate();
    await nextMorning(service);
    const team = { shiftId: null, department: 'Chuyền 2', employer: null };
    const whole = await service.ask('inbox/outage', { lanes: [], from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T11:00:00.000Z', team });
    expect(whole.rows.map(({ workerId, add, seen }) => [workerId, add.length, seen])).toEqual([['W3', 2, false]]);
    expect((await service.ask('inbox/outage', { lanes: [], from: '2026-11-20T09:30:00.000Z', to: '2026-11-20T11:00:00.000Z', team })).rows).toEqual([]);
  });

  it('dates chosen in the inbox get their suggestions; those that only a person can tell are left', async () => {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao'], ['2026-11-20T07:55', 'C2', 'vao'], ['2026-11-20T17:00', 'C2', 'ra'], ['2026-11-20T17:30', 'C2', 'ra']);
    await nextMorning(service);
    expect(await service.ask('inbox/plan', { items: ['W1', 'W2', 'X'].map((workerId) => ({ workerId, workDate: '2026-11-20' })) })).toMatchObject({
      planned: [{ workerId: 'W1', changes: out('2026-11-20T17:00') }], left: 2 });
  });
});

describe('the difference report', () => {
  async function twoApproved(): Promise<TestService> {
    const service = await gate();
    await scanAt(service, ['2026-11-20T07:50', 'C1', 'vao'], ['2026-11-20T17:01', 'C3', 'ra']);
    await nextMorning(service);
    const [first, second] = [await proposeOne(service, out('2026-11-20T18:00')), await proposeOne(service, { ...noChanges, kind: 'change', add: [{ direction: 'in', at: local('2026-11-20T08:00') }] }, 'W3')];
    await be(service, 'chi');
    await service.ask('corrections/decide', { what: { ids: [first.id, second.id] }, decision: 'approved', note: '' });
    return service;
  }

  it('sets the original line beside the corrected one, with who, when, why, and the events in the chain', async () => {
    const service = await twoApproved();
    const { rows, total } = await service.ask('corrections/differences', { period, query: '', offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({
      workerId: 'W1', before: { closedBy: 'system', overtimeMinutes: 0 }, after: { closedBy: 'correction', overtimeMinutes: 60 }, reason: 'Quên quẹt thẻ',
      proposedBy: 'Giám sát Bình', decidedBy: 'Giám sát Chi',
    });
    const events = readEvents(service.context.store, { afterSeq: 0, limit: 1000 });
    for (const proof of [rows[0]!.proposal, rows[0]!.decision]) expect(events.find(({ seq }) => seq === proof.seq)?.hash).toBe(proof.hash);
    expect((await service.ask('corrections/differences', { period, query: 'cuc', offset: 0, limit: 10 })).rows.map(({ workerId }) => workerId)).toEqual(['W3']);
  });

  it('is a spreadsheet and a paper for an inspector', async () => {
    const service = await twoApproved();
    const xlsx = await service.ask('corrections/export', { period, query: '', format: 'xlsx' });
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(xlsx.content) as never);
    const sheet = book.worksheets[0]!;
    expect(sheet.getCell('A1').value).toBe('BÁO CÁO ĐIỀU CHỈNH CÔNG');
    const texts = sheet.getRow(5).values as unknown[];
    expect(texts).toEqual(expect.arrayContaining(['Nguyễn Thị Hoa', 'Quên quẹt thẻ', 'Giám sát Bình', 'Giám sát Chi']));
    const pdf = await service.ask('corrections/export', { period, query: '', format: 'pdf' });
    expect(Buffer.from(pdf.content.slice(0, 5)).toString()).toBe('%PDF-');
    expect(pdf.fileName).toBe('dieu-chinh-cong-2026-11-14-2026-11-21.pdf');
  });
});

describe('events of other gates', () => {
  it('in any order and more than once give the same corrections; ties are broken by time, device and number', async () => {
    const of = (device: string, name: string) => ({ userId: `${name}-${device.slice(0, 8)}`, loginName: name, displayName: name });
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    const event = (device: string, seq: number, minute: number, type: string, payload: Record<string, unknown>) => ({
      type, device, epoch: '0'.repeat(16), seq, at: new Date(local('2026-11-21T08:00') + minute * 60_000).toISOString(), hash: 'f'.repeat(64), payload });
    const ids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
    const proposed = (device: string, seq: number, minute: number, id: string, changes: CorrectionChanges) => event(device, seq, minute, 'correction-proposed', {
      id, batchId: ids[0], workerId: 'W1', workDate: '2026-11-20', changes, reason: 'other', reasonsVersion: '1', note: '', by: of(device, 'binh') });
    const decided = (device: string, seq: number, minute: number, correctionId: string, decision: string, who = 'chi') => event(device, seq, minute, 'correction-decided', { correctionId, decision, note: '', by: of(device, who) });
    const events = [
      proposed(a, 1, 0, ids[0]!, out('2026-11-20T17:00')), proposed(b, 1, 1, ids[1]!, out('2026-11-20T18:00')), proposed(a, 2, 2, ids[2]!, out('2026-11-20T19:00')),
      // At the same instant: device a comes first, so the refusal stands.
      decided(b, 2, 5, ids[2]!, 'approved'), decided(a, 3, 5, ids[2]!, 'refused'),
      decided(a, 4, 6, ids[0]!, 'approved'), decided(b, 3, 7, ids[1]!, 'approved'),
      // Nobody approves his own, under whichever account.
      decided(b, 4, 3, ids[2]!, 'approved', 'binh'),
      event(a, 5, 8, 'correction-decided', { correctionId: 'x' }), event(a, 6, 8, 'gate-scan', {}),
    ];
    const service = startService();
    const { store } = service.context;
    fc.assert(fc.property(fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }), (order) => {
      store.transaction(() => {
        store.db.exec('delete from correction; delete from correction_decision');
        for (const one of order) applyCorrectionEvent(store, one);
      });
      expect(readWorkerCorrections(store, 'W1', '2026-11-20', '2026-11-20')).toEqual([{ workDate: '2026-11-20', changes: out('2026-11-20T18:00') }]);
      expect(store.db.prepare<[], { state: string }>('select state from correction order by correction_id').all().map(({ state }) => state)).toEqual(['approved', 'approved', 'refused']);
    }), { numRuns: 60 });
  });

  it('replayed into an empty table they give what the gate had', async () => {
    const service = await gate();
    await nextMorning(service);
    const { id } = await proposeOne(service, { ...noChanges, kind: 'change', wholeDay: true });
    await be(service, 'chi');
    await service.ask('corrections/decide', { what: { ids: [id] }, decision: 'approved', note: '' });
    const { store } = service.context;
    const before = readCountingCorrections(store, '2026-11-20', '2026-11-20');
    store.transaction(() => {
      store.db.exec('delete from correction; delete from correction_decision');
      for (const event of readEvents(store, { afterSeq: 0, limit: 1000 })) applyCorrectionEvent(store, event);
    });
    expect(readCountingCorrections(store, '2026-11-20', '2026-11-20')).toEqual(before);
    expect(before).toHaveLength(1);
  });
});
