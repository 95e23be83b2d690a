import exceljs from 'exceljs';
import { readEvents } from '../../electron/store/index.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import type { Output } from '../../shared/contracts/requests/index.ts';
import type { TestService } from './test-service.ts';

/** The events of one type, in their order. */
export function eventsOf({ context: { store } }: TestService, type: string): StoredEvent[] {
  return readEvents(store, { afterSeq: 0, limit: 100_000 }).filter((event) => event.type === type);
}

/** A code shown to lane 1. */
export function scan(service: TestService, code: string): Promise<Output<'gate/scan'>> {
  return service.ask('gate/scan', { code, lane: '1', via: 'camera' });
}

/** Begins like a PNG, which is all that is looked at. */
export const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array.from({ length: 200 }, (_, n) => n)]);

/** A made Excel file as a spreadsheet reads it. */
export async function bookOf(content: Uint8Array): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(content) as unknown as exceljs.Buffer);
  return book;
}
