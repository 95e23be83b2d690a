import { describe, expect, it } from 'vitest';
import { emptyDetails } from '../../shared/contracts/worker-details.ts';
import { bandOf, expiriesOf, isPermitFor } from '../../shared/domain/worker-expiry.ts';

describe('what ends soon', () => {
  it.each([
    ['2026-11-21', 'over'], ['2026-11-22', '7'], ['2026-11-29', '7'], ['2026-11-30', '30'], ['2026-12-22', '30'], ['2026-12-23', '60'], ['2027-01-21', '60'], ['2027-01-22', null],
  ])('%s is in the band %s on 2026-11-22; the last day of validity is not over', (date, band) => {
    expect(bandOf(date, '2026-11-22')).toBe(band);
  });
  it('of a worker is told the nearest first, and nothing of what has no date', () => {
    expect(expiriesOf(emptyDetails)).toEqual([]);
    expect(expiriesOf({
      ...emptyDetails, contractTo: '2027-01-01', passportExpiresOn: '2026-12-01',
      permit: { kind: 'permit', number: '1', issuedOn: null, expiresOn: '2026-11-30', position: null, form: null, provinces: [] },
    })).toEqual([{ what: 'permit', date: '2026-11-30' }, { what: 'passport', date: '2026-12-01' }, { what: 'contract', date: '2027-01-01' }]);
  });
});

describe('a permit by its provinces', () => {
  it.each([
    [['Ninh Bình'], 'Ninh Bình', true], [['tỉnh Ninh Bình'], 'NINH BINH', true], [['Thành phố Hà Nội', 'Ninh Bình'], 'Hà Nội', true], [['TP. Hà Nội'], 'Hà Nội', true],
    [['Hà Nội'], 'Ninh Bình', false], [[], 'Ninh Bình', true],
  ])('%j holds in %s: %s', (provinces, province, holds) => {
    expect(isPermitFor(provinces, province)).toBe(holds);
  });
});
