import { decodeUtf8 } from '../../shared/domain/utf8.ts';
import { trimScan } from '../../shared/domain/scan-text.ts';
import { nfc } from '../../shared/domain/vietnamese.ts';

/** 2,000 signs are the most that is parsed, of at most 4 bytes each. */
export const MAX_SCAN_BYTES = 8000;

/** UTF-8, else the Vietnamese Windows code page, which some scanners are set to. Control characters at the ends go. */
export function textOfScan(bytes: Uint8Array): string {
  return nfc(trimScan(decodeUtf8(bytes) ?? new TextDecoder('windows-1258').decode(bytes)));
}
