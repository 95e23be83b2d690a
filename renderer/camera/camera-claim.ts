import { useEffect, useSyncExternalStore } from 'react';

// One camera gives one size of picture: whoever sets it needs it alone, and the screen behind waits.
let claims = 0;
const listeners = new Set<() => void>();
const change = (by: 1 | -1): void => {
  claims += by;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

/** Takes the camera away from the screens behind for as long as the component is there and `active`. */
export function useCameraClaim(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    change(1);
    return () => change(-1);
  }, [active]);
}

/** Whether a dialog has the camera for itself. */
export function useCameraClaimed(): boolean {
  return useSyncExternalStore(subscribe, () => claims > 0);
}
