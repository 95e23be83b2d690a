import { createPrivateKey, generateKeyPairSync, randomBytes, sign as signWith, type KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { sha256 } from './sha256.ts';

/** Who this kiosk is to the hub. */
export interface Device {
  /** Hex SHA-256 of the public key. */
  id: string;
  /** Ed25519, raw 32 bytes. */
  publicKey: Uint8Array;
  /** Ed25519 signature, 64 bytes. */
  sign(content: Uint8Array): Uint8Array;
}

/** Makes the device's key, its first epoch and a site key of its own, which enrolment replaces. */
export function createDevice(db: Database): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  // The last 32 bytes of the 44 of an Ed25519 SubjectPublicKeyInfo are the raw key (RFC 8410 section 4).
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  db.prepare('insert into device (only, device, public_key, private_key, site_key) values (1, ?, ?, ?, ?)')
    .run(sha256(raw), raw, privateKey.export({ format: 'der', type: 'pkcs8' }), randomBytes(32));
  db.prepare('insert into epoch (epoch_no, epoch, base) values (1, ?, 0)').run(randomBytes(8).toString('hex'));
}

/** This store's device, with the key that signs for it. */
export function readDevice(db: Database): Device {
  const row = db.prepare<[], { device: string; public_key: Buffer; private_key: Buffer }>(
    'select device, public_key, private_key from device',
  ).get();
  if (row === undefined) throw new Error('the store has no device key');
  let key: KeyObject | undefined;
  return {
    id: row.device,
    publicKey: row.public_key,
    sign: (content) => signWith(null, content, key ??= createPrivateKey({ key: row.private_key, format: 'der', type: 'pkcs8' })),
  };
}

export interface Epoch { epochNo: number; epoch: string; base: number }

/** The epoch in which events are written now. */
export function readEpoch(db: Database): Epoch {
  const row = db.prepare<[], Epoch>('select epoch_no as epochNo, epoch, base from epoch order by epoch_no desc limit 1').get();
  if (row === undefined) throw new Error('the store has no epoch');
  return row;
}
