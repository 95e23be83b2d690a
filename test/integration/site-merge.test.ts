import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decideHeld } from '../../electron/service/gate/gate-held.ts';
import { importSiteFile, noteExport, siteFile } from '../../electron/service/site/site-file.ts';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { readLabourSettings, saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import {
  appendEvent, beginEpoch, decideCorrection, emptyEvents, erasableEvents, eraseWorker, findWorkerById, findWorkerByPersonalId, listHeld, proposeCorrection, readGates, readHeldScans, readSettings, readSitePage, readZones, saveZones, reportedUntil, retireGate, setShifts, siteHave, verifyChain, writeSettings, type Store,
} from '../../electron/store/index.ts';
import { eventHash, payloadHash } from '../../shared/contracts/event.ts';
import { joinBySecret, siteSecret } from '../../electron/service/site/site-secret.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import type { Zone } from '../../shared/contracts/zone.ts';
import {
  dayShift, gateClock, openGate, presenceOf, scanAt, setPlan, sheetOf, tellWorker, worker, type GateClock,
} from '../fixtures/site-gates.ts';
import { sha256 } from '../fixtures/scripted-kiosk.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T00:00:00Z');
const minute = 60_000;
const [from, to] = ['2026-11-01', '2026-11-12'];

interface Gate { store: Store; clock: GateClock }

function gates(count: number): Gate[] {
  const dir = temporaryFolder();
  return Array.from({ length: count }, (_, i) => {
    const clock = gateClock(start);
    const store = openGate(dir, i + 1, clock);
    onTestFinished(() => store.close());
    return { store, clock };
  });
}

const page = (source: Store, asker: Store): SitePage => readSitePage(source, { have: siteHave(asker, source.device.id), asker: asker.device.id, name: '' });

/** What one gate holds goes to another, page by page, as over the LAN. */
async function pull(asker: Store, source: Store): Promise<void> {
  for (let more = true; more;) {
    const next = JSON.parse(JSON.stringify(page(source, asker))) as SitePage;
    ({ more } = next);
    await mergePage(asker, next, { by: 'lan', from: source.device.id });
  }
}

type Act =
  | { kind: 'scan'; gate: number; worker: number; minutes: number; out: boolean }
  | { kind: 'worker'; gate: number; worker: number; minutes: number; shift: string | null; end: string | null; barred: boolean }
  | { kind: 'plan'; gate: number; minutes: number; assigned: { worker: number; shift: string; from: number; days: number }[] }
  | { kind: 'shift'; gate: number; minutes: number; end: string }
  | { kind: 'correct'; gate: number; worker: number; minutes: number; day: number; out: number }
  | { kind: 'zones'; gate: number; minutes: number; name: string }
  | { kind: 'rule'; gate: number; minutes: number; repeatSeconds: number }
  | { kind: 'labour'; gate: number; minutes: number; listFromPercent: number }
  | { kind: 'file'; gate: number; to: number; whole: boolean }
  | { kind: 'pull'; gate: number; to: number };

