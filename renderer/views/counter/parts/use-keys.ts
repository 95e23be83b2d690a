import { useEffect, useEffectEvent } from 'react';
import { useStatus } from '../../../status.tsx';

export type KeyName = 'Enter' | 'Escape' | 'F2' | 'F3' | 'F4';

const ownEnter = 'button, a, textarea, [role="table"], [role="option"], [role="tab"], [role="listbox"], [aria-haspopup], [data-own-enter]';

/**
 * Keys of a screen. They rest while the session is locked, while a dialog is open, and where the focused control has
 * its own use for the key. A held key counts once.
 */
export function useKeys(keys: Partial<Record<KeyName, (() => void) | null>>): void {
  const { status } = useStatus();
  const live = status.session !== null;
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const act = Object.entries(keys).find(([name]) => name === event.key)?.[1];
    if (!act || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('.veil, .popover') !== null) return;
    if (event.key === 'Enter' && event.target instanceof Element && event.target.closest(ownEnter) !== null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!live) return;
    const onKey = (event: KeyboardEvent): void => { press(event); };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [live]);
}
