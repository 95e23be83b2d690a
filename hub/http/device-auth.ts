import { createHash, createPublicKey, verify } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Sha256Hex } from '../../shared/contracts/event.ts';
import { Instant } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Sql } from '../store/database.ts';
import { findKiosk, keepNonce, type Kiosk } from '../store/kiosks.ts';
import { bodyBytes } from './body.ts';

/** A request is fresh within this window of the hub's clock; nonces are kept longer than it. */
export const freshMs = 10 * 60_000;

const Headers = z.object({
  'motcua-device': Sha256Hex,
  'motcua-time': Instant,
  'motcua-nonce': z.string().regex(/^[0-9a-f]{32}$/),
  'motcua-signature': z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 raw bytes (RFC 8410 section 4). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Finds out which kiosk speaks: signature over method, path, hash of the body as sent, time and nonce.
 * `motcua-time` is the hub's time as the kiosk reckons it (own clock plus the offset of its last contact), not its wall
 * clock: a kiosk whose clock is years off is answered `clock-off` with the hub's time once, reckons anew and passes, so
 * nobody is refused for a bad clock, while the nonces need to be kept for minutes only and no round trip for a challenge
 * is spent on each request. Throws `signature-invalid`, `device-unknown`, `device-revoked`, `clock-off`.
 */
export async function authenticate(sql: Sql, request: FastifyRequest): Promise<Kiosk> {
  const parsed = Headers.safeParse(request.headers);
  if (!parsed.success) throw new ProblemError('signature-invalid', 'headers');
  const { 'motcua-device': device, 'motcua-time': time, 'motcua-nonce': nonce, 'motcua-signature': signature } = parsed.data;
  const kiosk = await findKiosk(sql, device);
  if (!kiosk) throw new ProblemError('device-unknown');
  const bodyHash = createHash('sha256').update(bodyBytes(request)).digest('hex');
  const signed = `${request.method}\n${request.url}\n${bodyHash}\n${time}\n${nonce}`;
  const key = createPublicKey({ key: Buffer.concat([spkiStart, kiosk.publicKey]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'))) throw new ProblemError('signature-invalid');
  if (kiosk.state === 'revoked') throw new ProblemError('device-revoked');
  if (!(Math.abs(Date.parse(time) - Date.now()) <= freshMs)) throw new ProblemError('clock-off');
  if (!await keepNonce(sql, device, nonce)) throw new ProblemError('signature-invalid', 'nonce');
  return kiosk;
}
