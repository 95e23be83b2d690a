import { describe, expect, it } from 'vitest';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { emptyEvents, erasableEvents, eraseWorker, findWorkerById, readGates, siteHave } from '../../electron/store/index.ts';
import { eventHash, payloadHash } from '../../shared/contracts/event.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import { scanAt, sheetOf, tellWorker, worker } from '../fixtures/site-gates.ts';
import { sha256 } from '../fixtures/scripted-kiosk.ts';
import { from, gates, hour, monday, page, pull, scansOf, to, twoGates, type Gate } from './two-gates.ts';

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
