import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * AES-256-GCM: 12 bytes nonce, cipher text, 16 bytes tag. `place` says where the bytes belong and is not kept: moved
 * to another place they do not open.
 */
export function seal(key: Uint8Array, place: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** The bytes again. Throws where key or place is another, or a bit was changed. */
export function unseal(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

export function sealJson(key: Uint8Array, place: string, value: unknown): Buffer {
  return seal(key, place, Buffer.from(JSON.stringify(value)));
}

export function unsealJson(key: Uint8Array, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(unseal(key, place, sealed).toString('utf8'));
}
