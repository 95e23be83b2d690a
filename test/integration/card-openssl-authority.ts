import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hash } from '../../electron/card/ciphers.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';

/** How a key is made and signs, in the words of openssl. */
export interface KeyKind {
  /** Arguments of `openssl genpkey`. */
  key: readonly string[];
  digest: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  /** Salt length of RSA-PSS; PKCS #1 or ECDSA when absent. */
  salt?: number;
  /** Hash of the mask of RSA-PSS where it is not the digest. */
  mask?: 'sha1' | 'sha256' | 'sha512';
  /** Curve written out: openssl then refuses the chain by policy, though not the signature. */
  isExplicit?: boolean;
}

export const rsa = (bits: number): string[] => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];
export const ec = (curve: string, encoding: 'named_curve' | 'explicit' = 'named_curve'): string[] => [
  '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', `ec_param_enc:${encoding}`];

/** Every algorithm that ICAO 9303-12 clause 4.4 allows, and curves written out. */
export const signatureKinds: Record<string, KeyKind> = {
  'rsa-sha1': { key: rsa(2048), digest: 'sha1' },
  'rsa-sha224': { key: rsa(2048), digest: 'sha224' },
  'rsa-sha256': { key: rsa(3072), digest: 'sha256' },
  'rsa-sha384': { key: rsa(2048), digest: 'sha384' },
  'rsa-sha512': { key: rsa(4096), digest: 'sha512' },
  'pss-sha1-salt20': { key: rsa(2048), digest: 'sha1', salt: 20 },
  'pss-sha256-salt32': { key: rsa(2048), digest: 'sha256', salt: 32 },
  'pss-sha256-salt20': { key: rsa(2048), digest: 'sha256', salt: 20 },
  'pss-sha256-mask-sha1': { key: rsa(2048), digest: 'sha256', salt: 32, mask: 'sha1' },
  'pss-sha1-mask-sha512-odd-bits': { key: rsa(2049), digest: 'sha1', salt: 0, mask: 'sha512' },
  'pss-sha512-salt64': { key: rsa(2048), digest: 'sha512', salt: 64 },
  'pss-key-sha384': { key: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], digest: 'sha384', salt: 48 },
  'p192-sha1': { key: ec('prime192v1'), digest: 'sha1' },
  'p224-sha224': { key: ec('secp224r1'), digest: 'sha224' },
  'p256-sha256': { key: ec('prime256v1'), digest: 'sha256' },
  'p256-sha512': { key: ec('prime256v1'), digest: 'sha512' },
  'p384-sha384': { key: ec('secp384r1'), digest: 'sha384' },
  'p521-sha512': { key: ec('secp521r1'), digest: 'sha512' },
  'bp192-sha1': { key: ec('brainpoolP192r1'), digest: 'sha1' },
  'bp224-sha224-explicit': { key: ec('brainpoolP224r1', 'explicit'), digest: 'sha224', isExplicit: true },
  'bp256-sha256': { key: ec('brainpoolP256r1'), digest: 'sha256' },
  'bp256-sha1-explicit': { key: ec('brainpoolP256r1', 'explicit'), digest: 'sha1', isExplicit: true },
  'bp320-sha384': { key: ec('brainpoolP320r1'), digest: 'sha384' },
  'bp384-sha384-explicit': { key: ec('brainpoolP384r1', 'explicit'), digest: 'sha384', isExplicit: true },
  'bp512-sha512-explicit': { key: ec('brainpoolP512r1', 'explicit'), digest: 'sha512', isExplicit: true },
  'p256-sha256-explicit': { key: ec('prime256v1', 'explicit'), digest: 'sha256', isExplicit: true },
};

/** A data group, and a security object that lists its hash. */
export const dg1 = tlv(0x61, tlv(0x5f1f, Uint8Array.from({ length: 90 }, () => 0x3c)));
export const securityObject = tlv(0x30,
  tlv(0x02, Uint8Array.of(0)), tlv(0x30, tlv(0x06, oidBytes('2.16.840.1.101.3.4.2.1'))),
  tlv(0x30, tlv(0x30, tlv(0x02, Uint8Array.of(1)), tlv(0x04, hash('sha256', dg1)))));

const extensions = {
  root: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid',
  signer: 'keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid',
  plain: 'keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=none\nauthorityKeyIdentifier=none',
  list: 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,2.23.136.1.1.3\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid',
  bare: 'subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign',
} as const;

