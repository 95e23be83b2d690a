import { randomBytes, randomInt, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Sha256Hex } from '../../../shared/contracts/event.ts';
import { Instant } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { foundSite, joinSite, readHubLink, readKiosk, readSiteKey, type Store } from '../../store/index.ts';
import { gateName } from '../gate/gate-name.ts';
import { openBytes, sealBytes } from './site-seal.ts';

/** Letters and digits that nobody mixes up when he reads them out. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 12;
/** A file that lies about must not open the site for ever. */
const validMs = 24 * 3_600_000;

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);
const SecretFile = z.object({ mcsiteKey: z.literal(1), salt: z.string().max(64), sealed: z.string().max(2_000) });
const Secret = z.object({
  siteKey: z.string().max(64), unit: z.object({ code: z.string().max(64), name: z.string().max(200) }), device: Sha256Hex, name: z.string().max(100), madeAt: Instant,
});

/**
 * The key of a site without a hub for its other gates: a small text for a file or a QR, sealed by a code of twelve
 * letters that goes another way. Problem: `site-has-hub`, where the hub gives the key.
 */
export async function siteSecret(store: Store, actor: string): Promise<{ text: string; code: string }> {
  if (readHubLink(store) !== null) throw new ProblemError('site-has-hub');
  foundSite(store, actor);
  const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('');
  const salt = randomBytes(16);
  const secret: z.infer<typeof Secret> = {
    siteKey: Buffer.from(readSiteKey(store)).toString('base64'), unit: readKiosk(store)?.unit ?? { code: '', name: '' },
    device: store.device.id, name: gateName(store), madeAt: new Date(store.clock.now()).toISOString(),
  };
  const sealed = sealBytes(await keyOf(code, salt), 'mcsite key', Buffer.from(JSON.stringify(secret)));
  return { text: JSON.stringify({ mcsiteKey: 1, salt: salt.toString('base64'), sealed: sealed.toString('base64') }), code: code.match(/.{4}/g)!.join('-') };
}

/**
 * Joins the site of the gate that made the file. Problems: `site-has-hub`, `site-file-invalid`, `site-code-wrong` (also
 * where the file is older than a day).
 */
export async function joinBySecret(store: Store, { text, code, actor }: { text: string; code: string; actor: string }): Promise<{ name: string; changed: boolean }> {
  if (readHubLink(store) !== null) throw new ProblemError('site-has-hub');
  const file = SecretFile.safeParse(jsonOrNull(text));
  if (!file.success) throw new ProblemError('site-file-invalid', 'form');
  const typed = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const opened = openBytes(await keyOf(typed, Buffer.from(file.data.salt, 'base64')), 'mcsite key', Buffer.from(file.data.sealed, 'base64'));
  const secret = Secret.safeParse(opened === null ? null : jsonOrNull(opened.toString('utf8')));
  // A clock that is off must not shut a gate out for ever, but neither may the file be of another year.
  if (!secret.success || Math.abs(store.clock.now() - Date.parse(secret.data.madeAt)) > validMs) throw new ProblemError('site-code-wrong');
  const siteKey = Buffer.from(secret.data.siteKey, 'base64');
  if (siteKey.length !== 32) throw new ProblemError('site-file-invalid', 'key');
  const { unit, device, name } = secret.data;
  return { name, changed: joinSite(store, { siteKey, unit, device, name }, actor) };
}

function keyOf(code: string, salt: Uint8Array): Promise<Buffer> {
  return derive(code, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
