import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { printMuster } from '../../electron/service/gate/muster-print.ts';
import { startMuster } from '../../electron/service/gate/muster.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

/** A gate whose machine has a queue that keeps what it is given, or none. */
async function gate(queue: 'takes' | 'fails' | 'none'): Promise<{ service: TestService; paper: string }> {
  const service = await setUpService();
  const folder = join(service.context.store.dir, 'bin');
  const paper = join(folder, 'paper.pdf');
  mkdirSync(folder);
  if (queue !== 'none') {
    const words = queue === 'takes' ? `cat > '${paper}.part' && mv '${paper}.part' '${paper}'` : 'exit 1';
    writeFileSync(join(folder, 'lp'), `#!/bin/sh\n${words}\n`);
    chmodSync(join(folder, 'lp'), 0o755);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('PATH', queue === 'none' ? folder : `${folder}${delimiter}${process.env['PATH']}`);
  await importRows(service, 'NV1,Nguyễn Văn An,,May 1,Công ty A,,,,7700001,,');
  await service.ask('gate/scan', { code: 'NV1', lane: '1', via: 'serial' });
  return { service, paper };
}

describe('the list on paper', () => {
  it('a fire prints by itself, one list, and says so', async () => {
    const { service, paper } = await gate('takes');
    const { musterId } = await startMuster(service.context, 'fire');
    await startMuster(service.context, 'fire');
    await expect.poll(() => service.told, { timeout: 30_000 }).toContainEqual({ name: 'muster/printed', data: { musterId, ok: true } });
    expect((await PDFDocument.load(readFileSync(paper))).getPageCount()).toBe(2);
    expect(service.told.filter(({ name }) => name === 'muster/printed')).toHaveLength(1);
  });
  it('a service that ends leaves no thread behind that opens its store again', async () => {
    const { service } = await gate('takes');
    const print = vi.fn<() => Promise<void>>(() => Promise.resolve());
    const printed = printMuster(service.context, null, { print }).then(() => 'printed', () => 'ended');
    await service.close();
    expect(await printed).toBe('ended');
    expect(print).not.toHaveBeenCalled();
  });
  it('a drill prints nothing until it is asked for', async () => {
    const { service, paper } = await gate('takes');
    const { musterId } = await startMuster(service.context, 'drill');
    expect(existsSync(paper)).toBe(false);
    expect(await service.ask('muster/paper', { musterId })).toEqual({});
    expect((await PDFDocument.load(readFileSync(paper))).getPageCount()).toBe(2);
  });
  it.each(['fails', 'none'] as const)('a queue that %s is told, and the roll call goes on', async (queue) => {
    const { service } = await gate(queue);
    const { musterId } = await startMuster(service.context, 'fire');
    await expect.poll(() => service.told, { timeout: 30_000 }).toContainEqual({ name: 'muster/printed', data: { musterId, ok: false } });
    expect(await service.problemOf('muster/paper', { musterId: null })).toBe('printer-failed');
    expect(await service.ask('muster/end', { musterId })).toEqual({ missing: 1 });
  });
});
