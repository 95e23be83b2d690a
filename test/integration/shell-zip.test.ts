import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractZip } from '../../electron/cli/zip-reader.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-zip-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Entry { name: string; content: string; mode: number; store?: boolean }

/** A zip as `zip` would write it, by hand: local headers, directory, end. */
function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode, store } of entries) {
    const packed = store ? Buffer.from(content) : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    locals.push(local, Buffer.from(name), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(store ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}

describe('extractZip', () => {
  const out = (): string => path.join(folder, 'out');
  const write = (content: Buffer): string => {
    const file = path.join(folder, 'a.zip');
    writeFileSync(file, content);
    return file;
  };

  it('unpacks packed, stored and empty files with their modes, leaving out what is not wanted', async () => {
    const file = write(zipOf([
      { name: 'top/run', content: 'hello '.repeat(1000), mode: 0o755 },
      { name: 'top/plain', content: 'xin chào', mode: 0o644, store: true },
      { name: 'top/empty', content: '', mode: 0o644, store: true },
      { name: 'other/no', content: 'no', mode: 0o644 },
    ]));
    await extractZip(file, out(), (name) => (name.startsWith('top/') ? name.slice(4) : undefined));
    expect(readFileSync(path.join(out(), 'run'), 'utf8')).toBe('hello '.repeat(1000));
    expect(statSync(path.join(out(), 'run')).mode & 0o777).toBe(0o755);
    expect(readFileSync(path.join(out(), 'plain'), 'utf8')).toBe('xin chào');
    expect(readFileSync(path.join(out(), 'empty'), 'utf8')).toBe('');
    expect(existsSync(path.join(out(), 'no'))).toBe(false);
  });

  it('refuses an entry that would land outside of the folder', async () => {
    const file = write(zipOf([{ name: '../escaped', content: 'x', mode: 0o644 }]));
    await expect(extractZip(file, out(), (name) => name)).rejects.toThrow('leaves the folder');
    expect(existsSync(path.join(folder, 'escaped'))).toBe(false);
  });

  it('refuses what is no zip', async () => {
    await expect(extractZip(write(Buffer.from('not a zip at all, only words')), out(), (name) => name)).rejects.toThrow('not a zip file');
  });
});
