import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apartCscaFiles, withCscaFiles } from '../../../electron/cli/csca-files.ts';
import { otherGroups, readCard } from '../../../electron/card/read-card.ts';
import { noAnchors } from '../../../electron/card/pki/anchors.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';

describe('--csca with several files', () => {
  it.each([
    ['--csca A B --can 1', ['--csca', 'A', '--csca', 'B', '--can', '1']],
    ['--csca A --csca B', ['--csca', 'A', '--csca', 'B']],
    ['--can 1 --csca A', ['--can', '1', '--csca', 'A']],
    ['--can 1 X', ['--can', '1', 'X']],
    ['--csca', ['--csca']],
  ])('%s_isTakenApart', (written, parted) => {
    expect(apartCscaFiles(written.split(' '))).toEqual(parted);
  });

  it.each([['--csca A B DIR', ['--csca', 'A', '--csca', 'B', 'DIR']], ['--csca DIR A', ['--csca', 'DIR', '--csca', 'A']]])('%s_aFolderIsNoFurtherFile', (written, parted) => {
    expect(apartCscaFiles(written.split(' '), (word) => word === 'DIR')).toEqual(parted);
  });
});

describe('anchors of files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'motcua-csca-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: Uint8Array | string): string => {
    const written = path.join(folder, name);
    writeFileSync(written, content);
    return written;
  };

  it('derAndPemOfTwoStates_addUpAndConfirmTheCard', async () => {
    const card = issueCard({ active: {} });
    const other = issueCard({ signer: 'rsa' });
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(other.csca).toString('base64')}\n-----END CERTIFICATE-----\n`;
    const anchors = withCscaFiles(noAnchors, [file('a.cer', card.csca), file('b.pem', pem)]);
    expect([anchors.certificates.length, noAnchors.certificates.length]).toEqual([2, 0]);
    const { trust } = await readCard(new VirtualChip(card), { can: card.can }, { also: otherGroups, anchors });
    expect([trust.chain.ok, trust.genuine.ok]).toEqual([true, true]);
  });

  it('missingOrOtherFile_isACodedProblem', () => {
    expect(() => withCscaFiles(noAnchors, [path.join(folder, 'nothing')])).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
    expect(() => withCscaFiles(noAnchors, [file('c.txt', 'hello')])).toThrow(expect.objectContaining({ code: 'trust-file-invalid' }));
  });
});
