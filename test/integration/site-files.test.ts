import { describe, expect, it, onTestFinished } from 'vitest';
import { importSiteFile, siteFile } from '../../electron/service/site/site-file.ts';
import { findWorkerById, findWorkerByPersonalId, reportedUntil, siteHave, type Store } from '../../electron/store/index.ts';
import { joinBySecret, siteSecret } from '../../electron/service/site/site-secret.ts';
import { gateClock, openGate, presenceOf, scanAt, sheetOf, tellWorker, worker } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';
import { exported, fileOf, from, hour, minute, monday, scansOf, start, to, twoGates, type Gate } from './two-gates.ts';

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