const gateNumber = fc.integer({ min: 0, max: 2 });
const workerNumber = fc.integer({ min: 0, max: 3 });
const minutes = fc.integer({ min: 0, max: 8 * 1_440 });
const shiftId = fc.constantFrom('D', 'N');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('scan' as const), gate: gateNumber, worker: workerNumber, minutes, out: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({
    kind: fc.constant('worker' as const), gate: gateNumber, worker: workerNumber, minutes, shift: fc.option(shiftId),
    end: fc.option(fc.constantFrom('2026-11-05', '2026-11-30')), barred: fc.boolean(),
  }) },
  { weight: 1, arbitrary: fc.record({
    kind: fc.constant('plan' as const), gate: gateNumber, minutes,
    assigned: fc.array(fc.record({ worker: workerNumber, shift: shiftId, from: fc.integer({ min: 1, max: 9 }), days: fc.integer({ min: 0, max: 5 }) }), { maxLength: 4 }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shift' as const), gate: gateNumber, minutes, end: fc.constantFrom('16:30', '17:30') }) },
  { weight: 2, arbitrary: fc.record({
    kind: fc.constant('correct' as const), gate: gateNumber, worker: workerNumber, minutes, day: fc.integer({ min: 1, max: 9 }), out: fc.integer({ min: 600, max: 1_200 }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zones' as const), gate: gateNumber, minutes, name: fc.constantFrom('Kho', 'Xưởng') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), gate: gateNumber, minutes, repeatSeconds: fc.constantFrom(0, 60, 600) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('labour' as const), gate: gateNumber, minutes, listFromPercent: fc.constantFrom(60, 70, 90) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('file' as const), gate: gateNumber, to: gateNumber, whole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), gate: gateNumber, to: gateNumber }) },
);

const date = (day: number): string => `2026-11-${String(day).padStart(2, '0')}`;

/** One person proposes a way out, another approves it. */
function correct(store: Store, { worker: who, day, out }: Extract<Act, { kind: 'correct' }>): void {
  const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });
  const id = randomUUID();
  store.transaction(() => {
    proposeCorrection(store, {
      id, batchId: id, workerId: `W${who}`, workDate: date(day), reason: 'forgot', reasonsVersion: '1', note: '', by: by('an'),
      changes: {
        kind: 'change', add: [{ direction: 'out', at: Date.parse(`${date(day)}T00:00:00+07:00`) + out * minute }], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false,
      },
    });
    decideCorrection(store, { correctionId: id, decision: 'approved', note: '', by: by('binh') });
  });
}

function setRule(store: Store, repeatSeconds: number): void {
  store.transaction(() => {
    writeSettings(store, { repeatSeconds });
    appendEvent(store, { type: 'settings-changed', actor: 'qt', payload: { changes: { repeatSeconds } } });
  });
}

async function perform(all: readonly Gate[], one: Act): Promise<void> {
  const { store, clock } = all[one.gate]!;
  if ('minutes' in one) clock.at = start + one.minutes * minute;
  if (one.kind === 'scan') scanAt(store, `W${one.worker}`, clock.at, one.out ? 'ra' : '1');
  else if (one.kind === 'worker') tellWorker(store, worker(`W${one.worker}`, { shiftId: one.shift, endDate: one.end, barred: one.barred }));
  else if (one.kind === 'plan') {
    setPlan(store, one.assigned.map(({ worker: who, shift, from: first, days }) => ({ workerId: `W${who}`, shiftId: shift, from: date(first), to: date(first + days) })));
  } else if (one.kind === 'shift') setShifts(store, [{ ...dayShift, end: one.end }], 'gs');
  else if (one.kind === 'zones') saveZones(store, [{ id: 'z', name: one.name, mode: 'soft' } as Zone], 'gs');
  else if (one.kind === 'correct') correct(store, one);
  else if (one.kind === 'rule') setRule(store, one.repeatSeconds);
  else if (one.kind === 'labour') saveLabourSettings(store, { ...defaultLabourSettings, listFromPercent: one.listFromPercent }, 'gs');
  else if (one.kind === 'file') await importSiteFile(all[one.to]!.store, siteFile(store, { since: one.whole ? 0 : start + 4 * 1_440 * minute }).content);
  else await pull(all[one.to]!.store, store);
}

describe('gates of one site', () => {
  it('anyActsAnyWayAnyOrderAnyOften_giveByteEqualTimesheetsEverywhere', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }), async (acts, order) => {
      const all = gates(3);
      for (const { store } of all) for (let i = 0; i < 4; i += 1) tellWorker(store, worker(`W${i}`));
      for (const one of acts) await perform(all, one);
      for (const { clock } of all) clock.at = start + 20 * 1_440 * minute;
      // By file along one way round, by pages along the other: twice, since what is handed on must settle too.
      for (const round of [0, 1]) {
        for (const at of order) {
          const next = order[(order.indexOf(at) + 1) % 3]!;
          if (round === 0) await importSiteFile(all[next]!.store, siteFile(all[at]!.store, { since: 0 }).content);
          else await pull(all[at]!.store, all[next]!.store);
        }
      }
      for (const a of all) for (const b of all) if (a !== b) await pull(a.store, b.store);
      const sheets = all.map(({ store }) => sheetOf(store, from, to));
      expect(sheets[1]).toBe(sheets[0]);
      expect(sheets[2]).toBe(sheets[0]);
      expect(new Set(all.map(({ store }) => JSON.stringify(store.sql('select * from shift_assignment order by 1, 2, 3, 4').all()))).size).toBe(1);
      expect(new Set(all.map(({ store }) => JSON.stringify([readZones(store), readSettings(store).repeatSeconds, readLabourSettings(store)]))).size).toBe(1);
      expect(all.map(({ store }) => store.sql('select count(*) as n from site_quarantine').get())).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }]);
      expect(all.every(({ store }) => verifyChain(store).ok)).toBe(true);
      for (const { store } of all) store.close();
    }), { numRuns: 12 });
  }, 120_000);
});

