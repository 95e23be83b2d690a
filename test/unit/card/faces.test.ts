import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { concat, fromHex } from '../../../electron/card/bytes.ts';
import { decodeFace } from '../../../electron/card/decode-face.ts';
import { parseDg11, parseDg12 } from '../../../electron/card/dg11.ts';
import { parseDg2 } from '../../../electron/card/dg2.ts';
import { imageHeader } from '../../../electron/card/image-header.ts';
import { tlv } from '../../../electron/card/tlv.ts';

const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(path.join(import.meta.dirname, '../../fixtures/card', name)));
const dg2Of = (...records: readonly Uint8Array[]): Uint8Array => tlv(0x75, tlv(0x7f61, tlv(0x02, Uint8Array.of(records.length)),
  ...records.map((record) => tlv(0x7f60, tlv(0xa1, fromHex('8702010188020008')), tlv(0x5f2e, record)))));
const problem = { code: 'card-file-invalid' };

describe('DG2', () => {
  it.each([
    ['specimen/EF_DG2.bin', { format: 'jp2', width: 413, height: 531 }],
    ['faces/39794-5-mandatory.bin', { format: 'jp2', width: 413, height: 531 }],
    ['faces/39794-5-all.bin', { format: 'jp2', width: 413, height: 531 }],
  ])('%s_givesTheImageByItsOwnHeader', (name, expected) => {
    const picture = parseDg2(fixture(name));
    expect(picture).toMatchObject(expected);
    expect(picture.bytes.length).toBeGreaterThan(14_000);
  });

  it('bothFormsOf39794_holdTheSameImage', () => {
    const hash = (name: string): string => createHash('sha256').update(parseDg2(fixture(name)).bytes).digest('hex');
    expect(hash('faces/39794-5-all.bin')).toBe(hash('faces/39794-5-mandatory.bin'));
  });

  it('jpegRecord_isReadWithItsSize', () => {
    expect(parseDg2(dg2Of(fixture('faces/19794-5-record.bin')))).toMatchObject({ format: 'jpeg', width: 148, height: 70 });
  });

  it('severalFaces_firstIsTaken', () => {
    const other = fixture('faces/39794-5-mandatory.bin');
    expect(parseDg2(dg2Of(fixture('faces/19794-5-record.bin'), other)).format).toBe('jpeg');
  });

  it('recordUnder7F2E_isReadToo', () => {
    const file = tlv(0x75, tlv(0x7f61, tlv(0x7f60, tlv(0x7f2e, fixture('faces/19794-5-record.bin')))));
    expect(parseDg2(file).format).toBe('jpeg');
  });

  it('laterVersionOfTheRecord_imageIsFoundByItsStart', () => {
    const record = fixture('faces/19794-5-record.bin');
    record.set(fromHex('30333000'), 4);
    expect(parseDg2(dg2Of(record))).toMatchObject({ format: 'jpeg', width: 148 });
  });

  it('imageThatIsNone_isRefused', () => {
    expect(() => parseDg2(dg2Of(fixture('faces/19794-5-record-invalid-image.bin')))).toThrow(expect.objectContaining(problem));
  });

  it.each([['noFace', tlv(0x75)], ['noTemplate', tlv(0x75, tlv(0x7f61, tlv(0x02, Uint8Array.of(0))))], ['noRecord', tlv(0x75, tlv(0x7f61, tlv(0x7f60, tlv(0xa1))))], ['emptyRecord', dg2Of(new Uint8Array(0))]])('%s_isRefused', (_, file) => {
    expect(() => parseDg2(file)).toThrow(expect.objectContaining(problem));
  });

  it('lengthsBeyondTheRecord_areRefused', () => {
    const record = fixture('faces/19794-5-record.bin');
    record[18] = 0xff;
    record[19] = 0xff;
    expect(() => parseDg2(dg2Of(record))).toThrow(expect.objectContaining(problem));
  });
});

