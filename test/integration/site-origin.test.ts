import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { importSiteFile, siteFile } from '../../electron/service/site/site-file.ts';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import {
  decideCorrection, eraseWorker, findWorkerById, proposeCorrection, quarantineLimits, readGates, readSitePage, reportedUntil, siteHave, type Store,
} from '../../electron/store/index.ts';
import { eventHash, payloadHash, type StoredEvent } from '../../shared/contracts/event.ts';
import { stepBlock, type SitePage, type SitePart } from '../../shared/contracts/site.ts';
import { dayShift, gateClock, openGate, scanAt, setPlan, sheetOf, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { sha256 } from '../fixtures/scripted-kiosk.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T01:00:00Z');
const hour = 3_600_000;
const sheet = (store: Store): string => sheetOf(store, '2026-11-01', '2026-11-05');
const page = (source: Store, asker: Store): SitePage => JSON.parse(JSON.stringify(
  readSitePage(source, { have: siteHave(asker, source.device.id), asker: asker.device.id, name: '' }))) as SitePage;
const take = (asker: Store, source: Store, told: unknown) => mergePage(asker, told, { by: 'lan', from: source.device.id });
const partOf = (of: SitePage, store: Store): SitePart => of.parts.find(({ device }) => device === store.device.id)!;
const count = (store: Store, table: string): number => store.sql<[], { n: number }>(`select count(*) as n from ${table}`).get()!.n;

async function pull(asker: Store, source: Store): Promise<string | null> {
  let problem: string | null = null;
  for (let more = true; more;) {
    const next = page(source, asker);
    ({ more } = next);
    problem ??= (await take(asker, source, next)).problem;
  }
  return problem;
}

let a: Store;
let b: Store;
let c: Store;
let clocks: GateClock[];

/** A has written everything, B has it from A, C asks only B. */
beforeEach(async () => {
  const dir = temporaryFolder();
  clocks = [0, 1, 2].map(() => gateClock(start));
  [a, b, c] = clocks.map((clock, i) => openGate(dir, i + 1, clock)) as [Store, Store, Store];
  onTestFinished(() => [a, b, c].forEach((store) => store.close()));
  for (const id of ['W0', 'W1']) tellWorker(a, worker(id));
  setPlan(a, ['W0', 'W1'].map((workerId) => ({ workerId, shiftId: dayShift.id, from: '2026-11-01', to: '2026-11-30' })));
  for (let i = 0; i < 4; i += 1) scanAt(a, 'W0', start + i * hour);
});

const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });

function propose(store: Store): string {
  const id = randomUUID();
  store.transaction(() => proposeCorrection(store, {
    id, batchId: id, workerId: 'W0', workDate: '2026-11-02', reason: 'forgot', reasonsVersion: '1', note: '', by: by('an'),
    changes: { kind: 'change', add: [{ direction: 'out', at: start + 12 * hour }], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false },
  }));
  return id;
}

/** An event as a gate's next one would be, hashed as it must be. */
function forged(last: StoredEvent, type: StoredEvent['type'], payload: Record<string, unknown>): StoredEvent {
  const { hash: prevHash, ...rest } = last;
  const salt = 'ab'.repeat(16);
  const header = { ...rest, id: randomUUID(), seq: last.seq + 1, type, actor: 'binh', prevHash, payloadHash: payloadHash(Buffer.from(salt, 'hex'), payload, sha256) };
  const { salt: _, payload: __, ...hashed } = header;
  return { ...hashed, salt, payload, hash: eventHash(hashed, sha256) };
}

