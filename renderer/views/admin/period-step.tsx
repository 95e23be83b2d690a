import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';

/** The month (`2026-11`) before or after another by whole months. */
export function otherMonth(month: string, by: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

/** The date or month that is shown, between the ways to the one before (-1) and the one after (1). */
export function PeriodStep({ shown, earlier, later, isLast = false, onStep }: { shown: string; earlier: string; later: string; isLast?: boolean; onStep: (by: 1 | -1) => void }) {
  return (
    <div className="period">
      <Button aria-label={earlier} icon={<IconChevronLeft size={22} aria-hidden />} onPress={() => onStep(-1)} />
      <span className="period-name digits" aria-live="polite">{shown}</span>
      <Button aria-label={later} icon={<IconChevronRight size={22} aria-hidden />} isDisabled={isLast} onPress={() => onStep(1)} />
    </div>
  );
}
