import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concat, fromBigInt, fromHex, toBigInt, toHex } from '../../electron/card/bytes.ts';
import { hash, type HashName, type SuiteName } from '../../electron/card/ciphers.ts';
import { standardGroups } from '../../electron/card/dh-group.ts';
import { oidBytes, readTlv, readTlvs, tlv } from '../../electron/card/tlv.ts';
import { agreementGroup } from '../virtual-card/agreement.ts';
import { ChipAuthentication } from '../virtual-card/chip-authentication.ts';
import { ChipChannel } from '../virtual-card/chip-channel.ts';
import { activeKey } from '../virtual-card/chip-keys.ts';
import { issueCard, type IssuedCard } from '../virtual-card/issue.ts';
import { CardProfile, Faults, SignatureKind, type CardProfileInput } from '../virtual-card/profile.ts';
import { chipOid } from '../virtual-card/security-infos.ts';

// The virtual card is the measure of the reader: here it is itself measured by openssl.

const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-virtual-openssl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => path.join(folder, name);
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
const save = (name: string, bytes: Uint8Array): string => {
  writeFileSync(file(name), bytes);
  return file(name);
};

function savePki(card: IssuedCard): void {
  openssl('x509', '-inform', 'DER', '-in', save('csca.cer', card.csca), '-out', file('csca.pem'));
  openssl('x509', '-inform', 'DER', '-in', save('signer.cer', card.signer), '-out', file('signer.pem'));
  openssl('crl', '-inform', 'DER', '-in', save('csca.crl', card.crl), '-out', file('crl.pem'));
}

/** What openssl says about the document signer under the CSCA that is handed out: its own error text, or `OK`. */
function chain(profile: CardProfileInput, ...more: string[]): string {
  savePki(issueCard(profile));
  try {
    return openssl('verify', '-auth_level', '0', '-purpose', 'any', '-CAfile', file('csca.pem'), '-CRLfile', file('crl.pem'), '-crl_check', ...more, file('signer.pem'))
      .toString().trim().replace(/^.*: /, '');
  } catch (error) {
    return (error as { stderr: Buffer }).stderr.toString();
  }
}

function verifyCms(cms: Uint8Array, ...how: string[]): Uint8Array {
  openssl('cms', '-verify', '-inform', 'DER', '-in', save('cms.der', cms), '-CAfile', file('csca.pem'), '-auth_level', '0', '-purpose', 'any', '-binary', '-out', file('content'), ...how);
  return Uint8Array.from(readFileSync(file('content')));
}

const sodOf = (card: IssuedCard): Uint8Array => readTlv(card.files.get(0x011d)!).value;
const named = SignatureKind.options.filter((kind) => !kind.endsWith('-explicit'));
const hashes: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

describe('the test CSCA, measured by openssl', () => {
  it.each(named)('opensslVerify_%s_accepts chain and CRL', (signer) => {
    expect(chain({ signer })).toBe('OK');
  });

  it.each<[string, CardProfileInput, RegExp]>([
    ['revoked', { issuer: { revoked: true } }, /certificate revoked/],
    ['signerExpired', { issuer: { signerUntil: '2021-06-01' } }, /certificate has expired/],
    ['signerNotYetValid', { issuer: { signerFrom: '2044-01-01' } }, /not yet valid/],
    ['cscaExpired', { issuer: { cscaUntil: '2022-01-01' } }, /certificate has expired/],
    ['crlOutdated', { issuer: { crlUntil: '2021-03-01' } }, /CRL has expired/],
    ['stranger', { issuer: { signedBy: 'stranger' } }, /unable to get local issuer/],
    ['strangerUnderTheSameName', { issuer: { signedBy: 'stranger-same-name' } }, /unable to get local issuer|signature failure|issuer certificate/],
  ])('opensslVerify_%s_refuses with that reason', (_, profile, reason) => {
    expect(chain(profile, '-attime', String(Date.UTC(2026, 0, 15) / 1000))).toMatch(reason);
  });
});

