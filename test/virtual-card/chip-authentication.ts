import { concat, sameBytes } from '../../electron/card/bytes.ts';
import { deriveKey } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { oidBytes, readTlv, readTlvs, tlv } from '../../electron/card/tlv.ts';
import type { AgreementKey } from './chip-keys.ts';
import type { ChipCommand, Reply } from './chip-command.ts';
import type { Chip } from './profile.ts';
import { chipOid } from './security-infos.ts';

/** Chip authentication (ICAO 9303-11 clause 6.2, BSI TR-03110-3 clause B.3), the card's side. */
export class ChipAuthentication {
  readonly #chip: Chip;
  readonly #keys: ReadonlyMap<number | null, AgreementKey>;
  #chosen: AgreementKey | null = null;

  /** `keys` by key identifier; the one under null is used where none is named. */
  constructor(chip: Chip, keys: ReadonlyMap<number | null, AgreementKey>) {
    this.#chip = chip;
    this.#keys = keys;
  }

  /** MSE:Set AT: protocol, and which key where there are several. */
  setTemplate({ data }: ChipCommand): number {
    const nodes = readTlvs(data);
    const oid = nodes.find(({ tag }) => tag === 0x80)?.value;
    this.#chosen = null;
    if (!this.#chip.info || !oid || !sameBytes(oid, oidBytes(chipOid(this.#chip)))) return 0x6a80;
    this.#chosen = this.#keyFor(nodes.find(({ tag }) => tag === 0x84)?.value);
    return this.#chosen ? 0x9000 : 0x6a88;
  }

  /** MSE:Set KAT: the reader's key at once, for 3DES only. */
  setKey({ data }: ChipCommand): Reply & { keys?: SessionKeys } {
    const nodes = readTlvs(data);
    const readerKey = nodes.find(({ tag }) => tag === 0x91)?.value;
    const key = this.#keyFor(nodes.find(({ tag }) => tag === 0x84)?.value);
    if (this.#chip.suite !== '3des' || !readerKey) return { sw: 0x6a80 };
    return key ? this.#agree(key, readerKey, new Uint8Array(0)) : { sw: 0x6a88 };
  }

  /** GENERAL AUTHENTICATE after MSE:Set AT: 7C { 80 reader's key }, answered by an empty 7C. */
  authenticate({ data }: ChipCommand): Reply & { keys?: SessionKeys } {
    const key = this.#chosen;
    this.#chosen = null;
    const outer = readTlv(data);
    const readerKey = outer.tag === 0x7c ? readTlvs(outer.value).find(({ tag }) => tag === 0x80)?.value : undefined;
    if (!key) return { sw: 0x6985 };
    return readerKey ? this.#agree(key, readerKey, tlv(0x7c)) : { sw: 0x6a80 };
  }

  #keyFor(reference: Uint8Array | undefined): AgreementKey | null {
    if (reference === undefined) return this.#keys.get(this.#keys.has(null) ? null : this.#chip.keyId) ?? null;
    return reference.length === 1 ? this.#keys.get(reference[0]!) ?? null : null;
  }

  #agree({ group, secret }: AgreementKey, readerKey: Uint8Array, data: Uint8Array): Reply & { keys?: SessionKeys } {
    const { suite } = this.#chip;
    const shared = concat(group.parse(readerKey).times(secret).secret);
    return {
      data, sw: 0x9000,
      keys: { suite, encryption: deriveKey(suite, shared, 'encryption'), mac: deriveKey(suite, shared, 'mac'), counter: 0n },
    };
  }
}
