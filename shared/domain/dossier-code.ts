import { z } from 'zod';

/**
 * How a unit numbers its dossiers, as data: `{unit}`, `{yy}`, `{mm}`, `{dd}`, `{block}`, `{serial}`.
 * Thông tư 01/2018/TT-VPCP art. 19 gives unit, day of intake and the serial of that day; the annex of
 * Thông tư 03/2025/TT-VPCP was not read, so units can change the pattern.
 * A receipt that was printed is never renumbered, and two counters may both be offline: each has a block of its own.
 */
export const DossierNumbering = z.object({
  pattern: z.string().max(80).refine((text) => ['{unit}', '{dd}', '{mm}', '{yy}', '{block}', '{serial}'].every((part) => text.includes(part)), 'pattern'),
  /** Reserved for this kiosk by the unit; null: the one that the hub gave, or off line, before it gave any, made from the device's key. */
  block: z.string().regex(/^[0-9A-Z]{1,4}$/).nullable(),
});
export type DossierNumbering = z.infer<typeof DossierNumbering>;

export const defaultNumbering: DossierNumbering = { pattern: '{unit}-{yy}{mm}{dd}-{block}{serial}', block: null };

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A block of three letters (13,824 of them) from the device's id, for a kiosk that nobody has given one. */
export function blockOfDevice(deviceId: string): string {
  const n = Number.parseInt(deviceId.slice(0, 8), 16);
  return [0, 1, 2].map((place) => letters[Math.floor(n / letters.length ** place) % letters.length]).join('');
}

/**
 * The code of a dossier: `H42.18-261122-0701` for block `07`, `H42.18-261122-KQT001` for the block `KQT`.
 * @param date local day of intake, ISO
 * @param serial from 1 within that day and block; widens when it runs over
 */
export function dossierCode(numbering: DossierNumbering, block: string, unit: string, date: string, serial: number): string {
  const width = Math.max(2, block.length > 2 ? 3 : 4 - block.length);
  const parts: Record<string, string> = {
    unit: unit.toUpperCase().replace(/[^0-9A-Z.]/g, '') || 'KIOSK',
    yy: date.slice(2, 4), mm: date.slice(5, 7), dd: date.slice(8, 10), block, serial: String(serial).padStart(width, '0'),
  };
  return numbering.pattern.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}
