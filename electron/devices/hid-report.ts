/**
 * Input reports of a scanner in HID-POS mode (USB HID Point of Sale Usage Tables 1.02, usage page 0x8C): up to 56 bytes of
 * the code a report, with a flag that says whether more of it follows.
 */
export interface HidReportLayout {
  /** Value of the first byte; null where reports are not numbered. */
  reportId: number | null;
  /** Places in the report, its number counted in. No byte count: the data ends where its filling of zeros begins. */
  lengthAt: number | null;
  dataAt: number;
  dataBytes: number;
  /** Bit of the whole report, counted from its first; null where the scanner has no such flag. */
  continuedBit: number | null;
}

export const BAR_CODE_PAGE = 0x8c;
const DECODED_DATA = 0xfe;
const DECODE_DATA_CONTINUED = 0xff;
const GENERIC_DESKTOP = 0x01;
const BYTE_COUNT = 0x3b;

/** What makers' manuals show: number 2, byte count, three bytes of AIM identifier, 56 of data, two of the maker, flag. */
export const usualLayout: HidReportLayout = { reportId: 2, lengthAt: 1, dataAt: 5, dataBytes: 56, continuedBit: 63 * 8 };
/** The example of the usage tables: no byte count, and the flag right after the data. */
const bareLayout: HidReportLayout = { reportId: 2, lengthAt: null, dataAt: 4, dataBytes: 56, continuedBit: 60 * 8 };
const AIM_START = 0x5d;

/** The layout of a report where the system does not give the descriptor: known by where the AIM identifier begins. */
export function layoutLike(report: Uint8Array): HidReportLayout {
  return report[1] === AIM_START && report[2] !== AIM_START ? bareLayout : usualLayout;
}

/** The input report that carries decoded data, from the report descriptor (USB HID 1.11 clause 6.2.2); null where there is none. */
export function layoutOf(descriptor: Uint8Array): HidReportLayout | null {
  let page = 0;
  let size = 0;
  let count = 0;
  let id: number | null = null;
  let usages: { page: number; usage: number }[] = [];
  const bits = new Map<number | null, number>();
  const found = new Map<number | null, Partial<Record<'length' | 'data' | 'continued', { bit: number; bits: number }>>>();
  let at = 0;
  while (at < descriptor.length) {
    const head = descriptor[at]!;
    // A long item says its length in its second byte; none is defined.
    if (head === 0xfe) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const length = [0, 1, 2, 4][head & 3]!;
    let value = 0;
    for (let i = 0; i < length; i++) value += (descriptor[at + 1 + i] ?? 0) * 256 ** i;
    at += 1 + length;
    switch (head & 0xfc) {
      case 0x04: page = value; break;
      case 0x74: size = value; break;
      case 0x94: count = value; break;
      case 0x84: id = value; break;
      case 0x08: usages.push(length === 4 ? { page: value >>> 16, usage: value & 0xffff } : { page, usage: value }); break;
      case 0x80: {
        // Reports are at most 64 kB; anything above is a broken descriptor.
        if (size * count > 0x8_0000) return null;
        const start = bits.get(id) ?? (id === null ? 0 : 8);
        const fields = found.get(id) ?? {};
        usages.forEach((one, i) => {
          const bit = start + Math.min(i, Math.max(count - 1, 0)) * size;
          const width = i === usages.length - 1 ? start + size * count - bit : size;
          if (one.page === BAR_CODE_PAGE && one.usage === DECODED_DATA) fields.data = { bit, bits: width };
          if (one.page === BAR_CODE_PAGE && one.usage === DECODE_DATA_CONTINUED) fields.continued = { bit, bits: 1 };
          if (one.page === GENERIC_DESKTOP && one.usage === BYTE_COUNT) fields.length = { bit, bits: width };
        });
        found.set(id, fields);
        bits.set(id, start + size * count);
        usages = [];
        break;
      }
      // Collections, output and feature items take the usages before them.
      case 0xa0: case 0xc0: case 0x90: case 0xb0: usages = []; break;
      default:
    }
  }
  for (const [reportId, { data, length, continued }] of found) {
    if (data === undefined || data.bit % 8 !== 0 || data.bits < 8) continue;
    return {
      reportId, lengthAt: length !== undefined && length.bit % 8 === 0 ? length.bit / 8 : null,
      dataAt: data.bit / 8, dataBytes: Math.floor(data.bits / 8), continuedBit: continued?.bit ?? null,
    };
  }
  return null;
}

/** The part of a code in one input report; null for other reports, and ones that are cut. */
export function readReport(report: Uint8Array, layout: HidReportLayout): { data: Uint8Array; continued: boolean } | null {
  const { reportId, lengthAt, dataAt, dataBytes, continuedBit } = layout;
  if ((reportId !== null && report[0] !== reportId) || report.length <= dataAt) return null;
  const field = report.subarray(dataAt, dataAt + dataBytes);
  const flags = continuedBit === null ? undefined : report[continuedBit >> 3];
  const continued = flags !== undefined && ((flags >> (continuedBit! & 7)) & 1) === 1;
  if (lengthAt !== null) return { data: field.subarray(0, Math.min(report[lengthAt] ?? 0, field.length)), continued };
  let end = field.length;
  while (!continued && end > 0 && field[end - 1] === 0) end -= 1;
  return { data: field.subarray(0, end), continued };
}
