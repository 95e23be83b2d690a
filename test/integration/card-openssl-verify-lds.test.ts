import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CardReading } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { checkSodSignature } from '../../electron/card/signature.ts';
import { parseSod } from '../../electron/card/sod.ts';
import { readTlv, tlv } from '../../electron/card/tlv.ts';
import { runCli } from '../../electron/cli/run-cli.ts';
import { issueCard } from '../virtual-card/issue.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';
import { writeFiles, type WrittenFiles } from '../virtual-card/written-files.ts';
import { opensslAgrees } from './card-openssl-authority.ts';
import { temporaryFolder } from './temporary.ts';

const specimen = path.join(import.meta.dirname, '../fixtures/card/specimen');

/** Runs `motcua verify-lds` with a store that is not there, so that the machine's own plays no part. */
async function verifyLds(...args: string[]): Promise<{ code: number; reading: CardReading }> {
  const lines: object[] = [];
  const cwd = temporaryFolder();
  const code = await runCli(['verify-lds', ...args, '--store', path.join(cwd, 'none')], { out: (line) => lines.push(line), err: () => undefined, stdin: process.stdin, cwd });
  expect(lines).toHaveLength(1);
  return { code, reading: CardReading.parse(lines[0]) };
}

function written(profile: CardProfileInput = {}): WrittenFiles {
  return writeFiles(issueCard({ active: {}, chip: {}, ...profile }), temporaryFolder());
}

const oks = ({ trust }: CardReading): (boolean | null)[] => Object.values(trust).map(({ ok }) => ok);

describe('verify-lds of the specimen', () => {
  it('dataAndSignatureHold_issuerIsUnknown', async () => {
    const { code, reading } = await verifyLds(specimen);
    expect(code).toBe(0);
    expect(oks(reading)).toEqual([true, true, null, null, null, null]);
    expect(reading).toMatchObject({
      ok: true, chip: null, problem: null, document: { number: 'C11T002JM', expiry: '2013-10-31' },
      person: { personalId: null, fullName: 'MUSTERMANN ERIKA', birthDate: '1996-08-12', sex: 'Nữ' },
      face: { format: 'jp2', width: 413, height: 531 }, warnings: ['not-in-sod', 'expired'],
    });
    expect(reading.trust.hashes.reason).toMatch(/\(DG1, DG2, DG14\).*không đọc: DG3/);
    expect(reading.trust.chain.reason).toMatch(/nhập chứng thư CSCA.*hết hạn ngày 27\/01\/2009/);
    expect(reading.trust.active.reason).toMatch(/Không có chip để hỏi/);
  });

  it('anyByteOfItsSodChanged_isNeverValidUnlessForOpensslToo', () => {
    const folder = temporaryFolder();
    const sod = Uint8Array.from(readFileSync(path.join(specimen, 'EF_SOD.bin')));
    const ours = (file: Uint8Array): boolean => {
      try {
        return checkSodSignature(parseSod(file)) === 'valid';
      } catch (error) {
        if (error instanceof ProblemError) return false;
        throw error;
      }
    };
    const theirs = (cms: Uint8Array): boolean => {
      writeFileSync(path.join(folder, 'cms'), cms);
      return opensslAgrees('cms', '-verify', '-noverify', '-inform', 'DER', '-in', path.join(folder, 'cms'), '-binary', '-out', path.join(folder, 'out'));
    };
    const cms = readTlv(sod).value;
    expect([ours(sod), theirs(cms)]).toEqual([true, true]);
    // The other way round it may differ: openssl looks at no field of a certificate that it does not need.
    const tooEasy: number[] = [];
    for (let at = 0; at < cms.length; at += 1) {
      const changed = cms.slice();
      changed[at]! ^= 0x01;
      if (ours(tlv(0x77, changed)) && !theirs(changed)) tooEasy.push(at);
    }
    expect(tooEasy).toEqual([]);
  });
});

