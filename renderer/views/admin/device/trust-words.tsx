import type { TrustCertificate, TrustCrl } from '../../../../shared/contracts/trust.ts';
import { certificateValidity, isCrlOverdue, type Validity } from '../../../../shared/domain/trust.ts';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { today } from '../../../format.ts';
import { trust as text } from '../../../texts/trust.ts';

const regions = new Intl.DisplayNames('vi', { type: 'region' });
const validityTone: Record<Validity, Tone> = { 'not-yet': 'waiting', 'valid': 'passed', 'ending': 'attention', 'ended': 'stopped' };
const shortDigits = 8;

/** `Việt Nam` of `VN`; what is no code of a country stays as it is written. */
export function countryName(code: string): string {
  if (code === '') return text.noCountry;
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) ?? code : code;
}

/** For lists of countries: by their Vietnamese names. */
export function byCountryName(a: { country: string }, b: { country: string }): number {
  return countryName(a.country).localeCompare(countryName(b.country), 'vi');
}

/** The CN of a distinguished name; all of it where there is none. */
export function commonName(subject: string): string {
  return /(?:^|, )CN=(.+?)(?=, [\w.]+=|$)/.exec(subject)?.[1] ?? subject;
}

/** The first digits of a fingerprint, enough to tell entries apart on a screen. */
export function shortFingerprint(fingerprint: string): string {
  return `${groups(fingerprint.slice(0, shortDigits))} …`;
}

/** A fingerprint in groups of four, as it is compared by eye. */
export function groups(fingerprint: string): string {
  return fingerprint.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ');
}

/** How a certificate stands in time, where that is not simply valid. `always`: then too. */
export function ValidityTag({ of, always = false }: { of: Pick<TrustCertificate, 'notBefore' | 'notAfter'>; always?: boolean }) {
  const validity = certificateValidity(of, today());
  return validity === 'valid' && !always ? null : <Tag tone={validityTone[validity]}>{text.state[validity]}</Tag>;
}

/** Marks a CRL that should have been followed by another. */
export function OverdueTag({ of }: { of: Pick<TrustCrl, 'nextUpdate'> }) {
  return isCrlOverdue(of, today()) ? <Tag tone="attention">{text.overdue}</Tag> : null;
}

/** What was found of an entry's own signature. */
export function SignatureTag({ ok }: { ok: boolean | null }) {
  if (ok === null) return <Tag tone="waiting">{text.details.signatureState.unknown}</Tag>;
  return ok ? <Tag tone="passed">{text.details.signatureState.right}</Tag> : <Tag tone="stopped">{text.details.signatureState.wrong}</Tag>;
}
