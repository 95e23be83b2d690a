import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Sha256Hex } from '../../../shared/contracts/event.ts';
import { Instant } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { SiteHave, siteForm, SiteTold, type SitePage } from '../../../shared/contracts/site.ts';
import { appendEvent, ownStartBefore, ownTold, readSetting, readSiteKey, readSitePage, readTold, writeSetting, type Store } from '../../store/index.ts';
import { gateName } from '../gate/gate-name.ts';
import { mergePage, readPage, settleAll, type Merged } from './site-merge.ts';
import { openBytes, sealBytes, siteSubkey } from './site-seal.ts';

/*
 * .mcsite: `MCSITE2\n`, 8 bytes telling the site, 16 random bytes, then frames of a length (4 bytes, big-endian) and
 * AES-256-GCM over gzip over lines of JSON, each bound to the file and its place in it. The last frame is the manifest.
 */
const magic = Buffer.from(`MCSITE${siteForm}\n`);
const headBytes = magic.length + 8 + 16;
const mostFrame = 4_000_000;
const mostUnpacked = 32_000_000;
/** A file that is handed from screen to service, and one that a technician's command reads. */
export const mostSiteFile = 512 * 1024 * 1024;
const exportedSetting = 'site-exported';
const page = { events: 200, bytes: 500_000 };

const Manifest = z.object({
  manifest: z.literal(1), device: Sha256Hex, name: z.string().max(100), madeAt: Instant,
  events: z.number().int().nonnegative(), digest: Sha256Hex, told: z.array(SiteTold).max(256), through: z.array(SiteHave).max(512),
});
type Manifest = z.infer<typeof Manifest>;

/** A file for the other gates, and how far it reaches. */
export interface SiteFile { fileName: string; content: Uint8Array; events: number; through: SiteHave[] }

/**
 * Everything that this store holds of the site since the last export, or since an instant (milliseconds since 1970), in
 * one file sealed with the site key. It changes nothing: `noteExport` moves the mark once the file is in good hands.
 */
export function siteFile(store: Store, { since }: { since: number | null }): SiteFile {
  // A reading thread does not hear that a new epoch has begun.
  store.renewEpoch();
  const key = siteSubkey(readSiteKey(store), 'file');
  const id = randomBytes(16);
  const have = since === null ? readSetting(store, exportedSetting, z.array(SiteHave)) ?? [] : ownStartBefore(store, since);
  const reach = new Map(have.map((one) => [`${one.device} ${one.epoch}`, one]));
  const frames: Buffer[] = [];
  const digest = createHash('sha256');
  const frame = (lines: readonly object[], last: boolean): void => {
    const sealed = sealBytes(key, placeOf(id, frames.length, last), gzipSync(lines.map((line) => JSON.stringify(line)).join('\n')));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    frames.push(Buffer.concat([length, sealed]));
  };
  const name = gateName(store);
  // What is told now holds for what was written before now: the pages that follow reach at least as far.
  const told = [ownTold(store, name), ...readTold(store)];
  let events = 0;
  for (let more = true; more;) {
    const read: SitePage = readSitePage(store, { have: [...reach.values()], asker: null, name }, page);
    more = read.more;
    for (const part of read.parts) {
      reach.set(`${part.device} ${part.epoch}`, { device: part.device, epoch: part.epoch, seq: part.through });
      part.events.forEach(({ hash }) => digest.update(hash));
      events += part.events.length;
    }
    if (read.parts.length > 0) frame(read.parts, false);
  }
  const through = [...reach.values()];
  const manifest: Manifest = {
    manifest: 1, device: store.device.id, name, madeAt: new Date(store.clock.now()).toISOString(), events, digest: digest.digest('hex'), told, through,
  };
  frame([manifest], true);
  const stamp = new Date(store.clock.now() + 7 * 3_600_000).toISOString().slice(0, 16).replaceAll(/[-:T]/g, '');
  return {
    fileName: `cong-${store.device.id.slice(0, 6)}-${stamp}.mcsite`, events, through,
    content: Buffer.concat([magic, siteMark(store), id, ...frames]),
  };
}