describe('EF.SOD and EF.CardSecurity, measured by openssl', () => {
  it.each(['ecdsa-p384', 'ecdsa-brainpool-512', 'rsa', 'rsa-pss'] as const)('opensslCmsVerify_%s_accepts every hash', (signer) => {
    for (const name of hashes) {
      const card = issueCard({ signer, issuer: { cscaHash: name, signerHash: name, ldsHash: name, ldsVersion: 1 }, active: {}, chip: {}, details: true });
      savePki(card);
      expect(readTlv(verifyCms(sodOf(card))).tag).toBe(0x30);
    }
  });

  it('opensslCmsVerify_signerByKeyIdentifier_accepts', () => {
    const card = issueCard({ issuer: { signerId: 'key-identifier' } });
    savePki(card);
    expect(readTlv(verifyCms(sodOf(card))).tag).toBe(0x30);
  });

  it('opensslCmsVerify_withoutCertificateInside_acceptsOnlyWithItBeside', () => {
    const card = issueCard({ issuer: { certificateInSod: false } });
    savePki(card);
    expect(() => verifyCms(sodOf(card))).toThrow(/signer certificate not found/);
    expect(readTlv(verifyCms(sodOf(card), '-certfile', file('signer.pem'))).tag).toBe(0x30);
  });

  it('opensslCmsVerify_strangersSod_refuses', () => {
    const card = issueCard({ issuer: { signedBy: 'stranger-same-name' } });
    savePki(card);
    expect(() => verifyCms(sodOf(card))).toThrow(/verif/i);
  });

  it('opensslCmsVerify_cardSecurity_acceptsAndGivesTheSecurityInfos', () => {
    const card = issueCard({ pace: { mapping: 'cam', parameterId: 13 }, signer: 'ecdsa-brainpool' });
    savePki(card);
    expect(readTlv(verifyCms(card.cardSecurity!)).tag).toBe(0x31);
  });

  it.each(hashes)('opensslDgst_%s_ofEveryFile_isWhatTheSodLists', (name) => {
    const card = issueCard({ issuer: { ldsHash: name }, active: { kind: 'ecdsa' }, chip: {}, details: true });
    savePki(card);
    const listed = toHex(verifyCms(sodOf(card)));
    for (const id of [0x0101, 0x0102, 0x010b, 0x010c, 0x010d, 0x010e, 0x010f]) {
      const printed = openssl('dgst', `-${name}`, '-r', save('group', card.files.get(id)!)).toString().split(' ')[0]!;
      expect(listed).toContain(printed.toUpperCase());
    }
  });
});

const challenge = fromHex('0102030405060708');
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

describe('active authentication, measured by openssl', () => {
  it.each(['rsa-1024', 'rsa-2048'] as const)('opensslVerifyRecover_%s_givesNonceHashAndTrailer', (kind) => {
    const trailerOf: Record<HashName, string> = { sha1: 'BC', sha224: '38CC', sha256: '34CC', sha384: '36CC', sha512: '35CC' };
    for (const name of hashes) {
      const { active } = issueCard({ active: { kind, hash: name } });
      save('signature', active!.sign(challenge, random, false));
      openssl('pkey', '-pubin', '-inform', 'DER', '-in', save('dg15.der', active!.publicKeyInfo), '-out', file('dg15.pem'));
      const opened = toHex(openssl('pkeyutl', '-verifyrecover', '-pubin', '-inkey', file('dg15.pem'), '-in', file('signature'), '-pkeyopt', 'rsa_padding_mode:none'));
      const digestAt = opened.length - trailerOf[name].length - 2 * hash(name).length;
      const nonce = fromHex(opened.slice(2, digestAt));
      const digest = openssl('dgst', `-${name}`, '-r', save('message', concat(nonce, challenge))).toString().split(' ')[0]!.toUpperCase();
      expect(opened).toBe(`6A${toHex(nonce)}${digest}${trailerOf[name]}`);
    }
  });

  it.each([12, 13, 15, 17, 18])('opensslDgstVerify_ecdsaOnCurve_%i_accepts', (parameterId) => {
    for (const name of hashes) {
      const { active } = issueCard({ active: { kind: 'ecdsa', parameterId, hash: name, der: true } });
      openssl('pkey', '-pubin', '-inform', 'DER', '-in', save('dg15.der', active!.publicKeyInfo), '-out', file('dg15.pem'));
      save('signature', active!.sign(challenge, random, false));
      expect(openssl('dgst', `-${name}`, '-verify', file('dg15.pem'), '-signature', file('signature'), save('message', challenge)).toString()).toContain('Verified OK');
    }
  });

  it('opensslDgstVerify_clonesKey_refuses', () => {
    const { active: settings } = CardProfile.parse({ active: { kind: 'ecdsa', der: true } });
    openssl('pkey', '-pubin', '-inform', 'DER', '-in', save('dg15.der', activeKey(settings!, 'card').publicKeyInfo), '-out', file('dg15.pem'));
    save('signature', activeKey(settings!, 'clone').sign(challenge, random, false));
    expect(() => openssl('dgst', '-sha256', '-verify', file('dg15.pem'), '-signature', file('signature'), save('message', challenge))).toThrow(/./);
  });
});

