import { z } from 'zod';

/** Bytes as they cross a message port: any Uint8Array, whatever memory lies behind it. */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes');