/** The next export begins where this one ended; with its event. */
export function noteExport(store: Store, { through, events }: Pick<SiteFile, 'through' | 'events'>, actor: string): void {
  store.transaction(() => {
    writeSetting(store, exportedSetting, through);
    appendEvent(store, { type: 'data-exported', actor, payload: { what: 'site', events } });
  });
}

/**
 * Takes a file of another gate. It is checked whole before any of it is taken; the same file again changes nothing.
 * Problems: `site-file-invalid`, `site-key-other`, `site-part-invalid`, `site-form-older`.
 */
export async function importSiteFile(store: Store, content: Uint8Array, onProgress: (done: number, of: number) => void = () => undefined): Promise<Merged & { from: string; name: string }> {
  if (content.length > mostSiteFile) throw new ProblemError('site-file-invalid', 'size');
  const frames = framesOf(store, content);
  let manifest: Manifest | null = null;
  const digest = createHash('sha256');
  let events = 0;
  for (const [at, open] of frames.entries()) {
    const lines = open();
    if (at === frames.length - 1) {
      manifest = readManifest(lines);
      break;
    }
    const { parts } = readPage({ told: [], parts: lines, more: false });
    for (const part of parts) {
      part.events.forEach(({ hash }) => digest.update(hash));
      events += part.events.length;
    }
    await setImmediate();
  }
  if (manifest === null || manifest.events !== events || manifest.digest !== digest.digest('hex')) throw new ProblemError('site-file-invalid', 'manifest');
  const { device: from, name, told } = manifest;
  const total: Merged & { from: string; name: string } = { events: 0, quarantined: 0, problem: null, from, name };
  for (const [at, open] of frames.slice(0, -1).entries()) {
    const merged = await mergePage(store, { told: [], parts: open(), more: true }, { by: 'file', from });
    total.events += merged.events;
    total.quarantined += merged.quarantined;
    total.problem ??= merged.problem;
    onProgress(at + 1, frames.length);
  }
  await mergePage(store, { told, parts: [], more: false }, { by: 'file', from });
  await settleAll(store);
  return total;
}

function framesOf(store: Store, bytes: Uint8Array): (() => unknown[])[] {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (content.subarray(0, magic.length).equals(Buffer.from('MCSITE1\n'))) throw new ProblemError('site-form-older');
  if (content.length < headBytes || !content.subarray(0, magic.length).equals(magic)) throw new ProblemError('site-file-invalid', 'form');
  if (!content.subarray(magic.length, magic.length + 8).equals(siteMark(store))) throw new ProblemError('site-key-other');
  const key = siteSubkey(readSiteKey(store), 'file');
  const id = content.subarray(magic.length + 8, headBytes);
  const sealed: Buffer[] = [];
  for (let at = headBytes; at < content.length;) {
    const length = at + 4 <= content.length ? content.readUInt32BE(at) : -1;
    if (length < 28 || length > mostFrame || at + 4 + length > content.length) throw new ProblemError('site-file-invalid', 'cut');
    sealed.push(content.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (sealed.length === 0) throw new ProblemError('site-file-invalid', 'cut');
  return sealed.map((frame, at) => () => {
    const packed = openBytes(key, placeOf(id, at, at === sealed.length - 1), frame);
    if (packed === null) throw new ProblemError('site-file-invalid', `frame ${at}`);
    return linesOf(packed);
  });
}

function linesOf(packed: Uint8Array): unknown[] {
  try {
    return gunzipSync(packed, { maxOutputLength: mostUnpacked }).toString('utf8').split('\n').map((line) => JSON.parse(line) as unknown);
  } catch {
    throw new ProblemError('site-file-invalid', 'content');
  }
}

function readManifest(lines: readonly unknown[]): Manifest {
  const parsed = Manifest.safeParse(lines[0]);
  if (!parsed.success) throw new ProblemError('site-file-invalid', 'manifest');
  return parsed.data;
}

function placeOf(id: Uint8Array, at: number, last: boolean): string {
  return `mcsite ${Buffer.from(id).toString('hex')} ${at}${last ? ' last' : ''}`;
}

/** Tells files of this site from others without telling anything of the key. */
function siteMark(store: Store): Buffer {
  return siteSubkey(readSiteKey(store), 'mark').subarray(0, 8);
}

