import { checkDigit, mrzKey } from '../../shared/domain/mrz.ts';
import { ascii, concat, fromHex } from '../../electron/card/bytes.ts';
import { mrzName } from '../../electron/card/names.ts';
import { tlv } from '../../electron/card/tlv.ts';
import { drawnFace, drawnFaceSize } from './face.ts';
import type { CardPerson } from './profile.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text.normalize('NFC'));
const slashes = (iso: string): string => iso.split('-').toReversed().join('/');
const yymmdd = (iso: string): string => (iso === 'no-expiry' ? '991231' : iso.slice(2).replaceAll('-', ''));

/** The three lines of the TD1 on the back (research: the number's last nine digits, then all twelve with a check digit of their own). */
export function mrzOf(person: CardPerson): string[] {
  const number = person.personalId.slice(-9);
  const birth = yymmdd(person.birthDate);
  const expiry = yymmdd(person.expiresOn);
  const one = `IDVNM${number}${checkDigit(number)}${person.personalId}<<${checkDigit(person.personalId)}`;
  const dates = `${birth}${checkDigit(birth)}${person.sex === 'Nam' ? 'M' : 'F'}${expiry}${checkDigit(expiry)}`;
  const filler = '<'.repeat(11);
  const composite = checkDigit(one.slice(5) + dates.slice(0, 7) + dates.slice(8) + filler);
  const [surname = '', ...given] = mrzName(person.fullName).split(' ');
  return [one, `${dates}VNM${filler}${composite}`, `${surname}<<${given.join('<')}`.padEnd(30, '<').slice(0, 30)];
}

export function mrzInformationOf(person: CardPerson): string {
  return mrzKey(person.personalId.slice(-9), yymmdd(person.birthDate), yymmdd(person.expiresOn));
}

/** The text of the QR on the front of a card of 2021. */
export function qrOf(person: CardPerson): string {
  const plain = (iso: string): string => iso.split('-').toReversed().join('');
  return [
    person.personalId, person.oldId, person.fullName, plain(person.birthDate), person.sex, person.residence, plain(person.issuedOn),
  ].join('|');
}

export function dg1Of(person: CardPerson): Uint8Array {
  return tlv(0x61, tlv(0x5f1f, ascii(mrzOf(person).join(''))));
}

const field = (index: number, ...values: readonly Uint8Array[]): Uint8Array => tlv(0x30, tlv(0x02, Uint8Array.of(index)), ...values);

export function dg13Of(person: CardPerson, kind: 'good' | 'unknown-index' | 'no-tlv' | 'bad-utf8' | 'other-person'): Uint8Array {
  if (kind === 'no-tlv') return tlv(0x6d, fromHex('30FF0102'));
  const text = (value: string): Uint8Array => tlv(0x0c, utf8(value));
  const print = (value: string): Uint8Array => tlv(0x13, ascii(value));
  const expiry = person.expiresOn === 'no-expiry' ? 'Không thời hạn' : slashes(person.expiresOn);
  return tlv(0x6d,
    field(1, print(kind === 'other-person' ? '079190054321' : person.personalId)),
    field(2, kind === 'bad-utf8' ? tlv(0x0c, fromHex('4EC3FF28')) : text(kind === 'other-person' ? 'Lê Thị Dung' : person.fullName)),
    field(3, print(slashes(person.birthDate))), field(4, text(person.sex)), field(5, text('Việt Nam')),
    field(6, text(person.ethnicity)), field(7, text(person.religion)), field(8, text(person.origin)), field(9, text(person.residence)),
    field(10, text(person.features)), field(11, print(slashes(person.issuedOn))), field(12, text(expiry)),
    field(13, tlv(0x30, text(person.father)), tlv(0x30, text(person.mother))),
    field(14, ...person.spouses.map((name) => tlv(0x30, text(name)))),
    field(15, print(person.oldId)), field(16, print('A1B2C3D4E5F60718')),
    ...(kind === 'unknown-index' ? [field(40, tlv(0xa0, text('mục mới'))), tlv(0x31, field(41, print('41')))] : []),
  );
}

const u16 = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 0xff);
const gap = Uint8Array.of(0);
const u32 = (n: number): Uint8Array => concat(u16(n >>> 16), u16(n & 0xffff));

/** DG2 with one face record of ISO/IEC 19794-5:2005; a longer image is filled by a JPEG comment segment. */
export function dg2Of(faceBytes: number | null): Uint8Array {
  const missing = Math.max(0, (faceBytes ?? 0) - drawnFace.length);
  const filling = missing >= 4 ? concat(Uint8Array.of(0xff, 0xfe), u16(missing - 2), new Uint8Array(missing - 4)) : new Uint8Array(0);
  const image = concat(drawnFace.subarray(0, 2), filling, drawnFace.subarray(2));
  const imageInfo = concat(Uint8Array.of(1, 0), u16(drawnFaceSize.width), u16(drawnFaceSize.height), Uint8Array.of(1, 2), u16(0), u16(0));
  const facialInfo = concat(u32(20 + imageInfo.length + image.length), new Uint8Array(16));
  const body = concat(facialInfo, imageInfo, image);
  const record = concat(concat(ascii('FAC'), gap, ascii('010'), gap), u32(14 + body.length), u16(1), body);
  const header = tlv(0xa1, tlv(0x80, u16(0x0101)), tlv(0x81, Uint8Array.of(2)), tlv(0x87, u16(0x0101)), tlv(0x88, u16(8)));
  return tlv(0x75, tlv(0x7f61, tlv(0x02, Uint8Array.of(1)), tlv(0x7f60, header, tlv(0x5f2e, record))));
}

export function comOf(tags: readonly number[]): Uint8Array {
  return tlv(0x60, tlv(0x5f01, ascii('0107')), tlv(0x5f36, ascii('040000')), tlv(0x5c, Uint8Array.from(tags)));
}