describe('what a gate hands on of another', () => {
  it('isTakenAsItsGateSignedIt_overPagesBlocksAndGates_byteEqual', async () => {
    for (let i = 0; i < 300; i += 1) scanAt(a, `W${i % 2}`, start + i * 60_000);
    for (const seen of [40, 20]) {
      await pull(b, a);
      for (let i = 0; i < seen; i += 1) scanAt(a, 'W1', start + 6 * hour + i * 60_000 + seen);
    }
    await pull(b, a);
    expect(await pull(c, b)).toBeNull();
    expect(sheet(c)).toBe(sheet(a));
    expect(readGates(c, start, '').find(({ device }) => device === a.device.id)).toMatchObject({ quarantined: 0, behind: 0, heardAt: null });
    // Proofs do not grow with the number of pulls.
    expect(count(b, 'site_proof')).toBe(Math.ceil((304 + 60 + 4) / 128));
    // By a file too, and without what comes before.
    expect(await importSiteFile(c, siteFile(b, { since: 0 }).content)).toMatchObject({ events: 0, problem: null });
  });

  it('aSecondApproverThatAForgesOfTheFirst_isKeptApart_andTheCorrectionStaysProposed', async () => {
    const id = propose(a);
    await pull(b, a);
    const told = page(b, c);
    const part = partOf(told, a);
    part.events.push(forged(part.events.at(-1)!, 'correction-decided', { correctionId: id, decision: 'approved', note: '', by: by('binh') }));
    part.through += 1;
    for (const proof of [part.proof, null]) {
      expect(await take(c, b, { ...told, parts: told.parts.map((each) => (each === part ? { ...part, proof } : each)) })).toMatchObject({ problem: 'site-run-unproven', quarantined: part.events.length });
    }
    expect(count(c, 'correction')).toBe(0);
    expect(count(c, 'site_scan')).toBe(0);
    // The gate itself says otherwise, and is believed.
    expect(await pull(c, a)).toBeNull();
    expect(c.sql('select state from correction').all()).toEqual([{ state: 'proposed' }]);
    a.transaction(() => decideCorrection(a, { correctionId: id, decision: 'approved', note: '', by: by('chi') }));
    await pull(b, a);
    expect(await pull(c, b)).toBeNull();
    expect(c.sql('select state from correction').all()).toEqual([{ state: 'approved' }]);
    const shown = readGates(c, start, '');
    expect(shown.find(({ device }) => device === b.device.id)!.brought).toBeGreaterThan(0);
  });

  it.each<[string, (part: SitePart) => SitePart]>([
    ['reordered', (part) => ({ ...part, events: part.events.toReversed() })],
    ['truncated at its end', (part) => ({ ...part, events: part.events.slice(0, -1) })],
    ['truncated with a smaller reach', (part) => ({ ...part, events: part.events.slice(0, -1), through: part.through - 1 })],
    ['truncated at its beginning', (part) => ({ ...part, events: part.events.slice(1) })],
    ['truncated at its beginning, with the state there', (part) => ({
      ...part, events: part.events.slice(1), proof: { ...part.proof!, base: stepBlock(part.proof!.base, part.events.slice(0, 1), sha256) },
    })],
    ['truncated at its beginning, with the state there under another number', (part) => ({
      ...part, events: part.events.slice(1), proof: { ...part.proof!, base: { ...stepBlock(part.proof!.base, part.events.slice(0, 1), sha256), seq: 0 } },
    })],
    ['without its middle', (part) => ({ ...part, events: part.events.toSpliced(2, 1) })],
    ['with a greater reach', (part) => ({ ...part, through: part.through + 1 })],
    ['with another hash', (part) => ({ ...part, events: part.events.with(1, { ...part.events[1]!, hash: sha256('x') }) })],
    ['with a byte of the signature changed', (part) => {
      const signature = Buffer.from(part.proof!.signature, 'base64');
      signature[9]! ^= 1;
      return { ...part, proof: { ...part.proof!, signature: signature.toString('base64') } };
    }],
    ['with a signature of no length', (part) => ({ ...part, proof: { ...part.proof!, signature: '' } })],
    ['with the key of another', (part) => ({ ...part, proof: { ...part.proof!, publicKey: Buffer.from(b.device.publicKey).toString('base64') } })],
    ['with a beginning that is none', (part) => ({ ...part, proof: { ...part.proof!, base: { seq: 0, state: sha256('x') } } })],
    ['of another epoch', (part) => ({ ...part, epoch: 'f'.repeat(16), events: part.events.map((event) => ({ ...event, epoch: 'f'.repeat(16) })) })],
    ['under the name of another device', (part) => ({ ...part, device: b.device.id })],
    ['under the name of another device, events too', (part) => ({ ...part, device: sha256('z'), events: part.events.map((event) => ({ ...event, device: sha256('z') })) })],
  ])('aRun_%s_isKeptApart_nothingOfItCounts_andTheTrueOneIsTaken', async (_, change) => {
    await pull(b, a);
    const told = page(b, c);
    const part = partOf(told, a);
    expect(await take(c, b, { ...told, parts: [change(part)] })).toMatchObject({ events: 0, problem: 'site-run-unproven' });
    expect([count(c, 'site_event'), count(c, 'site_scan'), count(c, 'site_run')]).toEqual([0, 0, 0]);
    expect(count(c, 'site_quarantine')).toBeGreaterThan(0);
    expect(await pull(c, b)).toBeNull();
    expect(sheet(c)).toBe(sheet(a));
  });

  it('aRunThatSaysItComesAfterABlockThatItHides_isKeptApart', async () => {
    for (let i = 0; i < 140; i += 1) scanAt(a, 'W1', start + 5 * hour + i * 60_000);
    await pull(b, a);
    const told = page(b, c);
    const later = told.parts.filter(({ device }) => device === a.device.id)[1]!;
    expect(later.after).toBe(128);
    for (const after of [0, 100, 127]) expect(await take(c, b, { ...told, parts: [{ ...later, after }] })).toMatchObject({ events: 0, problem: 'site-run-unproven' });
    // As it was signed it is taken, before the one that comes before it.
    expect(await take(c, b, { ...told, parts: [later] })).toMatchObject({ events: later.events.length, problem: null });
    expect(siteHave(c)).toContainEqual({ device: a.device.id, epoch: a.epoch.epoch, seq: 0 });
    await pull(c, b);
    expect(sheet(c)).toBe(sheet(a));
  });

  it('aByteThatIsChangedInAnEvent_keepsThatEventApart_andItStaysAskedFor', async () => {
    await pull(b, a);
    const told = page(b, c);
    const part = partOf(told, a);
    const scan = part.events.findLast(({ type }) => type === 'gate-scan')!;
    scan.payload = { ...scan.payload, workerId: 'W1' };
    expect(await take(c, b, told)).toMatchObject({ quarantined: 1, events: part.events.length - 1, problem: null });
    expect(siteHave(c)).toContainEqual({ device: a.device.id, epoch: a.epoch.epoch, seq: scan.seq - 1 });
    expect(await pull(c, b)).toBeNull();
    expect(sheet(c)).toBe(sheet(a));
    expect(readGates(c, start, '').find(({ device }) => device === a.device.id)).toMatchObject({ behind: 0 });
  });

  it('whatOneEmptiedWhoHandsItOn_isNotAllThatItsGateTold_untilThatGateFillsIt', async () => {
    await pull(b, a);
    const told = page(b, c);
    for (const event of partOf(told, a).events) if (event.type === 'gate-scan') Object.assign(event, { payload: null, salt: null });
    await take(c, b, told);
    const seenOf = () => readGates(c, start, '').find(({ device }) => device === a.device.id);
    expect(seenOf()).toMatchObject({ scans: 0, reportedUntil: null });
    expect(seenOf()!.behind).toBeGreaterThan(0);
    // Handed on it is as empty, and no more believed.
    const dir = temporaryFolder();
    const d = openGate(dir, 4, gateClock(start));
    onTestFinished(() => d.close());
    await pull(d, c);
    expect(readGates(d, start, '').find(({ device }) => device === a.device.id)!.behind).toBeGreaterThan(0);
    expect(await pull(c, a)).toBeNull();
    expect(sheet(c)).toBe(sheet(a));
    expect(seenOf()).toMatchObject({ scans: 4, behind: 0, reportedUntil: new Date(start).toISOString() });
  });

  it('whatCameByTheHubWithoutProof_isBelieved_butHandedOnOnlyOnceItsGateHasProvenIt', async () => {
    const told = page(a, b);
    await mergePage(b, { ...told, told: [{ ...told.told[0]!, proof: null }], parts: told.parts.map((part) => ({ ...part, proof: null })) }, { by: 'hub', from: null });
    expect(sheet(b)).toBe(sheet(a));
    expect(partOf(page(b, c), a)).toBeUndefined();
    expect(await pull(c, b)).toBeNull();
    // It is known that there is such a gate, and absence waits for it.
    expect(reportedUntil(c, start + hour)).toMatchObject({ until: 0, missing: expect.arrayContaining([expect.objectContaining({ device: a.device.id })]) });
    await pull(b, a);
    await pull(c, b);
    expect(sheet(c)).toBe(sheet(a));
    expect(readGates(b, start, '')[1]).toMatchObject({ listed: true, knownBy: 'hub' });
  });

  it('aTellingThatItsGateHasNotSigned_doesNotMoveTheTimeUpToWhichAllIsKnown', async () => {
    await pull(b, a);
    await pull(c, b);
    const told = page(b, c);
    clocks.forEach((clock) => { clock.at += 10 * hour; });
    const lie = told.told.map((one) => (one.device === a.device.id ? { ...one, until: new Date(start + 9 * hour).toISOString() } : one));
    for (const one of [lie, lie.map((each) => ({ ...each, proof: null }))]) await take(c, b, { told: one, parts: [], more: false });
    expect(readGates(c, start + 10 * hour, '').find(({ device }) => device === a.device.id)).toMatchObject({ reportedUntil: new Date(start).toISOString() });
  });

  it('gatesAndEpochsWithoutEnd_areNotTaken_andTheSiteGoesOn', async () => {
    const told = page(a, b).told[0]!;
    for (let i = 0; i < 2; i += 1) {
      await take(b, a, { told: Array.from({ length: 250 }, (_, n) => ({ ...told, device: sha256(`${i} ${n}`), proof: null })), parts: [], more: false });
    }
    expect(count(b, 'site_gate')).toBe(50);
    expect(await pull(b, a)).toBeNull();
    expect(sheet(b)).toBe(sheet(a));
    // Some that sign, each with a key of its own.
    b.sql(`insert into site_gate (device) select 'x' || value from json_each('[${Array.from({ length: 149 }, (_, n) => n).join()}]')`).run();
    scanAt(c, 'W1', start);
    await pull(a, c);
    expect(await pull(b, c)).toBe('site-run-unproven');
    expect(b.sql('select distinct code from site_quarantine').all()).toEqual([{ code: 'gates' }]);
    scanAt(a, 'W1', start + 8 * hour);
    expect(await pull(b, a)).toBe('site-run-unproven');
    expect(sheet(b)).toBe(sheet(a));
  });
});