/** What `openssl` says by its exit code; its words go nowhere. */
export function opensslAgrees(...args: string[]): boolean {
  try {
    execFileSync('openssl', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A folder where openssl issues test certificates; a file there is its name with `.pem`, a key `.key`. */
export class OpensslAuthority {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-pki-'));
  #serial = 4_096;

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  run(...args: string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** A self-signed certificate; `key` takes the key of another instead of a new one. */
  root(name: string, kind: KeyKind, { common = name, extension = 'root', key }: { common?: string; extension?: keyof typeof extensions; key?: string } = {}): void {
    this.#makeKey(name, kind, key);
    this.#write(`${name}.cnf`, `[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n${extensions[extension]}\n`);
    this.run('req', '-x509', '-new', '-key', `${name}.key`, '-subj', `/C=VN/O=Test/CN=${common}`, '-days', '3650',
      '-set_serial', this.#nextSerial(), '-config', `${name}.cnf`, '-out', `${name}.pem`, ...how(kind));
  }

  /** A certificate signed by `issuer`. */
  issue(name: string, issuer: string, kind: KeyKind, { common = name, extension = 'signer', key, issuerKind = kind }: {
    common?: string; extension?: keyof typeof extensions; key?: string; issuerKind?: KeyKind;
  } = {}): void {
    this.#makeKey(name, kind, key);
    this.#write(`${name}.ext`, extensions[extension]);
    this.run('req', '-new', '-key', `${name}.key`, '-subj', `/C=VN/O=Test/CN=${common}`, '-out', `${name}.csr`, ...how(kind));
    this.run('x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-days', '1000',
      '-set_serial', this.#nextSerial(), '-extfile', `${name}.ext`, '-out', `${name}.pem`, ...how(issuerKind));
  }

  /** A CRL of `issuer` with these certificates, DER. */
  crl(name: string, issuer: string, revoked: readonly string[], { days = 30, digest = 'sha256' }: { days?: number; digest?: string } = {}): Uint8Array {
    const lines = revoked.map((one) => `R\t400101000000Z\t250102030405Z\t${this.run('x509', '-in', `${one}.pem`, '-serial', '-noout').toString().trim().slice(7)}\tunknown\t/CN=x`);
    this.#write(`${name}.index`, lines.length > 0 ? `${lines.join('\n')}\n` : '');
    this.#write(`${name}.number`, '01\n');
    this.#write(`${name}.cnf`, `[ca]\ndefault_ca=c\n[c]\ndatabase=${name}.index\ncrlnumber=${name}.number\ndefault_md=${digest}\ncrl_extensions=x\n[x]\nauthorityKeyIdentifier=keyid\n`);
    this.run('ca', '-gencrl', '-config', `${name}.cnf`, '-cert', `${issuer}.pem`, '-keyfile', `${issuer}.key`, '-crldays', String(days), '-out', `${name}.pem`);
    return this.der(name, 'crl');
  }

  /** CMS of `content` in one piece, DER. */
  sign(content: Uint8Array, signer: string, kind: KeyKind, contentType: string, ...more: string[]): Uint8Array {
    this.#write('content', content);
    const out = `${signer}.cms`;
    this.run('cms', '-sign', '-binary', '-nodetach', '-nosmimecap', '-econtent_type', contentType, '-md', kind.digest, '-in', 'content',
      '-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-outform', 'DER', '-out', out, ...pss('-keyopt', kind), ...more);
    return Uint8Array.from(readFileSync(this.file(out)));
  }

  der(name: string, command: 'x509' | 'crl' = 'x509'): Uint8Array {
    return Uint8Array.from(this.run(command, '-in', `${name}.pem`, '-outform', 'DER'));
  }

  #makeKey(name: string, { key }: KeyKind, other: string | undefined): void {
    if (other !== undefined) this.#write(`${name}.key`, readFileSync(this.file(`${other}.key`)));
    else this.run('genpkey', ...key, '-out', `${name}.key`);
  }

  #nextSerial(): string {
    this.#serial += 1;
    return String(this.#serial);
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.file(name), content);
  }
}

function how(kind: KeyKind): string[] {
  return [`-${kind.digest}`, ...pss('-sigopt', kind)];
}

function pss(option: '-sigopt' | '-keyopt', { salt, mask }: KeyKind): string[] {
  if (salt === undefined) return [];
  const options = ['rsa_padding_mode:pss', `rsa_pss_saltlen:${salt}`, ...(mask ? [`rsa_mgf1_md:${mask}`] : [])];
  return options.flatMap((one) => [option, one]);
}
