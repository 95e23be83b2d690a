import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../../electron/card/bytes.ts';
import { noAnchors } from '../../../../electron/card/pki/anchors.ts';
import { parseCertificate } from '../../../../electron/card/pki/certificate.ts';
import { checkChain } from '../../../../electron/card/pki/chain.ts';
import { parseTrustFile } from '../../../../electron/card/pki/trust-file.ts';
import { parseSod } from '../../../../electron/card/sod.ts';
import { oidBytes, readTlv, tlv } from '../../../../electron/card/tlv.ts';
import { judge } from '../../../../electron/card/trust.ts';
import { ProblemError } from '../../../../shared/contracts/problems.ts';
import { issueCard } from '../../../virtual-card/issue.ts';

const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(path.join(import.meta.dirname, '../../../fixtures/card/master-lists', name)));
const today = '2026-11-22';
const card = issueCard({ signer: 'rsa' });
const explicit = issueCard({ signer: 'ecdsa-brainpool-explicit' });
const sod = card.files.get(0x011d)!;

/** A master list under the signer of the card's own SOD: its signature is not for it, all else is in order. */
function masterList(certificates: readonly Uint8Array[]): Uint8Array {
  const content = tlv(0x30, tlv(0x02, Uint8Array.of(0)), tlv(0x31, ...certificates));
  const [version, digests, , ...rest] = parts(readTlv(parts(readTlv(sod).value)[0]!).value);
  const wrapped = tlv(0x30, tlv(0x06, oidBytes('2.23.136.1.1.2')), tlv(0xa0, tlv(0x04, content)));
  return tlv(0x30, tlv(0x06, oidBytes('1.2.840.113549.1.7.2')), tlv(0xa0, tlv(0x30, version!, digests!, wrapped, ...rest)));
}

/** The members of the SignedData in a ContentInfo, and of anything else that nests so. */
function parts(value: Uint8Array): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  for (let at = 0; at < value.length;) {
    const { raw } = readTlv(value.subarray(at));
    nodes.push(raw);
    at += raw.length;
  }
  const [first, second] = nodes;
  return first?.[0] === 0x30 && nodes.length === 1 ? parts(readTlv(first).value) : first?.[0] === 0x06 && second?.[0] === 0xa0 ? [readTlv(second).value] : nodes;
}

const pem = (label: string, der: Uint8Array): Uint8Array => new TextEncoder().encode(`-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`);
const seeds: Record<string, Uint8Array> = {
  'certificate, RSA': card.csca,
  'certificate, explicit curve': explicit.csca,
  'certificate of Vietnam': fixture('vn-csca-epassport-2022.cer'),
  'CRL': card.crl,
  'master list': masterList([card.csca, fixture('nl-root.cer'), card.signer]),
  'PEM': concat(pem('CERTIFICATE', card.csca), pem('X509 CRL', card.crl)),
  'several': concat(card.csca, card.crl, fixture('nl-root.cer')),
};

const change = fc.record({ at: fc.nat(), how: fc.constantFrom('set', 'bit', 'cut', 'put'), byte: fc.integer({ min: 0, max: 255 }), length: fc.integer({ min: 1, max: 40 }) });
const mutated = (seed: Uint8Array): fc.Arbitrary<Uint8Array> => fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
  let bytes = [...seed];
  for (const { at, how, byte, length } of changes) {
    const place = at % (bytes.length + 1);
    if (how === 'set') bytes[place] = byte;
    else if (how === 'bit') bytes[place] = (bytes[place] ?? 0) ^ (1 << (byte & 7));
    else if (how === 'cut') bytes.splice(place, length);
    else bytes = [...bytes.slice(0, place), ...Array<number>(length).fill(byte), ...bytes.slice(place)];
  }
  return Uint8Array.from(bytes);
});

/** What comes of hostile bytes: a code, or `read`; anything thrown besides is given as it is. */
function outcome(use: () => unknown): unknown {
  try {
    use();
    return 'read';
  } catch (error) {
    return error instanceof ProblemError ? error.code : error;
  }
}

function outcomes(input: fc.Arbitrary<Uint8Array>, numRuns: number, use: (bytes: Uint8Array) => unknown): unknown[] {
  const seen = new Set<unknown>();
  fc.assert(fc.property(input, (bytes) => void seen.add(outcome(() => use(bytes)))), { numRuns });
  return [...seen].sort();
}

describe.each(Object.entries(seeds))('%s', (_, seed) => {
  it('unchanged_isRead', () => {
    expect(parseTrustFile(seed, { known: noAnchors, today }).rejected).toEqual([]);
  });

  it('mutated_isReadOrACodedProblem', () => {
    const codes = outcomes(mutated(seed), 600, (bytes) => parseTrustFile(bytes, { known: { certificates: [card.csca], crls: [] }, today }));
    expect(codes).toEqual(['read', 'trust-file-invalid']);
  });
});

