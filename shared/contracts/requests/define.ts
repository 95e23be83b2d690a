import type { z } from 'zod';
import type { Role } from '../people.ts';

/**
 * Who may ask: `open` = before set-up too; `kiosk` = whoever stands there (a gate runs unattended, the log-in screen);
 * otherwise the roles that must be logged in.
 */
export type Access = 'open' | 'kiosk' | readonly Role[];

export interface RequestShape {
  input: z.ZodType;
  output: z.ZodType;
  access: Access;
  /** Polled by the screen itself: does not count as activity against the idle lock. */
  background?: boolean;
}

export const admin = ['kiosk-admin'] as const satisfies readonly Role[];
export const supervisor = ['gate-supervisor', 'kiosk-admin'] as const satisfies readonly Role[];
export const officer = ['officer', 'kiosk-admin'] as const satisfies readonly Role[];
export const anyUser = ['officer', 'gate-supervisor', 'kiosk-admin'] as const satisfies readonly Role[];
