import { Secret } from '../../../shared/contracts/people.ts';

export type Strength = 'short' | 'weak' | 'fair' | 'good';
export const strengthTones = { short: 'waiting', weak: 'attention', fair: 'information', good: 'passed' } as const satisfies Record<Strength, string>;

function runs(secret: string, step: number): boolean {
  return [...secret].every((c, i) => i === 0 || c.charCodeAt(0) - secret.charCodeAt(i - 1) === step);
}

// 01011990, 19900101, 010190: what is tried first once somebody's birthday is known.
function looksLikeDate(digits: string): boolean {
  const day = '(0[1-9]|[12]\\d|3[01])';
  const month = '(0[1-9]|1[0-2])';
  const year = '(19|20)\\d\\d';
  return new RegExp(`^(${day}${month}(${year}|\\d\\d)|${year}${month}${day})$`).test(digits);
}

/**
 * How hard a secret is to guess, as a hint to the person who chooses it. The lock-out after failed tries is the true
 * guard; this only keeps away what is tried first.
 */
export function secretStrength(secret: string): Strength {
  if (!Secret.safeParse(secret).success) return 'short';
  const kinds = new Set(secret).size;
  const isPin = /^\d+$/.test(secret);
  if (kinds <= 2 || runs(secret, 1) || runs(secret, -1) || (isPin && looksLikeDate(secret))) return 'weak';
  if (/^(.{1,4})\1+$/.test(secret) || /pass|matkhau|admin|qwerty|motcua/i.test(secret)) return 'weak';
  if (isPin ? secret.length >= 8 : secret.length >= 12) return 'good';
  return 'fair';
}