const hour = 60 * minute;
const monday = start;

/** Two gates; the first knows two workers and a plan, and both have seen scans of theirs. */
function twoGates(): [Gate, Gate] {
  const [first, second] = gates(2) as [Gate, Gate];
  tellWorker(first.store, worker('W0', { personalId: '079203001234' }));
  tellWorker(first.store, worker('W1'));
  setPlan(first.store, [{ workerId: 'W0', shiftId: 'D', from: '2026-11-01', to: '2026-11-30' }, { workerId: 'W1', shiftId: 'D', from: '2026-11-01', to: '2026-11-30' }]);
  return [first, second];
}

const fileOf = (gate: Gate, since: number | null = 0): Uint8Array => siteFile(gate.store, { since }).content;
const exported = ({ store }: Gate): Uint8Array => {
  const made = siteFile(store, { since: null });
  noteExport(store, made, 'gs');
  return made.content;
};
const scansOf = ({ store }: Gate): number => store.sql<[], { n: number }>('select count(*) as n from site_scan').get()!.n;

describe('a scan that another gate held', () => {
  it('waitsInTheInboxOfEveryGate_untilThatGatesGuardHasDecided', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    setPlan(a.store, []);
    tellWorker(a.store, worker('W1', { shiftId: 'D' }));
    writeSettings(a.store, { oppositeSeconds: 60 });
    await pull(b.store, a.store);
    scanAt(a.store, 'W1', start + 5 * 60 * minute, '1');
    scanAt(a.store, 'W1', start + 5 * 60 * minute + 30_000, '2');
    await pull(b.store, a.store);
    const [held] = listHeld(a.store, '2026-11-01T00:00:00Z');
    const heldAt = (store: Store) => readHeldScans(store, '2026-11-02', '2026-11-02').map(({ at, outcome, workDate, worker: person, lane }) => [at, outcome, workDate, person?.workerId, lane.split('/').at(-1)]);
    expect(heldAt(b.store)).toEqual([[Date.parse(held!.at), 'ask-guard', '2026-11-02', 'W1', '2']]);
    expect(heldAt(b.store)).toEqual(heldAt(a.store));
    expect(readHeldScans(b.store, '2026-11-03', '2026-11-03')).toEqual([]);
    decideHeld(a.store, { scanId: held!.scanId, pass: true, direction: 'out' }, 'an');
    await pull(b.store, a.store);
    expect([heldAt(a.store), heldAt(b.store)]).toEqual([[], []]);
    expect(sheetOf(b.store, from, to)).toBe(sheetOf(a.store, from, to));
  });
});

