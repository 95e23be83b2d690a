import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * Unpacks a zip file without a tool of the system. Plain zip only: no encryption, no zip64, no links.
 * @param target maps an entry's name to a path below `folder`, or to undefined to leave it out
 * @throws Error when the file is not such a zip or an entry would land outside `folder`
 */
export async function extractZip(file: string, folder: string, target: (entry: string) => string | undefined): Promise<void> {
  const handle = await open(file, 'r');
  try {
    for (const entry of await readDirectory(handle)) {
      const name = target(entry.name);
      if (name === undefined || name === '' || name.endsWith('/')) continue;
      const to = path.resolve(folder, name);
      if (!to.startsWith(path.resolve(folder) + path.sep)) throw new Error(`zip entry leaves the folder: ${entry.name}`);
      mkdirSync(path.dirname(to), { recursive: true });
      const local = await readAt(handle, entry.offset, 30);
      const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      const output = createWriteStream(to, { mode: entry.mode || 0o644 });
      if (entry.packedSize === 0) {
        output.end();
        continue;
      }
      const packed = createReadStream(file, { start, end: start + entry.packedSize - 1 });
      if (entry.method === 8) await pipeline(packed, createInflateRaw(), output);
      else if (entry.method === 0) await pipeline(packed, output);
      else throw new Error(`zip method ${entry.method} is not supported`);
    }
  } finally {
    await handle.close();
  }
}

interface ZipEntry { name: string; method: number; packedSize: number; offset: number; mode: number }
type FileHandle = Awaited<ReturnType<typeof open>>;

async function readDirectory(handle: FileHandle): Promise<ZipEntry[]> {
  const { size } = await handle.stat();
  const tailStart = Math.max(0, size - 65_557);
  const tail = await readAt(handle, tailStart, size - tailStart);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('not a zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: ZipEntry[] = [];
  for (let at = 0, index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== directoryEntry) throw new Error('zip directory is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('zip file ends too early');
  return buffer;
}
