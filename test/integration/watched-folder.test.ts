import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFolder, type WatchedFile } from '../../electron/devices/watched-folder.ts';

const wait = { timeout: 8000, interval: 20 };
let folder: string;
let files: WatchedFile[];
let states: string[];
let watched: { stop(): void };
const start = () => {
  watched = watchFolder({ folder, stable: 80, poll: 100, onFile: (file) => files.push(file), onState: (state) => states.push(state) });
};
const at = (name: string) => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scans-'));
  files = [];
  states = [];
});
afterEach(() => {
  watched.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a file that lay there and one that arrives are told once, other names never', async () => {
  writeFileSync(at('old.pdf'), 'x');
  start();
  await vi.waitFor(() => expect(files.map(({ fileName }) => fileName)).toEqual(['old.pdf']), wait);
  for (const name of ['.hidden.pdf', '~lock.pdf', 'notes.txt', 'scan.pdf.part']) writeFileSync(at(name), 'x');
  mkdirSync(at('folder.pdf'));
  writeFileSync(at('Ảnh.JPG'), 'xyz');
  await vi.waitFor(() => expect(files).toHaveLength(2), wait);
  expect(files[1]).toEqual({ path: at('Ảnh.JPG'), fileName: 'Ảnh.JPG', bytes: 3 });
  writeFileSync(at('last.png'), 'x');
  await vi.waitFor(() => expect(files.at(-1)?.fileName).toBe('last.png'), wait);
  expect(files).toHaveLength(3);
});

it('a file that is still being written is told when it has its full size', async () => {
  start();
  writeFileSync(at('slow.pdf'), '');
  for (let i = 0; i < 10; i++) {
    appendFileSync(at('slow.pdf'), 'x'.repeat(10));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await vi.waitFor(() => expect(files).toHaveLength(1), wait);
  expect(files[0]?.bytes).toBe(100);
});

it('another scan under the same name is another file', async () => {
  start();
  writeFileSync(at('scan.pdf'), 'one');
  await vi.waitFor(() => expect(files).toHaveLength(1), wait);
  writeFileSync(at('scan.pdf'), 'second');
  await vi.waitFor(() => expect(files.map(({ bytes }) => bytes)).toEqual([3, 6]), wait);
});

it('a folder that goes and comes is missing and ready', async () => {
  start();
  await vi.waitFor(() => expect(states).toEqual(['ready']), wait);
  renameSync(folder, `${folder}-away`);
  await vi.waitFor(() => expect(states).toEqual(['ready', 'missing']), wait);
  renameSync(`${folder}-away`, folder);
  writeFileSync(at('back.pdf'), 'x');
  await vi.waitFor(() => expect(files.map(({ fileName }) => fileName)).toEqual(['back.pdf']), wait);
});
