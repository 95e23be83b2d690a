import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0004 trust: a store of version 3 keeps what it holds and takes certificates and one CRL an issuer', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 3);
  createDevice(db);
  db.exec(`
    insert into setting (name, value) values ('settings', '{}');
    insert into user (user_id, login_name, display_name, role, secret_hash) values ('u', 'an', 'An', 'kiosk-admin', 'x');
    insert into hub_link (only, url, hub_id) values (1, 'https://hub.example', 'h');
    insert into blob_delivery (sha256, size, position) values ('aa', 1, 1);
    insert into hub_change (kind, key, body, at) values ('procedure', 'TY-14', '{}', '2026-11-22T00:00:00.000Z');`);
  const held = () => ['device', 'epoch', 'setting', 'user', 'hub_link', 'blob_delivery', 'hub_change']
    .map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db, 4);
  expect(held()).toEqual(before);
  const certificate = (fingerprint: string, signatureOk: number): string => `
    insert into trust_certificate (fingerprint, der, country, subject, issuer, serial, not_before, not_after, algorithm, self_signed,
      signature_ok, signature_reason, origin_file, imported_at, imported_by, search_text)
    values ('${fingerprint}', zeroblob(9), 'UT', 'CN=CSCA', 'CN=CSCA', '01', '2020-01-01', '2040-01-01', 'ECDSA', 1, ${signatureOk}, '', 'f.cer', '2026-11-22T00:00:00.000Z', 'u', '')`;
  const crl = (fingerprint: string): string => `
    insert into trust_crl (fingerprint, der, country, issuer, this_update, revoked, signature_reason, origin_file, imported_at, imported_by, search_text)
    values ('${fingerprint}', zeroblob(9), 'UT', 'CN=CSCA', '2026-01-01', 0, '', 'f.crl', '2026-11-22T00:00:00.000Z', 'u', '')`;
  db.exec(certificate('a', 1));
  db.exec(crl('a'));
  expect(() => db.exec(certificate('a', 1))).toThrow('UNIQUE');
  expect(() => db.exec(certificate('b', 2))).toThrow('CHECK');
  expect(() => db.exec(crl('b'))).toThrow('UNIQUE');
  migrate(db, 4);
  expect(held()).toEqual(before);
});
