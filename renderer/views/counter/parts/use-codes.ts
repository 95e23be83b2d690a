import { useWedgeScanner } from '../../../camera/use-wedge-scanner.ts';
import { useKioskEvent } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';

/** A code as it came; `asciiOnly` where it came by a way that loses Vietnamese marks (a scanner that plays keyboard). */
export interface ScannedCode { text: string; asciiOnly: boolean }

/** Codes from any hand scanner, on a serial line or playing keyboard; none while the session is locked. */
export function useCodes(onCode: (code: ScannedCode) => void): void {
  const { status } = useStatus();
  const live = status.session !== null;
  useKioskEvent('counter/code', ({ text }) => { if (live) onCode({ text, asciiOnly: false }); });
  useWedgeScanner({ onText: (text) => { onCode({ text, asciiOnly: true }); }, active: live });
}