describe('files between gates', () => {
  it('takenInTheWrongOrderAndTwice_giveWhatTheRightOrderGives_andOnlyThenCountAsTold', async () => {
    const [first, second] = twoGates();
    const files = [exported(first)];
    for (const day of [0, 1]) {
      first.clock.at = monday + day * 24 * hour + hour;
      scanAt(first.store, 'W0', first.clock.at);
      first.clock.at += 9 * hour;
      scanAt(first.store, 'W0', first.clock.at, 'ra');
      files.push(exported(first));
    }
    second.clock.at = first.clock.at + hour;
    await importSiteFile(second.store, files[2]!);
    expect(scansOf(second)).toBe(2);
    expect(reportedUntil(second.store, second.clock.at).until).toBe(0);
    for (const file of [files[1]!, files[2]!, files[0]!, files[0]!]) await importSiteFile(second.store, file);
    expect(sheetOf(second.store, from, to)).toBe(sheetOf(first.store, from, to));
    expect(JSON.parse(sheetOf(second.store, from, to))).toMatchObject([{ workerId: 'W0', lines: [{ workDate: '2026-11-02' }, { workDate: '2026-11-03' }] }]);
    expect(reportedUntil(second.store, second.clock.at)).toMatchObject({ until: first.clock.at, missing: [{ device: first.store.device.id, since: first.clock.at }] });
    expect(await importSiteFile(second.store, files[1]!)).toMatchObject({ events: 0, quarantined: 0 });
    expect(presenceOf(second.store)).toContain('"direction":"out"');
  });

  it('damagedAnywhere_orCutShort_areRefusedWhole', async () => {
    const [first, second] = twoGates();
    for (let i = 0; i < 300; i += 1) scanAt(first.store, 'W0', monday + i * minute);
    const good = fileOf(first);
    const bad = [
      ...[0, 9, 20, 40, Math.floor(good.length / 2), good.length - 3].map((at) => { const copy = Uint8Array.from(good); copy[at]! ^= 1; return copy; }),
      good.subarray(0, good.length - 1), good.subarray(0, Math.floor(good.length * 0.7)), good.subarray(0, 32), new Uint8Array(0), Uint8Array.from([...good, 0]),
    ];
    for (const file of bad) {
      await expect(importSiteFile(second.store, file)).rejects.toMatchObject({ code: expect.stringMatching(/^site-(file-invalid|key-other)$/) });
      expect(siteHave(second.store)).toEqual([]);
    }
    await importSiteFile(second.store, good);
    expect(scansOf(second)).toBe(300);
  });

  it('ofTheFormBefore_areRefusedWithWhatToDo', async () => {
    const [first, second] = twoGates();
    const older = Buffer.from(fileOf(first));
    older.write('MCSITE1');
    await expect(importSiteFile(second.store, older)).rejects.toMatchObject({ code: 'site-form-older' });
  });

  it('withAFrameLeftOut_areRefused', async () => {
    const [first, second] = twoGates();
    for (let i = 0; i < 700; i += 1) scanAt(first.store, 'W0', monday + i * minute);
    const good = Buffer.from(fileOf(first));
    const length = good.readUInt32BE(32);
    await expect(importSiteFile(second.store, Buffer.concat([good.subarray(0, 32), good.subarray(36 + length)]))).rejects.toMatchObject({ code: 'site-file-invalid' });
  });

  it('ofAnotherSite_areRefusedWithTheWayToJoin_andAfterJoiningTaken_numbersIncluded', async () => {
    const dir = temporaryFolder();
    const [first, second] = [1, 2].map((number): Gate => {
      const clock = gateClock(start);
      return { clock, store: openGate(dir, number, clock, new Uint8Array(32).fill(number)) };
    }) as [Gate, Gate];
    onTestFinished(() => [first, second].forEach(({ store }) => store.close()));
    await expect(importSiteFile(second.store, fileOf(first))).rejects.toMatchObject({ code: 'site-key-other' });
    const { text, code } = await siteSecret(first.store, 'gs');
    expect(text).not.toContain(Buffer.from(new Uint8Array(32).fill(1)).toString('base64'));
    await expect(joinBySecret(second.store, { text, code: 'AAAA-AAAA-AAAA', actor: 'gs' })).rejects.toMatchObject({ code: 'site-code-wrong' });
    expect(await joinBySecret(second.store, { text, code: ` ${code.toLowerCase()} `, actor: 'gs' })).toMatchObject({ changed: true });
    expect(await joinBySecret(second.store, { text, code, actor: 'gs' })).toMatchObject({ changed: false });
    tellWorker(first.store, worker('W0', { personalId: '079203001234' }));
    await importSiteFile(second.store, fileOf(first));
    expect(findWorkerByPersonalId(second.store, '079203001234')?.workerId).toBe('W0');
    second.clock.at += 25 * hour;
    await expect(joinBySecret(second.store, { text, code, actor: 'gs' })).rejects.toMatchObject({ code: 'site-code-wrong' });
  });

  it('aRosterThatWasHashedWithAnotherKey_neverTakesAwayTheNumberThatIsKnown', async () => {
    const dir = temporaryFolder();
    const clocks = [gateClock(start), gateClock(start + minute)];
    const [first, second] = clocks.map((clock, i) => openGate(dir, i + 1, clock, new Uint8Array(32).fill(i + 1))) as [Store, Store];
    onTestFinished(() => [first, second].forEach((store) => store.close()));
    tellWorker(first, worker('W0', { personalId: '079203001234' }));
    // The second brings the same roster, later, before it joins.
    tellWorker(second, worker('W0', { personalId: '079203001234', department: 'Cắt' }));
    const { text, code } = await siteSecret(first, 'gs');
    await joinBySecret(second, { text, code, actor: 'gs' });
    await importSiteFile(first, siteFile(second, { since: 0 }).content);
    expect(findWorkerById(first, 'W0')).toMatchObject({ department: 'Cắt', personalId: '079203001234' });
    expect(findWorkerByPersonalId(first, '079203001234')?.workerId).toBe('W0');
    expect(findWorkerByPersonalId(second, '079203001234')?.workerId).toBe('W0');
  });
});

