import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromBigInt, toHex } from '../../electron/card/bytes.ts';
import { suites } from '../../electron/card/ciphers.ts';
import { standardCurves } from '../../electron/card/curves.ts';
import { readTlv } from '../../electron/card/tlv.ts';
import { issueCard } from '../virtual-card/issue.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';

// Reader and virtual card have one author: what they agree on is held here to a program of other hands.

const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-openssl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => path.join(folder, name);
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });

function verifySod(profile: CardProfileInput, ...how: string[]): Buffer {
  const card = issueCard(profile);
  writeFileSync(file('sod.cms'), readTlv(card.files.get(0x011d)!).value);
  writeFileSync(file('csca.cer'), card.csca);
  openssl('x509', '-inform', 'DER', '-in', file('csca.cer'), '-out', file('csca.pem'));
  openssl('cms', '-verify', '-inform', 'DER', '-in', file('sod.cms'), '-CAfile', file('csca.pem'), '-purpose', 'any', '-binary', '-out', file('content'), ...how);
  return readFileSync(file('content'));
}

describe('the SOD of the virtual card', () => {
  it.each(['ecdsa-p256', 'rsa', 'rsa-pss'] as const)('signedBy_%s_opensslVerifiesItUnderTheTestCsca', (signer) => {
    expect(readTlv(verifySod({ signer })).tag).toBe(0x30);
  });

  // OpenSSL refuses explicit parameters in a chain by policy, so the chain is left out here; the signature is not.
  it('signedByExplicitBrainpool_opensslVerifiesTheSignature', () => {
    expect(readTlv(verifySod({ signer: 'ecdsa-brainpool-explicit' }, '-noverify')).tag).toBe(0x30);
  });

  it('changedSignature_opensslRefusesToo', () => {
    expect(() => verifySod({ faults: { corruptSignature: true } })).toThrow(/verif/i);
  });
});

describe('ciphers', () => {
  it.each([['aes-128', 16], ['aes-192', 24], ['aes-256', 32]] as const)('cmacOf_%s_equalsOpenssl', (name, length) => {
    const key = Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 0xff);
    for (const size of [0, 1, 15, 16, 17, 64, 100]) {
      const data = Uint8Array.from({ length: size }, (_, i) => (i * 91 + size) & 0xff);
      writeFileSync(file('data'), data);
      const printed = openssl('mac', '-cipher', `${name.toUpperCase()}-CBC`, '-macopt', `hexkey:${toHex(key)}`, '-in', file('data'), 'CMAC');
      expect(toHex(suites[name].mac(key, data))).toBe(printed.toString().trim().slice(0, 16));
    }
  });
});

describe('curves', () => {
  const names: Record<string, string> = { secp192r1: 'prime192v1', secp256r1: 'prime256v1' };

  it.each(Object.entries(standardCurves))('id %s: parameters are those of openssl', (_, { name, point }) => {
    const text = openssl('ecparam', '-name', names[name] ?? name, '-param_enc', 'explicit', '-text', '-noout').toString();
    const printed = (label: string): bigint => {
      const lines = new RegExp(`^${label}[^\\n]*\\n((?:    [0-9a-f:]+\\n)+)`, 'm').exec(text)?.[1] ?? '';
      return BigInt(`0x${lines.replace(/[^0-9a-f]/g, '')}`);
    };
    const { p, a, b, n } = point.CURVE();
    expect([printed('Prime'), printed('A'), printed('B'), printed('Order')]).toEqual([p, a, b, n]);
    const generator = point.BASE.toBytes(false);
    expect(toHex(fromBigInt(printed('Generator'), generator.length))).toBe(toHex(generator));
  });

  it.each(Object.entries(standardCurves))('id %s: ECDH agrees with openssl', (_, { name, point }) => {
    const ossl = names[name] ?? name;
    openssl('ecparam', '-name', ossl, '-genkey', '-noout', '-out', file('own.pem'));
    openssl('ecparam', '-name', ossl, '-genkey', '-noout', '-out', file('peer.pem'));
    openssl('pkey', '-in', file('peer.pem'), '-pubout', '-out', file('peer.pub'));
    openssl('pkey', '-in', file('peer.pem'), '-pubout', '-outform', 'DER', '-out', file('peer.der'));
    const secret = openssl('pkeyutl', '-derive', '-inkey', file('own.pem'), '-peerkey', file('peer.pub'));
    const text = openssl('pkey', '-in', file('own.pem'), '-text', '-noout').toString();
    const own = BigInt(`0x${(/priv:\n((?: {4}[0-9a-f:]+\n)+)/.exec(text)?.[1] ?? '').replace(/[^0-9a-f]/g, '')}`);
    const size = point.BASE.toBytes(false).length;
    const peer = point.fromBytes(Uint8Array.from(readFileSync(file('peer.der')).subarray(-size)));
    expect(toHex(peer.multiply(own).toBytes(false).subarray(1, 1 + (size - 1) / 2))).toBe(secret.toString('hex').toUpperCase());
  });
});
