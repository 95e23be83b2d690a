import { describe, expect, it } from 'vitest';
import { certificateValidity, crlStanding, isCrlOverdue, type CrlAge } from '../../shared/domain/trust.ts';

const crl = (fingerprint: string, thisUpdate: string, revoked: number, ok: boolean | null = true): CrlAge => ({ fingerprint, thisUpdate, revoked, signature: { ok, reason: '' } });

describe('a CRL that comes to an issuer', () => {
  const known = crl('a', '2026-06-01', 3);
  it.each([
    ['nothing is there', null, crl('b', '2026-06-01', 3), 'new'],
    ['the same is there', known, known, 'already'],
    ['it is of a later day', known, crl('b', '2026-06-02', 0), 'newer'],
    ['it is of an earlier day', known, crl('b', '2026-05-31', 99), 'older'],
    ['it is of the same day and revokes more', known, crl('b', '2026-06-01', 4), 'newer'],
    ['it is of the same day and revokes fewer', known, crl('b', '2026-06-01', 2), 'older'],
    ['nobody proves it, but the known one is proven', known, crl('b', '2027-01-01', 9, null), 'unproven'],
    ['it is proven, and the known one is not, whatever the day', crl('a', '2030-01-01', 9, null), crl('b', '2026-01-01', 0), 'newer'],
    ['nobody proves either and it is older', crl('a', '2026-06-01', 0, null), crl('b', '2026-05-01', 0, null), 'older'],
  ] as const)('where %s', (_case, before, given, standing) => {
    expect(crlStanding(before, given)).toBe(standing);
  });
});

describe('the validity of a certificate', () => {
  const span = { notBefore: '2020-01-01', notAfter: '2030-12-31' };
  it.each([
    ['2019-12-31', 'not-yet'], ['2020-01-01', 'valid'], ['2030-10-01', 'valid'], ['2030-10-02', 'ending'], ['2030-12-31', 'ending'], ['2031-01-01', 'ended'],
  ] as const)('on %s is %s', (today, validity) => {
    expect(certificateValidity(span, today)).toBe(validity);
  });
});

it('a CRL is overdue from the day after its next update; one without a next update never is', () => {
  expect(isCrlOverdue({ nextUpdate: '2026-11-22' }, '2026-11-22')).toBe(false);
  expect(isCrlOverdue({ nextUpdate: '2026-11-22' }, '2026-11-23')).toBe(true);
  expect(isCrlOverdue({ nextUpdate: null }, '2999-01-01')).toBe(false);
});