describe('what a gate does not take', () => {
  const changed = (of: SitePage, change: (page: SitePage) => void): SitePage => {
    const copy = JSON.parse(JSON.stringify(of)) as SitePage;
    change(copy);
    return copy;
  };

  it('aRunThatItsGateHasNotSigned_orThatIsNotWhole_isKeptApart_andTold_andIsNoWordAboutTheGate', async () => {
    const [first, second] = twoGates();
    scanAt(first.store, 'W0', monday);
    const good = page(first.store, second.store);
    const from_ = first.store.device.id;
    const bad = [
      changed(good, ({ parts }) => { parts[0]!.proof = null; }),
      changed(good, ({ parts }) => { parts[0]!.through += 1; }),
      changed(good, ({ parts }) => { parts[0]!.events.pop(); }),
      changed(good, ({ parts }) => { parts[0]!.events.reverse(); }),
      changed(good, ({ parts }) => { parts[0]!.proof!.publicKey = Buffer.from(second.store.device.publicKey).toString('base64'); }),
      changed(good, ({ parts }) => { parts[0]!.events[0]!.seq = 1_000; }),
    ];
    for (const each of bad) expect(await mergePage(second.store, each, { by: 'lan', from: from_ })).toMatchObject({ problem: 'site-run-unproven', events: 0 });
    expect(siteHave(second.store)).toEqual([]);
    expect(readGates(second.store, monday, '')[1]).toMatchObject({ scans: 0, quarantined: expect.any(Number), brought: 0 });
    expect(await mergePage(second.store, changed(good, ({ parts }) => { parts[0]!.device = second.store.device.id; }), { by: 'lan', from: from_ })).toMatchObject({ events: 0, quarantined: 0 });
    // A page of no known form is refused whole; from the hub also one whose runs are none.
    const formless = changed(good, ({ parts }) => { parts[0]!.events[0]!.seq = 0; });
    await expect(mergePage(second.store, formless, { by: 'lan', from: from_ })).rejects.toMatchObject({ code: 'site-part-invalid' });
    await expect(mergePage(second.store, bad[1], { by: 'hub', from: null })).rejects.toMatchObject({ code: 'site-part-invalid' });
    expect(await mergePage(second.store, good, { by: 'lan', from: from_ })).toMatchObject({ problem: null, events: good.parts[0]!.events.length });
  });

  it('anEventThatSomebodyHandedOnChanged_isQuarantined_theOthersAreTaken', async () => {
    const [first, second] = twoGates();
    for (let i = 0; i < 3; i += 1) scanAt(first.store, 'W0', monday + i * hour);
    const good = page(first.store, second.store);
    const forged = changed(good, ({ parts }) => {
      parts[0]!.proof = null;
      const scan = parts[0]!.events.findLast(({ type }) => type === 'gate-scan')!;
      scan.payload = { ...scan.payload, workerId: 'W1' };
    });
    expect(await mergePage(second.store, forged, { by: 'hub', from: null })).toMatchObject({ quarantined: 1 });
    expect(scansOf(second)).toBe(2);
    expect(readGates(second.store, monday, '')[1]).toMatchObject({ quarantined: 1, behind: 0 });
    // The true one is still taken, once it comes.
    await mergePage(second.store, good, { by: 'lan', from: first.store.device.id });
    expect(sheetOf(second.store, from, to)).toBe(sheetOf(first.store, from, to));
  });

  it.each([45, 1_500, 20_000])('aPayloadThatNests_%i_deep_goesToQuarantine_andEndsNothing', async (depth) => {
    const [first, second] = twoGates();
    const told = page(first.store, second.store);
    const events = told.parts[0]!.events.slice(0, 1);
    const payload = { workerId: 'W0', nested: JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown };
    const { salt, payload: _, hash: __, ...header } = events[0]!;
    // As far as it can be hashed at all it is sound but for its depth.
    if (depth < 5_000) header.payloadHash = payloadHash(Buffer.from(salt!, 'hex'), payload, sha256);
    const deep = { ...header, salt, payload, hash: eventHash(header, sha256) };
    const parts = [{ ...told.parts[0]!, through: deep.seq, proof: null, events: [deep] }];
    expect(await mergePage(second.store, { ...told, parts }, { by: 'hub', from: null })).toMatchObject({ quarantined: 1, events: 0 });
  });
});

