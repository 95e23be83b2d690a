import { useEffect, useEffectEvent } from 'react';
import { endOfBurst, noBurst, pressKey, WEDGE_GAP_MS, WEDGE_IDLE_GAP_MS } from '../../shared/domain/wedge.ts';

export interface WedgeScannerOptions {
  /** A scanned text, as pressed; identity texts are to be parsed with `asciiOnly`. `scannedAt` on `performance.now()`. */
  onText: (text: string, times: { scannedAt: number }) => void;
  active?: boolean;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function focusedField(): TextField | null {
  const element = document.activeElement;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
}

/** Puts a field back to what it held before the burst, in the way that React notices. */
function restore(field: TextField, value: string): void {
  if (field.value === value) return;
  const owner = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(owner, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Listens for a scanner that plays keyboard, wherever the focus is. A burst is told by its speed from the third
 * press on; the presses before it are taken back out of a focused text field.
 */
export function useWedgeScanner({ onText, active = true }: WedgeScannerOptions): void {
  const report = useEffectEvent(onText);

  useEffect(() => {
    if (!active) return;
    let burst = noBurst;
    let before: { field: TextField; value: string } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (scans: string[]): void => {
      for (const text of scans) report(text, { scannedAt: performance.now() });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.metaKey || event.repeat) return;
      const field = focusedField();
      const { code, shiftKey, altKey, ctrlKey, timeStamp } = event;
      const key = { code, shiftKey, altKey, ctrlKey, altGraph: event.getModifierState('AltGraph'), timeStamp };
      const step = pressKey(burst, key, field === null ? WEDGE_IDLE_GAP_MS : WEDGE_GAP_MS);
      if (step.burst.presses === 1) before = field === null ? null : { field, value: field.value };
      if (step.swallow) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (before !== null && before.field === field) restore(before.field, before.value);
      }
      burst = step.burst;
      clearTimeout(timer);
      tell(step.scans);
      if (burst.presses > 0) {
        timer = setTimeout(() => {
          const scans = endOfBurst(burst);
          burst = noBurst;
          tell(scans);
        }, WEDGE_IDLE_GAP_MS);
      }
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [active]);
}
