import { z } from 'zod';

/** Vai trò: cán bộ tiếp nhận, giám sát cổng, quản trị ki-ốt. */
export const Role = z.enum(['officer', 'gate-supervisor', 'kiosk-admin']);
export type Role = z.infer<typeof Role>;

export const User = z.object({
  userId: z.string(), loginName: z.string(), displayName: z.string(), role: Role, disabled: z.boolean(),
});
export type User = z.infer<typeof User>;

/** PIN of 6 to 12 digits, or a password of 8 to 128 characters. */
export const Secret = z.string().min(6).max(128)
  .refine((s) => /^\d{6,12}$/.test(s) || s.length >= 8, 'PIN 6–12 chữ số hoặc mật khẩu từ 8 ký tự');
export const LoginName = z.string().regex(/^[a-z0-9._-]{2,40}$/);
export const DisplayName = z.string().trim().min(1).max(100);