describe('anchors and signers', () => {
  it('mutatedAnchors_aCardIsJudgedAllTheSame', () => {
    const parsed = parseSod(sod);
    const not = { ok: null, reason: '' };
    const input = fc.tuple(mutated(card.csca), mutated(card.crl));
    const seen = new Set<unknown>();
    fc.assert(fc.property(input, ([csca, crl]) => {
      seen.add(outcome(() => judge(parsed, new Map(), { anchors: { certificates: [csca, card.csca], crls: [crl, card.crl] }, today, active: not, chip: not })));
    }), { numRuns: 500 });
    expect([...seen]).toEqual(['read']);
  });

  it('mutatedSigner_isJudgedOrACodedProblem', () => {
    const codes = outcomes(mutated(card.signer), 800, (bytes) => checkChain(parseCertificate(bytes), { anchors: { certificates: [card.csca], crls: [card.crl] }, today }));
    expect(codes).toEqual(['card-file-invalid', 'read']);
  });

  it('mutatedSigner_isNeverTrusted', () => {
    const context = { anchors: { certificates: [card.csca], crls: [] }, today };
    const original = parseCertificate(card.signer);
    const trusted: string[] = [];
    fc.assert(fc.property(mutated(card.signer), (bytes) => {
      outcome(() => {
        const certificate = parseCertificate(bytes);
        const isSame = Buffer.from(certificate.signed).equals(Buffer.from(original.signed));
        if (checkChain(certificate, context).ok === true && !isSame) trusted.push(Buffer.from(bytes).toString('hex'));
      });
    }), { numRuns: 800 });
    expect(trusted).toEqual([]);
  });
});

describe('hostile shapes end in time', () => {
  const nested = (depth: number): Uint8Array => Uint8Array.from({ length: 2 * depth }, (_, i) => (i % 2 === 0 ? 0x30 : 0x80));
  const certificates = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => {
    const bytes = card.csca.slice();
    bytes[bytes.length - 1]! ^= i & 0xff;
    bytes[bytes.length - 2]! ^= i >> 8;
    return bytes;
  });

  it.each<[string, () => Uint8Array, string]>([
    ['a million open nodes', () => nested(1_000_000), 'trust-file-invalid'],
    ['zeros with an end', () => concat(new Uint8Array(8_000_000), Uint8Array.of(0x30)), 'trust-file-invalid'],
    ['millions of empty nodes', () => tlv(0x30, new Uint8Array(8_000_000).fill(0x05)), 'trust-file-invalid'],
    ['many empty PEM blocks', () => new TextEncoder().encode('-----BEGIN CERTIFICATE-----\n'.repeat(100_000)), 'trust-file-invalid'],
    ['a list of empty members', () => masterList([new Uint8Array(100_000).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 0))]), 'trust-file-invalid'],
    ['more certificates than the bound', () => concat(...certificates(5_002)), 'trust-file-invalid'],
    ['2,000 certificates of one name and key', () => concat(...certificates(2_000)), 'read'],
  ])('%s', (_, make, expected) => {
    expect(outcome(() => parseTrustFile(make(), { known: noAnchors, today }))).toBe(expected);
  });

  it('certificatesThatAllSignedEachOther_endTheChain', () => {
    // A hostile card may bring fifty certificates of one name and key, each signed by that key.
    const root = parseCertificate(explicit.csca);
    const others = Array.from({ length: 50 }, () => ({ ...root }));
    expect(checkChain(parseCertificate(explicit.signer), { anchors: noAnchors, today, others })).toMatchObject({ ok: null });
  });

  it('crlOfManyEntries_isReadAndLookedUp', () => {
    const time = tlv(0x17, new TextEncoder().encode('250101000000Z'));
    const entry = (i: number): Uint8Array => tlv(0x30, tlv(0x02, Uint8Array.of(1, i >> 16, (i >> 8) & 0xff, i & 0xff)), time);
    const [signed, algorithm, signature] = parts(card.crl);
    const fields = parts(readTlv(signed!).value);
    const at = fields.findLastIndex((field) => field[0] === 0x17 || field[0] === 0x18) + 1;
    const long = tlv(0x30, ...fields.slice(0, at), tlv(0x30, Uint8Array.from(Array.from({ length: 200_000 }, (_, i) => [...entry(i)]).flat())), ...fields.slice(at).filter((field) => field[0] !== 0x30));
    const file = parseTrustFile(tlv(0x30, long, algorithm!, signature!), { known: { certificates: [card.csca], crls: [] }, today });
    expect(file.crls).toMatchObject([{ revoked: 200_000, signature: { ok: false } }]);
  });
});