describe('what is kept apart', () => {
  it('isCappedByRowsAndBytes_theOldestGo_andHowManyIsTold', async () => {
    await pull(b, a);
    await take(c, b, page(b, c));
    const told = page(a, c).told;
    const [event] = partOf(readPageOf(a), a).events as [StoredEvent];
    const { deviceRows, deviceBytes } = quarantineLimits;
    for (let round = 0; round < 3; round += 1) {
      const events = Array.from({ length: 600 }, (_, i) => ({ ...event, seq: 10_000 + round * 600 + i }));
      await take(c, b, { told, parts: [{ device: a.device.id, epoch: a.epoch.epoch, after: 10_000 + round * 600 - 1, through: 11_800, events, proof: null }], more: false });
    }
    expect(readGates(c, start, '').find(({ device }) => device === a.device.id)).toMatchObject({ quarantined: deviceRows, quarantineDropped: 1_800 - deviceRows });
    expect(c.sql('select min(seq) as n from site_quarantine').get()).toEqual({ n: 10_800 });
    const large = Array.from({ length: 60 }, (_, i) => ({ ...event, seq: 20_000 + i, payload: { text: 'x'.repeat(90_000) } }));
    await take(c, b, { told, parts: [{ device: a.device.id, epoch: a.epoch.epoch, after: 19_999, through: 21_000, events: large, proof: null }], more: false });
    expect(c.sql<[], { n: number }>('select sum(length(body)) as n from site_quarantine').get()!.n).toBeLessThanOrEqual(deviceBytes);
    expect(c.sql('select max(seq) as n from site_quarantine').get()).toEqual({ n: 20_059 });
  });

  it('ofSomebodyWhoseDataAreErased_goes', async () => {
    const told = page(a, c);
    partOf(told, a).proof = null;
    await take(c, a, told);
    const bodies = () => JSON.stringify(c.sql('select body from site_quarantine').all());
    expect(bodies()).toContain('Người W1');
    tellWorker(c, worker('W1'));
    const target = { workerNo: findWorkerById(c, 'W1')!.workerNo, workerId: 'W1' };
    c.transaction(() => eraseWorker(c, target, false));
    expect(bodies()).not.toContain('Người W1');
    expect(bodies()).toContain('Người W0');
  });

  it('ofARunThatIsSentAgainAndAgain_growsNoMore', async () => {
    const [event] = partOf(readPageOf(a), a).events as [StoredEvent];
    const events = Array.from({ length: 1_500 }, (_, i) => ({ ...event, seq: 1 + i }));
    const told = { told: [], parts: [{ device: a.device.id, epoch: a.epoch.epoch, after: 0, through: 1_500, events, proof: null }], more: false };
    expect(await take(c, b, told)).toMatchObject({ quarantined: quarantineLimits.deviceRows });
    expect(await take(c, b, told)).toMatchObject({ quarantined: 0, problem: 'site-run-unproven' });
    expect(count(c, 'site_quarantine')).toBe(quarantineLimits.deviceRows);
    expect(c.sql('select rows from site_quarantine_dropped').all()).toEqual([{ rows: 500 }]);
  });

  it('ofDevicesThatAreNone_isCappedTogether', async () => {
    const [event] = partOf(readPageOf(a), a).events as [StoredEvent];
    for (let round = 0; round < 13; round += 1) {
      const events = Array.from({ length: 1_000 }, (_, i) => ({ ...event, device: sha256(String(round)), seq: 1 + i }));
      await take(c, b, { told: [], parts: [{ device: sha256(String(round)), epoch: a.epoch.epoch, after: 0, through: 2_000, events, proof: null }], more: false });
    }
    expect(count(c, 'site_quarantine')).toBeLessThanOrEqual(quarantineLimits.allRows);
    expect(count(c, 'site_gate')).toBe(0);
    expect(c.sql('select device, rows from site_quarantine_dropped').all()).toEqual([{ device: '', rows: 3_000 }]);
  });
});

const readPageOf = (store: Store): SitePage => readSitePage(store, { have: [], asker: null, name: '' });