describe('chip authentication, measured by openssl', () => {
  /** Key derivation of 9303-11 clause 9.7.1 by openssl's hash alone, for AES. */
  function derived(secret: Uint8Array, counter: number, suite: SuiteName): string {
    const name = suite === 'aes-128' ? 'sha1' : 'sha256';
    const digest = openssl('dgst', `-${name}`, '-r', save('kdf', concat(secret, Uint8Array.of(0, 0, 0, counter)))).toString().split(' ')[0]!.toUpperCase();
    return digest.slice(0, suite === 'aes-128' ? 32 : suite === 'aes-192' ? 48 : 64);
  }

  it.each<[string, CardProfileInput]>([
    ['P-256 named', { chip: { parameterId: 12, parameters: 'named' } }],
    ['P-384 explicit', { chip: { parameterId: 15, suite: 'aes-192' } }],
    ['brainpoolP512r1 named', { chip: { parameterId: 17, parameters: 'named', suite: 'aes-256' } }],
    ['brainpoolP256r1 explicit', { chip: { parameterId: 13 } }],
    ['DH 1024/160', { chip: { parameterId: 0 } }],
    ['DH 2048/256', { chip: { parameterId: 2, suite: 'aes-256' } }],
  ])('opensslPkeyutlDerive_%s_comesToTheSameSessionKeys', (_, profile) => {
    const card = issueCard(profile);
    const { chip } = card.profile;
    openssl('pkey', '-pubin', '-inform', 'DER', '-in', save('chip.der', card.chipKeys.get(null)!.publicKeyInfo), '-out', file('chip.pem'));
    if (chip!.parameterId <= 2) openssl('genpkey', '-genparam', '-algorithm', 'DHX', '-pkeyopt', `dh_rfc5114:${chip!.parameterId + 1}`, '-out', file('parameters.pem'));
    else openssl('pkey', '-pubin', '-in', file('chip.pem'), '-out', file('parameters.pem'));
    generateBeside(chip!.parameterId);
    // For DH openssl leaves leading zeros out, which the standard keeps.
    const found = Uint8Array.from(openssl('pkeyutl', '-derive', '-inkey', file('own.pem'), '-peerkey', file('chip.pem')));
    const secret = fromBigInt(toBigInt(found), agreementGroup(chip!.parameterId).base.secret.length);
    const authentication = new ChipAuthentication(chip!, card.chipKeys);
    const command = { cla: 0, p1: 0, p2: 0, le: 256, extended: false };
    expect(authentication.setTemplate({ ...command, ins: 0x22, data: tlv(0x80, oidBytes(chipOid(chip!))) })).toBe(0x9000);
    const { keys } = authentication.authenticate({ ...command, ins: 0x86, data: tlv(0x7c, tlv(0x80, ownPublicKey(chip!.parameterId))) });
    expect([toHex(keys!.encryption), toHex(keys!.mac)]).toEqual([derived(secret, 1, chip!.suite), derived(secret, 2, chip!.suite)]);
  });

  /** The reader's key, made by openssl in the chip's own domain. */
  function generateBeside(parameterId: number): void {
    if (parameterId <= 2) openssl('genpkey', '-paramfile', file('parameters.pem'), '-out', file('own.pem'));
    else {
      const names: Record<number, string> = { 12: 'P-256', 13: 'brainpoolP256r1', 15: 'P-384', 17: 'brainpoolP512r1' };
      openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${names[parameterId]!}`, '-out', file('own.pem'));
    }
    openssl('pkey', '-in', file('own.pem'), '-pubout', '-outform', 'DER', '-out', file('own.der'));
  }

  /** As it crosses the line: a point, or a number as long as the field. */
  function ownPublicKey(parameterId: number): Uint8Array {
    const { base, elliptic } = agreementGroup(parameterId);
    const bits = readTlvs(readTlv(Uint8Array.from(readFileSync(file('own.der')))).value)[1]!.value.subarray(1);
    return elliptic ? bits : fromBigInt(toBigInt(readTlv(bits).value), base.bytes.length);
  }

  it.each([[0, 1], [1, 2], [2, 3]])('opensslGenparam_rfc5114_group %i has the same p, g and q', (parameterId, group) => {
    const text = openssl('genpkey', '-genparam', '-algorithm', 'DHX', '-pkeyopt', `dh_rfc5114:${group}`).toString();
    writeFileSync(file('group.pem'), text);
    const numbers = [...openssl('asn1parse', '-in', file('group.pem')).toString().matchAll(/INTEGER\s+:([0-9A-F]+)/g)].map((match) => BigInt(`0x${match[1]!}`));
    const { p, g, q } = standardGroups[parameterId]!;
    expect(numbers).toEqual([p, g, q]);
  });
});

describe('secure messaging of the chip, measured by openssl', () => {
  it.each([['aes-128', 16], ['aes-192', 24], ['aes-256', 32]] as const)('opensslMacAndCipher_%s_openTheProtectedAnswer', (suite, length) => {
    const encryption = Uint8Array.from({ length }, (_, i) => 3 * i + 1);
    const mac = Uint8Array.from({ length }, (_, i) => 7 * i + 2);
    const channel = new ChipChannel({ suite, encryption, mac, counter: 5n }, Faults.parse({}), { protected: 0, last: null });
    const text = new TextEncoder().encode('Nguyễn Văn An, Gia Bình, Bắc Ninh');
    const nodes = readTlvs(channel.close(text, 0x9000, false).slice(0, -2));
    expect(nodes.map(({ tag }) => tag)).toEqual([0x87, 0x99, 0x8e]);
    const counter = fromBigInt(6n, 16);
    const covered = concat(counter, nodes[0]!.raw, nodes[1]!.raw, Uint8Array.of(0x80));
    save('covered', concat(covered, new Uint8Array((16 - (covered.length % 16)) % 16)));
    const printed = openssl('mac', '-cipher', `${suite.toUpperCase()}-CBC`, '-macopt', `hexkey:${toHex(mac)}`, '-in', file('covered'), 'CMAC').toString();
    expect(toHex(nodes[2]!.value)).toBe(printed.trim().slice(0, 16));
    const iv = openssl('enc', `-${suite}-ecb`, '-nopad', '-K', toHex(encryption), '-in', save('counter', counter));
    const opened = openssl('enc', '-d', `-${suite}-cbc`, '-nopad', '-K', toHex(encryption), '-iv', iv.toString('hex'), '-in', save('cryptogram', nodes[0]!.value.slice(1)));
    expect(opened.toString('hex').replace(/80(00)*$/, '')).toBe(Buffer.from(text).toString('hex'));
  });
});