describe('personal data that a gate erases', () => {
  it('goesFromItsCopiesOfOtherGatesToo_andIsNotHandedOn_theChainOfWhatIsLeftIsTaken', async () => {
    const [first, second, third] = gates(3) as [Gate, Gate, Gate];
    tellWorker(first.store, worker('W0', { fullName: 'Lê Thị Hồng Nhung' }));
    scanAt(first.store, 'W0', monday);
    await pull(second.store, first.store);
    for (const { store } of [first, second]) {
      const target = { workerNo: findWorkerById(store, 'W0')!.workerNo, workerId: 'W0' };
      store.transaction(() => {
        emptyEvents(store, [...erasableEvents(store, { workers: [target], scans: true }).values()].flat());
        eraseWorker(store, target, false);
      });
    }
    expect(JSON.stringify(second.store.sql('select body from site_event').all())).not.toContain('Hồng Nhung');
    expect(second.store.sql('select count(*) as n from site_scan').get()).toEqual({ n: 0 });
    await pull(third.store, second.store);
    await pull(third.store, first.store);
    expect(findWorkerById(third.store, 'W0')).toBeNull();
    expect(readGates(third.store, third.clock.at, '').filter(({ own }) => !own)).toMatchObject([{ behind: 0, quarantined: 0 }, { behind: 0, quarantined: 0 }]);
  });
});

describe('gates that are silent, taken out, or restored', () => {
  it('aGateThatIsTakenOut_isWaitedForNoLonger_atTheOthersEither_untilItTellsAgain', async () => {
    const [first, second, third] = gates(3) as [Gate, Gate, Gate];
    for (const { store } of [second, third]) await pull(first.store, store);
    for (const { clock } of [first, second, third]) clock.at = start + 5 * hour;
    await pull(first.store, second.store);
    expect(reportedUntil(first.store, first.clock.at)).toMatchObject({ until: start, missing: [{ device: third.store.device.id, since: start }] });
    expect(retireGate(first.store, third.store.device.id, 'gs')).toBe(true);
    expect(retireGate(first.store, third.store.device.id, 'gs')).toBe(false);
    expect(reportedUntil(first.store, first.clock.at)).toEqual({ until: start + 5 * hour, missing: [] });
    await pull(second.store, first.store);
    expect(readGates(second.store, second.clock.at, '').find(({ device }) => device === third.store.device.id)).toMatchObject({ retired: true });
    for (const { clock } of [first, second, third]) clock.at += hour;
    await pull(first.store, third.store);
    expect(readGates(first.store, first.clock.at, '').some(({ retired }) => retired)).toBe(false);
  });

  it('aClockThatRunsAhead_vouchesForNoTimeThatHasNotCome', async () => {
    const [first, second] = gates(2) as [Gate, Gate];
    second.clock.at = Date.parse('2070-01-01T00:00:00Z');
    await pull(first.store, second.store);
    expect(reportedUntil(first.store, start + hour).until).toBe(start);
  });

  it('aKioskRestoredFromAnOldCopy_beginsAnew_andEverythingThatItSawReachesTheOthers', async () => {
    const [first, second] = twoGates();
    await pull(second.store, first.store);
    scanAt(first.store, 'W0', monday + hour);
    const before = first.store.epoch.epoch;
    const epoch = beginEpoch(first.store, 'quan-tri');
    expect(first.store.epoch.epoch).toBe(epoch);
    expect(epoch).not.toBe(before);
    scanAt(first.store, 'W0', monday + 10 * hour, 'ra');
    expect(verifyChain(first.store)).toMatchObject({ ok: true });
    await pull(second.store, first.store);
    expect(sheetOf(second.store, from, to)).toBe(sheetOf(first.store, from, to));
    expect(JSON.parse(sheetOf(second.store, from, to))).toMatchObject([{ workerId: 'W0', lines: [{ closedBy: 'scan', workedMinutes: 480 }] }]);
  });
});
