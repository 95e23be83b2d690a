import { describe, expect, it } from 'vitest';
import {
  fold, maskCard, maskCode, maskName, maskNumbers, maskPersonalId, nfc, properName, sameName, shortName,
} from '../../shared/domain/vietnamese.ts';

describe('fold', () => {
  it('strips every mark, đ and case, and folds spaces', () => {
    expect(fold('  ĐẶNG\u00a0 Thị\tHòa ')).toBe('dang thi hoa');
    expect(fold('Ưởng ƯỠNG ướng')).toBe('uong uong uong');
  });
  it('gives the same for composed and decomposed text', () => {
    expect(fold('Nguyễn Thị Đượm'.normalize('NFD'))).toBe(fold('Nguyễn Thị Đượm'));
  });
  it('takes Eth and African D, which old fonts use, for đ', () => {
    expect(fold('Ðinh Ɖức')).toBe('dinh duc');
  });
  it('folds letters of minority names', () => {
    expect(fold("H'Bŏ Niê Kđăm Čĭ")).toBe("h'bo nie kdam ci");
  });
});

describe('sameName', () => {
  it.each([
    ['Nguyễn Văn An', 'NGUYỄN  VĂN AN'],
    ['Trần Thị Hòa', 'Trần Thị Hoà'],
    ['Lê Thúy', 'Lê Thuý'],
    ['Đỗ Ân'.normalize('NFD'), 'đỗ ân'],
    ["Y'Bă Niê", 'Y’Bă Niê'],
  ])('%s and %s are the same', (a, b) => expect(sameName(a, b)).toBe(true));
  it.each([
    ['Nguyễn Văn An', 'Nguyễn Văn Ân'],
    ['Lê Hoà', 'Lê Hoa'],
    ['Lê Hòa', 'Lê Hóa'],
    ['Đỗ An', 'Dỗ An'],
  ])('%s and %s differ', (a, b) => expect(sameName(a, b)).toBe(false));
});

describe('masks', () => {
  it('hides the middle of a personal number', () => {
    expect(maskPersonalId('001090012345')).toBe('001*****2345');
    expect(maskPersonalId('012345678')).toBe('******678');
    expect(maskPersonalId('12')).toBe('**');
  });
  it('masks numbers inside a text and leaves other digits', () => {
    expect(maskNumbers('số 001090012345, CMND 012345678, tổ 12, 0912345678')).toBe(
      'số 001*****2345, CMND ******678, tổ 12, 0912345678');
  });
  it('keeps nothing but the masked number of an identity text', () => {
    expect(maskCode('001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1|10052021')).toBe('001*****2345|…');
    expect(maskCode('NV-00017')).toBe('NV-00017');
  });

  it('of a card or a pass the last four signs stay, of a short one none', () => {
    expect(maskCard('7700000001')).toBe('*****0001');
    expect(maskCard('04A2B3C')).toBe('*****');
  });
  it('keeps only the given name whole', () => {
    expect(maskName('NGUYỄN VĂN AN')).toBe('N. V. An');
  });
});

describe('names on screens', () => {
  it('shows middle and given name, only the given name where there are two words', () => {
    expect(shortName('Nguyễn Văn An')).toBe('Văn An');
    expect(shortName('TRẦN HOÀNG THỊ PHƯƠNG YẾN')).toBe('Phương Yến');
    expect(shortName('Lê An')).toBe('An');
    expect(shortName('Niê')).toBe('Niê');
    expect(shortName('  ')).toBe('');
  });
  it('leaves mixed case as written and sets all capitals in normal case', () => {
    expect(properName('ĐẶNG THỊ ƯỚC')).toBe('Đặng Thị Ước');
    expect(properName("H'Bia Niê")).toBe("H'Bia Niê");
  });
  it('stores in NFC', () => {
    expect(nfc('Nguyễn'.normalize('NFD'))).toBe('Nguyễn');
  });
});
