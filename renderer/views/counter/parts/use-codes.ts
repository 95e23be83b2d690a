import { useWedgeScanner } from '../../../camera/use-wedge-scanner.ts';
import { useKioskEvent } from '../../../kiosk.ts';
import { useStatus } from '../../../status.tsx';

/** Codes from any hand scanner, on a serial line or playing keyboard; none while the session is locked. */
export function useCodes(onCode: (text: string) => void): void {
  const { status } = useStatus();
  const live = status.session !== null;
  useKioskEvent('counter/code', ({ text }) => { if (live) onCode(text); });
  useWedgeScanner({ onText: onCode, active: live });
}