describe('verify-lds of a card of the test CSCA', () => {
  it('withCscaAndCrlAfterOneOption_chainHolds', async () => {
    const { lds, csca, crl } = written();
    const { code, reading } = await verifyLds(lds, '--csca', csca, crl);
    expect([code, oks(reading)]).toEqual([0, [true, true, true, null, null, null]]);
    expect(reading.trust.chain.reason).toMatch(/không bị thu hồi/);
    expect(reading.person).toMatchObject({ personalId: expect.stringMatching(/^\d{12}$/) });
  });

  it('cscaAsPem_chainHolds', async () => {
    const { lds, csca } = written();
    execFileSync('openssl', ['x509', '-inform', 'DER', '-in', csca, '-out', `${csca}.pem`]);
    expect(oks((await verifyLds(lds, '--csca', `${csca}.pem`)).reading)[2]).toBe(true);
  });

  it('revoked_chainIsFalseAndTheCardIsStillRead', async () => {
    const { lds, csca, crl } = written({ issuer: { revoked: true } });
    const { code, reading } = await verifyLds(lds, '--csca', csca, '--csca', crl);
    expect([code, reading.ok, oks(reading)]).toEqual([0, true, [true, true, false, null, null, false]]);
  });

  it('namesInLowerCaseAndUpperCaseEndings_areFound', async () => {
    const { lds, csca } = written();
    renameSync(path.join(lds, 'EF_SOD.bin'), path.join(lds, 'ef_sod.BIN'));
    renameSync(path.join(lds, 'EF_DG1.bin'), path.join(lds, 'ef_dg1.bin'));
    expect(oks((await verifyLds(lds, '--csca', csca)).reading).slice(0, 3)).toEqual([true, true, true]);
  });

  it('groupChanged_hashesAreFalse', async () => {
    const { lds, csca } = written();
    const file = path.join(lds, 'EF_DG13.bin');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const { reading } = await verifyLds(lds, '--csca', csca);
    expect(reading.trust.hashes).toMatchObject({ ok: false, reason: expect.stringContaining('DG13') });
    expect(oks(reading)).toEqual([false, true, true, null, null, false]);
  });

  it('groupWithoutStructure_isAProblemBesideItsVerdicts', async () => {
    const { lds, csca } = written();
    writeFileSync(path.join(lds, 'EF_DG1.bin'), 'nothing');
    const { code, reading } = await verifyLds(lds, '--csca', csca);
    expect([code, reading.ok, reading.problem?.code, oks(reading).slice(0, 3)]).toEqual([1, false, 'card-file-invalid', [false, true, true]]);
  });

  it('unreadableSod_isAWarningAndNothingIsChecked', async () => {
    const { lds } = written();
    writeFileSync(path.join(lds, 'EF_SOD.bin'), 'nothing');
    const { reading } = await verifyLds(lds);
    expect([oks(reading), reading.warnings.includes('sod-missing')]).toEqual([[null, null, null, null, null, null], true]);
  });
});

describe('verify-lds of what is no such folder', () => {
  it.each<[string, (folder: string) => string[], string]>([
    ['missing', (folder) => [path.join(folder, 'none')], 'folder-unreadable'],
    ['empty', (folder) => [folder], 'card-file-missing'],
    ['aFile', () => [path.join(specimen, 'EF_SOD.bin')], 'folder-unreadable'],
    ['aFolderNamedAsAFile', (folder) => {
      mkdirSync(path.join(folder, 'EF_SOD.bin'));
      return [folder];
    }, 'file-unreadable'],
    ['aFileBeyondTheBound', (folder) => {
      cpSync(specimen, folder, { recursive: true });
      truncateSync(path.join(folder, 'EF_DG2.bin'), 1_000_001);
      return [folder];
    }, 'file-too-large'],
    ['cscaMissing', (folder) => [specimen, '--csca', path.join(folder, 'none.cer')], 'file-unreadable'],
    ['cscaThatIsNone', () => [specimen, '--csca', path.join(specimen, 'EF_DG1.bin')], 'trust-file-invalid'],
  ])('%s_isACodedProblem', async (_, make, expected) => {
    const { code, reading } = await verifyLds(...make(temporaryFolder()));
    expect([code, reading.ok, reading.problem?.code]).toEqual([1, false, expected]);
  });
});