describe('sizes of images', () => {
  it.each([
    ['jpegProgressive', 'FFD8FFE000040000FFC2000B080102020301011100FFDA', { format: 'jpeg', width: 515, height: 258 }],
    ['jpegWithFill', 'FFD8FFFFFFC0000B080102020301011100', { format: 'jpeg', width: 515, height: 258 }],
    ['j2k', 'FF4FFF51002F00000000010100000202000000010000000200', { format: 'j2k', width: 256, height: 512 }],
  ])('%s_isRead', (_, hex, expected) => {
    expect(imageHeader(fromHex(hex))).toEqual(expected);
  });

  it.each([
    ['jpegWithoutFrame', 'FFD8FFDA000C0000000000000000000000'], ['jpegOfNoSize', 'FFD8FFC0000B080000020301011100'], ['png', '89504E470D0A1A0A0000000D49484452'],
    ['jp2WithoutBoxes', '0000000C6A5020200D0A870A'], ['empty', ''], ['j2kTooLarge', 'FF4FFF51002F0000FFFFFFFF00000202000000000000000000'],
  ])('%s_isNone', (_, hex) => {
    expect(imageHeader(fromHex(hex))).toBeNull();
  });
});

describe('JPEG 2000', () => {
  it('specimen_isDecodedToItsSize', async () => {
    const { width, height, rgba } = await decodeFace(parseDg2(fixture('specimen/EF_DG2.bin')));
    expect([width, height, rgba.length]).toEqual([413, 531, 413 * 531 * 4]);
    expect(rgba.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    expect(new Set(rgba).size).toBeGreaterThan(100);
  });

  it('bareCodestream_isDecodedToo', async () => {
    const { bytes } = parseDg2(fixture('specimen/EF_DG2.bin'));
    const at = Buffer.from(bytes).indexOf(Buffer.from('FF4FFF51', 'hex'));
    expect(await decodeFace({ bytes: bytes.subarray(at) })).toMatchObject({ width: 413, height: 531 });
  });

  it('sizeBeyondTheBounds_isRefusedBeforeDecoding', async () => {
    const bytes = parseDg2(fixture('specimen/EF_DG2.bin')).bytes.slice();
    const at = Buffer.from(bytes).indexOf(Buffer.from('FF4FFF51', 'hex'));
    bytes.set(fromHex('00007FFF00007FFF'), at + 8);
    await expect(decodeFace({ bytes })).rejects.toMatchObject({ code: 'card-file-invalid', detail: 'face: bounds' });
  });

  it('jpegOrDamage_isACodedProblem', async () => {
    await expect(decodeFace({ bytes: parseDg2(dg2Of(fixture('faces/19794-5-record.bin'))).bytes })).rejects.toMatchObject(problem);
    const { bytes } = parseDg2(fixture('specimen/EF_DG2.bin'));
    for (let at = 60; at < 400; at += 17) {
      const bent = concat(bytes);
      bent[at]! ^= 0x55;
      const outcome = await decodeFace({ bytes: bent }).then(() => 'decoded', (error: { code?: string }) => error.code);
      expect(['decoded', 'card-file-invalid']).toContain(outcome);
    }
  });
});

describe('DG11 and DG12', () => {
  it('specimen_isRead', () => {
    expect(parseDg11(fixture('specimen/EF_DG11.bin'))).toEqual({ fullName: 'Doe John', personalNumber: '123', birthDate: '1970-01-01', birthPlace: 'TEST, TEST', address: 'TEST, TEST' });
    expect(parseDg12(fixture('specimen/EF_DG12.bin'))).toEqual({ authority: 'TEST', issuedOn: '2024-01-01' });
  });

  it('datesAsDigitsAndNamesWithMarks_areRead', () => {
    const text = (tag: number, value: string): Uint8Array => tlv(tag, new TextEncoder().encode(value));
    const file = tlv(0x6b, text(0x5f0e, 'NGUYỄN<<VĂN<AN'), text(0x5f2b, '19900917'), text(0x5f11, 'HÀ NỘI<VIỆT NAM'));
    expect(parseDg11(file)).toEqual({ fullName: 'NGUYỄN VĂN AN', personalNumber: null, birthDate: '1990-09-17', birthPlace: 'HÀ NỘI, VIỆT NAM', address: null });
  });

  it.each([['19900000', '1990'], ['19901332', null], ['x', null]])('birthDate_%s_is_%s', (written, expected) => {
    expect(parseDg11(tlv(0x6b, tlv(0x5f2b, new TextEncoder().encode(written)))).birthDate).toBe(expected);
  });
});
