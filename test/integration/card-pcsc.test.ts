import { execFile as execFileByCallback, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { run as runCardCommand } from '../../electron/cli/commands/card.ts';
import { otherGroups, readCard } from '../../electron/card/read-card.ts';
import type { ReaderEvent } from '../../electron/devices/card-readers.ts';
import { PcscReaders, probeReaders } from '../../electron/devices/pcsc.ts';
import { startPcscd, type Pcscd } from '../virtual-card/pcscd.ts';
import { insertVirtualCard, vpcdPorts, type InsertedCard } from '../virtual-card/vpcd.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';

const execFile = promisify(execFileByCallback);
const root = path.resolve(import.meta.dirname, '../..');
let pcscd: Pcscd;
let readers: PcscReaders;
const inserted: InsertedCard[] = [];

beforeAll(async () => {
  pcscd = await startPcscd();
  readers = new PcscReaders();
});
afterEach(async () => {
  for (const card of inserted.splice(0)) await card.remove();
  // pcscd looks at its slots a few times a second.
  while ((await readers.probe()).readers.some(({ cardPresent }) => cardPresent)) await wait(50);
});
afterAll(async () => {
  readers.close();
  await pcscd.stop();
});

async function insert(profile: CardProfileInput = {}, port: number = vpcdPorts[0]): Promise<InsertedCard> {
  const card = await insertVirtualCard({ port, profile });
  inserted.push(card);
  return card;
}

const waitForCard = { timeoutMs: 10_000 };

describe('true pcscd, true pcsc-mini, virtual card', () => {
  it('paceByCan_readsAndVerifies', async () => {
    const { card } = await insert({ faceBytes: 15_000 });
    const reading = await readers.withCard(waitForCard, (chip) => readCard(chip, { can: card.can }, { also: ['DG2'] }));
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-can' }, person: { fullName: 'Nguyễn Văn An' }, trust: { hashes: { ok: true } } });
  });

  it('bac_readsAndVerifies', async () => {
    const { card } = await insert({ pace: null });
    const reading = await readers.withCard(waitForCard, (chip) => readCard(chip, { mrz: card.mrz.join('') }));
    expect(reading).toMatchObject({ ok: true, chip: { access: 'bac' }, trust: { hashes: { ok: true }, signature: { ok: true } } });
  });

  it.each(['cccd-2021', 'can-cuoc-2024', 'passport-td3', 'identity-card-td2'])('%s_wholeReadWithFaceProofsAndChain_isGenuine', async (name) => {
    const profile = JSON.parse(readFileSync(path.join(root, 'test/virtual-card/profiles', `${name}.json`), 'utf8')) as CardProfileInput;
    const { card } = await insert(profile);
    const reading = await readers.withCard(waitForCard, (chip) => readCard(chip, { mrz: card.mrz.join('') }, {
      also: otherGroups, anchors: { certificates: [card.csca], crls: [card.crl] },
    }));
    expect(reading).toMatchObject({ ok: true, problem: null, face: {}, trust: { hashes: { ok: true }, signature: { ok: true }, chain: { ok: true }, chip: { ok: true }, genuine: { ok: true } } });
  });

  it('virtualCardProgram_printsWhatOpensItAndWritesTheCsca_motcuaCardSeesTheClone', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-virtual-card-'));
    const program = spawn(process.execPath, ['test/virtual-card/main.ts', '--profile', 'test/virtual-card/profiles/clone.json', '--out', folder], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(program, 'exit');
    const [line] = await once(program.stdout, 'data') as [Buffer];
    const told = JSON.parse(line.toString()) as { qr: string; files: { csca: string; crl: string; lds: string } };
    const { stdout } = await execFile(process.execPath, ['electron/cli/main.ts', 'card', '--qr', told.qr, '--csca', told.files.csca, told.files.crl], { cwd: root, timeout: 45_000 });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, trust: { chain: { ok: true }, active: { ok: false }, chip: { ok: false }, genuine: { ok: false } } });
    expect(existsSync(path.join(told.files.lds, 'EF_DG13.bin'))).toBe(true);
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    rmSync(folder, { recursive: true });
  });

  it('qrAlone_opensTheCard', async () => {
    const { card } = await insert();
    const { citizen } = parseIdentityQr(card.qr);
    const reading = await readers.withCard(waitForCard, (chip) => readCard(chip, { qr: citizen! }));
    expect(reading).toMatchObject({ ok: true, warnings: [] });
  });

  it('removedInTheMiddle_isOneProblemAndTheNextCardWorks', async () => {
    const first = await insert();
    const early = await readers.withCard(waitForCard, (chip) => {
      let sent = 0;
      return readCard({
        async transmit(apdu) {
          sent += 1;
          if (sent === 9) await first.remove();
          return chip.transmit(apdu);
        },
      }, { can: first.card.can });
    });
    expect(early.problem?.code).toBe('card-removed');
    const second = await insert();
    const later = await readers.withCard(waitForCard, (chip) => readCard(chip, { can: second.card.can }));
    expect(later.ok).toBe(true);
  });

  it('removedBeforeItsFirstAnswer_isToldAndTheReaderIsFreeForTheNextCard', async () => {
    const first = await insert();
    const early = await readers.withCard(waitForCard, (chip) => readCard({
      async transmit(apdu) {
        await first.remove();
        return chip.transmit(apdu);
      },
    }, { can: first.card.can }));
    expect(early.problem?.code).toBe('card-removed');
    const second = await insert();
    const later = await readers.withCard(waitForCard, (chip) => readCard(chip, { can: second.card.can }));
    expect(later.ok).toBe(true);
  });

  it('cardSwappedBeforeTheServiceNotices_theNewOneIsRead', async () => {
    const first = await insert();
    await readers.withCard(waitForCard, async () => undefined);
    await first.remove();
    const { card } = await insert({ person: { personalId: '001090022222', fullName: 'Trần Văn Bình' } });
    const reading = await readers.withCard(waitForCard, (chip) => readCard(chip, { can: card.can }));
    expect(reading).toMatchObject({ ok: true, person: { fullName: 'Trần Văn Bình' } });
  });

  it('twoReaders_theNamedOneIsRead', async () => {
    await insert({ person: { fullName: 'Lê Thị Hoa', sex: 'Nữ', personalId: '001190011111' } }, vpcdPorts[0]);
    const { card } = await insert({ person: { fullName: 'Trần Văn Bình', personalId: '001090022222' } }, vpcdPorts[1]);
    const reading = await readers.withCard({ ...waitForCard, reader: '00 01' }, (chip) => readCard(chip, { can: card.can }));
    expect(reading.person?.fullName).toBe('Trần Văn Bình');
  });

  it('noCard_unknownReader_cancel_areTold', async () => {
    const nothing = async (): Promise<void> => undefined;
    await expect(readers.withCard({ timeoutMs: 0 }, nothing)).rejects.toMatchObject({ code: 'card-missing' });
    await expect(readers.withCard({ timeoutMs: 0, reader: 'no such reader' }, nothing)).rejects.toMatchObject({ code: 'reader-missing' });
    const abort = new AbortController();
    const waiting = readers.withCard({ timeoutMs: 60_000, signal: abort.signal }, nothing);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('anotherProgramReads_itIsWaitedForOrNamed', async () => {
    const { card } = await insert();
    const other = new PcscReaders();
    let done = (): void => undefined;
    const held = new Promise<void>((resolve) => { done = resolve; });
    const holding = Promise.withResolvers<void>();
    const first = other.withCard(waitForCard, async () => {
      holding.resolve();
      await held;
    });
    await holding.promise;
    await expect(readers.withCard({ timeoutMs: 0 }, async () => undefined)).rejects.toMatchObject({ code: 'reader-in-use' });
    const second = readers.withCard(waitForCard, (chip) => readCard(chip, { can: card.can }));
    done();
    await first;
    other.close();
    expect((await second).ok).toBe(true);
  });

  it('cardThatStalls_motcuaCardEndsAllTheSame', async () => {
    const { card } = await insert({ faults: { stallAt: 9, stallMs: 90_000 } });
    const ended = await execFile(process.execPath, ['electron/cli/main.ts', 'card', '--can', card.can], { cwd: root, timeout: 45_000 })
      .catch((error: { code: number; stdout: string }) => error);
    expect(ended).toMatchObject({ code: 1 });
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, problem: { code: 'card-timeout' } });
  });

  it('readersOpenedAndClosedManyTimes_neverBlock', async () => {
    const { stdout } = await execFile(process.execPath, ['test/fixtures/card/open-and-close-main.ts'], { cwd: root, timeout: 45_000 });
    expect(JSON.parse(stdout)).toMatchObject({ rounds: 400, service: true });
  });

  it('watching_tellsOfCardsComingAndGoing', async () => {
    const seen: ReaderEvent[] = [];
    let wake = (): void => undefined;
    const stop = readers.watch((event) => {
      seen.push(event);
      wake();
    });
    const until = async (type: ReaderEvent['type']): Promise<void> => {
      while (!seen.some((event) => event.type === type)) await new Promise<void>((resolve) => { wake = resolve; });
    };
    expect(seen[0]).toEqual({ type: 'service-found' });
    const card = await insert();
    await until('card-inserted');
    await card.remove();
    await until('card-removed');
    stop();
    expect(seen.filter(({ type }) => type.startsWith('card')).map(({ type }) => type)).toEqual(['card-inserted', 'card-removed']);
  });

  it('aCardThatLayThereBefore_isToldApartFromOneThatIsPutIn', async () => {
    // A process of its own has seen no reader before.
    const watchAnew = (): AsyncGenerator<ReaderEvent> => {
      const watch = spawn(process.execPath, ['test/fixtures/card/watch-main.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => void watch.kill());
      const lines = createInterface({ input: watch.stdout });
      return (async function* () {
        for await (const line of lines) yield JSON.parse(line) as ReaderEvent;
      })();
    };
    const next = async (events: AsyncGenerator<ReaderEvent>, type: ReaderEvent['type']): Promise<ReaderEvent> => {
      for (;;) {
        const { value } = await events.next() as { value: ReaderEvent };
        if (value.type === type) return value;
      }
    };
    const card = await insert();
    const isThere = async (): Promise<boolean> => (await readers.probe()).readers.some(({ cardPresent }) => cardPresent);
    await expect.poll(isThere).toBe(true);
    expect(await next(watchAnew(), 'card-inserted')).toMatchObject({ already: true });
    await card.remove();
    await expect.poll(isThere).toBe(false);
    const later = watchAnew();
    await next(later, 'reader-added');
    // What lies on a reader is told right after the reader.
    await wait(500);
    await insert();
    expect(await next(later, 'card-inserted')).not.toHaveProperty('already');
  });

  it('probe_namesReadersAndCards', async () => {
    await insert();
    await readers.withCard(waitForCard, async () => undefined);
    const { service, readers: found } = await probeReaders();
    expect(service).toBe(true);
    expect(found).toContainEqual({ name: 'Virtual PCD 00 00', cardPresent: true });
    expect(found).toContainEqual({ name: 'Virtual PCD 00 01', cardPresent: false });
  });

  it('motcuaCard_printsOneReadingAndTheExitCode', async () => {
    const { card } = await insert();
    const lines: object[] = [];
    const io = { out: (line: object) => void lines.push(line), err: () => undefined, stdin: process.stdin, cwd: process.cwd() };
    expect(await runCardCommand(['--can', card.can, '--timeout', '10'], io)).toBe(0);
    expect(await runCardCommand(['--can', '000000', '--timeout', '10'], io)).toBe(1);
    expect(await runCardCommand(['--qr', card.qr], io)).toBe(0);
    expect(await runCardCommand([], io)).toBe(1);
    await expect(runCardCommand(['--can', card.can, '--qr', card.qr], io)).rejects.toMatchObject({ name: 'UsageError' });
    expect(lines).toMatchObject([{ ok: true }, { ok: false, problem: { code: 'card-key-wrong' } }, { ok: true }, { ok: false, problem: { code: 'card-key-needed' } }]);
  });
});
