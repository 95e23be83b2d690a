import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** How a key is made and signs, in the words of openssl. */
export interface KeyKind {
  /** Arguments of `openssl genpkey`. */
  key: readonly string[];
  digest: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  /** Salt length of RSA-PSS; PKCS #1 or ECDSA when absent. */
  salt?: number;
  /** Curve written out: openssl then refuses the chain by policy, though not the signature. */
  isExplicit?: boolean;
}

export const rsa = (bits: number): string[] => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];
export const ec = (curve: string, encoding: 'named_curve' | 'explicit' = 'named_curve'): string[] => [
  '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', `ec_param_enc:${encoding}`];

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
  sign(content: Uint8Array, signer: string, { digest, salt }: KeyKind, contentType: string, ...more: string[]): Uint8Array {
    this.#write('content', content);
    const out = `${signer}.cms`;
    this.run('cms', '-sign', '-binary', '-nodetach', '-nosmimecap', '-econtent_type', contentType, '-md', digest, '-in', 'content',
      '-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-outform', 'DER', '-out', out, ...(salt === undefined ? [] : ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', `rsa_pss_saltlen:${salt}`]), ...more);
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

function how({ digest, salt }: KeyKind): string[] {
  return [`-${digest}`, ...(salt === undefined ? [] : ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_pss_saltlen:${salt}`])];
}
