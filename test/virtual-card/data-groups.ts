import { ascii, concat, fromHex } from '../../electron/card/bytes.ts';
import { tlv } from '../../electron/card/tlv.ts';
import { drawnImage } from './face-image.ts';
import { plainName } from './mrz-lines.ts';
import type { CardPerson, CardProfile, Faults } from './profile.ts';

export { mrzInformationOf, qrOf } from './mrz-lines.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text.normalize('NFC'));
const slashes = (iso: string): string => iso.split('-').toReversed().join('/');

/** DG1 (ICAO 9303-10 clause 4.7.1). */
export function dg1Of(mrz: readonly string[]): Uint8Array {
  return tlv(0x61, tlv(0x5f1f, ascii(mrz.join(''))));
}

const field = (index: number, ...values: readonly Uint8Array[]): Uint8Array => tlv(0x30, tlv(0x02, Uint8Array.of(index)), ...values);
const text = (value: string): Uint8Array => tlv(0x0c, utf8(value));
const print = (value: string): Uint8Array => tlv(0x13, ascii(value));
/** A length in three bytes where fewer would do: BER allows it. */
const longLength = (tag: number, value: Uint8Array): Uint8Array => concat(Uint8Array.of(tag, 0x82, value.length >> 8, value.length & 0xff), value);

/** The Vietnamese fields: 6D, one SEQUENCE a field (research: there is no public specification). */
export function dg13Of(person: CardPerson, kind: Faults['dg13']): Uint8Array {
  if (kind === 'no-tlv') return tlv(0x6d, fromHex('30FF0102'));
  const expiry = person.expiresOn === 'no-expiry' ? 'Không thời hạn' : slashes(person.expiresOn);
  const residence = kind === 'long-lengths' ? longLength(0x0c, utf8(person.residence)) : text(person.residence);
  const fields = [
    field(1, print(kind === 'other-person' ? '079190054321' : person.personalId)),
    field(2, kind === 'bad-utf8' ? tlv(0x0c, fromHex('4EC3FF28')) : text(kind === 'other-person' ? 'Lê Thị Dung' : person.fullName)),
    field(3, print(slashes(person.birthDate))), field(4, text(person.sex)), field(5, text('Việt Nam')),
    field(6, text(person.ethnicity)), field(7, text(person.religion)), field(8, text(person.origin)), field(9, residence),
    field(10, text(person.features)), field(11, print(slashes(person.issuedOn))), field(12, text(expiry)),
    field(13, tlv(0x30, text(person.father)), tlv(0x30, text(person.mother))),
    field(14, ...person.spouses.map((name) => tlv(0x30, text(name)))),
    field(15, print(person.oldId)), field(16, print('A1B2C3D4E5F60718')),
  ];
  if (kind === 'unknown-index') fields.push(field(40, tlv(0xa0, text('mục mới'))), tlv(0x31, field(41, print('41'))));
  const body = concat(...(kind === 'other-order' ? fields.toReversed() : fields));
  if (kind === 'long-lengths') return longLength(0x6d, longLength(0x30, body));
  return tlv(0x6d, kind === 'in-container' ? tlv(0x30, body) : body);
}

const u16 = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 0xff);
const gap = Uint8Array.of(0);
const u32 = (n: number): Uint8Array => concat(u16(n >>> 16), u16(n & 0xffff));

/** DG2 with one face (ICAO 9303-10 clause 4.7.2), in the record format that the profile names. */
export function dg2Of({ face, faceBytes }: Pick<CardProfile, 'face' | 'faceBytes'>): Uint8Array {
  const image = drawnImage(face.format, faceBytes);
  const header = tlv(0xa1,
    tlv(0x80, u16(0x0101)), tlv(0x81, Uint8Array.of(2)), tlv(0x87, u16(0x0101)), tlv(0x88, u16(face.record === '19794-5' ? 8 : 42)));
  const block = face.record === '19794-5' ? tlv(0x5f2e, record19794(image, face.format)) : tlv(0x7f2e, record39794(image.bytes, face.format));
  return tlv(0x75, tlv(0x7f61, tlv(0x02, Uint8Array.of(1)), tlv(0x7f60, header, block)));
}

type Image = ReturnType<typeof drawnImage>;
type Format = CardProfile['face']['format'];

/** ISO/IEC 19794-5:2005 clause 5: facial header, facial information, image information, image. */
function record19794(image: Image, format: Format): Uint8Array {
  const imageInfo = concat(Uint8Array.of(1, format === 'jpeg' ? 0 : 1), u16(image.width), u16(image.height), Uint8Array.of(1, 2), u16(0), u16(0));
  const facialInfo = concat(u32(20 + imageInfo.length + image.bytes.length), new Uint8Array(16));
  const body = concat(facialInfo, imageInfo, image.bytes);
  return concat(ascii('FAC'), gap, ascii('010'), gap, u32(14 + body.length), u16(1), body);
}

/**
 * ISO/IEC 39794-5 FaceImageDataBlock with the fields of ICAO's example that has only the mandatory ones: version block,
 * one representation, in it the 2D image and its format code (2 JPEG, 3 JPEG 2000 lossy).
 */
function record39794(image: Uint8Array, format: Format): Uint8Array {
  const version = tlv(0xa0, tlv(0x80, Uint8Array.of(3)), tlv(0x81, Uint8Array.of(0x07, 0xe3)));
  const information = tlv(0xa1, tlv(0xa0, tlv(0x80, Uint8Array.of(format === 'jpeg' ? 2 : 3))));
  const picture = tlv(0xa1, tlv(0xa0, tlv(0xa0, tlv(0x80, image), information)));
  return tlv(0xa1, tlv(0x65, version, tlv(0xa1, tlv(0x30, tlv(0x80, Uint8Array.of(0)), picture))));
}

/** DG11, further personal details (ICAO 9303-10 clause 4.7.11). */
export function dg11Of({ person, document }: Pick<CardProfile, 'person' | 'document'>): Uint8Array {
  const name = document ? `${document.surname}<<${document.givenNames}`.replaceAll(' ', '<') : plainName(person.fullName);
  const entries: [number, Uint8Array][] = [
    [0x5f0e, document ? ascii(name) : utf8(person.fullName)],
    [0x5f10, ascii(person.personalId)],
    [0x5f2b, ascii(person.birthDate.replaceAll('-', ''))],
    [0x5f11, utf8(person.origin)],
    [0x5f42, utf8(person.residence)],
  ];
  return listed(0x6b, entries);
}

/** DG12, further details of the document (ICAO 9303-10 clause 4.7.12). */
export function dg12Of({ person }: Pick<CardProfile, 'person'>): Uint8Array {
  return listed(0x6c, [[0x5f19, utf8('MotCua Kiosk test authority')], [0x5f26, ascii(person.issuedOn.replaceAll('-', ''))]]);
}

function listed(tag: number, entries: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  return tlv(tag, tlv(0x5c, ...entries.map(([number]) => u16(number))), ...entries.map(([number, value]) => tlv(number, value)));
}

export function comOf(tags: readonly number[]): Uint8Array {
  return tlv(0x60, tlv(0x5f01, ascii('0107')), tlv(0x5f36, ascii('040000')), tlv(0x5c, Uint8Array.from(tags)));
}
